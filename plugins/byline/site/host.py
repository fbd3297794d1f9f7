"""Pelican in this process: its plugins, readers and generators run as ever, and what they would write is collected.

Not a fork: what Pelican knows (metadata, addresses, lists, translations, pagination) it goes on to know.
Long, as all of Pelican's steps stand here in their order.
"""

from __future__ import annotations

import os
import weakref
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from blinker import Signal
from pelican import Pelican
from pelican.contents import Content
from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator, TemplatePagesGenerator
from pelican.plugins import signals

from byline.edges import files, folders
from byline.site import consistency, generators, includes, shortcuts
from byline.site.also_on import AlsoOn
from byline.site.aside import Aside
from byline.site.describing import Describing
from byline.site.glances import Glances
from byline.site.ground import ground_of
from byline.site.illustrated import Illustrated, Seen
from byline.site.languages import Languages
from byline.site.leading_on import collect_series, related
from byline.site.lean_json import lean
from byline.site.listing import Listing, Paths
from byline.site.log_records import heard
from byline.site.passing_on import PassingOn
from byline.site.podcast import Podcasting
from byline.site.settings_file import forget_modules_below
from byline.site.sounds import Sounds
from byline.site.sources import Sources
from byline.site.swapping import Swapping
from byline.site.syndication import Syndication
from byline.site.writer import Collected, Collector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jinja2 import Environment

    from byline.credits.darkroom import Darkroom
    from byline.related.kept_counts import KeptCounts
    from byline.site.configuration import Configuration
    from byline.site.kept_readings import KeptReadings
    from byline.site.sources import View
    from byline.site.trace import Recorder
    from byline.values.post import Post
    from byline.values.problem import Problem

_OURS: dict[type, type] = {
    ArticlesGenerator: generators.Articles,
    PagesGenerator: generators.Pages,
    TemplatePagesGenerator: generators.TemplatePages,
    StaticGenerator: generators.Statics,
}
_RELATED = "related_"
"""How the names begin by which templates ask for related posts."""
_LISTED = ("articles", "translations", "hidden_articles", "hidden_translations", "pages", "hidden_pages")


