r"""Typogrify's five filters with the same output, without the work that changes nothing.

Not a typography of our own: what takes the place of what, Typogrify and smartypants decide, and they are called for it.
Here stands only where they look, as each docstring says; an HTML that its reasons do not hold for they get whole. A
*tag* is `<[^>]*>`, as in smartypants; a *text* stands between two tags; a *space* is one of ` \t\r\n`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import smartypants as smarty
from typogrify import filters

if TYPE_CHECKING:
    from collections.abc import Iterable

_TAG = re.compile(r"(<[^>]*+>)")

_AMPERSAND = re.compile(r"&(?:amp;|#38;)?(?:\s|&nbsp;)")
_QUOTED_VALUE = re.compile(r"=\s*[\"']")
_TO_END_OF_TAG = re.compile(r"[^>]*+>?+")

_SKIPPED = re.compile(f"</?(?:{'|'.join(smarty.tags_to_skip)})", re.IGNORECASE)
"""Tags of what is not looked into: where one is never closed, what a filter does to a text hangs on those before it."""
_TOUCHED = re.compile(r"'|\"|\\|`|&|--|\.\.|\. \. \.")
"""What there is at least in a text that smartypants changes."""
_LONE_QUOTES = frozenset({"'", '"', "&quot;"})
_OPENING = re.compile(r"(?:['\"]|&quot;)(?![^\W_])[^ \t\r\n]*+[ \t\r\n]?+")
"""A word that begins with a quote and no letter or digit, and the space after it, which decides on the quote."""
_WORD = re.compile(
    r"((?:[^'\"\\`&.-]+(?<=[ \t\r\n])|[^'\"\\`&.\- \t\r\n]*+\.(?=[ \t\r\n]))*+)"  # words without such signs
    r"([^ \t\r\n]*+)"  # a word that may have one
)
_END = "\x1b"
"""Stands for the end of a text after its last word: no space, nothing of a word, no sign that smartypants minds."""

_REMEMBERED = 10_000
"""So many words of all posts together are converted once."""

_CAPITALS = re.compile(r"[A-Z](?:\d*|\.\s?)[A-Z]")

_QUOTE = r"\s*(?:<(?:a|em|span|strong|i|b)[^>]*>\s*)*(?:[\"']|&(?:ldquo|lsquo|\#8220|\#8216);)"
_QUOTE_FIRST = re.compile(_QUOTE)
_QUOTE_FIRST_IN_BLOCK = re.compile(rf"<(?:p|h[1-6]|li|dt|dd)[^>]*>{_QUOTE}")

_TAG_IN_TAG = re.compile(r"<[^>]*<")
_END_OF_BLOCK = re.compile(r"(</(?:p|h[1-6]|li|dt|dd)>)")


def touches(text: str) -> bool:
    """Tell whether smartypants may change a text without tags."""
    return bool(_TOUCHED.search(text))


def sections(html: str, ignored: tuple[str, ...]) -> list[tuple[str, bool]]:
    """Return HTML in pieces, each with whether it is for the filters: an element of an ignored kind is not.

    Typogrify looks for the tag and what ends it, by an expression that is put together for each text.
    """
    some = _some_of(ignored)
    return filters.process_ignores(html, ignored) if some is None or some.search(html) else [(html, True)]


@cache
def _some_of(ignored: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what is in every text with an ignored element; None where that is not told by names of tags alone."""
    names = ("code", "pre", *map(str.strip, ignored))
    return re.compile(f"<(?:{'|'.join(names)})", re.IGNORECASE) if all(map(str.isalnum, names)) else None


def amp(html: str) -> str:
    """Return HTML with its lone ampersands in a `span`.

    Typogrify looks for an ampersand between white space, outside what it takes for a tag. Neither goes on beyond a `>`
    where no attribute has a value in quotes: then what ends with a `>` can be handed over by itself.
    """
    if not _AMPERSAND.search(html):
        return html
    pieces = [html] if _QUOTED_VALUE.search(html) else _TO_END_OF_TAG.findall(html)
    return "".join(filters.amp(piece) if _AMPERSAND.search(piece) else piece for piece in pieces)


