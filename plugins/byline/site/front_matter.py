"""A source's front matter: Pelican's `Key: value` lines, YAML between `---`, or TOML between `+++`.

Not its meaning: keys are folded and placed, values stay plain text; dates and tags are made of them later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from byline.credits.record import FIELDS
from byline.values.problem import Place, Problem, Severity
from byline.values.text import FORBIDDEN, fold, one_edit_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PELICAN_KEYS = frozenset(
    "author authors category date description keywords lang modified save_as slug status summary tags template "
    "timezone title translation url".split()
)
BYLINE_KEYS = frozenset(
    "aliases audio audio_duration audio_length audio_type cover featured_image further_reading id image image_author "
    "image_caption image_license networks photo question related related_posts series series_index share".split()
)
PHOTO_KEYS = frozenset(f"photo_{name}" for name in FIELDS)
_KEYS = PELICAN_KEYS | BYLINE_KEYS | PHOTO_KEYS
_LISTS = frozenset("aliases authors keywords networks related related_posts tags".split())
"""Keys whose lines are lists with commas, or with semicolons."""
_BY_LINE = frozenset({"further_reading", "photo_creator"})
"""Keys whose every line is a value."""

_KEY_LINE = re.compile(r"^ {0,3}(?P<key>[\w-]+):\s*(?P<value>.*)$")
_MORE_LINE = re.compile(r"^ {4,}(?P<value>.*)$")
_FENCE = re.compile(r"^(?:-{3}|\+{3})\s*$")
_FENCE_END = {"---": re.compile(r"^(?:-{3}|\.{3})\s*$"), "+++": re.compile(r"^\+{3}\s*$")}
_LIKE_A_KEY = re.compile(r"^ {0,3}(?P<key>[A-Za-z][\w-]*)\s*:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before the body: values and line numbers by folded key, the body, and the body's first line."""

    values: Mapping[str, object]
    lines: Mapping[str, int]
    body: str
    body_line: int
    problems: tuple[Problem, ...] = ()


@dataclass
class Written:
    """Front matter while it is read: keys and values as they come, and what is wrong with them."""

    path: str
    values: dict[str, object] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, key: str, value: object, line: int) -> None:
        """Take in a key with its value; of two alike the first counts."""
        name = fold(key)
        if name in self.values:
            self.tell_double(key, line)
        if match := next(filter(None, map(FORBIDDEN.search, _texts(value))), None):
            what = f"{key} holds the control character U+{ord(match[0]):04X}."
            self.problems.append(Problem("control-character", what, "Delete it.", Place(self.path, line)))
        self.values.setdefault(name, value)
        self.lines.setdefault(name, line)

    def tell_double(self, key: str, line: int) -> None:
        """Note that a key stands once more."""
        what = f"The key {key} stands twice."
        self.problems.append(Problem("double-key", what, "Remove one of the two.", Place(self.path, line)))

    def finished(self, body: str = "", body_line: int = 1) -> FrontMatter:
        """Return the whole, with hints for keys that are nearly a known one, or another engine's."""
        for key in self.values:
            if known_key(key) or len(key) <= 2:  # noqa: PLR2004  two letters are an edit away from much
                continue
            near = next((known for known in sorted(_KEYS) if one_edit_apart(key, known)), "")
            if near:
                what = f"The key {key.capitalize()} is unknown."
                remedy = f"Did you mean {near.capitalize()}? If it is a key of your own, it works as it is."
                place = Place(self.path, self.lines[key])
                self.problems.append(Problem("unknown-key", what, remedy, place, Severity.EDITORIAL))
        if str(self.values.get("draft", "")).lower() in {"true", "yes", "1"} and "status" not in self.values:
            what = "Draft is another engine's key: here the post would be published."
            place = Place(self.path, self.lines["draft"])
            self.problems.append(Problem("unknown-status", what, "Write `Status: draft` instead.", place))
        return FrontMatter(self.values, self.lines, body, body_line, tuple(self.problems))


def split(text: str, path: str) -> FrontMatter:
    r"""Return the front matter of a source text (line ends `\n`); `path` names it in Problems."""
    lines = text.split("\n")
    written = Written(path)
    fence = lines[0][:3] if _FENCE.match(lines[0]) else ""
    if not fence:
        start = _read_key_lines(lines, 0, written)
    elif closing := next((number for number, line in enumerate(lines[1:], 1) if _FENCE_END[fence].match(line)), 0):
        _read_fenced("\n".join(lines[1:closing]), fence, written)
        start = closing + 1
    else:
        start = _read_unclosed(lines, fence, written)
    _check_opening(lines, start, written, block=not fence and not (start and not lines[start - 1].strip()))
    return written.finished("\n".join(lines[start:]), start + 1)


