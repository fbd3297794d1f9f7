"""Mentioned in: the writer's own posts that link a post, each with the sentence around its link.

Not Webmentions: what other sites say of a post is no matter of this room. Long, as what is a
sentence around a link is a grammar of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from byline.related.linking import Linking
from byline.values.html import attributes, tokens
from byline.values.text import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from byline.values.content import Content
    from byline.values.html import Token
    from byline.values.post import Post

LIMIT = 240
"""About how many characters of a sentence are shown."""

_UNDATED = datetime.min.replace(tzinfo=UTC)
_SPACES = re.compile(r"\s+")
_END = re.compile(
    r"[.!?…؟۔।]++(?:[\"'”’“‘»«›‹)\]}]| [»›](?=\s))*+(?=\s)"  # French puts a space before its closing quotes
    r"|[。！？]++[\"'”’」』】）〉》)\]]*+"
)
"""What may end a sentence: its marks with the quotes and brackets that close after them."""
_OPENING = "\"'“”‘„«»‹›([{¿¡"
_SHORT = re.compile(
    r"(?:[^\W\d_][.-]{1,2})*[^\W\d_]|\d{1,2}"
    r"|abb|bd|bzw|ca|cf|dr|evtl|fig|fr|ggf|hr|ing|jr|mlle|mme|mr|mrs|ms|nr|ph\.d|pp|prof|rev|sog|sr|sra|st|vgl|vol|vs",
    re.IGNORECASE,
)
"""What a full stop shortens or counts: initials, `e.g`, `z.B`, titles; `3` as in `3. Mai`."""
_LONGEST_SHORT = 12


@dataclass(frozen=True, slots=True)
class Mention:
    """A post that links here, and the sentence around its link as plain text: before the link's words, they, after.

    At most about 240 characters, an ellipsis where words were left out, the link's words always whole. They are the
    alternative text where a picture is the link, and empty where it has none.
    """

    post: Post
    before: str
    words: str
    after: str


class Mentions:
    """Who links whom among the posts that may mention; all links are gone through once, when somebody asks first.

    A post can be replaced, as long as its date and address stay: then its links alone are gone through.

    `content` answers a post's content by its path; `target` an address as a content has it, with the path of its post,
    by the path of the post that it means, or by an empty text; `linking` finds the addresses to ask about.
    """

    def __init__(
        self,
        posts: Iterable[Post],
        content: Callable[[str], Content],
        target: Callable[[str, str], str],
        linking: Linking | None = None,
    ) -> None:
        by_path = sorted(posts, key=lambda post: post.path)
        ordered = sorted(by_path, key=lambda post: post.published or _UNDATED, reverse=True)
        self._posts = {post.path: post for post in ordered}
        self._places = {path: place for place, path in enumerate(self._posts)}
        self._content = content
        self._target = target
        self._addresses = linking or Linking()
        self._sentences: dict[str, Mapping[str, _Sentence]] = {}

    def of(self, post: Post) -> tuple[Mention, ...]:
        """Return the other posts that link a post from their text, the newest first, each once."""
        return tuple(Mention(self._posts[path], *self._sentences_of(path)[post.path]) for path in self._who_link(post))

    def origin(self, post: Post) -> tuple[tuple[str, ...], ...]:
        """Return what the mentions of a post follow from, no text opened for it.

        Of each post that links it: its path, the digest of its text, the addresses by which it does.
        """
        return tuple(
            (path, self._posts[path].content, *(one for one, other in self._links[path].items() if other == post.path))
            for path in self._who_link(post)
        )

    def renew(self, post: Post) -> None:
        """Take a post, and its content, as they are now; one that may not mention is none of these."""
        if post.path not in self._posts:
            return
        self._posts[post.path] = post
        self._sentences.pop(post.path, None)
        linking = self._linking
        for path in self._links.pop(post.path, {}).values():
            linking[path].discard(post.path)
        if others := self._links_of(post.path):
            self._links[post.path] = others
            for path in others.values():
                linking.setdefault(path, set()).add(post.path)

    def _who_link(self, post: Post) -> list[str]:
        """Return the paths of the posts that link a post, the newest first."""
        return sorted(self._linking.get(post.path, ()), key=self._places.__getitem__)

    @cached_property
    def _links(self) -> dict[str, Mapping[str, str]]:
        """By a post's path: the addresses in it that mean other posts, and which."""
        return {path: others for path in self._posts if (others := self._links_of(path))}

    @cached_property
    def _linking(self) -> dict[str, set[str]]:
        """By a post's path: the paths of the posts that link it."""
        found: dict[str, set[str]] = {}
        for path, others in self._links.items():
            for other in others.values():
                found.setdefault(other, set()).add(path)
        return found

    def _links_of(self, path: str) -> Mapping[str, str]:
        """Return the addresses in a post that mean other posts, and which."""
        addresses = self._content(path).known(self._addresses)
        meant = ((address, self._target(address, path)) for address in addresses)
        return {address: other for address, other in meant if other not in {"", path}}

    def _sentences_of(self, path: str) -> Mapping[str, _Sentence]:
        """Return the sentences of a post around its links, by the post that each links: all in one pass, once."""
        if path not in self._sentences:
            self._sentences[path] = _sentences(self._content(path).html, self._links[path])
        return self._sentences[path]


