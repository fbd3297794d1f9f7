"""Swapping: a post that was edited takes its own place in a listing, and nothing else is read or listed.

Not a judgement of what an edit may bring about: one that might change which outputs there are, in what order, or what
is wrong with others, is for a new listing. There is no third way.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pelican.contents import Article, Content, Page

from byline.site.consistency import CONTENTS
from byline.site.generators import Articles, Pages
from byline.site.log_records import heard
from byline.site.reader import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from byline.credits.darkroom import Job
    from byline.related.relating import Relating
    from byline.site.consistency import Checked
    from byline.site.describing import Describing
    from byline.site.listing import Listing
    from byline.site.syndication import Syndication
    from byline.values.output import Output
    from byline.values.post import Reading
    from byline.values.problem import Problem

_WORDS = frozenset({"description", "further_reading", "networks", "question", "share", "summary", "title"})
"""What front matter says in these lines, and for the networks, is shown with the post, and decides nothing."""
_FOR_A_NETWORK = "share_"
_PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_STATIC = re.compile(r"[{|](?:static|attach)[|}][^\"'<>]*")
_ORDERS = ("basename", "date", "reversed-basename", "reversed-date")
_SOURCE = attrgetter("relative_source_path")
_Value = TypeVar("_Value")
_STAYING = ("translations",)
"""What the lists have given a content: it does not hang on its words."""


class _Edit(NamedTuple):
    """An edited source that fits into its old place: its content there, its new Reading, its content made anew."""

    content: Content
    reading: Reading
    fresh: Content


@dataclass(frozen=True)
class Swapping:
    """What a listing was made with, kept for as long as it is looked at.

    `problems` are all of the listing's, `alone` those of them that hang on nothing but the one source they stand in.
    """

    settings: Mapping[str, Any]
    generators: list[Any]
    describing: Describing
    checked: Checked
    relating: Relating
    syndication: Syndication
    problems: list[Problem]
    alone: list[Problem]

    def swapped(self, listing: Listing, paths: Iterable[str]) -> Listing | None:
        """Return the listing with these sources as they are now; None where a new one must be made.

        Until the last of them is known to fit, nothing is changed.
        """
        told: list[Problem] = []
        with heard(told.append):
            edits = []
            for path in paths:
                edit = self._edit(path)
                if edit is None or told:
                    return None
                edits.append(edit)
            listing_now = self._taken(listing, [edit for edit in edits if not self._is_as_before(edit)])
        return None if told else listing_now

    def _edit(self, path: str) -> _Edit | None:
        """Return an edit if it fits."""
        content, before = self._sure(path), self.describing.sources.readings.get(path)
        if content is None or before is None:
            return None
        if any(_is_at(path, problem) and problem not in self.alone for problem in self.problems):
            return None  # it was at odds with others, and the edit may mend that, or move its line
        reading = self.describing.sources.anew(path)
        if reading is None or any(problem.structural for problem in reading.problems) or not stays(before, reading):
            return None
        fresh = self._made_anew(content, before, reading)
        return None if fresh is None else _Edit(content, reading, fresh)

    def _is_as_before(self, edit: _Edit) -> bool:
        return edit.reading == self.describing.sources.readings[edit.reading.path]

    def _sure(self, path: str) -> Content | None:
        """Return the content of a source that Byline's reader has read, the only one, if others let it be."""
        content = self._contents.get(path)
        # Of a page that is a translation, Pelican leaves the links of its summary as they are.
        translated = isinstance(content, Page) and content.translations
        return None if translated or path.rpartition(".")[2].lower() not in SOURCES else content

    @cached_property
    def _contents(self) -> Mapping[str, Content]:
        """Return by source path the contents that are the only ones of their source; none where others say more."""
        unknown = any(problem.place is None and problem.code.startswith("pelican-") for problem in self.problems)
        ordered = all(self.settings[name] in _ORDERS for name in ("ARTICLE_ORDER_BY", "PAGE_ORDER_BY"))
        if unknown or not ordered or self.settings.get("DEFAULT_DATE") == "fs":
            return {}
        listed = {
            id(one): one for generator in self.generators for name in CONTENTS for one in getattr(generator, name, ())
        }
        met = Counter(map(_SOURCE, listed.values()))
        by_path = zip(map(_SOURCE, self.checked.contents), self.checked.contents, strict=True)
        return {path: one for path, one in by_path if met.get(path, 0) <= 1}

    def _made_anew(self, content: Content, before: Reading, reading: Reading) -> Content | None:
        """Return the content that a Reading makes; None where that cannot stand in its old place."""
        sources, told = self.describing.sources, len(self.alone)
        sources.take(reading)
        try:
            fresh = self._generator(content).again(reading.path)
        finally:
            sources.take(before)
            sources.readings[reading.path] = before
            del self.alone[told:]
        places = [(one.url, one.save_as, one.slug, one.template) for one in (content, fresh)]
        return fresh if fresh.is_valid() and places[0] == places[1] else None

    def _generator(self, content: Content) -> Articles | Pages:
        kind = Articles if isinstance(content, Article) else Pages
        found: Articles | Pages = next(generator for generator in self.generators if isinstance(generator, kind))
        return found

    def _taken(self, listing: Listing, edits: list[_Edit]) -> Listing | None:
        """Return the listing with the edits in it; None where it turns out that they do not fit."""
        illustrated = self.describing.illustrated
        paths = [edit.reading.path for edit in edits]
        shown, pictures = [illustrated.shown(path) for path in paths], self._pictures(paths)
        before = {problem for problem in self.alone if problem.place and problem.place.path in paths}
        kept = [problem for problem in self.problems if problem not in before]
        self.alone[:] = [problem for problem in self.alone if problem not in before]
        count = len(self.alone)
        for edit in edits:
            self._take(edit)
        self.problems[:] = [*kept, *self.alone[count:]]
        now = self._pictures(paths)
        if shown != [illustrated.shown(path) for path in paths] or len(now) != len(pictures):
            return None
        self.syndication.forget()
        return replace(
            listing,
            outputs=self._exchanged(
                listing.outputs, pictures.keys(), {path: output for path, (_job, output) in now.items()}
            ),
            jobs=self._exchanged(listing.jobs, pictures.keys(), {path: job for path, (job, _output) in now.items()}),
        )

    def _exchanged(
        self, every: dict[str, _Value], old: AbstractSet[str], new: Mapping[str, _Value]
    ) -> dict[str, _Value]:
        """Return values by path with the new ones in the place of the old ones, in the order of paths."""
        if not old and not new:
            return every
        found = dict(every)
        if gone := old - new.keys():
            for path in gone - self.describing.illustrated.cards:
                found.pop(path, None)
        found.update(new)
        return dict(sorted(found.items())) if new.keys() - every.keys() else found

    def _take(self, edit: _Edit) -> None:
        """Put what was made anew into the content that all lists hold, and describe it as a listing does."""
        content, reading, path = edit.content, edit.reading, edit.reading.path
        describing, relations = self.describing, self.relating.relations
        describing.sources.take(reading)
        describing.sources.readings[path] = reading
        staying = {name: value for name, value in vars(content).items() if name in _STAYING}
        vars(content).clear()
        vars(content).update(vars(edit.fresh) | staying)
        # Pelican remembers HTML by the object.
        for method in (Content.get_content, Content.get_summary):
            for known in [known for known in method.cache if known[0] is content]:
                del method.cache[known]
        describing.illustrated.forget(path)
        self.alone.extend(reading.problems)
        describing.describe(content)
        self.alone.extend(self.checked.of(content))
        content.refresh_metadata_intersite_links()
        self.relating.renew(content.post)
        self.alone.extend((*describing.illustrated.wrong(path), *relations.wrong(path)))

    def _pictures(self, paths: Iterable[str]) -> dict[str, tuple[Job, Output]]:
        """Return the renditions and cards of sources, by their own paths, and how they are made."""
        made = self.describing.illustrated.outputs(self.describing.posts[path] for path in paths)
        return {output.path: (job, output) for job, output in made}


def stays(before: Reading, after: Reading) -> bool:
    """Tell whether an edit left all of a source as it was that decides what outputs there are: words may differ."""
    if _decisions(before) != _decisions(after):
        return False
    if "aliases" in after.front and before.front.get("title") != after.front.get("title"):
        return False  # pages at old addresses say it
    return _files(before) == _files(after)


def _decisions(reading: Reading) -> tuple[object, ...]:
    """Return what front matter decides, and where it says which old addresses lead here."""
    front = reading.front.items()
    said = {key: value for key, value in front if key not in _WORDS and not key.startswith(_FOR_A_NETWORK)}
    return said, reading.lines.get("aliases")


def _files(reading: Reading) -> tuple[object, ...]:
    """Return the pictures that a text shows, as it names them, and the other files it links."""
    html = reading.content.html
    return _PICTURE.findall(html), set(_STATIC.findall(html))


def _is_at(path: str, problem: Problem) -> bool:
    return problem.place is not None and problem.place.path == path
