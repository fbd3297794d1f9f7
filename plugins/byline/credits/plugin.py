"""Photo credits in any Pelican site: name this module in PLUGINS, and pictures get figures, credits and renditions.

Not needed in a Byline site, which does all of it by itself; there this does nothing.
"""

from __future__ import annotations

import logging
import os
import posixpath
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.contents import Content, Static
from pelican.generators import Generator
from pelican.plugins import signals

from byline.credits.album import Album, Text
from byline.credits.darkroom import Darkroom
from byline.credits.resolve import Owner
from byline.edges import files, folders
from byline.edges.from_pelican import lead_picture
from byline.values.content import Content as Written
from byline.values.person import Person
from byline.values.problem import Fault, Place, in_order
from byline.values.settings_reading import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from byline.credits.darkroom import Job
    from byline.credits.pictured import Pictured
    from byline.values.problem import Problem

_GROUP = "BYLINE_PHOTOS"


class Photos(Generator):
    """Draws the pictures of Pelican's articles and pages, and writes their renditions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Pelican's signature
        super().__init__(*args, **kwargs)
        self._pictured: dict[str, Pictured] = {}
        self._darkroom = Darkroom(Path(self.path), Path(self.settings["CACHE_PATH"]) / "byline")

    def illustrate(self) -> None:
        """Give every article and page its pictures; what is wrong with them goes to Pelican's log."""
        settings, wrong = read_settings({_GROUP: self.settings.get(_GROUP, {})}, lambda _name: Place("pelicanconf.py"))
        site_url = str(self.settings["SITEURL"])
        owner = Owner(Person(str(self.settings.get("AUTHOR", "")), f"{site_url}/"), settings.photos.own_license)
        self._found = frozenset(folders.tree_names(self.path, self.settings["IGNORE_FILES"]))
        album = partial(Album, self._darkroom, self._found, settings.photos, owner, self._address, site_url)
        self._illustrate_all(album(), site_url)
        if self._darkroom.make_all(self._jobs, os.cpu_count() or 1):
            self._illustrate_all(album(), site_url)  # a picture that turned out to be broken is shown as it is
        for problem in wrong:
            logging.getLogger(__name__).warning("%s", problem)
        self._tell((*self._album.problems, *self._album.unused()))

    def generate_output(self, _writer: object) -> None:
        """Write the renditions that articles and pages show, but those that stand there from the last time."""
        jobs = self._jobs
        for job in jobs:
            target = Path(self.output_path) / job.made.path
            try:
                body = self._darkroom.develop(job)
            except Fault as fault:
                self._tell(fault.problems)
                continue
            if files.read_if_there(target) != body:
                files.put(target, body)
        self._darkroom.prune({job.made.path for job in jobs})
        self._darkroom.save()

    @property
    def _jobs(self) -> list[Job]:
        """Return the renditions that articles and pages show."""
        photos = (photo for one in self._pictured.values() for photo in one.every)
        shown = {rendition.path for photo in photos for rendition in photo.renditions}
        return [self._album.jobs[path] for path in sorted(shown)]

    def _illustrate_all(self, album: Album, site_url: str) -> None:
        self._album = album
        for content in self.context["generated_content"].values():
            if isinstance(content, Content) and not isinstance(content, Static):
                self._illustrate(content, site_url)

    def _illustrate(self, content: Content, root: str) -> None:
        path = str(content.relative_source_path)
        language = self.settings["DEFAULT_LANG"] if content.in_default_lang else content.lang
        front, html = content.metadata, str(content._content)  # noqa: SLF001  Pelican's own name for what was read
        lead = lead_picture(path, front, self._found)
        pictured = self._album.of(Text(path, Written(html), front, language=language, lead=lead))
        self._pictured[path] = pictured
        content._update_content = partial(_updated, content, pictured)  # noqa: SLF001  Pelican's step from source to page
        content.lead_figure = pictured.lead_figure(root)
        content.lead_picture = pictured.lead_picture(root)
        content.image_objects = pictured.image_objects()

    def _address(self, path: str) -> str:
        static = self.context["static_content"].get(path)
        return str(static.url) if static else path

    def _tell(self, problems: Iterable[Problem]) -> None:
        content = posixpath.relpath(self.path)
        for problem in in_order(problems):
            place = problem.place and Place(f"{content}/{problem.place.path}", problem.place.line)
            logging.getLogger(__name__).warning("%s", replace(problem, place=place))


def _updated(content: Content, pictured: Pictured, html: str, site_url: str) -> Any:  # noqa: ANN401  Pelican has no types
    """Return the content's own HTML drawn, with addresses resolved; a summary's, or another field's, only resolved."""
    drawn = pictured.text(html, site_url) if html is content._content else html  # noqa: SLF001
    return type(content)._update_content(content, drawn, site_url)  # noqa: SLF001


def illustrate(generators: Iterable[Generator]) -> None:
    """Let the generator at work, if there is one, draw the others' contents."""
    for generator in generators:
        if isinstance(generator, Photos):
            generator.illustrate()


def generators(pelican: Any) -> type[Photos] | None:  # noqa: ANN401  Pelican has no types
    """Return the generator for a Pelican; none for the one that a Byline site has hosted."""
    return None if hasattr(pelican, "own") else Photos


def register() -> None:
    """Connect to Pelican's signals."""
    signals.get_generators.connect(generators)
    signals.all_generators_finalized.connect(illustrate)
