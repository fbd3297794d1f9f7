"""Making many outputs of a site, on all cores: each is a pure function of what the listing found.

Not their way into a folder, and not the choice of what must be made: `whole` and `kept_pages` know that.
"""

from __future__ import annotations

import pickle
from itertools import chain
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from byline.edges import workers
from byline.site.log_records import heard
from byline.site.make import Part, Telling
from byline.values.output import Kind
from byline.values.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from byline.site.glances import Seen
    from byline.site.site import Site
    from byline.values.problem import Problem

_Laid = TypeVar("_Laid")

_SPREAD = frozenset({Kind.PAGE, Kind.FEED})
"""What takes longer to make than to be handed from one process to another."""


class Attempt(NamedTuple, Generic[_Laid]):
    """What became of an output: how it was laid down, and what it was made from, if that is known; else the faults."""

    laid: _Laid | None
    made_of: str = ""
    seen: Seen | None = None
    faults: tuple[Problem, ...] = ()


def attempts(
    site: Site, paths: Sequence[str], lay: Callable[[str, bytes], _Laid], *, alone: bool
) -> Iterator[tuple[str, Attempt[_Laid]]]:
    """Yield each path with what became of its output, in any order; `alone`: in this process, one after the other.

    `lay` is given the path and the bytes of an output by the process that made it, and may raise Fault. The first page
    of each kind is made here in any case: what pages share is then there before work is parted.
    """
    _make_common_parts(site, paths, alone=alone)
    if alone:
        yield from ((path, attempt(site, path, lay)) for path in paths)
        return
    first = {(output.kind, _template(output.make)): path for path in reversed(paths) for output in [site.outputs[path]]}
    here = {path for (kind, _name), path in first.items() if kind in _SPREAD}
    here |= {path for path in paths if site.outputs[path].kind not in _SPREAD}
    yield from ((path, attempt(site, path, lay)) for path in paths if path in here)
    left = [path for path in paths if path not in here]
    for path, made in workers.spread(lambda path: pickle.dumps(attempt(site, path, lay)), left):
        yield path, pickle.loads(made)  # noqa: S301  what a copy of this process has just written


def _make_common_parts(site: Site, paths: Sequence[str], *, alone: bool) -> None:
    """Make what several of these outputs hold, once for all of them."""
    recipes = (site.outputs[path].make for path in paths)
    parts: dict[object, Part] = {}
    common: dict[object, Part] = {}
    for part in chain.from_iterable(recipe.parts() for recipe in recipes if isinstance(recipe, Telling)):
        if parts.setdefault(part.name, part) is not part:
            common[part.name] = part
    wanted = list(common.values())
    for part, made in zip(wanted, map(_made, wanted), strict=True) if alone else workers.spread(_made, wanted):
        if made:
            part.keep(made)


def _made(part: Part) -> bytes:
    """Make a part; nothing where it fails, or something is told meanwhile: the outputs that hold it will tell."""
    told: list[Problem] = []
    try:
        with heard(told.append):
            made = part.make()
    except Exception:  # noqa: BLE001  whatever it may be
        return b""
    return b"" if told else made


def attempt(site: Site, path: str, lay: Callable[[str, bytes], _Laid]) -> Attempt[_Laid]:
    """Make an output and lay it down; tell what it was made from."""
    output = site.outputs[path]
    try:
        # Asked first: what is changed in the meantime is then seen by the next build.
        made_of = output.made_of() if output.made_of else ""
        made = site.traced(path)
        laid = lay(path, made.body)
    except Fault as fault:
        return Attempt(None, faults=fault.problems)
    return Attempt(laid, made_of, site.listing.glances.seen(output, made.fields()))


def _template(recipe: object) -> str:
    """Return the name of the template that a recipe renders; empty where it renders none."""
    return str(getattr(getattr(recipe, "template", None), "name", ""))
