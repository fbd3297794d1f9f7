"""The pictures of a site's posts and pages, as Pelican's objects and templates meet them.

Not where a picture's record is found, nor how it is drawn: that is the credits room's, which knows no Byline site.
Long, as it is the only door between that room and Pelican's objects.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from byline.credits.album import Album, Text
from byline.credits.figure import Manner, figure, picture
from byline.credits.pictured import Drawn
from byline.credits.resolve import Owner
from byline.credits.words import unsaid
from byline.edges.from_pelican import lead_picture, lead_picture_key
from byline.site.absolute import absolute
from byline.site.adopted import adopt, resolved
from byline.site.cards import Cards
from byline.site.scrollers import scrolled
from byline.values.output import Kind, Output
from byline.values.person import Person
from byline.values.post import Status
from byline.values.problem import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from gettext import NullTranslations

    from pelican.contents import Content, Static

    from byline.credits.darkroom import Darkroom, Job
    from byline.credits.pictured import Pictured
    from byline.values.photo import Photo, Rendition
    from byline.values.post import Post, Reading
    from byline.values.problem import Problem
    from byline.values.settings import Settings

_SMALL = 480
"""Pixels of a picture that stands no wider than 15rem, on a screen that has two for each of CSS's."""


@dataclass(frozen=True, slots=True)
class Credited:
    """A picture on the page of credits: itself, its figure, the posts and pages that show it.

    `terms` are sentences that the figure does not say: those of the writer's own pictures.
    """

    photo: Photo
    figure: Drawn
    contents: tuple[Content, ...]
    terms: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the listing sees: the project's folder, content/'s files, those published as they are; whether drafts."""

    root: Path
    found: Collection[str]
    statics: Mapping[str, Static]
    unpublished: bool

    def address(self, path: str) -> str:
        """Return where a file below content/ stands, below the site's root."""
        static = self.statics.get(path)
        return str(static.url) if static else path


