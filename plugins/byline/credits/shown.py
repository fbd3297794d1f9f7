"""The pictures that a text shows, found in its finished HTML, and the text with them drawn anew.

Not Markdown's business: reStructuredText, HTML by hand and other plugins' texts take the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from byline.values.html import attributes, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from byline.values.content import Content
    from byline.values.html import Token

_ROOMS = frozenset({"", "article", "aside", "blockquote", "div", "main", "section"})
"""Where a picture between blocks is a block itself; the empty name is the text's outermost level."""
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Elements that have no end (HTML Standard, 13.1.2)."""
_AFTER_A_PICTURE = 2
"""So many tokens after a picture say how it stands: the ends of a link and of a paragraph."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture in a text: its address as written, its other attributes by name, whether it stands alone.

    Alone is alone in its paragraph, whose id and classes are its own then, or between blocks; a link around it counts
    as its own, and `link` is that tag.
    `by_hand` is one that has several files already: inside `<picture>`, or with a `srcset`.
    """

    url: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    alone: bool = False
    link: str = ""
    by_hand: bool = False


class Found(NamedTuple):
    """A picture, and from where to where in the HTML it goes, with the paragraph that holds nothing else."""

    shown: Shown
    start: int
    end: int


def find(html: str) -> tuple[Found, ...]:
    """Return the pictures of a text in their order, and where they stand."""
    return tuple(_found(html))


def pictures(content: Content) -> tuple[Found, ...]:
    """Return the pictures of a content, as `find` does."""
    return find(content.html)


def redrawn(html: str, met: Iterable[Found], draw: Callable[[int, Shown], str | None]) -> str:
    """Return the HTML with its pictures, as they were found in it, replaced with the paragraphs that hold nothing else.

    `draw` gets a picture's number, from 0, and the picture; it answers HTML, or None to leave it as it is.
    """
    pieces = []
    position = 0
    for number, (shown, start, end) in enumerate(met):
        drawn = draw(number, shown)
        if drawn is not None:
            pieces += [html[position:start], drawn]
            position = end
    return "".join([*pieces, html[position:]])


def _found(html: str) -> Iterator[Found]:
    met = _to_last_picture(html)
    ends = []
    position = 0
    for token in met:
        position += len(token.raw)
        ends.append(position)
    for index, parent in _pictures(met):
        before, after = _neighbour(met, index, -1), _neighbour(met, index, 1)
        given = attributes(met[index].attributes)
        link = ""
        first, last = index, index
        if _is(met, before, "open", "a") and _is(met, after, "close", "a"):
            link, first, last = met[before].raw, before, after
            before, after = _neighbour(met, first, -1), _neighbour(met, last, 1)
        if _is(met, before, "open", "p") and _is(met, after, "close", "p"):
            given = _with(attributes(met[before].attributes), given)
            first, last, alone = before, after, True
        else:
            alone = parent in _ROOMS and _is_edge(met, before) and _is_edge(met, after)
        if not alone:
            first, last, link = index, index, ""
        by_hand = parent == "picture" or "srcset" in given
        one = Shown(given.pop("src", "").strip(), given, alone and not by_hand, link, by_hand)
        yield Found(one, ends[first] - len(met[first].raw), ends[last])


def _to_last_picture(html: str) -> list[Token]:
    """Return the tokens of a text as far as its pictures hang on them; none of a text without."""
    last = html.lower().rfind("<img")
    met: list[Token] = []
    position = after = 0
    for token in tokens(html) if last >= 0 else ():
        met.append(token)
        position += len(token.raw)
        after += position > last and bool(token.raw.strip())
        if after > _AFTER_A_PICTURE:
            break
    return met


def _with(paragraph: dict[str, str], picture: dict[str, str]) -> dict[str, str]:
    """Return a picture's attributes with the id and the classes of the paragraph that holds nothing else."""
    classes = " ".join(filter(None, (paragraph.get("class"), picture.get("class"))))
    identity = picture.get("id") or paragraph.get("id")
    added = {"class": classes, "id": identity}
    return picture | {name: value for name, value in added.items() if value}


def _pictures(met: list[Token]) -> Iterator[tuple[int, str]]:
    """Yield the places of `img` tags, each with the element around it, links not counted."""
    around: list[str] = []
    for index, token in enumerate(met):
        if token.kind == "open" and token.name == "img":
            yield index, next((name for name in reversed(around) if name != "a"), "")
        elif token.kind == "open" and token.name not in _VOID and not token.raw.endswith("/>"):
            around.append(token.name)
        elif token.kind == "close" and token.name in around:
            while around.pop() != token.name:
                pass


def _neighbour(met: list[Token], index: int, step: int) -> int:
    """Return the place of the next token in a direction that is not white space; outside of all when none is left."""
    index += step
    while 0 <= index < len(met) and met[index].kind == "text" and not met[index].raw.strip():
        index += step
    return index


def _is(met: list[Token], index: int, kind: str, name: str) -> bool:
    return 0 <= index < len(met) and met[index].kind == kind and met[index].name == name


def _is_edge(met: list[Token], index: int) -> bool:
    """Tell whether the text ends there, or a block begins or ends."""
    if not 0 <= index < len(met):
        return True
    return met[index].kind in {"open", "close"} and met[index].seen == " " and met[index].name != "br"
