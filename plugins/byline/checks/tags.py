"""One tag read: what it is, what it refers to, what is wrong with it by itself. Tags that pages share are read once.

Not a place in a tree: how tags nest is `page`'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from byline.checks.elements import KNOWN, OBSOLETE, OBSOLETE_ATTRIBUTES, VOID
from byline.checks.finding import Finding
from byline.values.html import attributes, candidates
from byline.values.problem import Problem, Severity
from byline.values.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = 20_000
"""How many tags are known at once: those of the theme come back on every page, those of one post do not."""
_LONGEST = 2000
"""Characters of a tag that tell it from others."""
_NAME = re.compile(r"(?P<name>[^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'>]++))?+")
_CLASS = re.compile(r"(?:h|p|u|dt|e)-[a-z]+(?:-[a-z]+)*")
_REFRESH = re.compile(r"^\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?['\"]?(?P<url>[^'\"]*)", re.IGNORECASE)
_CONTROLS = frozenset({"button", "embed", "iframe", "select", "textarea"})
_LOADED_LINKS = frozenset("stylesheet icon apple-touch-icon mask-icon preload modulepreload prefetch manifest".split())
_REFERENCES = {
    "a": {"href": False},
    "area": {"href": False},
    "audio": {"src": True},
    "embed": {"src": True},
    "form": {"action": False},
    "iframe": {"src": True},
    "image": {"href": True, "xlink:href": True},
    "img": {"src": True, "srcset": True},
    "input": {"src": True},
    "object": {"data": True},
    "script": {"src": True},
    "source": {"src": True, "srcset": True},
    "track": {"src": True},
    "use": {"href": True, "xlink:href": True},
    "video": {"src": True, "poster": True},
}
"""Attributes that hold addresses, and whether the page loads what is there (or only leads to it)."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: `raw` as written without what follows it, `inside` the raw text that does.

    `references` are addresses with whether they are loaded; `marks` are microformats; `findings` its own faults.
    """

    name: str
    raw: str
    closes: bool
    attributes: dict[str, str]
    inside: str = ""
    childless: bool = False
    slashed: bool = False
    unknown: bool = False
    control: bool = False
    noted: bool = False
    marks: tuple[str, ...] = ()
    references: tuple[tuple[str, bool], ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def piece(self) -> str:
        """Return as much of the tag as tells it from others."""
        return self.raw[:_LONGEST]

    @property
    def shown(self) -> str:
        """Return the tag as a sentence can hold it."""
        return _shown(self.raw)


class Tags:
    """The tags met so far, by what stands in the page."""

    def __init__(self) -> None:
        """Know none yet."""
        self.known: dict[str, Tag] = {}

    def learned(self, match: re.Match[str]) -> Tag:
        """Return the Tag of a match of `values.html.pieces`, and keep it for the next page."""
        if len(self.known) >= _KEPT:
            self.known.clear()
        tag = self.known[match[0]] = _read(match)
        return tag


def _read(match: re.Match[str]) -> Tag:
    close, raw, name, written, inside = match.group("close", "raw", "name", "attributes", "inside")
    if not (raw or name):
        return Tag("", match[0], closes=False, attributes={}, childless=True)
    called = (raw or name).lower()
    inside = inside or ""
    text = match[0][: -len(inside)] if inside else match[0]
    if close:
        return Tag(called, text, closes=True, attributes={})
    found = attributes(written) if written.strip(" /") else {}
    slashed = written.endswith("/") and text.endswith("/>")
    return Tag(
        called,
        text,
        closes=False,
        attributes=found,
        inside=inside,
        childless=called in VOID,
        slashed=slashed,
        unknown=called not in KNOWN and called not in OBSOLETE and "-" not in called,
        control=_is_control(called, found),
        noted=bool(found or inside or called == "img"),
        marks=tuple(_CLASS.findall(found["class"])) if "class" in found and "-" in found["class"] else (),
        references=tuple(_references(called, found)),
        findings=tuple(_findings(called, text, found, written)),
    )


def _shown(raw: str) -> str:
    return shortened(" ".join(raw[:_LONGEST].split()), 80)


def _is_control(name: str, found: dict[str, str]) -> bool:
    """Tell whether a reader can operate the element, so that it must not stand inside a link or button."""
    if name in {"a", "audio", "video"}:
        return ("href" if name == "a" else "controls") in found
    return name in _CONTROLS or (name == "input" and found.get("type", "").lower() != "hidden")


def _references(name: str, found: dict[str, str]) -> Iterator[tuple[str, bool]]:
    if name == "link" and "href" in found:
        yield found["href"].strip(), not _LOADED_LINKS.isdisjoint(found.get("rel", "").lower().split())
    elif name == "meta" and found.get("http-equiv", "").lower() == "refresh":
        if (refresh := _REFRESH.match(found.get("content", ""))) and refresh["url"].strip():
            yield refresh["url"].strip(), False
    elif name == "meta" and found.get("property", "") in {"og:image", "og:image:url", "og:audio", "og:video"}:
        yield found.get("content", "").strip(), False
    for attribute, loaded in _REFERENCES.get(name, {}).items():
        if attribute in found:
            if attribute == "srcset":
                yield from ((url, loaded) for url, _size in candidates(found[attribute]))
            else:
                yield found[attribute].strip(), loaded


def _findings(name: str, raw: str, found: dict[str, str], written: str) -> Iterator[Finding]:
    """Yield what is wrong with a start tag wherever it stands."""
    shown, raw = _shown(raw), raw[:_LONGEST]
    for attribute in dict.fromkeys(_doubled(written)) if written.count("=") > sum(map(bool, found.values())) else ():
        what = f"{shown} gives the attribute `{attribute}` twice; browsers take the first."
        yield Finding(Problem("double-attribute", what, "Keep one.", severity=Severity.EDITORIAL), raw)
    if name in OBSOLETE:
        what = f"The element <{name}> is no part of HTML any more."
        yield Finding(
            Problem("obsolete-markup", what, "Say it with CSS, or with Markdown.", None, Severity.EDITORIAL), raw
        )
    for attribute in sorted(found.keys() & OBSOLETE_ATTRIBUTES.keys()):
        if OBSOLETE_ATTRIBUTES[attribute] & {name, "*"}:
            what = f"The attribute `{attribute}` of <{name}> is no part of HTML any more."
            yield Finding(Problem("obsolete-markup", what, "Say it with CSS.", None, Severity.EDITORIAL), raw)
    if name in _REFERENCES and any(loads and found.get(key) == "" for key, loads in _REFERENCES[name].items()):
        what = f"{shown} has an empty address, so browsers may load the page itself."
        remedy = "Write the file's address, or take the element out."
        yield Finding(Problem("missing-asset", what, remedy, None, Severity.EDITORIAL), raw)
    if (name == "img" and "alt" not in found) or (name == "area" and "href" in found and not found.get("alt")):
        source = found.get("src") or found.get("href", "")
        what = f"The picture {source} has no words for those who cannot see it."
        remedy = 'Describe it: `![what it shows](file.jpg)`; or `alt=""` if it only decorates.'
        yield Finding(Problem("alt-missing", what, remedy, None, Severity.EDITORIAL), raw, source)


def _doubled(written: str) -> Iterator[str]:
    """Yield the names of attributes that stand twice in a tag."""
    names: set[str] = set()
    for match in _NAME.finditer(written):
        name = match["name"].lower()
        if name in names:
            yield name
        names.add(name)
