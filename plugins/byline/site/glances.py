"""Glances: what a page saw of one subject, and a digest of how that subject looks to it now.

Not a record of reading: that is `trace`'s. Here the fields that were read are looked at again.
"""

from __future__ import annotations

from functools import cache, partial
from itertools import starmap
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2.utils import missing

from byline.edges import workers
from byline.site.adopted import Article, resolved, resolved_tags
from byline.site.adopted import Page as HostedPage
from byline.site.digests import Digests
from byline.site.make import Page, Telling
from byline.site.trace import OF_POST
from byline.values.post import Post

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pelican.contents import Content

    from byline.values.output import Output
    from byline.values.post import Reading

_TEXT = "content"
_BATCH = 64
"""So many glances are cast by a copy of this process at once."""
_HOSTED = (Article, HostedPage)


class Glance(NamedTuple):
    """Whose fields were read, and which: an article's or page's by its source path; empty: what all pages are given."""

    subject: str
    fields: tuple[str, ...]


class Seen(NamedTuple):
    """What a page was made from: the names of what it alone was given, its digest; the glances, and how each looked."""

    own: tuple[str, ...]
    given: str
    glances: tuple[tuple[Glance, str], ...]


class _Parted(NamedTuple):
    """The fields of a glance: a content's own, its Post's, and whether its text is one of them."""

    own: list[str]
    of_post: list[str]
    text: bool


