"""Microformats2: a post is one complete h-entry; the home page is an h-feed with the writer's h-card.

Not a parser for everything microformats can say: only what other sites ask of a blog is looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from byline.checks.page import Page, Thing

_ENTRY = ("p-name", "u-url", "dt-published", "e-content", "p-author")


def entry_lacks(page: Page) -> tuple[str, ...]:
    """Return what the post on a page lacks as an h-entry; `h-entry` itself where there is none with content."""
    entries = [thing for thing in _all(page.things) if "h-entry" in thing.types]
    whole = next((entry for entry in entries if "e-content" in entry.properties), entries[0] if entries else None)
    return tuple(name for name in _ENTRY if name not in whole.properties) if whole else ("h-entry",)


def home_lacks(page: Page, leads_home: Callable[[str], bool]) -> tuple[str, ...]:
    """Return what the home page lacks; `leads_home` tells whether an address is the home page's own."""
    things = list(_all(page.things))
    lacks = [] if any("h-feed" in thing.types for thing in things) else ["h-feed"]
    if not any("h-card" in thing.types and _represents(thing, leads_home) for thing in things):
        lacks.append("representative h-card")
    if not any("me" in tag.attributes.get("rel", "").split() for tag in page.tags):
        lacks.append("rel=me")
    return tuple(lacks)


def _represents(card: Thing, leads_home: Callable[[str], bool]) -> bool:
    """Tell whether an h-card stands for the page, by its url and uid (microformats.org, representative h-card)."""
    home = {mark for mark, tag in card.addressed if leads_home(tag.attributes.get("href", ""))}
    known = any(mark == "u-url" and "me" in tag.attributes.get("rel", "").split() for mark, tag in card.addressed)
    return {"u-url", "u-uid"} <= home or known


def _all(things: list[Thing]) -> Iterator[Thing]:
    for thing in things:
        yield thing
        yield from _all(thing.things)