def known_key(key: str) -> bool:
    """Tell whether Pelican or Byline gives the folded key a meaning."""
    return key in _KEYS or key.startswith("share_")


def _read_key_lines(lines: list[str], start: int, written: Written) -> int:
    """Read `Key: value` lines up to a blank one; return the index of the body's first line.

    Indented lines go on with a value, and a list may have several lines of its key, as Python-Markdown's Meta-Data.
    """
    found: dict[str, list[str]] = {}
    key = ""
    end = len(lines)
    for number, line in enumerate((line.expandtabs(4) for line in lines[start:]), start):
        if not line.strip() or (number and _FENCE_END["---"].match(line)):
            end = number + 1
            break
        if match := _KEY_LINE.match(line):
            key = fold(match["key"])
            if key in found and key in _KEYS and key not in _LISTS | _BY_LINE:
                written.tell_double(match["key"], number + 1)
            written.lines.setdefault(key, number + 1)
        elif not key or not (match := _MORE_LINE.match(line)):
            end = number
            break
        found.setdefault(key, []).append(match["value"].strip())
    written.values.update((name, _joined(name, parts)) for name, parts in found.items())
    return end


def _joined(key: str, parts: list[str]) -> object:
    """Return the value of a key's lines: one text, or several values where the key has several."""
    if len(parts) == 1:
        return parts[0]
    if key in _LISTS:
        comma = ";" if any(";" in part for part in parts) else ","
        return tuple(filter(None, (value.strip() for part in parts for value in part.split(comma))))
    if known_key(key) and key not in _BY_LINE:
        return ("\n" if key == "summary" or key.startswith("share") else " ").join(parts)
    return tuple(parts)


def _read_fenced(text: str, fence: str, written: Written) -> None:
    from byline.site import fenced  # and PyYAML, which takes a while: most front matter has no fence

    read, remedy = {
        "---": (fenced.yaml_pairs, 'Put values with `: `, `#` or quotes into "…".'),
        "+++": (fenced.toml_pairs, 'Put texts into "…".'),
    }[fence]
    try:
        for key, value, line in read(text):
            written.add(key, value, line + 1)
    except fenced.UnreadableError as error:
        what = f"The front matter cannot be read: {error}."
        written.problems.append(Problem("bad-front-matter", what, remedy, Place(written.path, error.line + 1)))


def _read_unclosed(lines: list[str], fence: str, written: Written) -> int:
    """Read what follows a fence that nothing closes; after `---` Pelican takes `Key: value` lines up to a blank one."""
    start = _read_key_lines(lines, 1, written) if fence == "---" else 0
    if fence == "---" and not written.values:
        return 0  # a rule, and no fence
    if fence == "+++" or (start < len(lines) and lines[start - 1].strip()):
        what = f"The front matter that `{fence}` opens has no end."
        remedy = f"Write a line `{fence}` after its last key."
        written.problems.append(Problem("bad-front-matter", what, remedy, Place(written.path, 1)))
    return start


def _check_opening(lines: list[str], start: int, written: Written, *, block: bool) -> None:
    """Note a body that begins like front matter; with `block`, anywhere in lines that no blank one parts from it."""
    first = next((number for number in range(start, len(lines)) if lines[number].strip()), len(lines))
    first += bool(lines[first:] and _FENCE.match(lines[first]))
    opening = takewhile(str.strip, lines[first:]) if block and first == start else lines[first : first + 1]
    for number, line in enumerate(opening, first + 1):
        match = _LIKE_A_KEY.match(line)
        if match and known_key(fold(match["key"])):
            what = f"The body begins with `{match['key']}:`, which looks like front matter cut off from the rest."
            remedy = "Move it up to the other keys; or, if it is text, write `**` around the word."
            written.problems.append(Problem("front-matter-in-body", what, remedy, Place(written.path, number)))
            return


def _texts(value: object) -> Iterator[str]:
    """Yield the texts in a value, however nested."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        for part in (*value, *value.values()):
            yield from _texts(part)
