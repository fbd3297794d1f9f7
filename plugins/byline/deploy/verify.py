"""Verify: looks at the public address until the release is live there, or says what is there instead.

Not a check of the site: what was deployed was found good before. No clock but one that counts seconds is asked, so
that it does not matter what time it is there or here.

What is right is right by its bytes. Where a server in between rewrites pages, one is right that names our canonical
address and carries our seal; a feed is right that says the same in other words (canonical XML, equal JSON). Pages of
old addresses are right, too, where the host leads on to the post itself.
"""

from __future__ import annotations

import hashlib
import io
import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree import ElementTree as ET

from byline.edges.http import Unreachable
from byline.values import manifest
from byline.values.html import attributes, tokens
from byline.values.output import Kind, address
from byline.values.problem import Fault, Problem
from byline.values.seal import seal_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from byline.deploy.target import Read, Report
    from byline.edges.http import Answer, Client
    from byline.values.output import Release

_MOST_LOOKS = 200
"""How many changed pages and feeds are looked at; of more, so many that lie evenly among them."""
_AT_ONCE = 4
_FIRST_PAUSE, _LONGEST_PAUSE, _GROWTH = 0.5, 15.0, 1.5
_OK = 200
_NO_PAGE = "404.html"
"""It is served for what is not there, and by its own address by some hosts only."""
_FRESH = {"Cache-Control": "no-cache"}


