"""Mentioning: which pages are to be told that a post links or credits them, or does so no more (W3C Webmention).

Not the telling: it opens no socket, and the same posts, mentions and instant give the same steps.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from byline.sharing.copies import Copies, Heard
from byline.values.addresses import on_the_web
from byline.values.content import Content
from byline.values.html import attributes, tokens
from byline.values.post import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from byline.sharing.copies import Known, Mention
    from byline.values.post import Post

WEBMENTION = "webmention"
"""What this is called among the accounts that count older posts as told."""
_WAITS = tuple(timedelta(minutes=minutes) for minutes in (10, 60, 360, 1440))
"""How long to wait after each try that failed, unless the host says; after one more, until the post changes."""
_NOBODYS = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost|local)$|^127\.|:")
"""Names kept for examples and tests (RFC 2606, RFC 6761), this machine, and IPv6 addresses, which nobody links."""
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mentioning:
    """What is to be told of one post: `pages` that it links, and those that it linked before and does `no_more`.

    `post` is its head in the ledger, `source` its address now, `said` the digest of what it says, `looked_at` that of
    where it says it; all three are empty where it is gone. With no pages, that it was looked at is noted.
    """

    post: Copies
    source: str = ""
    said: str = ""
    looked_at: str = ""
    pages: tuple[str, ...] = ()
    no_more: tuple[str, ...] = ()


def due(
    posts: Sequence[Post], known: Known, adopted: frozenset[str], text: Callable[[str], str | None], now: datetime
) -> Iterator[Mentioning]:
    """Yield what is to be told now of the posts of the live release, the oldest first; then of posts that are gone.

    `adopted` are the keys of posts of which nobody is told; `text` gives a post's HTML by its digest, None where it is
    not kept: then its links are left for another run. It is asked for only where something may be to be told.
    """
    there = {post.key for post in posts if post.status.public}
    for post in sorted(posts, key=lambda post: (post.published or _NEVER, post.key)):
        if post.status is Status.PUBLISHED and post.key not in adopted:
            head = known.posts.get(post.key) or Copies(post.key, post.id, post.url, post.name)
            place = _digest(post.url, post.name, post.content, *post.credits)
            open_ = head.mentioned != place or any(_failed(mention, now) for mention in head.mentions.values())
            html = text(post.content) if open_ else None
            if html is not None:
                linked = targets(html, post)
                # Not the HTML itself: another Byline may write that otherwise, and nobody wants to hear of it.
                said = _digest(post.url, post.name, Content(html).text, *linked)
                pages = tuple(page for page in linked if _is_due(head.mentions.get(page), said, now))
                yield Mentioning(head, post.url, said, place, pages, _leaving(head, linked, said, now))
    for head in known.posts.values():
        leaving = _leaving(head, (), "", now)
        if head.key not in there and leaving:
            yield Mentioning(head, no_more=leaving)


def targets(html: str, post: Post) -> tuple[str, ...]:
    """Return the addresses of other sites that a post links or credits, as they are written, each once, in order.

    Those in its text, the sources and creators of its pictures, and what it lists for further reading.
    """
    opened = (token for token in tokens(html) if token.kind == "open" and token.name == "a")
    found = [attributes(token.attributes).get("href", "").strip() for token in opened]
    home = urlsplit(post.url).hostname
    return tuple(url for url in dict.fromkeys([*found, *post.credits]) if _elsewhere(url, home))


def _leaving(head: Copies, linked: tuple[str, ...], said: str, now: datetime) -> tuple[str, ...]:
    """Return the pages that may show a link that is there no more."""
    mentions = head.mentions.items()
    return tuple(page for page, one in mentions if page not in linked and one.shown and _is_due(one, said, now))


def _is_due(mention: Mention | None, said: str, now: datetime) -> bool:
    """Tell whether a page was not told yet of what a post says now, or that failed, and its host may be asked."""
    if mention is None or (mention.payload != said and not _rests(mention, now)):
        return True
    return _failed(mention, now)


def _rests(mention: Mention, now: datetime) -> bool:
    """Tell whether a page's host wants to be left alone until later, when it is asked again."""
    return mention.not_before is not None and mention.not_before > now and mention.tries <= len(_WAITS)


def _failed(mention: Mention, now: datetime) -> bool:
    """Tell whether a try failed, and it is time for another one."""
    if mention.state is not Heard.UNKNOWN or not 0 < mention.tries <= len(_WAITS):
        return False
    return (mention.not_before or (mention.last or _NEVER) + _WAITS[mention.tries - 1]) <= now


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _elsewhere(url: str, home: str | None) -> bool:
    """Tell whether an address is on the public web, of another host than the site's, and names nobody's password."""
    if not on_the_web(url) or "@" in urlsplit(url).netloc:
        return False
    host = urlsplit(url).hostname or ""
    return host != home and not _NOBODYS.search(host)
