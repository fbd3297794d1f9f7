"""The writer that Pelican's generators call: it collects outputs instead of writing files.

Not the making of them: what is collected here is made by `make`, all at once or one at a time.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.paginator import Paginator
from pelican.utils import path_to_url
from pelican.writers import Writer

from byline.edges import files
from byline.site import atom, rss
from byline.site.json_feed import json_feed
from byline.site.make import Copy, Leaf, Page, Telling
from byline.values.html import plain
from byline.values.output import Kind, Output
from byline.values.post import Post, Status
from byline.values.problem import Place, Problem
from byline.values.text import meant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from jinja2 import Template
    from pelican.contents import Content
    from pelican.paginator import Page as PartOfList

    from byline.site.feeds import Entry, Feed, Show
    from byline.site.syndication import Issue, Syndication

_PLAIN = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*")
"""A path that normalizing leaves as it is."""
_UPDATED = attrgetter("post.updated")
_UNLISTED = frozenset({"404.html"})
WRITTEN: Mapping[str, Callable[[Feed], bytes]] = {"atom": atom.atom, "rss": rss.rss, "json": json_feed}
"""The writer of each kind of feed."""
_ENTRIES: Mapping[str, Callable[[Entry, Feed], bytes]] = {"atom": atom.written, "rss": rss.written}
"""The writer of each kind's entries, where these are written apart."""


@dataclass
class Collected:
    """The outputs by path, and whose each path is: the first comes, the second is a Problem."""

    tell: Callable[[Problem], None]
    outputs: dict[str, Output] = field(default_factory=dict)
    overriding: set[str] = field(default_factory=set)

    def add(self, output: Output, *, override: bool = False) -> None:
        """Take an output in; a path outside the site or taken by another is a Problem.

        An output that overrides (a page with its own `Save_as`) takes the place of one that does not, either way round.
        """
        path = output.path.replace("\\", "/")
        if not _PLAIN.fullmatch(path) and _leads_out(path):
            what = f"Its address {output.path!r} lies outside the site."
            self.tell(Problem("address-outside", what, "Give it a Slug of letters, digits and hyphens.", output.place))
            return
        taken = self.outputs.get(path)
        if taken is not None and override == (path in self.overriding):
            other = taken.place.path if taken.place else f"another {taken.kind}"
            what = f"Its address {path} is already that of {other}."
            self.tell(Problem("double-address", what, "Give one of the two another Slug.", output.place))
            return
        if taken is not None and not override:
            return
        if override:
            self.overriding.add(path)
        self.outputs[path] = output


