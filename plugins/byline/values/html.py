"""Finished HTML as tokens: to read its facts in one pass, and to rewrite addresses without touching another byte.

Not a browser's parser: it builds no tree and mends nothing. Tokens follow the HTML Standard, section 13.2.5
(tags with quoted attributes, comments, raw text); joined together they are the input again.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ATTRIBUTES = r"(?P<attributes>(?:[^=>]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?+)*+)"
"""What stands between a tag's name and its `>`: a quote opens a value only after `=`, and may hold a `>`."""

_RAW = "iframe|noembed|noframes|script|style|textarea|title|xmp"
_TOKEN = re.compile(
    rf"<(?P<close>/?)(?:(?P<raw>(?<!/)(?:{_RAW})(?=[\s/>]))"
    rf"|(?P<name>[a-z][^\s/>]*+)){ATTRIBUTES}(?:>|\Z)(?(raw)(?P<inside>.*?)(?=</(?P=raw)[\s/>]|\Z))"
    r"|<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<[!?/][^>]*+(?:>|\Z)",
    re.ASCII | re.DOTALL | re.IGNORECASE,
)
"""A tag, with all that follows it where its element holds raw text (HTML Standard, 13.1.2); a comment; a declaration.

What the end of the text cuts short reaches to that end, as in a browser: so every attempt succeeds, in one pass.
"""
_ATTRIBUTE = re.compile(
    r"(?P<before>(?P<name>[^\s/>][^\s/>=]*)\s*=\s*)"
    r"(?:\"(?P<double>[^\"]*)(?:\"|\Z)|'(?P<single>[^']*)(?:'|\Z)|(?P<bare>[^\s>\"'][^\s>]*))?|[^\s/>=]+",
    re.ASCII,
)
_ONE_ATTRIBUTE = re.compile(r"\s*+([a-zA-Z-]++)=\"([^\"&]*+)\"\s*+", re.ASCII)
"""What most tags of a text have: one attribute, as Markdown writes it."""
_REFERENCE = re.compile(r"&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+);?|[a-zA-Z][a-zA-Z0-9]*(?:;|(?![=a-zA-Z0-9])))")
_CANDIDATE = re.compile(r"[\s,]*(?P<url>[^\s,](?:\S*[^\s,])?)(?P<size>\s+[^\s,][^,]*)?", re.ASCII)

