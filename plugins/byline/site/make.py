"""Make: an output's recipe becomes its bytes, with the trace of what they were made from.

Not a list of outputs, and not a place that writes to the site: this is the only module that renders a template.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError
from pelican.plugins import signals

from byline.edges import files
from byline.site.culprit import place_of
from byline.values.output import Made
from byline.values.problem import Fault, Problem
from byline.values.seal import sealed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2 import Template

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


@dataclass(frozen=True, slots=True)
class Page:
    """The recipe of an output that a template renders: what all pages share, and what is this page's own."""

    template: Template
    shared: Mapping[str, Any]
    own: Mapping[str, Any]
    scratch: Path

    def __call__(self) -> bytes:
        """Return the rendered page in UTF-8, sealed, after the plugins that want to see a written file have had it."""
        context = {**self.shared, **self.own}
        body = self.template.render(context).encode("utf-8")
        if not signals.content_written.receivers:
            return sealed(body)
        path = self.scratch / str(self.own["output_file"])
        files.put(path, body)
        signals.content_written.send(str(path), context=context)
        changed = path.read_bytes()
        files.remove(path, self.scratch)
        return sealed(changed)


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