@dataclass(frozen=True, slots=True)
class Look:
    """One output to look at: its address below the site's root, what it is for, and its SHA-256 (hex)."""

    path: str
    address: str
    kind: Kind
    digest: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What was looked at and found live, beside the manifest, of how many that changed; after how many seconds."""

    looked: int
    changed: int
    seconds: float


@dataclass(frozen=True, slots=True)
class _Wrong:
    """What was seen at an address, as the rest of a sentence, and what may mend it."""

    url: str
    seen: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Watch:
    """How long to look, in seconds, and who is told how far it is; a clock that counts them, what waits so many."""

    deadline: float
    report: Report
    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep


def looks(release: Release, changed: Iterable[str]) -> tuple[Look, ...]:
    """Return what to look at after these paths changed: pages, feeds and the pages of old addresses, in their order."""
    kinds = {Kind.PAGE, Kind.FEED, Kind.REDIRECT}
    return tuple(
        Look(path, quote(address(path)), release.kinds[path], release.outputs[path])
        for path in changed
        if release.kinds.get(path) in kinds and path != _NO_PAGE
    )


def sampled(wanted: Sequence[Look]) -> tuple[Look, ...]:
    """Return at most 200 looks, evenly taken, the first among them; all when there are no more."""
    if len(wanted) <= _MOST_LOOKS:
        return tuple(wanted)
    return tuple(wanted[number * len(wanted) // _MOST_LOOKS] for number in range(_MOST_LOOKS))


def verify(  # noqa: PLR0913  what is there, what should be, and how long to wait
    client: Client,
    address: str,
    release: Release,
    changed: Iterable[str],
    read: Read,
    *,
    watch: Watch,
) -> Seen:
    """Look at an address until the release is live there, with what changed; return what was seen.

    Raises Fault when the deadline passes, with the first address that is not as it should be.
    """
    wanted = looks(release, changed)
    chosen = sampled(wanted)
    root = address.rstrip("/")
    pending = list(chosen)
    name = "Looking" if len(chosen) == len(wanted) else f"Looking at {len(chosen)} of {len(wanted)} changed pages"

    def step() -> _Wrong | None:
        with ThreadPoolExecutor(_AT_ONCE) as several:
            while pending:
                batch = pending[:_AT_ONCE]
                found = list(several.map(partial(_page, client, root, read), batch))
                pending[:_AT_ONCE] = [look for look, wrong in zip(batch, found, strict=True) if wrong]
                watch.report(len(chosen) - len(pending) + 1, len(chosen) + 1, name)
                if any(found):  # whoever is not ready is not asked for all the rest
                    return next(filter(None, found))
        return None

    watch.report(0, len(chosen) + 1, name)
    start = watch.clock()
    _until(watch, start, partial(_release, client, root, release.id))
    watch.report(1, len(chosen) + 1, name)
    _until(watch, start, step)
    return Seen(len(chosen), len(wanted), watch.clock() - start)


def returned(client: Client, address: str, release: str, watch: Watch) -> None:
    """Look at an address until it shows a release by its id. Raises Fault when the deadline passes."""
    watch.report(0, 1, "Looking")
    _until(watch, watch.clock(), partial(_release, client, address.rstrip("/"), release))
    watch.report(1, 1, "Looking")


def _until(watch: Watch, start: float, look: Callable[[], _Wrong | None]) -> None:
    """Look again and again, after pauses that grow, until nothing is wrong. Raises Fault at the deadline."""
    wait = _FIRST_PAUSE
    while wrong := look():
        left = start + watch.deadline - watch.clock()
        if left <= 0:
            what = f"Not live after {watch.deadline:g} seconds: {wrong.url} {wrong.seen}."
            raise Fault(Problem("not-live", what, wrong.remedy))
        watch.pause(min(wait, left))
        wait = min(wait * _GROWTH, _LONGEST_PAUSE)


def _release(client: Client, root: str, release: str) -> _Wrong | None:
    """Return what is wrong with the manifest that an address shows."""
    url = f"{root}/{manifest.PATH}"
    answer = _asked(client, url)
    if isinstance(answer, _Wrong):
        return answer
    found = manifest.parsed(answer.body) if answer.status == _OK else None
    if found is None:
        seen = f"answers {answer.status}" if answer.status != _OK else "answers something else than a release"
        remedy = (
            "See whether this is the address of what BYLINE_DEPLOY writes to, whether readers may see it, and whether "
            "the host serves folders that begin with a dot"
        )
        return _Wrong(url, seen, f"{remedy}; then publish again.")
    if found.release != release:
        remedy = (
            "The host may need longer (raise deadline in BYLINE_DEPLOY), a cache in between may keep the old release "
            "(empty it at the CDN), or this is not the address of what BYLINE_DEPLOY writes to; then publish again."
        )
        return _Wrong(url, f"shows the release {found.release}, not {release}", remedy)
    return None


def _page(client: Client, root: str, read: Read, look: Look) -> _Wrong | None:
    """Return what is wrong with an output as an address shows it."""
    url = f"{root}/{look.address}"
    answer = _asked(client, url)
    if isinstance(answer, _Wrong):
        return answer
    if answer.status != _OK:
        remedy = "See what the host says about this release, and whether it serves a folder's index.html"
        return _Wrong(url, f"answers {answer.status}", f"{remedy}; then publish again.")
    if hashlib.sha256(answer.body).hexdigest() == look.digest or _same(look.kind, answer.body, read(look.path)):
        return None
    remedy = (
        "A cache in between may keep what was there before: empty it at the CDN, and publish again; "
        "or something changes pages on their way: let it leave the element `<meta name=byline>` as it is."
    )
    return _Wrong(url, "answers other bytes than were put there", remedy)


def _asked(client: Client, url: str) -> Answer | _Wrong:
    try:
        return client.get(url, headers=_FRESH)
    except Unreachable as fault:
        remedy = "See whether the name leads to the host (DNS), and whether a browser gets there; then publish again."
        return _Wrong(url, f"cannot be reached: {fault.why}", remedy)


def _same(kind: Kind, there: bytes, ours: bytes) -> bool:
    """Tell whether what a server rewrote is what was put there."""
    if kind is Kind.FEED:
        return _said(ours) is not None and _said(there) == _said(ours)
    same_address = _canonical(ours) != "" and _canonical(there) == _canonical(ours)
    if kind is Kind.REDIRECT:
        return same_address
    return same_address and seal_of(ours) != "" and seal_of(there) == seal_of(ours)


def _canonical(page: bytes) -> str:
    """Return the canonical address that a page names (RFC 6596), or an empty text."""
    for token in tokens(page.decode(errors="replace")):
        if token.kind == "open" and token.name == "link":
            found = attributes(token.attributes)
            if "canonical" in found.get("rel", "").lower().split():
                return found.get("href", "")
    return ""


def _said(feed: bytes) -> object:
    """Return what a feed says, however it is written: as canonical XML (C14N 2.0), or as JSON; None for neither."""
    try:
        if feed.lstrip()[:1] == b"{":
            return json.loads(feed)
        return ET.canonicalize(from_file=io.BytesIO(feed), strip_text=True)
    except (ValueError, ET.ParseError):
        return None