def smartypants(html: str, attributes: int) -> str:
    """Return HTML with curly quotes, dashes and ellipses, by smartypants' attributes.

    What smartypants replaces stands between two spaces, but for `. . .`; so does all that decides on a quote. Where one
    of its expressions takes in a space, no other match of the same expression needs that space. So a word becomes the
    same in any company: the words that may change are put below each other, each once, and all of a post converted in
    one call.

    A text's first word: its beginning is like a space, but for a quote that no letter or digit follows. Such a word is
    converted by itself. The last word: `_END` decides like the end of a text. A text that is nothing but a quote hangs
    on whether the text before it ends with white space.
    """
    if "<!--" in html or _END in html or _SKIPPED.search(html):
        return str(smarty.smartypants(html, attributes))
    pieces = _TAG.split(html)
    made = [*pieces]
    left: dict[int, str] = {}
    for place in range(0, len(pieces), 2):
        text = pieces[place]
        if not _TOUCHED.search(text):
            continue
        if text in _LONE_QUOTES:
            before = next((pieces[earlier] for earlier in range(place - 2, -1, -2) if pieces[earlier]), "")
            context = "x<>" if before[-1:].strip() else " <>"
            made[place] = _alone(context + text, attributes).removeprefix(context)
        elif ". . ." in text:
            made[place] = smarty.smartypants(text, attributes)
        else:
            opening = _OPENING.match(text)
            left[place] = text[opening.end() :] if opening else text
            made[place] = _alone(opening[0], attributes) if opening else ""
    for place, text in zip(left, _word_by_word(left.values(), attributes), strict=True):
        made[place] += text
    return "".join(made)


@lru_cache(_REMEMBERED)
def _alone(text: str, attributes: int) -> str:
    """Return what smartypants makes of a text: those that it is asked for by itself are few."""
    return str(smarty.smartypants(text, attributes))


def _word_by_word(texts: Iterable[str], attributes: int) -> list[str]:
    """Return texts with what smartypants makes of each of their words."""
    met = _WORD.findall("".join(f"{text}{_END}\n" for text in texts))
    known = _known(attributes)
    converted = {word: known.get(word) for _, word in met}
    if new := [word for word, made in converted.items() if made is None]:
        lines = smarty.smartypants("\n".join(["", *new, ""]), attributes).split("\n")[1:-1]
        made = dict(zip(new, lines, strict=True))
        converted |= made
        if len(known) > _REMEMBERED:
            known.clear()
        known |= made
    return "".join(f"{before}{converted[word]}" for before, word in met).split(f"{_END}\n")[:-1]


@cache
def _known(_attributes: int) -> dict[str, str]:
    """Return what smartypants has made of words by these attributes, to be added to: posts have many of the same."""
    return {}


def caps(html: str) -> str:
    """Return HTML with its words of capitals in a `span`.

    Typogrify looks at one text at a time, and takes for such a word at the least two capitals with nothing between
    them but digits, or a full stop and white space.
    """
    if not _CAPITALS.search(html):
        return html
    if "<!--" in html or _SKIPPED.search(html):
        return str(filters.caps(html))
    pieces = _TAG.split(html)
    places = [place for place in range(0, len(pieces), 2) if _CAPITALS.search(pieces[place])]
    texts = filters.caps("<>".join(["", *(pieces[place] for place in places)])).split("<>")[1:]
    for place, text in zip(places, texts, strict=True):
        pieces[place] = text
    return "".join(pieces)


def initial_quotes(html: str) -> str:
    """Return HTML with each quote that opens a block in a `span`.

    Between the beginning of a block, or of the HTML, and such a quote there are tags and white space alone. So it gets
    no more than these.
    """
    first = _QUOTE_FIRST.match(html)
    before, rest = (filters.initial_quotes(first[0]), html[first.end() :]) if first else ("", html)
    return before + _QUOTE_FIRST_IN_BLOCK.sub(lambda opening: str(filters.initial_quotes(opening[0])), rest)


def widont(html: str) -> str:
    """Return HTML with no line break between the last two words of a block.

    Where no tag begins inside another, what Typogrify changes before the end of a block is white space in that block,
    and hangs on what follows, which is one word and ends of tags, and on the character or tag before it. So of a block
    that ends with two words, all before the last character of the first is taken out, and put back.
    """
    if _TAG_IN_TAG.search(html):
        return str(filters.widont(html))
    pieces = _END_OF_BLOCK.split(html)
    taken_out = []
    for place in range(0, len(pieces), 2):
        text = pieces[place]
        words = text.rsplit(maxsplit=1)
        start = len(words[0]) - 1 if len(words) > 1 and ">" not in words[0][-1] + words[1] else 0
        taken_out.append(text[:start])
        pieces[place] = text[start:]
    pieces = _END_OF_BLOCK.split(filters.widont("".join(pieces)))
    pieces[::2] = map("".join, zip(taken_out, pieces[::2], strict=True))
    return "".join(pieces)
