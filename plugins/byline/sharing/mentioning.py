"""Mentioning: which pages are to be told that a post links or credits them, or does so no more (W3C Webmention).

Not the telling: it opens no socket, and the same posts, mentions and instant give the same steps.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from byline.sharing.copies import Copies, Heard
from byline.values.addresses import on_the_web
from byline.values.html import attributes, tokens
from byline.values.post import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from byline.sharing.copies import Known, Mention
    from byline.values.post import Post

WEBMENTION = "webmention"
"""What this is called among the accounts that count older posts as told."""
_WAITS = tuple(timedelta(minutes=minutes) for minutes in (10, 60, 360, 1440))
"""How long to wait after each try that failed; after one more it is let be, until the post changes."""
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mentioning:
    """What is to be told of one post: `pages` that it links, and those that it linked before and does `no_more`.

    `post` is its head in the ledger, `source` its address now, `said` the digest of what it says; both are empty where
    it is gone. With no pages, that it was looked at is noted.
    """

    post: Copies
    source: str
    said: str
    pages: tuple[str, ...] = ()
    no_more: tuple[str, ...] = ()


def due(
    posts: Sequence[Post], known: Known, adopted: frozenset[str], text: Callable[[str], str | None], now: datetime
) -> Iterator[Mentioning]:
    """Yield what is to be told now of the posts of the live release, the oldest first; then of posts that are gone.

    `adopted` are the keys of posts of which nobody is told; `text` gives a post's HTML by its digest, None where it is
    not kept: then its links are left for another run. A page whose host did not answer is told again later.
    """
    there = {post.key for post in posts if post.status.public}
    for post in sorted(posts, key=lambda post: (post.published or _NEVER, post.key)):
        if post.status is Status.PUBLISHED and post.key not in adopted:
            head = known.posts.get(post.key) or Copies(post.key, post.id, post.url, post.name)
            said = _said(post)
            again = frozenset(page for page, mention in head.mentions.items() if _failed(mention, now))
            html = text(post.content) if head.mentioned != said or again else None
            if html is not None:
                pages, left = _looked_at(head, said, targets(html, post), again)
                yield Mentioning(head, post.url, said, pages, left)
    for head in known.posts.values():
        leaving = tuple(page for page, mention in head.mentions.items() if _leaves(mention, now))
        if head.key not in there and leaving:
            yield Mentioning(head, "", "", no_more=leaving)


def targets(html: str, post: Post) -> tuple[str, ...]:
    """Return the addresses of other sites that a post links or credits, as they are written, each once, in order.

    Those in its text, the source and the creators of its picture, and what it lists for further reading.
    """
    opened = (token for token in tokens(html) if token.kind == "open" and token.name == "a")
    found = [attributes(token.attributes).get("href") or "" for token in opened]
    home = urlsplit(post.url).hostname
    return tuple(url for url in dict.fromkeys([*found, *_credited(post)]) if _elsewhere(url, home))


def _looked_at(
    head: Copies, said: str, linked: tuple[str, ...], again: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return whom to tell of a post that links these pages, and whom that it does no more.

    All that it links, where it says something new: their hosts compare. Else those that failed.
    """
    if head.mentioned == said:
        return tuple(page for page in linked if page in again), tuple(sorted(again.difference(linked)))
    return linked, tuple(page for page, mention in head.mentions.items() if page not in linked and mention.shown)


def _leaves(mention: Mention, now: datetime) -> bool:
    """Tell whether a page is to know now that a post is gone: it was not told yet, or that failed."""
    return mention.shown and (bool(mention.payload) or _failed(mention, now))


def _failed(mention: Mention, now: datetime) -> bool:
    """Tell whether a try failed, and it is time for another one."""
    if mention.state is not Heard.UNKNOWN or not 0 < mention.tries <= len(_WAITS):
        return False
    return (mention.last or _NEVER) + _WAITS[mention.tries - 1] <= now


def _said(post: Post) -> str:
    """Return the digest of what a post says to those whom it links."""
    return hashlib.sha256(json.dumps([post.url, post.content, *_credited(post)]).encode()).hexdigest()


def _credited(post: Post) -> list[str]:
    """Return the addresses of a post's picture and its creators, and of its further reading."""
    credit = post.photo.credit if post.photo and post.photo.credit and not post.photo.credit.own else None
    people = [credit.source, *(person.url for person in credit.creators)] if credit else []
    return [*people, *post.further]


def _elsewhere(url: str, home: str | None) -> bool:
    """Tell whether an address is on the web, of another host than the site's, and names nobody's password."""
    return on_the_web(url) and urlsplit(url).hostname != home and "@" not in urlsplit(url).netloc