ADDRESSED = frozenset(
    "a area audio blockquote body button del embed form iframe image img input ins link object q script source track "
    "use video".split()
)
ADDRESSES = frozenset("action cite data formaction href imagesrcset poster src srcset xlink:href".split())
"""Elements and attributes that hold addresses (HTML Standard, the index of attributes)."""
_BLOCKS = frozenset(
    "address article aside blockquote br dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
"""Elements that part words from each other in plain text."""
_CODE = frozenset({"code", "kbd", "pre", "samp"})

_PASSED_OVER = (
    rf"<(?P<close>)(?=[{''.join(sorted({name[0] for name in ADDRESSED | set(_RAW.split('|'))}))}])"
    rf"(?:(?P<raw>(?:{_RAW})(?=[\s/>]))|(?P<name>{'|'.join(sorted(ADDRESSED - {'iframe', 'script'}))})(?=[\s/])%s)"
    rf"{ATTRIBUTES}(?:>|\Z)(?(raw)(?P<inside>.*?)(?=</(?P=raw)[\s/>]|\Z))"
    r"|<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<[!?][^>]*+(?:>|\Z)"
)
_FLAGS = re.ASCII | re.DOTALL | re.IGNORECASE
_ADDRESSED_TAG = re.compile(_PASSED_OVER % "", _FLAGS)
_RELATIVE_TAG = re.compile(_PASSED_OVER % r"(?!\s+href=\"https?://[!#-;=-~]*\"\s*>)", _FLAGS)
"""The tokens that may hold an address (on this site), or hide what looks like one: the rest is passed over at speed."""
_TRICKY = re.compile(r"</?[a-zA-Z][^<>]*+<"), re.compile(r"=\s*+(?:\"[^\"<]*+<|'[^'<]*+<)")
"""A `<` inside a tag, as a rule in a value, could be taken for a tag by an expression that passes over tags.

Two expressions, as each is searched for by its first sign: one of both would be tried everywhere.
"""


class Token(NamedTuple):
    """A piece of HTML: `raw` as written; `kind` is text, open, close or other; `name` of a tag in lower case."""

    kind: str
    raw: str
    name: str = ""
    attributes: str = ""

    @property
    def seen(self) -> str:
        """Return what a reader sees of it, references unresolved: text, a space for the edge of a block, or nothing."""
        return self.raw if self.kind == "text" else " " if self.name in _BLOCKS else ""


def tokens(html: str) -> Iterator[Token]:
    """Yield the tokens of the HTML in order; their `raw` joined together is the input."""
    position = 0
    for match in _TOKEN.finditer(html):
        start, end = match.span()
        if start > position:
            yield Token("text", html[position:start])
        position = end
        close, raw, name, written, inside = match.groups()
        if not (raw or name):
            yield Token("other", match[0])
        elif close:
            yield Token("close", match[0], name.lower())
        elif raw and inside:
            yield Token("open", html[start : match.start("inside")], raw.lower(), written)
            yield Token("other", inside)
        else:
            yield Token("open", match[0], (raw or name).lower(), written)
    if position < len(html):
        yield Token("text", html[position:])


def addressed(html: str) -> Iterator[tuple[str, str]]:
    """Yield the start tags of elements that may hold addresses: the name in lower case, the attributes as written."""
    for close, raw, name, written, _inside in _addressing(html).findall(html):
        if not close and (named := (raw or name).lower()) in ADDRESSED:
            yield named, written


def pieces(html: str) -> Iterator[re.Match[str]]:
    """Yield the matches of tags, comments and declarations only: for whoever must read many pages at speed.

    Groups: `close` holds a slash for an end tag; `raw` or `name` the tag's name as written; `attributes`; `inside` what
    follows the start tag of an element that holds raw text.
    """
    return _TOKEN.finditer(html)


def untagged(html: str) -> str:
    """Return the text between the tags as it is written, references unresolved."""
    return _TOKEN.sub("", html)


def attributes(written: str) -> dict[str, str]:
    """Return a tag's attributes by name in lower case, their values unescaped; the first of two alike counts."""
    if plain := _ONE_ATTRIBUTE.fullmatch(written):
        return {plain[1].lower(): plain[2]}
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        found.setdefault((match["name"] or match[0]).lower(), _value(match))
    return found


def plain(html: str) -> str:
    """Return the words of the HTML: no markup, references resolved, runs of white space made one space."""
    if "<" not in html:
        return words([html])
    parts = _TOKEN.split(html)  # a text, then what each group found in the tag after it, and so on: no object a tag
    texts, names = (parts[first :: _TOKEN.groups + 1] for first in (0, _TOKEN.groupindex["name"]))
    edges = {name: " " if name and name.lower() in _BLOCKS else "" for name in set(names)}
    seen = zip(texts, [*map(edges.__getitem__, names), ""], strict=True)
    return words(chain.from_iterable(seen))


def words(seen: Iterable[str]) -> str:
    """Return pieces of text, references unresolved, as plain text."""
    return " ".join(unescape("".join(seen)).split())


def outside_code(html: str) -> Iterator[str]:
    """Yield the texts, references unresolved, that stand outside code samples."""
    depth = 0
    for token in tokens(html):
        if token.name in _CODE:
            depth += 1 if token.kind == "open" else -1
        elif token.kind == "text" and depth <= 0:
            yield token.raw


def escape(text: str) -> str:
    """Return the text fit for element content and quoted attributes."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;").replace("'", "&#39;")
    )


def candidates(srcset: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses of a `srcset`, each with its descriptor (HTML Standard, 4.8.4.2.1)."""
    for match in _CANDIDATE.finditer(srcset):
        yield match["url"], (match["size"] or "").strip()


def rewrite_addresses(html: str, rewrite: Callable[[str, str, str], str | None], *, relative: bool = False) -> str:
    """Return the HTML with addresses replaced; with `relative`, plain links to other sites are not asked about.

    `rewrite` gets the tag's name, the attribute's name and the unescaped value; it answers the new value, or None to
    leave the bytes as they are. Code samples, comments and scripts are no tags, so nothing inside them is an address.
    """

    def in_tag(tag: re.Match[str]) -> str:
        name = (tag["raw"] or tag["name"] or "").lower()
        if tag["close"] or name not in ADDRESSED:
            return tag[0]

        def in_attribute(match: re.Match[str]) -> str:
            attribute = (match["name"] or "").lower()
            answer = rewrite(name, attribute, _value(match)) if attribute in ADDRESSES else None
            return match[0] if answer is None else f'{match["before"]}"{escape(answer)}"'

        start, end = (position - tag.start() for position in tag.span("attributes"))
        return tag[0][:start] + _ATTRIBUTE.sub(in_attribute, tag["attributes"]) + tag[0][end:]

    return _addressing(html, _RELATIVE_TAG if relative else _ADDRESSED_TAG).sub(in_tag, html)


def _addressing(html: str, quick: re.Pattern[str] = _ADDRESSED_TAG) -> re.Pattern[str]:
    """Return what finds the tags that may hold addresses: the quick expression, where it cannot be misled."""
    return _TOKEN if any(tricky.search(html) for tricky in _TRICKY) else quick


def _value(match: re.Match[str]) -> str:
    """Return an attribute's value, references resolved; `&copy=` in an address is none (HTML Standard, 13.2.5.73)."""
    written = match["double"] or match["single"] or match["bare"] or ""
    if "&" not in written:
        return written
    return _REFERENCE.sub(lambda reference: unescape(reference[0]), written)
