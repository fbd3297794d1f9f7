"""Make: an output's recipe becomes its bytes, with the trace of what they were made from.

Not a list of outputs, and not a place that writes to the site: this is the only module that renders a template.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import TemplateError
from pelican.plugins import signals
from pelican.utils import get_relative_path, path_to_url

from byline.edges import files
from byline.site.culprit import place_of
from byline.values.output import Made
from byline.values.problem import Fault, Problem
from byline.values.seal import sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from jinja2 import Template
    from pelican.paginator import Page as PartOfList

    from byline.site.trace import Recorder
    from byline.values.output import Output


def make(output: Output, recorder: Recorder, root: Path) -> Made:
    """Return an output's bytes and trace. Raises Fault, placed in the template, plugin or source that failed."""
    recorder.start()
    try:
        body = output.make()
    except Fault:
        raise
    except Exception as error:  # a template or a plugin may raise anything: the output is named, the rest goes on
        raise Fault(_failed(output, error, root)) from error
    finally:
        reads = recorder.stop()
    return Made(body, reads, reads.fields)


class Leaf(NamedTuple):
    """One page of lists that are parted into pages: those of each list by its name, and the number of this, from 1."""

    pages: Mapping[str, Sequence[PartOfList]]
    number: int

    def named(self) -> Iterator[tuple[str, object]]:
        """Yield what Pelican's writer gives a template by name."""
        for name, pages in self.pages.items():
            page = pages[self.number - 1]
            yield f"{name}_paginator", page.paginator
            yield f"{name}_page", page
            yield f"{name}_previous_page", pages[self.number - 2] if self.number > 1 else None
            yield f"{name}_next_page", pages[self.number] if self.number < len(pages) else None


@dataclass(frozen=True, slots=True)
class Page:
    """The recipe of an output that a template renders: what all pages share, and what this page is given.

    It stands at `path`, below the output, its addresses `relative` to that or not.
    """

    template: Template
    shared: Mapping[str, Any]
    given: Mapping[str, Any]
    path: str
    scratch: Path
    relative: bool = False
    leaf: Leaf | None = None

    @property
    def own(self) -> dict[str, Any]:
        """Return what is this page's own: made when asked for, as there are very many pages."""
        here = {"localsiteurl": self.shared.get("localsiteurl"), "ROOT": self.shared.get("localsiteurl", "")}
        if self.relative:
            here = dict.fromkeys(("SITEURL", "localsiteurl", "ROOT"), path_to_url(get_relative_path(self.path)))
        leaf = self.leaf.named() if self.leaf else ()
        return {**here, "output_file": self.path, **self.given, **dict(leaf)}

    def __call__(self) -> bytes:
        """Return the rendered page in UTF-8, sealed, after the plugins that want to see a written file have had it."""
        context = {**self.shared, **self.own}
        body = self.template.render(context).encode("utf-8")
        if not signals.content_written.receivers:
            return sealed(body)
        path = self.scratch / str(context["output_file"])
        files.put(path, body)
        signals.content_written.send(str(path), context=context)
        changed = path.read_bytes()
        files.remove(path, self.scratch)
        return sealed(changed)


class Part(NamedTuple):
    """A part that several outputs may hold, the same by its name; `keep` is given what `make` made, for all of them."""

    name: object
    make: Callable[[], bytes]
    keep: Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Telling:
    """The recipe of an output that no template renders, and that tells itself what it is made from.

    `own` answers what belongs to it alone; `looks` whose fields it shows, by source path, and which; `parts` what other
    outputs may hold, too.
    """

    write: Callable[[], bytes]
    own: Callable[[], list[object]]
    looks: Callable[[], list[tuple[str, tuple[str, ...]]]]
    parts: Callable[[], Iterable[Part]] = tuple

    def __call__(self) -> bytes:
        """Return the bytes."""
        return self.write()


@dataclass(frozen=True, slots=True)
class Copy:
    """The recipe of an output that is a file taken over as it is."""

    source: Path

    def __call__(self) -> bytes:
        """Return the file's bytes."""
        return self.source.read_bytes()


@dataclass(frozen=True, slots=True)
class Given:
    """The recipe of an output whose bytes are known."""

    body: bytes

    def __call__(self) -> bytes:
        """Return the bytes."""
        return self.body


def _failed(output: Output, error: Exception, root: Path) -> Problem:
    """Return the Problem of a failed recipe, at the line of the site's own files that took part, else at its source."""
    what = f"{output.path} cannot be made: {type(error).__name__}: {error}."
    place = place_of(error, root)
    if place:
        return Problem("failed-output", what, "Mend that line.", place)
    remedy = "Mend the template." if isinstance(error, TemplateError) else "Mend its source."
    return Problem("failed-output", what, remedy, output.place)