class Glances:
    """How the subjects of one listing look; each glance is worked out once."""

    def __init__(
        self,
        contents: Mapping[str, Content],
        readings: Mapping[str, Reading],
        shared: Mapping[str, object],
        drawing: Callable[[str], object],
    ) -> None:
        """Look at these articles, pages and files, given by source path, and at what all pages are given by name.

        `drawing` answers what the pictures of a source's text are drawn from.
        """
        self._contents = contents
        self._readings = readings
        self._shared = shared
        self._drawing = drawing
        self.forget()

    def forget(self) -> None:
        """Let go of how anything looked: it may have changed since."""
        self._digests = Digests()
        self._known: dict[Glance, str] = {}
        self._texts: dict[str, str] = {}

    def seen(self, output: Output, reads: Iterable[tuple[object, tuple[str, ...]]]) -> Seen | None:
        """Return what an output was made from, given which fields were read of what; None where nobody can tell.

        That is so for what no template makes and that does not tell itself, and for values that have no digest.
        """
        page = output.make
        if isinstance(page, Telling):
            return self._seen(page, (), starmap(Glance, page.looks()))
        if not isinstance(page, Page):
            return None
        own: tuple[str, ...] = ()
        of: dict[str, list[tuple[str, ...]]] = {}
        for owner, fields in reads:
            if owner == "":
                own, shared = _told_apart(fields, tuple(self._alone(page)))
                of[""] = [shared, ()]
            else:
                subject = owner.path if isinstance(owner, Post) else str(getattr(owner, "relative_source_path", ""))
                if not self._leads_to(subject, owner):
                    return None
                of.setdefault(subject, [(), ()])[isinstance(owner, Post)] = fields
        return self._seen(page, own, (Glance(subject, _together(*fields)) for subject, fields in sorted(of.items())))

    def _seen(self, page: Page | Telling, own: tuple[str, ...], glances: Iterable[Glance]) -> Seen | None:
        """Return these glances with how each looks, and what a page alone was given; None where any has no digest."""
        looks = tuple((glance, self.of(glance)) for glance in glances)
        given = self.given(page, own)
        return Seen(own, given, looks) if given and all(look for _glance, look in looks) else None

    def given(self, page: Page | Telling, names: Iterable[str]) -> str:
        """Return the digest of what a page alone was given by these names; empty where it has none."""
        if isinstance(page, Telling):
            return self._digests.of_all(page.own())
        own = self._alone(page)
        values = [own.get(name, missing) for name in names]
        return self._digests.of_all([page.template.name, " ".join(sorted(own)), *values])

    def _alone(self, page: Page) -> Mapping[str, object]:
        """Return what a page alone is given: for those of a year Pelican copies what all are given, and adds to it."""
        if page.shared is self._shared:
            return page.own
        of_both = (page.shared, self._shared)
        theirs = {name: [given.get(name, missing) for given in of_both] for name in {*page.shared, *self._shared}}
        return {**{name: own for name, (own, shared) in theirs.items() if own is not shared}, **page.own}

    def foresee(self, glances: Sequence[Glance], pages: Sequence[tuple[Page | Telling, tuple[str, ...]]]) -> list[str]:
        """Look at these on all cores, and return in order the digests of what pages alone were given by these names.

        The first ones are looked at here, so that what all share is there before work is parted.
        """
        looked = [partial(self.of, glance) for glance in glances]
        given = [partial(self.given, page, names) for page, names in pages]
        for look in (*looked[:_BATCH], *given[:_BATCH]):
            look()
        asked = [*looked, *given]
        batches = range(0, len(asked), _BATCH)
        found = dict(
            workers.spread(lambda start: "\n".join(look() for look in asked[start : start + _BATCH]).encode(), batches)
        )
        said = [said for start in batches for said in found[start].decode().split("\n")]
        self._known.update(zip(glances, said, strict=False))
        return said[len(glances) :]

    def of(self, glance: Glance) -> str:
        """Return how a glance looks now; an empty text where nobody can tell, or where there is no such subject."""
        known = self._known.get(glance)
        if known is None:
            known = self._known[glance] = self._look(*glance)
        return known

    def _look(self, subject: str, fields: tuple[str, ...]) -> str:
        """Look at these fields of a subject."""
        if not subject:
            return self._digests.of_all([self._shared.get(name, missing) for name in fields])
        content = self._contents.get(subject)
        if content is None:
            return ""
        parted, post = _parted(fields), getattr(content, "post", None)
        values = [getattr(content, name, missing) for name in parted.own]
        values += [getattr(post, name, missing) for name in parted.of_post]
        if not parted.text:
            return self._digests.of_all(values)
        text = self._text(subject, content)
        return self._digests.of_all([text, *values]) if text else ""

    def _leads_to(self, subject: str, owner: object) -> bool:
        """Tell whether a subject's name leads to this very object."""
        content = self._contents.get(subject)
        return content is not None and (owner is content or owner is getattr(content, "post", None))

    def _text(self, subject: str, content: Content) -> str:
        """Return a digest of a content's HTML as its page has it; empty where nobody can tell."""
        if subject not in self._texts:
            self._texts[subject] = self._text_of(subject, content)
        return self._texts[subject]

    def _text_of(self, subject: str, content: Any) -> str:  # noqa: ANN401  Pelican's Content has no types
        """Return a digest of a content's HTML, which is not made for that: it follows from these.

        They are the HTML that was read, the tags in it whose addresses Pelican resolves, what its pictures are drawn
        from, and what is said where they are pinned.
        """
        post, reading = getattr(content, "post", None), self._readings.get(subject)
        if post is None or reading is None or not isinstance(content, _HOSTED):
            return self._digests.of(content.content)
        tags = reading.content.known(resolved_tags)
        linked = resolved(content, tags, content.get_siteurl()) if tags else ""
        return self._digests.of_all(
            (post.content, post.name, post.url, post.status, post.language, linked, self._drawing(subject))
        )


# Pages of a kind read the same fields, in the same order: each of these is asked the same few things.


@cache
def _told_apart(names: tuple[str, ...], alone: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return in order those of the names that a page alone was given, and the others."""
    return tuple(sorted(set(names) & set(alone))), tuple(sorted(set(names) - set(alone)))


@cache
def _together(of_content: tuple[str, ...], of_post: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields of a glance, in order."""
    return tuple(sorted({*of_content, *(f"{OF_POST}{name}" for name in of_post)}))


@cache
def _parted(fields: tuple[str, ...]) -> _Parted:
    """Return fields by whose they are."""
    own = [name for name in fields if not name.startswith(OF_POST)]
    of_post = [name.removeprefix(OF_POST) for name in fields if name.startswith(OF_POST)]
    return _Parted([name for name in own if name != _TEXT], of_post, _TEXT in own)
