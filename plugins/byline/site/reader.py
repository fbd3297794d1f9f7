"""Read: the bytes of a source file become a Reading, once.

Not a cache, and no effects: the same bytes, options and file names give the same Reading, in any process. Front
matter, markup to HTML, typography, then the addresses; what else the HTML says, its Content finds when asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from byline.site.front_matter import FrontMatter, split
from byline.site.typography import Typography
from byline.values.addresses import spellings
from byline.values.content import Content
from byline.values.html import outside_code, rewrite_addresses
from byline.values.post import Internal, Reading
from byline.values.problem import Fault, Place, Problem, Severity
from byline.values.text import forbidden, line_of, without_markup

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from byline.site.converters import Converters

MARKDOWN = frozenset({"md", "markdown", "mkd", "mdown"})
SOURCES = MARKDOWN | {"rst", "html", "htm"}
"""Suffixes of files that are posts."""
PICTURES = frozenset({"avif", "gif", "jpeg", "jpg", "png", "svg", "webp"})

_INTERNAL = re.compile(r"[{|](?P<what>filename|static|attach)[|}](?P<path>.*)", re.DOTALL)
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_GOES_ON = re.compile(r"[\w./%-]")
"""A character with which an address goes on; a full stop after it may end a sentence."""
_LIQUID = re.compile(r"\{%-?\s*(?P<name>\w+)[^{}]*%\}")
_TOO_DEEP = "<blockquote>\n" * 100
"""From a few hundred quotes in each other on, Markdown gives up at a depth that hangs on who called it."""


@dataclass(frozen=True)
class Options:
    """What `read` depends on besides the bytes: settings of Pelican, by meaning."""

    markdown: Mapping[str, Any] = field(default_factory=dict)
    docutils: Mapping[str, object] = field(default_factory=dict)
    formatted: frozenset[str] = frozenset({"summary"})
    typography: Typography = field(default_factory=Typography)
    language: str = "en"

    @cached_property
    def converters(self) -> Converters:
        """Return what converts Markdown by these settings."""
        from byline.site.converters import Converters  # Markdown is imported only where a source needs it

        return Converters(self.markdown)


def read(path: str, body: bytes, options: Options, files: Collection[str]) -> Reading:
    """Return the Reading of a source.

    `path` is POSIX, below content/; `files` are all files below content/. What is wrong stands in the Reading's
    problems; with a structural one its content is not to be published.
    """
    try:
        text = _decoded(path, body)
        front, html = _converted(path, text, options)
        return _finished(text, front, html, _Addresses(path, text, files, front.body_line), options)
    except Fault as fault:
        return Reading(path, {}, {}, Content(""), fault.problems)


def _decoded(path: str, body: bytes) -> str:
    r"""Return the source's text with `\n` line ends; raise Fault when it is no UTF-8 or holds control characters."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(path, error.object.count(b"\n", 0, error.start) + 1)
        what = f"Byte 0x{error.object[error.start]:02x} is no UTF-8."
        raise Fault(Problem("not-utf8", what, "Save the file as UTF-8.", place)) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_control_characters(path, text, text)
    return text


def _refuse_control_characters(path: str, made: str, text: str) -> None:
    """Raise Fault when what was made of the text holds a character that no feed can."""
    if match := forbidden(made):
        place = Place(path, line_of(text, match.start()) if made is text else None)
        what = f"The control character U+{ord(match[0]):04X} cannot stand in a feed."
        raise Fault(Problem("control-character", what, "Delete it.", place))


def _converted(path: str, text: str, options: Options) -> tuple[FrontMatter, str]:
    """Return the front matter, formatted fields as HTML, and the body as HTML."""
    suffix = path.rpartition(".")[2].lower()
    if suffix in MARKDOWN:
        front = split(text, path)
        html, formatted = _markdown(path, front, options)
        return replace(front, values={**front.values, **formatted}), html
    from byline.site import other_sources  # docutils is imported only where a source needs it

    if suffix == "rst":
        return other_sources.restructured_text(path, text, options.docutils, options.formatted, options.language)
    return other_sources.html_document(path, text)


def _markdown(path: str, front: FrontMatter, options: Options) -> tuple[str, dict[str, str]]:
    """Return the body as HTML and the formatted fields as HTML, by one converter."""
    try:
        converter = options.converters.take()
    except Exception as error:  # an extension, ours or not, may raise anything: every post has this fault
        what = f"MARKDOWN cannot be used: {type(error).__name__}: {error}."
        raise Fault(Problem("bad-settings", what, "Mend MARKDOWN in the settings.")) from error
    try:
        html = converter.convert(front.body)
        formatted = {}
        for key in options.formatted & front.values.keys():
            value = front.values[key]
            formatted[key] = converter.reset().convert("\n".join(value) if isinstance(value, tuple) else str(value))
    except Exception as error:  # the post is named, the build goes on
        what = f"Markdown failed on this text: {type(error).__name__}: {error}."
        remedy = "Simplify the text, or the extensions in MARKDOWN."
        raise Fault(Problem("unreadable-post", what, remedy, Place(path, front.body_line))) from error
    options.converters.give_back(converter)
    if _TOO_DEEP in html:
        deep = re.search(r"(?m)^(?:[ \t]*>){100}", front.body)
        place = Place(path, front.body_line + (front.body.count("\n", 0, deep.start()) if deep else 0))
        raise Fault(Problem("unreadable-post", "Quotes nest more than a hundred deep.", "Take some `>` out.", place))
    return html, formatted


