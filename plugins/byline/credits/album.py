"""The album: the pictures of one site, each with its record resolved, its size, its renditions, and what is wrong.

Not a drawing, and nothing is decoded: of a picture's file only the head is read, once. Long, as all that
can be wrong with a picture's record is told where it is found.
"""

from __future__ import annotations

import posixpath
import re
import shlex
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote

from byline.credits import embedded, records, rules, xmp
from byline.credits.darkroom import Job
from byline.credits.figure import Look
from byline.credits.pictured import Pictured, named
from byline.credits.renditions import planned
from byline.credits.resolve import Owner, resolve
from byline.credits.settings import problems as wrong
from byline.credits.shown import pictures
from byline.credits.unused import unused
from byline.edges.pictures import WITHOUT_PLACE
from byline.values.content import digest
from byline.values.photo import Photo
from byline.values.problem import Place, Problem, editorial

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from byline.credits.darkroom import Darkroom
    from byline.credits.record import Record
    from byline.credits.resolve import Resolved
    from byline.credits.shown import Shown
    from byline.values.content import Content
    from byline.values.settings import Photos

RECORDS = "photos.toml"
"""The file of records, below content/."""
_INTERNAL = re.compile(r"[{|](?:static|attach|filename)[|}]")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_FOREIGN = re.compile(r"(?:https?:)?//")


@dataclass(frozen=True, slots=True)
class Text:
    """A post or page as far as its pictures go: its source below content/, its content, its front matter and lines.

    `lead` is the path below content/ of its lead picture, empty for none; `lines` of pictures, in order, by path, or by
    address where another site serves them.
    """

    path: str
    content: Content
    front: Mapping[str, object] = field(default_factory=dict)
    front_lines: Mapping[str, int] = field(default_factory=dict)
    language: str = "en"
    lead: str = ""
    lead_line: int | None = None
    lines: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


