"""Words: what an account is told of a post, in the writer's own words, else in the post's.

Not a request, and no markup: a network escapes, links and marks up what it is given here. Own words (`Share_NAME`,
`Share`) are taken as they are, with the address below them unless it stands in them. Else a post is told of as people
do: what it is called, what it says, what it asks, a paragraph each; below, a line each, what is for looking up, and
last the address, of which networks make a card:

    What weak ties are for

    Most of us found our work through people whom we hardly know. Why that is so, and how to thank them.

    Who told you of your last job?

    Photo: Jane Roe / Unsplash
    #WeakTies #Work
    https://me.example/weak-ties/

Where there is not room for all: the title and the address first, then the question, each hashtag that fits, as much of
the summary as says something, and the credit. A cut is at the end of a word, where there is one, and shows as "…".
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from byline.sharing.cutting import shortened, turned_back
from byline.sharing.hashtags import hashtags
from byline.sharing.message import Message, Picture
from byline.values.media_types import media_type
from byline.values.output import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from byline.sharing.counting import Counting
    from byline.values.photo import Photo
    from byline.values.post import Post

_PARAGRAPH = "\n\n"
_LEAST = 40
"""Bytes of a cut summary that still says something: seven words of English, thirteen signs of Japanese."""
_SPACE = re.compile("[\t-\r\x1c-\x1f \x85\u2028\u2029]+")
_UNSEEN = re.compile("[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]")
_LINE_END = re.compile("[ \t]*(?:\r\n|[\n\x0b-\r\x1c-\x1e\x85\u2028\u2029])")


@dataclass(frozen=True, slots=True)
class Words:
    """The text for one account, with the address in it; `cut` where the writer's own words had to be shortened."""

    text: str
    cut: bool = False


def message(  # noqa: PLR0913  what is said, and what the account was set to say with it
    post: Post,
    name: str,
    counting: Counting,
    *,
    visibility: str = "",
    warning: str = "",
    picture: Picture | None = None,
) -> Message:
    """Return what the network of this name in the settings is told of a post; the rest is as for a Message."""
    return Message(
        url=post.url,
        text=composed(post, name, counting).text,
        title=_on_one_line(post.name),
        description=_on_one_line(post.summary),
        language=post.language,
        published=post.published.isoformat() if post.published else "",
        tags=post.tags,
        visibility=visibility,
        warning=warning,
        picture=picture,
        id=post.id,
        made_of=made_of(post, name, visibility, warning),
    )


def made_of(post: Post, name: str, visibility: str, warning: str) -> str:
    """Return the SHA-256 (hex) of what a message is made of, as its writer gave it; the date of a post is not told."""
    photo = post.photo
    shown = [photo.path or photo.url, photo.original, photo.crop, photo.alt, credited(photo)] if photo else []
    said = _own(post, name) or [post.question, *post.tags]
    given = [post.url, post.language, post.name, post.summary, said, visibility, warning, shown]
    return hashlib.sha256(json.dumps(given).encode()).hexdigest()


def picture(photo: Photo, digest: str) -> Picture:
    """Return a photo as a message has it: the rendition that stands for it, whose bytes have this SHA-256 (hex)."""
    shown = photo.shown
    return Picture(
        digest=digest,
        media_type=shown.media_type if shown else media_type(photo.path or photo.url, Kind.ASSET, b""),
        alt="" if photo.decorative else photo.alt,
        credit=credited(photo),
        width=shown.width if shown else photo.width or 0,
        height=shown.height if shown else photo.height or 0,
    )


def credited(photo: Photo | None) -> str:
    """Return the words that name whose a photo is; empty where that is the writer, or nobody is known."""
    credit = photo.credit if photo else None
    line = _on_one_line(credit.line) if credit and not credit.own else ""
    return line if not line or line.casefold().startswith(("photo ", "photo: ")) else f"Photo: {line}"


def composed(post: Post, name: str, counting: Counting) -> Words:
    """Return the words for the network of this name in the settings.

    The address stands in them whole, even where the network has not room for it.
    """
    own = _own(post, name)
    return _in_own_words(own, post.url, counting) if own else Words(_told(post, counting))


def _own(post: Post, name: str) -> str:
    """Return what the writer says for a network in their own words; empty: nothing."""
    return _on_lines(dict(post.share.by_network).get(name) or post.share.words)