class Host(Pelican):
    """Pelican's application object, listing outputs instead of writing them."""

    def __init__(  # noqa: PLR0913, PLR0917  what is known from the last listing comes one by one
        self,
        configuration: Configuration,
        view: View,
        recorder: Recorder,
        darkroom: Darkroom,
        counts: KeptCounts,
        readings: KeptReadings,
    ) -> None:
        """Prepare a listing of content/ as the view sees it; `recorder` notes what templates read.

        `darkroom` measures pictures and makes their renditions; `counts` and `readings` are of texts that may not have
        changed.
        """
        self._counts = counts
        self._readings = readings
        self.own = configuration.own
        self._said = configuration.said
        recorder.forget()
        self.root = configuration.file.parent
        self.problems: list[Problem] = list(configuration.problems)
        # What hangs on nothing but the source that it stands in.
        self._alone: list[Problem] = []
        self.posts: dict[str, Post] = {}
        # A folder of this process's own: a preview and a build may run side by side.
        self.scratch = self.root / ".byline" / "plugins" / str(os.getpid())
        self._recorder = recorder
        self._darkroom = darkroom
        self._unpublished = view.unpublished
        settings = configuration.pelican
        self._reads_alone = not settings["READERS"]
        self.sources = Sources(settings, self.root, view, self._alone.append, readings)
        hosted = {
            **settings,
            "READERS": {**self.sources.readers(), **settings["READERS"]},
            # `read` applies typography itself; the given instant decides what is in the future; plugins that write
            # files write them where they are collected.
            "TYPOGRIFY": False,
            "WITH_FUTURE_DATES": True,
            "CACHE_CONTENT": False,
            "OUTPUT_PATH": str(self.scratch),
        }
        self._connected = _receivers()
        files.remove_tree(self.scratch)
        try:
            with heard(self.problems.append):
                super().__init__(hosted)
            counting = bool(self.own.related.count)
            url: str = settings["SITEURL"]
            numpy, ours = self.own.related.numpy, self.plugins_are_ours
            readings.follow(self.sources.options, self.root, url, ours=ours, counting=counting, numpy=numpy)
        except BaseException:
            self.close()
            raise

    def listing(self, named: Mapping[str, str]) -> Listing:
        """Return all outputs of the site, by Pelican's own steps: contexts, signals, then what would be written.

        `named` are values that templates get by name besides Pelican's.
        """
        self._languages = Languages(Path(self.theme), Path(self.path) / "theme", self.root, self.problems.append)
        watching = signals.generator_init.connected_to(self._watch_templates)
        with heard(self.problems.append), watching, shortcuts.taken(ours=self.plugins_are_ours):
            listed = self._generators(named)
            _step(listed, "generate_context")
            _step(listed, "check_disabled_readers")
            seen = Seen(self.root, self.sources.found, self.context["static_content"], self._unpublished)
            illustrated = Illustrated(self.settings, self.own, self._darkroom, seen)
            templates, names = listed[0].env.list_templates(), self.own.theme.share
            passing_on = PassingOn(self.settings, names, templates, illustrated)
            site_url, tell = self.settings["SITEURL"], self._alone.append
            sounds = Sounds(Path(self.path), site_url, self.sources.found, seen.address, tell)
            also_on, root = AlsoOn(Path(self.path), tell), self.context["ROOT"]
            describing = Describing(
                self.sources, self.posts, root, illustrated, passing_on, sounds, also_on, self._languages
            )
            podcasting = Podcasting(self.own.podcast, self.settings, self.posts, seen, self._darkroom.measures.of)
            checked = self._describe(listed, describing)
            self.context["PODCAST"] = podcasting.address(self.context["articles"])
            self._counts.turn()
            self._counts.learn(self._readings.counts())
            articles = next(one for one in listed if isinstance(one, ArticlesGenerator))
            written = self._listed(listed, ArticlesGenerator)
            readings, count = self.sources.readings, self.own.related.count
            relating = related(articles, self.posts, written, readings, self._counts, count)
            signals.all_generators_finalized.send(listed)
            _step(listed, "refresh_metadata_intersite_links")
            collected = Collected(self.problems.append)
            outputs = collected.outputs
            glances = self._glances(illustrated)
            syndication = Syndication(
                self.settings,
                self.own,
                self.posts,
                outputs,
                self._recorder,
                illustrated,
                self._languages,
                glances,
                Aside(self.root / ".byline"),
            )
            writer = Collector(self.settings, collected, self.posts, syndication)
            _step(listed, "generate_output", writer)
            self._collect_more(articles, writer, passing_on, podcasting)
            made = {output.path: (job, output) for job, output in illustrated.outputs(self.posts.values())}
            outputs.update((path, output) for path, (_job, output) in made.items() if path not in outputs)
            relations = relating.relations
            self._alone.extend(illustrated.problems())
            self._alone.extend(problem for path in self.posts for problem in relations.wrong(path))
            self.problems.extend((*relations.wrong_series, *self._alone))
            shown = count if _names(listed[0].env, _RELATED) else 0
            foresee = partial(relations.foresee, shown, numpy=self.own.related.numpy)
        posts, pages = (
            tuple(post.path for post in self._listed(listed, kind)) for kind in (ArticlesGenerator, PagesGenerator)
        )
        paths = Paths(posts, pages, tuple(sorted(self.posts.keys() - {*posts, *pages})))
        self._swapping = Swapping(
            self.settings, listed, describing, checked, relating, syndication, self.problems, self._alone
        )
        readings, drawn = self.sources.readings, illustrated.drawn
        jobs = {path: job for path, (job, _output) in made.items()}
        ground = self._ground()
        return Listing(outputs, self.posts, paths, readings, self.problems, jobs, drawn, ground, glances, foresee)

    def _glances(self, illustrated: Illustrated) -> Glances:
        """Return how what was listed looks; Pelican knows files that could not be read as None."""
        contents = (*self.context["generated_content"].values(), *self.context["static_content"].values())
        there = {str(content.relative_source_path): content for content in contents if content}
        return Glances(there, self.sources.readings, self.context, illustrated.drawing)

    def _ground(self) -> str | None:
        """Return the digest of what every page rests on; None where plugins or settings may rest on anything."""
        if self._said is None or not self.plugins_are_ours:
            return None
        overrides = (Path(folder) for folder in self.settings["THEME_TEMPLATES_OVERRIDES"])
        return ground_of(self._said, (Path(self.theme), *overrides, Path(self.path) / "theme"))

    def swapped(self, listing: Listing, paths: Iterable[str]) -> Listing | None:
        """Return the last listing with these sources as they are now; None where a new one must be made."""
        known = self.plugins_are_ours and self._reads_alone
        return self._swapping.swapped(listing, paths) if known else None

    @property
    def plugins_are_ours(self) -> bool:
        """Return whether Byline's are the only plugins: another may read whatever it likes."""
        return all(plugin.__name__.startswith("byline.") for plugin in self.plugins)

    @property
    def has_finishers(self) -> bool:
        """Return whether a plugin waits for `finalized`."""
        return bool(signals.finalized.receivers)

    def finish(self, written: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return the outputs after plugins on `finalized` have had them as a folder; none when no plugin waits."""
        if not self.has_finishers:
            return {}
        for path, body in written.items():
            files.put(self.scratch / path, body)
        with heard(self.problems.append):
            signals.finalized.send(self)
        return {path: (self.scratch / path).read_bytes() for path in folders.tree_names(str(self.scratch), ())}

    def close(self) -> None:
        """Let go of the plugins of this listing: Pelican's signals, and Python's modules, are the whole process's."""
        for signal, before in self._connected.items():
            for identity in set(signal.receivers) - before:
                reference = signal.receivers[identity]
                receiver = reference() if isinstance(reference, weakref.ref) else reference
                if receiver is not None:
                    signal.disconnect(receiver)
        forget_modules_below(self.root)
        self.forget_html()
        files.remove_tree(self.scratch)

    @staticmethod
    def forget_html() -> None:
        """Let Pelican forget HTML: that of every article, for the life of the process, and a preview lists often."""
        for method in (Content.get_content, Content.get_summary):
            method.cache.clear()

    def _generators(self, named: Mapping[str, str]) -> list[Any]:
        """Return the generators, ours in place of Pelican's, with a context of the listing's own."""
        root = urlsplit(self.settings["SITEURL"]).path.rstrip("/")
        self.context = {
            **self.settings,
            "generated_content": {},
            "static_links": {self.own.author.portrait, self.own.podcast.image} & self.sources.found,
            "static_content": {},
            # Pages link below the site's root; what must be absolute says ADDRESS.
            "localsiteurl": root,
            "ROOT": root,
            "ADDRESS": self.settings["SITEURL"],
            "byline": self.own,
            **named,
        }
        common = {"context": self.context, "settings": self.settings, "path": self.path, "theme": self.theme}
        return [
            _OURS[kind](**common, output_path=self.output_path, sources=self.sources)
            if kind in _OURS
            else kind(**common, output_path=self.output_path)
            for kind in self._get_generator_classes()
        ]

    def _get_writer(self) -> None:
        """Pelican asks plugins for a writer; a site has one, and it is the Collector."""

    def _watch_templates(self, generator: Any) -> None:  # noqa: ANN401  any generator
        """Note what a generator's templates read, and let them speak; they are escaped where the theme wants that."""
        includes.attach(generator.env)
        self._recorder.attach(generator.env)
        self._languages.attach(generator.env, self._recorder)
        # An edited template lists the site anew. To look at its file at each use would take a sixth of a page's time.
        generator.env.auto_reload = False
        if (Path(self.theme) / "autoescape").is_file():
            generator.env.autoescape = True
            generator.env.policies |= {"json.dumps_function": lean, "json.dumps_kwargs": {}}

    def _describe(self, listed: list[Any], describing: Describing) -> consistency.Checked:
        """Describe every article and page, and check what they share; return what checks them."""
        contents = [content for content in self.context["generated_content"].values() if isinstance(content, Content)]
        illustrated, root = describing.illustrated, describing.root
        for content in contents:
            describing.describe(content)
        templates, statics = listed[0].env.list_templates(), self.context["static_content"]
        checked = consistency.Checked(
            contents, self.sources.readings, self.posts, self.sources.found, templates, statics, self.own.networks
        )
        self.problems.extend(checked.together())
        self._alone.extend(problem for content in contents for problem in checked.of(content))
        for generator in listed:
            for name, kept in checked.kept(generator, unpublished=self._unpublished):
                setattr(generator, name, kept)
                if name in self.context:
                    self.context[name] = kept
        language = self.settings["DEFAULT_LANG"]
        self._languages.look_through((language, *(post.language for post in self.posts.values())))
        self.context |= illustrated.named(contents, root, self._languages.words(language))
        self.context["tags_by_name"] = sorted(self.context["tags"], key=lambda pair: pair[0].name.casefold())
        return checked

    def _listed(self, generators_: list[Any], kind: type) -> Iterator[Post]:
        """Yield the posts of the generators of a kind: those a build writes, and in a preview all."""
        for generator in generators_:
            for name in _LISTED if isinstance(generator, kind) else ():
                for content in getattr(generator, name, ()):
                    yield self.posts[str(content.relative_source_path)]

    def _collect_more(
        self, articles: ArticlesGenerator, writer: Collector, passing_on: PassingOn, podcasting: Podcasting
    ) -> None:
        """List what is no output of Pelican's generators."""
        collect_series(articles, writer)
        passing_on.collect_page(articles, writer)
        self.problems.extend(podcasting.collect(self.context["articles"], writer))
        self._collect_own_feeds(writer)
        self._collect_files_of_plugins(writer)

    def _collect_own_feeds(self, writer: Collector) -> None:
        """List the JSON Feed, and whole copies of feeds at addresses they once had."""
        if self.own.feeds.json:
            writer.write_own_feed(self.context["articles"], self.own.feeds.json, "json")
        for old, present in sorted(self.own.feeds.aliases.items()):
            writer.write_alias(old, present)

    def _collect_files_of_plugins(self, writer: Collector) -> None:
        """Collect what plugins wrote themselves, in the folder they were told is the site's."""
        for name in folders.tree_names(str(self.scratch), ()):
            writer.write_asset(name, str(self.scratch / name))


def _receivers() -> dict[Signal, set[Any]]:
    """Return who is connected to Pelican's signals now, by signal."""
    named = (getattr(signals, name) for name in dir(signals))
    return {signal: set(signal.receivers) for signal in named if isinstance(signal, Signal)}


def _names(environment: Environment, word: str) -> bool:
    """Tell whether a word stands in one of the templates."""
    names = environment.list_templates() if environment.loader else []
    return any(environment.loader and word in environment.loader.get_source(environment, name)[0] for name in names)


def _step(listed: list[Any], name: str, *arguments: object) -> None:
    """Take one of Pelican's steps with every generator that has it."""
    for generator in listed:
        if hasattr(generator, name):
            getattr(generator, name)(*arguments)