class _Sentence(NamedTuple):
    """A sentence around a link: plain text before its words, they, after them."""

    before: str
    words: str
    after: str


@dataclass(slots=True)
class _Anchor:
    """A link of a block: its address, which of the block's pieces are its words, the words for its picture."""

    address: str
    start: int
    end: int = 0
    alt: str = ""


def _sentences(html: str, meant: Mapping[str, str]) -> dict[str, _Sentence]:
    """Return the sentence around the first link to each post that says something; `meant` are posts by address."""
    found: dict[str, _Sentence] = {}
    for pieces, anchors in _blocks(html):
        wanted = [(meant[anchor.address], anchor) for anchor in anchors if anchor.address in meant]
        text, ends = _joined(pieces) if wanted else ("", [])
        for path, anchor in wanted:
            if path not in found or not found[path].words:
                start, end = ends[anchor.start], ends[anchor.end]
                says = text[start:end].strip()
                found[path] = _around(text, start, end) if says else _Sentence("", " ".join(anchor.alt.split()), "")
    return found


def _blocks(html: str) -> Iterator[tuple[list[str], list[_Anchor]]]:
    """Yield the texts of each block of the HTML, references unresolved, with its links.

    A link around several blocks belongs to the first of them that has words.
    """
    pieces: list[str] = []
    anchors: list[_Anchor] = []
    anchor: _Anchor | None = None
    for token in _without_marks(tokens(html)):
        if token.kind == "text":
            pieces.append(token.raw)
        elif token.name == "a":
            if anchor:
                anchor.end = len(pieces)
            anchor = None
            if token.kind == "open":
                anchor = _Anchor(attributes(token.attributes).get("href", "").strip(), len(pieces))
                anchors.append(anchor)
        elif token.name == "img" and anchor:
            anchor.alt = anchor.alt or attributes(token.attributes).get("alt", "")
        elif token.seen:
            if anchor and "".join(pieces[anchor.start :]).strip():
                anchor.end = len(pieces)
                anchor = None
            yield pieces, [one for one in anchors if one is not anchor]
            pieces, anchors = [], [replace(anchor, start=0)] if anchor else []
            anchor = anchors[0] if anchor else None
    if anchor:
        anchor.end = len(pieces)
    yield pieces, anchors


def _without_marks(met: Iterator[Token]) -> Iterator[Token]:
    """Yield the tokens without the marks of footnotes, which are no words in `Content.text` either."""
    mark = False
    for token in met:
        if not (mark and token.kind == "text"):
            yield token
        mark = token.name == "a" and "footnote-" in token.attributes


def _joined(pieces: list[str]) -> tuple[str, list[int]]:
    """Return the pieces as one plain text with single spaces, and where each begins in it, the end last."""
    texts: list[str] = []
    ends = [0]
    last = " "
    for piece in pieces:
        text = _SPACES.sub(" ", unescape(piece))
        text = text.removeprefix(" ") if last == " " else text
        last = text[-1:] or last
        texts.append(text)
        ends.append(ends[-1] + len(text))
    return "".join(texts), ends


def _around(text: str, start: int, end: int) -> _Sentence:
    """Return the sentence in which the words from `start` to `end` stand, no more of it than is shown."""
    start += text.startswith(" ", start)
    end -= text.endswith(" ", start, end)
    # More than is shown: what reaches to one of these edges is cut in any case.
    low, high = max(0, start - LIMIT - 2), min(len(text), end + LIMIT + 2)
    for stop in _stops(text, low, high):
        begin = stop + text.startswith(" ", stop)
        if begin <= start:
            low = begin
        elif stop >= end:
            high = stop
            break
    before, words, after = text[low:start], text[start:end], text[end:high].rstrip()
    room = max(LIMIT - len(words), 1)
    if len(before) + len(after) <= room:
        return _Sentence(before, words, after)
    room_before = min(len(before), max(room // 2, room - len(after)))
    # Backwards, the end of a text is cut as its beginning is.
    return _Sentence(_cut(before[::-1], room_before)[::-1], words, _cut(after, room - room_before))


def _stops(text: str, low: int, high: int) -> Iterator[int]:
    """Yield where sentences end, in a part of the text."""
    for match in _END.finditer(text, low, high):
        stop = match.end()
        following = text[stop : stop + 4].lstrip(" " + _OPENING)
        word = text[max(low, match.start() - _LONGEST_SHORT) : match.start()].rpartition(" ")[2].lstrip(_OPENING)
        shortens = match[0].startswith(".") and not match[0].startswith("..") and _SHORT.fullmatch(word)
        if not following[:1].islower() and not shortens:
            yield stop


def _cut(text: str, room: int) -> str:
    """Return the text cut at a word, the space kept that parts it from the link's words."""
    rest = text.lstrip()
    return text[: len(text) - len(rest)] + shortened(rest, room)
