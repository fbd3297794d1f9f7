"""Pelican's generators, which here look for files without losing their way, and hand their files to the writer.

Not a new way to list a site: which pages there are stays Pelican's knowledge.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from pelican.contents import Article, Page
from pelican.generators import (
    ArticlesGenerator,
    Generator,
    PagesGenerator,
    PelicanTemplateNotFound,
    StaticGenerator,
    TemplatePagesGenerator,
)
from pelican.plugins import signals

from byline.edges import folders
from byline.edges.from_pelican import lead_picture, sound_file
from byline.values.problem import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, KeysView

    from blinker import NamedSignal
    from jinja2 import Template
    from pelican.contents import Content

    from byline.site.sources import Sources


class _Listing(Generator):
    """What the generators have in common: files from Sources, templates whose absence is a Problem."""

    sources: Sources
    settings: dict[str, Any]

    def get_files(
        self,
        paths: list[str] | str,
        exclude: list[str] | None = None,
        extensions: Any = None,  # noqa: ANN401  Pelican's signature
    ) -> KeysView[str]:
        """Return the files below content/ that Pelican's rules choose; unlike with Pelican, in a fixed order."""
        suffixes = self.readers.extensions if extensions is None else None if extensions is False else extensions
        listed = [paths] if isinstance(paths, str) else paths
        chosen = self.sources.chosen(listed, exclude or (), self.settings["IGNORE_FILES"], suffixes)
        if extensions is None:
            self.sources.expect(chosen, self._find_templates)
        return chosen

    def add_static_links(self, content: Content) -> None:
        """Note the files that a content needs: those it links, its lead picture and sound, wherever they lie."""
        super().add_static_links(content)
        reading = self.sources.readings.get(str(content.relative_source_path))
        if reading:
            named = (find(reading.path, reading.front, self.sources.found) for find in (lead_picture, sound_file))
            self.context["static_links"].update(file for file in named if file in self.sources.found)

    def _find_templates(self) -> None:
        """Compile the theme's templates, which takes as long as to read a hundred posts."""
        for name in self.env.list_templates():
            if name.endswith(".html") and not name.startswith("!"):  # a second way to name some of them
                with suppress(TemplateError):  # where a page wants it, that is told
                    self.env.get_template(name)

    def get_template(self, name: str) -> Template | None:
        """Return a template, or None when there is none or it is broken: the writer leaves its pages out."""
        try:
            return super().get_template(name)  # type: ignore[no-any-return]  # Pelican has no types
        except TemplateSyntaxError as error:
            place = Place(os.path.relpath(error.filename or name, self.sources.root), error.lineno)
            self.sources.tell(Problem("broken-template", f"{error.message}.", "Mend the template there.", place))
        except (PelicanTemplateNotFound, TemplateNotFound) as error:
            missing = error.name if isinstance(error, TemplateNotFound) else f"{name}.html"
            what = f"There is no template {missing}."
            remedy = "Write it in content/theme/templates/, or name another."
            self.sources.tell(Problem("unknown-template", what, remedy))
        return None

    def _read(self, path: str, kind: type[Content], before: NamedSignal, after: NamedSignal) -> Content:
        """Return the content of a source; these are the signals that a listing sends around its reading."""
        return self.readers.read_file(
            base_path=self.path,
            path=path,
            content_class=kind,
            context=self.context,
            preread_signal=before,
            preread_sender=self,
            context_signal=after,
            context_sender=self,
        )


class _Group(list[Any]):
    """The articles of a tag, category or author: of each of them Pelican asks for every article whether it is there."""

    def __init__(self, articles: Iterable[Any]) -> None:
        """Hold articles, which are the same only where they are one object."""
        super().__init__(articles)
        self._identities = frozenset(map(id, self))

    def __contains__(self, article: object) -> bool:
        return id(article) in self._identities


def _written(write: Callable[..., None], group: list[Any], *what: object, **named: object) -> None:
    """Write a page of this group."""
    write(*what, **{**named, "articles": group})


class Articles(_Listing, ArticlesGenerator):
    """Pelican's posts, and the lists made of them."""

    dates: list[Any]

    def again(self, path: str) -> Article:
        """Return the article of a source as Pelican makes it for a listing. Raises whatever a reader raises."""
        before, after = signals.article_generator_preread, signals.article_generator_context
        return self._read(path, Article, before, after)

    def generate_tags(self, write: Callable[..., None]) -> None:
        """List the pages of tags."""
        self._one_by_one("tags", super().generate_tags, write)

    def generate_categories(self, write: Callable[..., None]) -> None:
        """List the pages of categories."""
        self._one_by_one("categories", super().generate_categories, write)

    def generate_authors(self, write: Callable[..., None]) -> None:
        """List the pages of authors."""
        self._one_by_one("authors", super().generate_authors, write)

    def _one_by_one(
        self, name: str, generate: Callable[[Callable[..., None]], None], write: Callable[..., None]
    ) -> None:
        """Let Pelican see one group alone, and only its own articles in `dates`: for each it goes through all.

        What is written gets the group's own list, which all have that show it.
        """
        groups, dates = getattr(self, name), self.dates
        kind = dict if isinstance(groups, dict) else list
        places = {id(article): place for place, article in enumerate(dates)}
        for group, articles in groups.items() if isinstance(groups, dict) else groups:
            own = sorted(map(places.__getitem__, places.keys() & map(id, articles)))
            self.dates = [dates[place] for place in own]
            setattr(self, name, kind([(group, _Group(articles))]))
            generate(partial(_written, write, articles))
        if not groups:
            generate(write)
        setattr(self, name, groups)
        self.dates = dates

    def _build_period_archives(self, dated: list[Any], articles: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
        """Return Pelican's archives by period; the articles of each in their own order, without a search for each."""
        places = {id(article): place for place, article in enumerate(articles)}
        archives: dict[str, Any] = super()._build_period_archives(dated, [], settings)
        for archive in chain.from_iterable(archives.values()):
            archive["articles"] = sorted(archive["dates"], key=lambda article: places[id(article)])
        return archives

    def generate_period_archives(self, write: Callable[..., None]) -> None:
        """List the archives by period, where the settings want some."""
        if self.period_archives:
            super().generate_period_archives(write)


class Pages(_Listing, PagesGenerator):
    """Pelican's pages."""

    def again(self, path: str) -> Page:
        """Return the page of a source as Pelican makes it for a listing. Raises whatever a reader raises."""
        before, after = signals.page_generator_preread, signals.page_generator_context
        return self._read(path, Page, before, after)


class TemplatePages(_Listing, TemplatePagesGenerator):
    """Pelican's TEMPLATE_PAGES."""


class Statics(_Listing, StaticGenerator):
    """Pelican's files that are taken over as they are: collected like pages, not copied."""

    def generate_output(self, writer: Any) -> None:  # noqa: ANN401  Pelican's signature
        """Hand the theme's and the content's files to the writer."""
        ignored = self.settings["IGNORE_FILES"]
        for folder in self.settings["THEME_STATIC_PATHS"]:
            source, target = Path(self.theme) / folder, Path(self.settings["THEME_STATIC_DIR"])
            if source.is_file():
                writer.write_asset(str(target / source.name), str(source))
            for name in folders.tree_names(str(source), ignored):
                writer.write_asset(str(target / name), str(source / name))
        for static in sorted(self.context["staticfiles"], key=lambda static: str(static.source_path)):
            path = Path(self.path) / static.source_path
            if path.is_file():
                writer.write_asset(static.save_as, str(path))