class Collector(Writer):
    """Pelican's writer, collecting. `posts` answers the Post of an article or page by its source path."""

    def __init__(
        self,
        settings: dict[str, Any],
        collected: Collected,
        posts: Mapping[str, Post],
        syndication: Syndication,
    ) -> None:
        """Collect into `collected`; `syndication` makes the feeds."""
        super().__init__(settings["OUTPUT_PATH"], settings)
        self.collected = collected
        self.posts = posts
        self.syndication = syndication
        self._scratch = Path(settings["OUTPUT_PATH"])
        self._updated: dict[int, tuple[Sequence[Content], datetime | None]] = {}

    def write_file(  # noqa: PLR0913, PLR0917  Pelican's signature
        self,
        name: str,
        template: Template | None,
        context: dict[str, Any],
        relative_urls: bool = False,  # noqa: FBT001, FBT002
        paginated: Mapping[str, list[Content]] | None = None,
        template_name: str | None = None,
        override_output: bool = False,  # noqa: FBT001, FBT002
        url: str | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Collect the page, or the pages of a list that is paginated, that Pelican's writer would write."""
        if not name or template is None:
            return
        post = self._post_of(kwargs.get("article") or kwargs.get("page"))
        updated = post.updated if post else self._newest(kwargs.get("articles") or ())
        if paginated is None:
            paginated = {key: kwargs[key] for key in ("articles", "dates") if key in kwargs}
        if not paginated or template_name not in self.settings["PAGINATED_TEMPLATES"]:
            self._collect(name, template, context, kwargs, relative_urls, override_output, post, updated)
            return
        per_page = self.settings["PAGINATED_TEMPLATES"][template_name] or self.settings["DEFAULT_PAGINATION"]
        count = 0
        pages: dict[str, list[PartOfList]] = {}
        for key, articles in paginated.items():
            paginator = Paginator(name, url, articles, self.settings, per_page)
            count = count or paginator.num_pages
            # Most lists have their articles in the order of their dates, too.
            same = next((known for known in pages if paginated[known] == articles), None)
            pages[key] = pages[same] if same else [paginator.page(number) for number in range(1, count + 1)]
        for number, page in enumerate(next(iter(pages.values())), 1):
            leaf = Leaf(pages, number)
            self._collect(page.save_as, template, context, kwargs, relative_urls, override_output, post, updated, leaf)

    def _collect(  # noqa: PLR0913, PLR0917  what write_file was given, a page at a time
        self,
        path: str,
        template: Template,
        context: dict[str, Any],
        given: dict[str, Any],
        relative: bool,  # noqa: FBT001
        override: bool,  # noqa: FBT001
        post: Post | None,
        updated: datetime | None,
        leaf: Leaf | None = None,
    ) -> None:
        recipe = Page(template, context, given, path, self._scratch, relative, leaf)
        listed = path not in _UNLISTED and (post is None or post.status is Status.PUBLISHED)
        place = Place(post.path, 1) if post else None
        self.collected.add(Output(path, Kind.PAGE, recipe, place, listed, updated), override=override)

    def _post_of(self, content: Content | None) -> Post | None:
        return None if content is None else self.posts.get(content.relative_source_path)

    def _newest(self, articles: Sequence[Content]) -> datetime | None:
        """Return when the newest post of a list was last changed; several pages have the same list."""
        known = self._updated.get(id(articles))
        if known is None or known[0] is not articles:
            try:
                dates = list(map(_UPDATED, articles))
            except AttributeError:  # another plugin's content, which nobody has described
                dates = [content.post.updated for content in articles if hasattr(content, "post")]
            known = self._updated[id(articles)] = (articles, max(filter(None, dates), default=None))
        return known[1]

    def write_feed(  # noqa: PLR0913, PLR0917  Pelican's signature
        self,
        elements: list[Content],
        _context: dict[str, Any],
        path: str | None = None,
        url: str | None = None,
        feed_type: str = "atom",
        override_output: bool = False,  # noqa: FBT001, FBT002
        feed_title: str | None = None,
    ) -> None:
        """Collect a feed of ours where Pelican would write one of its own, and the archives of the archived one."""
        if path:
            self.write_own_feed(elements, path, feed_type, feed_title, url=url, override=override_output)
        if path and path == self.syndication.archived:
            for archive, issue in self.syndication.archives(elements).items():
                self._collect_feed(archive, issue, "atom")

    def write_own_feed(  # noqa: PLR0913  what a feed is made of
        self,
        articles: list[Content],
        path: str,
        kind: str,
        title: str | None = None,
        *,
        url: str | None = None,
        override: bool = False,
    ) -> None:
        """Collect a feed of the kind atom, rss or json."""
        issue = partial(self.syndication.feed, articles, url or path, plain(title) if title else None)
        self._collect_feed(path, issue, kind, override=override)

    def write_podcast(self, articles: list[Content], path: str, show: Show) -> None:
        """Collect the feed of a podcast."""
        self._collect_feed(path, partial(self.syndication.podcast, articles, path, show), "rss")

    def _collect_feed(self, path: str, issue: Callable[[], Issue], kind: str, *, override: bool = False) -> None:
        """Collect a feed that is settled on when it is made, or when somebody asks what it is made of."""
        recipe = Telling(
            lambda: WRITTEN[kind](self.syndication.whole(issue())),
            lambda: [kind, *self.syndication.said(issue())],
            lambda: self.syndication.looks(issue()),
            lambda: self.syndication.parts(issue(), _ENTRIES[kind]) if kind in _ENTRIES else (),
        )
        self.collected.add(Output(path, Kind.FEED, recipe), override=override)

    def write_alias(self, old: str, present: str) -> None:
        """Collect a whole copy of a feed at an address it once had; readers there follow no redirect page."""
        feed = self.collected.outputs.get(present)
        if feed is None or feed.kind is not Kind.FEED:
            feeds_there = [path for path, output in self.collected.outputs.items() if output.kind is Kind.FEED]
            what = f"The feed alias {old} means {present}, and there is no such feed."
            remedy = f"Name a feed of this site.{meant(present, feeds_there)}"
            self.collected.tell(Problem("unknown-feed", what, remedy, Place("pelicanconf.py")))
            return
        self.collected.add(Output(old, Kind.FEED, feed.make))

    def write_asset(self, path: str, source: str) -> None:
        """Collect a file that is taken over as it is."""
        target = path_to_url(posixpath.normpath(path.replace("\\", "/")))
        file = Path(source)
        self.collected.add(Output(target, Kind.ASSET, Copy(file), made_of=partial(files.state, file)))


def _leads_out(path: str) -> bool:
    """Tell whether a path lies outside the folder that it begins in, or has detours."""
    return path.startswith(("../", "/")) or path in {"..", "."} or path != posixpath.normpath(path)
