"""What one old line says: `Photo credit: NAME`, or a caption `TITLE by NAME`, linked or not, as fields of a record.

Not a reading of prose: what is not clearly one name, with at most a title before it, says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from byline.credits.licenses import UNKNOWN
from byline.credits.sources.found import address, words
from byline.values.html import attributes, plain

if TYPE_CHECKING:
    from collections.abc import Callable

ADDRESS = r"(?P<url><[^<>\s]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)"
"""An address as Markdown's links have it."""
_LINK = re.compile(
    rf"(?<!!)\[(?P<words>[^\[\]]+)\]\(\s*{ADDRESS}(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)(?:\{{[^{{}}]*\}})?"
    r"|<a\s(?P<attributes>[^<>]*)>(?P<inside>.*?)</a\s*>",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"(?<![\w*])(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<words>.+?)(?<=\S)(?P=mark)(?![\w*])")
_ELEMENT = re.compile(r"<(?P<name>\w+)(?:\s[^<>]*)?>.*</(?P=name)\s*>")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!-])")
_LABEL = re.compile(
    r"(?P<label>(?:(?:cover|featured|header|lead|title)\s+)?(?:photo(?:graph)?|image|picture)s?\s*credits?)"
    r"(?:\s*:|\s+[–—-](?=\s))\s*(?:by\s+)?(?P<rest>.+)",
    re.IGNORECASE,
)
_BY = re.compile(r"(?P<title>.+),?\s+by\s+(?P<name>.+)", re.IGNORECASE)
_MORE_THAN_A_NAME = re.compile(
    r"[/|,;:&+©()\[\]{}<>\"“”#*@=]|\b(?:and|at|by|cc|courtesy|from|in|licen[cs]ed?|on|under|via|with)\b|www\.",
    re.IGNORECASE,
)
"""What stands in no name alone: a second name, a place, a licence."""
_NOBODY = frozenset(
    (
        "author,flickr,getty images,google,internet,istock,me,mine,my own,myself,own,pexels,pixabay,public domain,"
        "shutterstock,the author,unknown,unsplash,wikimedia,wikimedia commons,wikipedia"
    ).split(",")
)
_PARTICLES = frozenset("af al bin da de del den der di dos du el la le of ten ter the van von zu".split())
"""Words of a name that begin with a small letter."""
_THINGS = frozenset("drawing illustration image painting photo photograph picture screenshot".split())
"""What a picture is, and no title."""
_QUOTED = re.compile(r"[\"'“‘„«](?P<title>.+)[\"'”’“»]")
_MOST_WORDS = 12
_MOST_NAMES = 6


def labelled(line: str, is_picture: Callable[[str], bool]) -> dict[str, object] | None:
    """Return the fields that `Photo credit: NAME`, or `Photo credit: TITLE by NAME`, gives; None for anything else.

    The line is Markdown or HTML. `is_picture` tells whether an address is a picture's page rather than a person's.
    """
    text, links = _read(line)
    match = _LABEL.fullmatch(text)
    if not match:
        return None
    title, name = _parted(match["rest"])
    if not _is_name(name) or (title and not _is_title(title, links)):
        return None
    return _fields(title, name, links, {text, match["label"], match["rest"]}, is_picture)


def captioned(line: str, is_picture: Callable[[str], bool]) -> dict[str, object] | None:
    """Return the fields that the caption `TITLE by NAME` gives; None for anything else, such as `Walks by the sea`."""
    text, links = _read(line)
    title, name = _parted(text)
    parts = name.split()
    capitals = [part for part in parts if part[:1].isupper()]
    whole = len(capitals) > 1 and all(part in capitals or part in _PARTICLES for part in parts)
    if not title or not (whole or name in links) or not _is_name(name) or not _is_title(title, links):
        return None
    return _fields(title, name, links, {text}, is_picture)


def stands_out(line: str) -> bool:
    """Tell whether a whole line is emphasised, or inside an element of its own."""
    return bool(_EMPHASIS.fullmatch(line) or _ELEMENT.fullmatch(line))


def _read(line: str) -> tuple[str, dict[str, str]]:
    """Return a line's plain words, and the addresses that words of it link."""
    links: dict[str, str] = {}

    def unlinked(match: re.Match[str]) -> str:
        inside = match["words"] or match["inside"]
        url = match["url"] or attributes(match["attributes"] or "").get("href", "")
        links[_plain(inside)] = url.strip("<>")
        return inside

    return _plain(_LINK.sub(unlinked, line.strip())), links


def _plain(line: str) -> str:
    for _ in range(2):  # one in the other
        line = _EMPHASIS.sub(lambda match: match["words"], line)
    return words(_ESCAPED.sub(r"\1", plain(line)))


def _parted(text: str) -> tuple[str, str]:
    """Return title and name; the title is empty where there is none."""
    match = _BY.fullmatch(text)
    title, name = (match["title"].rstrip(","), match["name"]) if match else ("", text)
    return title, re.sub(r"(?<=\w{3})\.\Z", "", name)


def _is_name(name: str) -> bool:
    known = name.casefold() not in _NOBODY and any(sign.isalpha() for sign in name)
    return known and len(name.split()) <= _MOST_NAMES and not _MORE_THAN_A_NAME.search(name)


def _is_title(title: str, links: dict[str, str]) -> bool:
    if title in links or _QUOTED.fullmatch(title):
        return True
    begins = title[:1].isupper() or title[:1].isdigit()
    return begins and len(title.split()) <= _MOST_WORDS and not re.search(r"[.!?:;]\s|\sby\s", title)


def _fields(
    title: str, name: str, links: dict[str, str], elsewhere: set[str], is_picture: Callable[[str], bool]
) -> dict[str, object] | None:
    """Return the fields of a record; None when a link is not the name's, the title's or the whole line's."""
    fields: dict[str, object] = {"creator": (name,), "license": UNKNOWN.code}
    quoted = _QUOTED.fullmatch(title)
    plain_title = quoted["title"] if quoted else title
    if plain_title.casefold() not in _THINGS:
        fields["title"] = plain_title
    for linked, url in links.items():
        if not address(url) or linked not in {title, plain_title, name, *elsewhere}:
            return None
        persons = linked == name and not is_picture(url)
        fields["creator_url" if persons else "source"] = url
    return {field: value for field, value in fields.items() if value}
