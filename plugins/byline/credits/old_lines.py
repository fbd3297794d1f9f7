"""Old lines: credits that a post says in its own words, found in its Markdown so that they can become records.

Not a judgement of intent: a line is taken only where nothing else can be meant, and what merely looks like one is
named and left. `Photo credit: NAME` closes the post, or stands right after a picture; `TITLE by NAME` is a picture's
caption: its title in quotes, the emphasised line after it, or its figcaption.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from byline.credits.old_words import ADDRESS, captioned, labelled, stands_out
from byline.values.html import attributes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NO_TEXT = re.compile(r"\s+\S|\[[^\]]+\]:|\*\[[^\]]+\]:|<!--.*-->\s*\Z")
"""A line that defines a link, a footnote or an abbreviation, or goes on with one, or is a comment."""
_PICTURE = re.compile(
    rf"!\[[^\[\]]*\]\(\s*{ADDRESS}(?P<spoken>\s+(?:\"(?P<double>[^\"\r\n]*)\"|'(?P<single>[^'\r\n]*)'))?\s*\)"
    r"(?:\{[^{}\r\n]*\})?"
    r"|<img\s(?P<attributes>[^<>]*)>",
    re.IGNORECASE,
)
_FIGCAPTION = re.compile(r"\s*<figcaption(?:\s[^<>]*)?>(?P<words>[^\0]*?)</figcaption\s*>", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\s*\{:?[^{}]*\}\Z")
_LIKE_A_CREDIT = re.compile(
    r"(?:<[^<>]*>|[^\w<]|_)*(?:(?:cover|featured|header|lead|title)\s+)?(?:photo(?:graph)?|image|picture)s?"
    r"\s*(?:credits?|courtesy|by)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OldLine:
    """A credit in a source's own words: its line, from 1, the fields that it gives, and what of the source it is.

    `picture` is the address, as written, of the picture that it stands at; empty for the line that closes the post.
    """

    line: int
    words: str
    picture: str
    fields: Mapping[str, object]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OldLines:
    """The credits of a source; and its lines, with their numbers, that look like one and are not clear."""

    clear: tuple[OldLine, ...]
    unclear: tuple[tuple[int, str], ...]


@dataclass
class _Block:
    """Lines without a blank one between them: the first's number and offset; `after` is where the last block ended."""

    number: int
    start: int
    after: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.lines)

    @property
    def code(self) -> bool:
        return bool(_FENCE.match(self.lines[0])) or all(line.startswith(("    ", "\t")) for line in self.lines)

    @property
    def picture(self) -> str:
        """Return the address of the picture that stands alone in the block's first line."""
        match = _PICTURE.fullmatch(self.lines[0].strip())
        return _address(match) if match else ""


def old_lines(source: str, body_line: int, is_picture: Callable[[str], bool]) -> OldLines:
    """Return the credits that a Markdown source says in words.

    `body_line` is the number of the body's first line; `is_picture` tells whether an address is a picture's page rather
    than a person's.
    """
    blocks = list(_blocks(source, body_line))
    texts = [block for block in blocks if not all(map(_NO_TEXT.match, block.lines)) or block.code]
    clear: list[OldLine] = []
    unclear: list[tuple[int, str]] = []
    above = ""
    for block in blocks:
        if not block.code:
            found = list(_in_block(block, above, is_picture, closing=any(block is last for last in texts[-1:])))
            taken = {line.line for line in found}
            clear += found
            lines = ((number, line.strip()) for number, line in enumerate(block.lines, block.number))
            unclear += [(number, line) for number, line in lines if number not in taken and _LIKE_A_CREDIT.match(line)]
        above = block.picture if len(block.lines) == 1 else ""
    return OldLines(tuple(clear), tuple(unclear))


def without(source: str, lines: Iterable[OldLine]) -> str:
    """Return the source without these credits, and without the blank lines that parted them from what is above."""
    for line in sorted(lines, key=lambda line: line.start, reverse=True):
        source = source[: line.start] + source[line.end :]
    return source


def _blocks(source: str, body_line: int) -> Iterator[_Block]:
    """Yield the blocks of a source's body; a fenced code sample is one, blank lines and all."""
    block: _Block | None = None
    fence, offset, after = "", 0, 0
    for number, line in enumerate(_LINE.findall(source), 1):
        start, offset = offset, offset + len(line)
        if number < body_line:
            after = offset
            continue
        mark = _FENCE.match(line)
        closes = bool(fence and mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]))
        opens = bool(mark and not fence)
        if block and not fence and (opens or not line.strip()):
            yield block
            block = None
        if line.strip() or fence:
            block = block or _Block(number, start, after)
            block.lines.append(line)
            after = offset
        fence = mark[1] if mark and opens else "" if closes else fence
        if block and closes:
            yield block
            block = None
    if block:
        yield block


def _in_block(block: _Block, above: str, is_picture: Callable[[str], bool], *, closing: bool) -> Iterator[OldLine]:
    """Yield the credits of a block; `above` is the picture that stands alone right before it, empty for none."""
    last = _ATTRIBUTES.sub("", block.lines[-1].strip())
    beside = above if len(block.lines) == 1 else block.picture if len(block.lines) == 2 else ""  # noqa: PLR2004  a picture and a line
    fields = labelled(last, is_picture) if beside or (closing and len(block.lines) == 1) else None
    if beside and not fields and stands_out(last):
        fields = captioned(last, is_picture)
    if fields:
        end = block.start + len(block.text)
        start = block.after if len(block.lines) == 1 else end - len(block.lines[-1])
        yield OldLine(block.number + len(block.lines) - 1, last, beside, fields, start, end)
    for match in _PICTURE.finditer(block.text):
        words = match["double"] or match["single"] or ""
        if words and "`" not in block.text and (fields := captioned(words, is_picture)):
            yield _within(block, match.span("spoken"), words, _address(match), fields)
    if caption := _FIGCAPTION.search(block.text):
        pictures = [_address(match) for match in _PICTURE.finditer(block.text, 0, caption.start())]
        words = caption["words"].strip()
        fields = (captioned(words, is_picture) or labelled(words, is_picture)) if len(pictures) == 1 else None
        if fields:
            yield _within(block, caption.span(), words, pictures[0], fields)


def _within(block: _Block, span: tuple[int, int], words: str, picture: str, fields: Mapping[str, object]) -> OldLine:
    """Return the credit that a part of a block is; `span` is where it stands in the block's text."""
    start, end = span
    seen = end - len(block.text[start:end].lstrip())
    number = block.number + block.text.count("\n", 0, seen)
    return OldLine(number, words, picture, fields, block.start + start, block.start + end)


def _address(picture: re.Match[str]) -> str:
    """Return the address of a picture as it is written."""
    return (picture["url"] or attributes(picture["attributes"] or "").get("src", "")).strip("<>")