class Album:
    """The pictures of a site. What is wrong with them, and which renditions are shown, is gathered as they are met."""

    def __init__(  # noqa: PLR0913, PLR0917  what a site is, in two rooms that do not know each other
        self,
        darkroom: Darkroom,
        found: Collection[str],
        settings: Photos,
        owner: Owner,
        address: Callable[[str], str],
        site_url: str,
    ) -> None:
        """Open the album of the files `found` below content/; `address` answers where a file stands below the root."""
        self.problems: list[Problem] = list(wrong(settings))
        self.jobs: dict[str, Job] = {}
        self._darkroom = darkroom
        self._found = found
        self._settings = settings
        self._owner = owner
        self._address = address
        self._site_url = site_url
        self._shown: set[str] = set()
        self._looks: dict[str, Look] = {}
        self._none: dict[str, Pictured] = {}
        self._records, problems = _read(darkroom.content) if RECORDS in found else ({}, ())
        self.problems.extend(problems)
        self._unread = bool(problems) and not self._records

    def of(self, text: Text) -> Pictured:
        """Return the pictures of a post or page."""
        met = text.content.known(pictures)
        if not met and not text.lead:
            return self._without(text.language)
        front, problems = records.from_front(text.front, text.front_lines, text.path)
        self.problems.extend(problems)
        lead = None
        if text.lead in self._found:
            lead = self._photo(text.lead, [front], Place(text.path, text.lead_line or front.place.line))
        lines = {path: iter(found) for path, found in text.lines.items()}
        inline = {}
        among_words = set()
        for one, _start, _end in met:
            # A blog that moved here may name its own pictures by their whole address.
            own = one.url.startswith(f"{self._site_url}/") and self._site_url
            path = target(one.url.removeprefix(own or ""), posixpath.dirname(text.path))
            if path not in self._found and not _FOREIGN.match(one.url):
                continue  # a file that is not there is told by whoever resolves addresses; `data:` is its own picture
            name = path or one.url
            line = next(lines.get(name, iter(())), None) or next(iter(text.lines.get(name, ())), None)
            place = Place(text.path, line)
            at_picture, problems = records.from_attributes(_said(one), place)
            said = [at_picture, front] if path and path == text.lead else [at_picture]
            photo = self._photo(path, said, place) if path in self._found else self._foreign(one.url, said, place)
            self.problems.extend(problems)
            inline[named(one)] = self._whole(photo) if one.by_hand and photo.path else photo
            if not one.alone:
                among_words.add(named(one))
        if not lead and not inline:
            return self._without(text.language)
        look = self.look(text.language)
        return Pictured(look, self._site_url, lead, inline, frozenset(among_words), (text.content.known(digest), met))

    def _without(self, language: str) -> Pictured:
        """Return what texts in a language have that show no picture: most, so that it is one for all of them."""
        if language not in self._none:
            self._none[language] = Pictured(self.look(language), self._site_url)
        return self._none[language]

    def forget(self, path: str) -> None:
        """Let go of what was noted at a text, by its source path: its problems, and the renditions it wanted first."""
        self.problems = [problem for problem in self.problems if not (problem.place and problem.place.path == path)]
        for rendition in [rendition for rendition, job in self.jobs.items() if job.place.path == path]:
            del self.jobs[rendition]

    def look(self, language: str) -> Look:
        """Return how pictures are drawn in a language."""
        if language not in self._looks:
            sizes, lead_sizes, said = self._settings.sizes, self._settings.lead_sizes, self._settings.words
            self._looks[language] = Look("", sizes, lead_sizes, language, said, self._tone, self._settings.credit)
        return self._looks[language]

    def portrait(self, path: str) -> Photo | None:
        """Return the writer's picture; None when it is not there. It needs no credit."""
        if path not in self._found:
            return None
        resolved = resolve(self._farther(path), self._owner, Place(path))
        photo = Photo(path, self._address(path), resolved.alt, credit=resolved.credit)
        return self._rendered(photo, resolved.described, Place(path))

    def unused(self) -> Iterator[Problem]:
        """Yield a Problem for each record of a picture that is not there, or that nothing has shown so far."""
        return unused(self._records, self._found, self._shown)

    def _tone(self, photo: Photo) -> str:
        """Return the class of a picture's colour; none where a licence lets nothing be added to it."""
        bound = photo.credit is not None and photo.credit.license.no_derivatives
        return self._darkroom.measures.colour(photo.path) if photo.renditions and not bound else ""

    def _photo(self, path: str, said: Iterable[Record], place: Place) -> Photo:
        """Return a picture of this site, and note what is wrong with it."""
        every = [*said, *self._farther(path)]
        found = resolve(every, self._owner, place)
        photo = Photo(
            path,
            self._address(path),
            found.alt,
            found.decorative,
            found.caption,
            crop=found.allowed_crop,
            credit=found.credit,
        )
        photo = self._rendered(photo, found.described, place)
        self._judge(photo, found, every, place)
        return photo

    def _foreign(self, url: str, said: Iterable[Record], place: Place) -> Photo:
        """Return a picture that another site serves: nothing is known of it but what is said here."""
        every = [*said]
        found = resolve(every, self._owner, place)
        photo = Photo("", url, found.alt, found.decorative, found.caption, credit=found.credit)
        self._judge(photo, found, every, place)
        return photo

    def _judge(self, photo: Photo, found: Resolved, every: list[Record], place: Place) -> None:
        if self._unread:
            return  # what a picture lacks may stand in the records, whose fault is told
        self.problems.extend(found.problems)
        commercial = self._settings.commercial
        self.problems.extend(rules.problems(photo, found, every, place, commercial=commercial))

    def _farther(self, path: str) -> Iterator[Record]:
        """Yield the records of a picture that stand elsewhere than in the post: in the file of records, in its own."""
        self._shown.add(path)
        if record := self._records.get(normalize("NFC", path)):
            yield record
        measured = self._darkroom.measures.of(path)
        if rights := embedded.fields(measured.xmp, measured.iim):
            yield records.from_file(rights, path)

    def _rendered(self, photo: Photo, described: str, place: Place) -> Photo:
        """Return the picture with its size and renditions, which are noted as shown.

        `described` is the alternative text in its files: another text at one showing makes no other files.
        """
        measured = self._darkroom.measures.of(photo.path)
        if measured.fault:
            self.problems.append(replace(measured.fault, place=place))
        if measured.located:
            what = f"{photo.path} tells where it was taken, and its file is published as it is."
            file = shlex.quote(f"{self._darkroom.content.name}/{photo.path}")
            remedy = f"If it is nobody's business, type: {WITHOUT_PLACE} {file}"
            self.problems.append(editorial("place-in-picture", what, remedy, place))
        photo = replace(photo, original=measured.digest)
        packet = xmp.packet(replace(photo, alt=described))
        renditions = planned(posixpath.basename(photo.path), measured, self._settings, photo.crop, packet)
        for rendition in renditions:
            self.jobs.setdefault(rendition.path, Job(photo.path, rendition, place, packet))
        if not renditions:
            return self._whole(photo)
        shown_as = renditions[-1]
        crop = photo.crop if shown_as.crop else ""
        return replace(photo, width=shown_as.width, height=shown_as.height, crop=crop, renditions=renditions)

    def _whole(self, photo: Photo) -> Photo:
        """Return a picture as its file is, which is what pages show of it."""
        measured = self._darkroom.measures.of(photo.path)
        return replace(photo, width=measured.width or None, height=measured.height or None, crop="", renditions=())


def _read(content: Path) -> tuple[Mapping[str, Record], tuple[Problem, ...]]:
    """Return the records of a site, and what is wrong with them."""
    try:
        return records.from_toml((content / RECORDS).read_bytes(), RECORDS)
    except OSError as error:
        what, remedy = f"The file cannot be read: {error.strerror}.", "Put it there, and give yourself the right to it."
        return {}, (Problem("unreadable-file", what, remedy, Place(RECORDS)),)


def target(url: str, folder: str) -> str:
    """Return the path below content/ that an address in a source means; `folder` is the source's, below content/."""
    written = _INTERNAL.sub("", url.strip(), count=1)
    if _ELSEWHERE.match(written):
        return ""
    path = unquote(re.split(r"[?#]", written, maxsplit=1)[0])
    return posixpath.normpath(posixpath.join("" if path.startswith("/") else folder, path.lstrip("/")))


def _said(one: Shown) -> dict[str, str]:
    """Return the attributes of a picture as fields of a record: Markdown's title is the caption.

    The picture's own title is `photo-title`. An empty `alt` says nothing: Markdown writes one for want of words.
    """
    given = {name: value for name, value in one.attributes.items() if name not in {"title", "photo-title"}}
    given |= {"caption": one.attributes.get("title", ""), "title": one.attributes.get("photo-title", "")}
    return {name: value for name, value in given.items() if value or name not in {"alt", "caption", "title"}}