def _in_own_words(own: str, url: str, counting: Counting) -> Words:
    """Return the writer's words with the address; what follows it is cut first, then what is before it."""
    there = _standing(url).search(own) if url in own else None
    before, after = (own[: there.start()], own[there.end() :]) if there else (f"{own}{_PARAGRAPH}", "")
    whole = f"{before}{url}{after}"
    if counting.fits(whole):
        return Words(whole)
    if counting.fits(f"{before}{url}"):
        kept = shortened(after, lambda cut: counting.fits(f"{before}{url}{cut}"), counting.most - len(before))
        return Words(f"{before}{url}{kept}", cut=True)
    said = before.rstrip()
    between = before[len(said) :]
    kept = shortened(said, lambda cut: counting.fits(f"{cut}{between}{url}"), counting.most - len(url))
    return Words(f"{kept}{between}{url}" if kept else url, cut=True)


def _told(post: Post, counting: Counting) -> str:
    """Return the post's own title, summary, question, hashtags and credit, as far as there is room, and its address."""
    url = post.url
    title, summary, question, credit = (
        _on_one_line(_without(text, url)) for text in (post.name, post.summary, post.question, credited(post.photo))
    )
    summary = "" if _repeats(summary, title) else summary
    question = "" if question in summary or _repeats(question, title) else question
    tags = hashtags(post.tags, f"{title} {summary} {question}")
    whole = _laid_out((title, summary, question), (credit, " ".join(tags), url))
    if counting.fits(whole):
        return whole
    room = _Room(counting, counting.most - counting.length(url))
    title = room.beginning(title)
    question = question if room.takes(question) else ""
    fitting: list[str] = []
    for tag in tags:
        if room.takes(tag, " " if fitting else "\n"):
            fitting.append(tag)
    summary = room.beginning(summary, _LEAST)
    credit = credit if room.takes(credit, "\n") else ""
    return _laid_out((title, summary, question), (credit, " ".join(fitting), url))


@dataclass(slots=True)
class _Room:
    """What an account still takes, `left` of it. Ends of lines part what is counted, so that lengths add up."""

    counting: Counting
    left: int

    def takes(self, text: str, before: str = _PARAGRAPH) -> bool:
        """Tell whether there was room for all of a text and for what stands before it; then there is less."""
        needed = self.counting.length(f"{before}{text}") if text else 0
        if needed > self.left:
            return False
        self.left -= needed
        return True

    def beginning(self, text: str, least: int = 0) -> str:
        """Return a paragraph, or as much of it as there was room for; empty where that has not so many bytes."""
        left = self.left - self.counting.length(_PARAGRAPH)
        kept = shortened(text, lambda cut: self.counting.length(cut) <= left, left)
        enough = kept == text or len(kept.encode()) >= least
        return kept if enough and self.takes(kept) else ""


def _laid_out(said: Iterable[str], below: Iterable[str]) -> str:
    """Return paragraphs, and a last one with lines, without those that are empty."""
    return _PARAGRAPH.join((*filter(None, said), "\n".join(filter(None, below))))


def _standing(url: str) -> re.Pattern[str]:
    """Return what finds an address where it stands whole, not as the beginning of another one."""
    return re.compile(rf"(?<!\w){re.escape(url)}(?![\w/#%&=~+@-]|[?.,:;!]\w)")


def _without(text: str, url: str) -> str:
    """Return a text without an address, which will stand below it."""
    while url in text and (found := _standing(url).search(text)):
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return text


def _repeats(text: str, title: str) -> bool:
    """Tell whether a text says no more than the title or its beginning."""
    if len(text) > len(title) + 8:
        return False
    said, named = ("".join(filter(str.isalnum, each)).casefold() for each in (text, title))
    return named.startswith(said)


def _on_one_line(text: str) -> str:
    """Return a text without control characters and ends of lines, with what turns its direction turned back."""
    if text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip()
    return turned_back(_SPACE.sub(" ", _UNSEEN.sub("", text)).strip())


def _on_lines(text: str) -> str:
    """Return a text with its lines as they are, but without control characters and spaces at their ends."""
    return turned_back(_LINE_END.sub("\n", _UNSEEN.sub("", text)).strip()) if text else ""
