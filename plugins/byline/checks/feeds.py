"""Feeds as a validator would read them: whole, with ids, dates and absolute addresses, and nothing unpublished in them.

Not the reading, which is `feed_documents`, nor what its bytes alone tell, which is `feed_flaws`.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from byline.checks.feed_flaws import Examined, examine
from byline.edges import files
from byline.values.output import Kind
from byline.values.post import Status
from byline.values.problem import Place, Problem, Severity
from byline.values.text import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from byline.site.whole import Whole
    from byline.values.post import Post

_SCHEMA = 1
_ENOUGH = 0.5
"""A feed's text of less than this share of the post's is an excerpt."""


def problems(whole: Whole) -> Iterator[Problem]:
    """Yield what is wrong with the feeds of a site; sound ones are remembered by digest, and not read again."""
    paths = sorted(path for path, kind in whole.release.kinds.items() if kind is Kind.FEED)
    home = whole.site.root / ".byline" / "live" / "feeds.json"
    kept = _kept(home)
    examined = {}
    for path in paths:
        digest = whole.release.outputs[path]
        examined[path] = kept.get(digest) or examine(whole.body(path))
    sound = {whole.release.outputs[path]: feed for path, feed in examined.items() if not feed.flaws}
    if sound != kept:
        _keep(home, sound)
    known = _Known(whole)
    for path in paths:
        yield from known.problems(path, examined[path])


class _Known:
    """The site that feeds belong to: which posts are whose entries, and which of them nobody may see."""

    def __init__(self, whole: Whole) -> None:
        listing = whole.site.listing
        self._whole = whole
        self._posts: dict[str, Post] = {post.id: post for post in (*listing.unlisted, *listing.pages, *listing.posts)}
        self._urls = {post.url: post for post in self._posts.values()}

    def problems(self, path: str, feed: Examined) -> Iterator[Problem]:
        """Yield the Problems of a feed: at the post whose entry is at fault, else at the feed."""
        for flaw in feed.flaws:
            post = self._posts.get(flaw.id) or self._urls.get(flaw.url)
            place = self._place(post, flaw.address) if post else Place(path)
            what = f"In {path}: {flaw.what}" if post else flaw.what
            if flaw.grave:
                yield Problem("bad-feed", what, _MENDED, place)
            else:
                yield Problem("weak-feed", what, _MENDED, place, Severity.EDITORIAL)
        yield from self._own_address(path, feed.own)
        for identity, size in feed.entries:
            post = self._posts.get(identity)
            if post and post.status is not Status.PUBLISHED:
                what = f"It is {_state(post.status)}, and stands in the feed {path}."
                remedy = "Take it out there: a plugin or template put it in."
                yield Problem("unpublished-in-feed", what, remedy, self._place(post))
            elif post and size < _ENOUGH * len(self._whole.site.listing.readings[post.path].content.html):
                what = f"The feed {path} holds only a part of its text."
                remedy = "Let the feed have the whole text: readers leave where they must click."
                yield Problem("weak-feed", what, remedy, self._place(post), Severity.EDITORIAL)

    def _own_address(self, path: str, own: str) -> Iterator[Problem]:
        """Yield a Problem for a feed that calls itself by the address of another file of this site."""
        home = f"{self._whole.release.site_url}/"
        if not own or urlsplit(own).hostname != urlsplit(home).hostname:
            return
        outputs = self._whole.release.outputs
        if not own.startswith(home) or outputs.get(unquote(own.removeprefix(home))) != outputs[path]:
            what = f"The feed says that its own address is {own}, and it is {urljoin(home, path)}."
            yield Problem("weak-feed", what, _MENDED, Place(path), Severity.EDITORIAL)

    def _place(self, post: Post, address: str = "") -> Place:
        """Return where a post is written, at the line that names the address, else that of its title."""
        site = self._whole.site
        folder = site.content.relative_to(site.root) if site.content.is_relative_to(site.root) else site.content
        line = site.listing.readings[post.path].lines.get("title") or 1
        if address:
            text = (files.read_if_there(site.content / post.path) or b"").decode(errors="replace")
            at = text.find(address)
            line = line_of(text, at) if at >= 0 else line
        return Place((folder / post.path).as_posix(), line)


_MENDED = "Mend it in the post, or in the plugin or template that makes the feed."


def _state(status: Status) -> str:
    return {Status.DRAFT: "a draft", Status.FUTURE: "dated in the future"}.get(status, str(status))


def _kept(home: Path) -> dict[str, Examined]:
    """Return the sound feeds that are remembered, by digest; a damaged memory is none."""
    try:
        written = json.loads(files.read_if_there(home) or b"{}")
        if written.get("schema") != _SCHEMA:
            return {}
        return {
            str(digest): Examined(str(feed["own"]), tuple((str(name), int(size)) for name, size in feed["entries"]))
            for digest, feed in written["sound"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _keep(home: Path, sound: Mapping[str, Examined]) -> None:
    written = {"schema": _SCHEMA, "sound": {digest: asdict(feed) for digest, feed in sound.items()}}
    files.write(home, (json.dumps(written, sort_keys=True) + "\n").encode())