def _finished(text: str, front: FrontMatter, html: str, addresses: _Addresses, options: Options) -> Reading:
    """Return the Reading: typography, internal addresses, facts, and what of them is wrong."""
    path, prose = addresses.path, options.typography.prose
    content = Content(rewrite_addresses(prose(html), addresses.rewrite, relative=True))
    _refuse_control_characters(path, content.html, text)
    values = dict(front.values)
    for key in options.formatted & values.keys():
        values[key] = rewrite_addresses(prose(str(values[key])), addresses.rewrite, relative=True)
    if isinstance(title := values.get("title"), str) and options.typography.on:
        values["title"] = options.typography.words(without_markup(title))
    problems = (*front.problems, *_liquid_tags(path, text, html))
    asked, internal = tuple(sorted(addresses.asked.items())), tuple(addresses.internal)
    return Reading(path, values, front.lines, content, problems, asked, internal, tuple(addresses.hotlinks))


def _liquid_tags(path: str, text: str, html: str) -> Iterator[Problem]:
    """Yield a Problem for each kind of tag of another engine that readers would see outside code."""
    prose = outside_code(html) if "{%" in html else ()
    for name in dict.fromkeys(match["name"] for piece in prose for match in _LIQUID.finditer(piece)):
        written = re.search(rf"\{{%-?\s*{name}\b", text)
        place = Place(path, line_of(text, written.start()) if written else None)
        what = f"`{{% {name} … %}}` is another engine's tag, and readers would see it as it stands."
        remedy = "Say it in Markdown; or, if it is to be seen, in a code sample."
        yield Problem("foreign-tag", what, remedy, place, Severity.EDITORIAL)


class _Addresses:
    """The addresses of one source: those of files made Pelican's `{filename}` and `{static}`, from content/ on."""

    def __init__(self, path: str, text: str, files: Collection[str], body_line: int) -> None:
        self.path = path
        self.files = files
        self.asked: dict[str, bool] = {}
        self.internal: list[Internal] = []
        self.hotlinks: list[tuple[str, int]] = []
        self._text = text
        # The body is rewritten first; what front matter names is looked for from the beginning.
        self._reached = (sum(len(line) + 1 for line in text.split("\n")[: body_line - 1]), body_line)

    def rewrite(self, tag: str, attribute: str, url: str) -> str | None:
        """Return `{filename}/…` or `{static}/…` for an address of a file below content/, None for any other."""
        url = url.strip()
        if (tag, attribute) == ("img", "src") and url.startswith(("http:", "https:", "//")):
            self.hotlinks.append((url, self._line(url)))
        if attribute.endswith("srcset") or url.startswith("#") or _ELSEWHERE.match(url):
            return None
        written = _INTERNAL.fullmatch(url)
        address = written["path"] if written else url
        path = re.split(r"[?#]", address, maxsplit=1)[0]
        if not path:
            return None
        target, there = self._found(path)
        suffix = target.rpartition(".")[2].lower()
        # What looks like a page's address (`/about/`, `old.html`) may be one; only files are expected to be there.
        expected = written or (suffix in (PICTURES | SOURCES) - {"html", "htm"} and not url.startswith("/"))
        if there or expected:
            self.internal.append(Internal(url, target, self._line(url), there, tag))
        if not there:
            return None
        kind = written["what"] if written else "filename" if suffix in SOURCES else "static"
        # Pelican takes the address apart again, so what would end its path stays encoded.
        return f"{{{kind}}}/{re.sub('[%?#;]', lambda sign: f'%{ord(sign[0]):02X}', target)}{address[len(path) :]}"

    def _found(self, written: str) -> tuple[str, bool]:
        """Return the path below content/ that an address means, and whether a file is there."""
        targets = spellings(written, self.path)
        for target in targets:
            self.asked[target] = target in self.files
            if self.asked[target]:
                return target, True
        return targets[0], False

    def _line(self, url: str) -> int:
        """Return the line of the next place in the source that names the address, 0 where none does as written."""
        for offset, line in (self._reached, (0, 1)):
            start = self._text.find(url, offset)
            while start >= 0:
                end = start + len(url)
                before, after = self._text[start - 1 : start], self._text[end : end + 1]
                if not _GOES_ON.fullmatch(before) and (after == "." or not _GOES_ON.fullmatch(after)):
                    self._reached = (end, line + self._text.count("\n", offset, end))
                    return self._reached[1]
                start = self._text.find(url, start + 1)
        return 0