class Illustrated:
    """Gives every post and page its pictures; the site's album is behind it."""

    def __init__(self, pelican: Mapping[str, Any], own: Settings, darkroom: Darkroom, seen: Seen) -> None:
        """Illustrate a site of these settings."""
        self._cards = Cards(pelican, own, seen.root, darkroom)
        self._unpublished = seen.unpublished
        self._found = seen.found
        self._darkroom = darkroom
        self._site_url: str = pelican["SITEURL"]
        self._language: str = pelican["DEFAULT_LANG"]
        self._author = str(pelican.get("AUTHOR", ""))
        owner = Owner(Person(self._author, f"{self._site_url}/"), own.photos.own_license)
        self._album = Album(darkroom, seen.found, own.photos, owner, seen.address, self._site_url)
        self._writer = self._album.portrait(own.author.portrait)
        self._scrolls = (Path(pelican["THEME"]) / "scrollers").is_file()
        self._pictured: dict[str, Pictured] = {}
        self._shown: dict[str, Content] = {}

    def illustrate(
        self, content: Content, reading: Reading, root: str, pin: Callable[[Photo, str], str]
    ) -> Photo | None:
        """Give a content its pictures, drawn when a page asks for them; return its lead picture.

        `root` goes before addresses below the site's root in pages; `pin` answers where a reader pins a picture.
        """
        language = self._language if content.in_default_lang else content.lang
        found = self._album.of(_text(reading, language, self._found))
        pictured = found if pin is found.look.pin else replace(found, look=replace(found.look, pin=pin))
        self._pictured[reading.path] = pictured
        adopt(content, self)
        self._shown[reading.path] = content
        content.lead_figure = pictured.lead_figure(root)
        content.lead_picture = pictured.lead_picture(root)
        content.image_objects = pictured.image_objects()
        return pictured.lead

    def drawn(self, path: str) -> str:
        """Return the HTML of a source below content/ as its page has it; empty for none that has a page."""
        return str(self._shown[path].content) if path in self._shown else ""

    def draw(self, content: Content, html: str, root: str) -> str:
        """Return the HTML of a content's page with its pictures; `root` goes before addresses below the site's root."""
        drawn = self._of(content).text(html, root)
        return scrolled(drawn) if self._scrolls else drawn

    def drawing(self, path: str) -> tuple[object, ...]:
        """Return what the pictures of a source's text are drawn from, besides what all pictures are."""
        pictured = self._pictured[path]
        return pictured.lead, tuple(pictured.inline.items()), pictured.among_words

    def card(self, post: Post, reading: Reading) -> Photo | None:
        """Return the social card of a post; None where it has none."""
        return self._cards.card(post, Place(reading.path, reading.lines.get("title")))

    def entry(self, content: Content, url: str) -> str:
        """Return the HTML of a content as feeds carry it, every address absolute against its `url`."""
        html = self._of(content).entry(content._content)  # noqa: SLF001  Pelican's own name for what was read
        return absolute(resolved(content, html, self._site_url), url)

    def enclosed(self, post: Post) -> tuple[tuple[Photo, str], ...]:
        """Return the pictures that a post shows, each with its credit in words."""
        return self._pictured[post.path].enclosed()

    def credited(self, path: str) -> tuple[str, ...]:
        """Return the addresses of the sources and the creators of a source's pictures, but for the writer's own."""
        credits_ = [photo.credit for photo in self._pictured[path].every if photo.credit and not photo.credit.own]
        found = (url for one in credits_ for url in (one.source, *(person.url for person in one.creators)))
        return tuple(filter(None, dict.fromkeys(found)))

    def named(self, contents: Iterable[Content], root: str, words: NullTranslations) -> dict[str, object]:
        """Return what templates get by name: the writer's portrait, and the pictures of those that are listed.

        `words` are those of the site's own language.
        """
        shown = (content for content in contents if self._is_shown(content.post))
        listed = [content for content in shown if content.post.status is not Status.HIDDEN]
        credited = tuple(self._credited(listed, root))
        return {**self._portrait(root, words), "photo_credits": credited, "has_pictures": bool(credited)}

    def outputs(self, posts: Iterable[Post]) -> Iterator[tuple[Job, Output]]:
        """Yield renditions and cards of these posts and pages, if they are shown themselves, and of the portrait."""
        shown = [post for post in posts if self._is_shown(post)]
        photos = [photo for post in shown for photo in self._pictured[post.path].every]
        for photo in (*photos, *([self._writer] if self._writer else ())):
            yield from (self._output(self._album.jobs[rendition.path]) for rendition in photo.renditions)
        yield from (self._output(self._cards.jobs[post.path]) for post in shown if post.path in self._cards.jobs)

    def forget(self, path: str) -> None:
        """Let go of what is wrong with a source's pictures, and of how they are made: it will be illustrated anew."""
        self._album.forget(path)
        self._cards.forget(path)

    @property
    def cards(self) -> frozenset[str]:
        """Return the paths of the cards of all posts."""
        return frozenset(job.made.path for job in self._cards.jobs.values())

    def wrong(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong with the pictures of one source, at its own lines."""
        for problem in (*self._album.problems, *self._cards.problems):
            yield from [problem] if problem.place and problem.place.path == path else []

    def shown(self, path: str) -> tuple[Photo, ...]:
        """Return the pictures of a source as they are shown, in their order."""
        return self._pictured[path].every

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the pictures and their records."""
        yield from self._album.problems
        yield from self._cards.problems
        yield from self._album.unused()

    def _output(self, job: Job) -> tuple[Job, Output]:
        # Its name tells all that it is made of.
        path = job.made.path
        return job, Output(path, Kind.ASSET, partial(self._developed, job), job.place, made_of=partial(str, path))

    def _developed(self, job: Job) -> bytes:
        try:
            return self._darkroom.develop(job)
        except Fault as fault:
            placed = (replace(problem, place=problem.place or job.place) for problem in fault.problems)
            raise Fault(*placed) from fault

    def _is_shown(self, post: Post) -> bool:
        return post.status.public or self._unpublished

    def _of(self, content: Content) -> Pictured:
        return self._pictured[str(content.relative_source_path)]

    def _portrait(self, root: str, words: NullTranslations) -> dict[str, object]:
        if self._writer is None:
            return {"PORTRAIT": None, "PORTRAIT_ABOVE": None, "PORTRAIT_BELOW": None}
        said = words.gettext("Portrait of %(author)s") % {"author": self._author}
        photo = self._writer if self._writer.alt else replace(self._writer, alt=said)
        small = _small(photo)
        look = replace(self._album.look(self._language), root=root)
        above, below = (Manner(eager, classes="portrait u-photo") for eager in (True, False))
        return {
            "PORTRAIT": photo,
            "PORTRAIT_ABOVE": Drawn(partial(picture, small, look, above)),
            "PORTRAIT_BELOW": Drawn(partial(picture, small, look, below)),
        }

    def _credited(self, contents: Iterable[Content], root: str) -> Iterator[Credited]:
        """Yield the pictures that these contents show, in the order of their paths, each file once."""
        photos: dict[str, Photo] = {}
        users: dict[str, list[Content]] = {}
        for content in contents:
            for photo in self._of(content).photos:
                photos.setdefault(photo.path, photo)
                users.setdefault(photo.path, []).append(content)
        look = replace(self._album.look(self._language), root=root, credit="picture")
        for path, photo in sorted(photos.items()):
            drawn = Drawn(partial(figure, _small(photo), look, Manner()))
            yield Credited(photo, drawn, tuple(users[path]), unsaid(photo, look.language, look.words))


def _small(photo: Photo) -> Photo:
    """Return the picture as it stands small: in each format the narrowest rendition that is wide enough."""
    formats = groupby(photo.renditions, attrgetter("media_type"))
    kept = (_wide_enough(list(group)) for _type, group in formats)
    return replace(photo, renditions=tuple(kept))


def _wide_enough(group: list[Rendition]) -> Rendition:
    return next((rendition for rendition in group if rendition.width >= _SMALL), group[-1])


def _text(reading: Reading, language: str, found: Collection[str]) -> Text:
    lines: dict[str, tuple[int, ...]] = {}
    pictures = [(internal.target, internal.line) for internal in reading.internal if internal.tag == "img"]
    for name, line in (*pictures, *reading.hotlinks):
        if line:
            lines[name] = (*lines.get(name, ()), line)
    lead, key = lead_picture(reading.path, reading.front, found), lead_picture_key(reading.front)
    return Text(
        reading.path,
        reading.content,
        reading.front,
        reading.lines,
        language,
        lead,
        reading.lines.get(key),
        lines,
    )
