"""What an output was made from: every value a template reads, noted at Jinja's own doors.

Not a guess from the template's text: a value counts when it was read. An output is right while the digests hold.
"""

from __future__ import annotations

from operator import getitem
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from jinja2.utils import missing
from pelican.contents import Content

from byline.site.digests import Digests, path_of
from byline.site.includes import Including
from byline.values.output import Read
from byline.values.post import Post

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from byline.values.output import Trace

OF_POST = "post."
"""How the name of a Post's field begins, so that it is not taken for that of the Article with the same path."""


class Recorder:
    """Notes reads between `start` and `stop`; one for all of a site's template environments."""

    def __init__(self) -> None:
        self._have_subjects: dict[type, bool] = {}
        self._on = False
        self._reads = Reads(Digests())

    def start(self) -> None:
        """Forget the last output's reads and begin to note."""
        self._reads = Reads(self._reads.digests)
        self._on = True

    def stop(self) -> Reads:
        """Return what was noted since `start`."""
        self._on = False
        for context, _built_in in self._reads.given[:1]:
            # The page's own macros know it, and it knows them: garbage that only a long search would find.
            context.vars.clear()
        return self._reads

    def forget(self) -> None:
        """Let go of the digests of what may have changed since."""
        self._reads = Reads(Digests())

    def note(self, subject: str, field: str, value: object) -> None:
        """Note that a value was read."""
        if self._on:
            self._reads.said.setdefault((subject, field), value)

    def attach(self, environment: Environment) -> None:
        """Note from now on what this environment's templates read."""
        recorder = self

        class Noted(Including):
            def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  Jinja's signature
                super().__init__(*arguments, **named)
                if recorder._on:
                    recorder._reads.given.append((self, environment.globals))

        environment.context_class = Noted
        looks: dict[str, Callable[..., object]] = {"getattr": getattr, "getitem": getitem}
        for name, look in looks.items():
            door = getattr(environment, name)
            is_jinjas = getattr(door, "__func__", None) is getattr(Environment, name)
            setattr(environment, name, self._noting(door, look if is_jinjas else door))

    def _noting(self, door: Callable[..., object], look: Callable[..., object]) -> Callable[..., object]:
        """Return what goes through one of Jinja's doors, and notes what was met; it looks first as the door does."""
        known = self._have_subjects

        def noted(owner: object, name: object) -> object:
            try:
                value = look(owner, name)
            except (AttributeError, LookupError, TypeError):
                value = door(owner, name)
            kind = type(owner)
            if kind not in known:
                # All else is plain data, which was itself read somewhere and noted there.
                known[kind] = issubclass(kind, Content | Post)
            if known[kind] and self._on:
                of, key = self._reads.of, id(owner)
                if key not in of:
                    of[key] = (owner, {})
                of[key][1][str(name)] = value
            return value

        return noted


class Reads:
    """What was read of what while an output was made. Called, it is the trace: only who asks pays for its digests.

    `given` are the page's contexts, its own first, each with what is built into templates; `of` the fields of contents
    and Posts by the object's id; `said` what was noted of a subject by its name.
    """

    def __init__(self, digests: Digests) -> None:
        """Begin with nothing read."""
        self.digests = digests
        self.given: list[tuple[Including, Mapping[str, object]]] = []
        self.of: dict[int, tuple[object, dict[str, object]]] = {}
        self.said: dict[tuple[str, str], object] = {}

    def __call__(self) -> Trace:
        """Return the trace; a value that cannot be digested (a function, a foreign object) has an empty digest."""
        found = {("", name): value for name, value in self._names().items()}
        for owner, fields in self.of.values():
            prefix = OF_POST if isinstance(owner, Post) else ""
            for field, value in fields.items():
                found.setdefault((path_of(owner), prefix + field), value)
        for key, value in self.said.items():
            found.setdefault(key, value)
        return tuple(Read(*key, self.digests.of(found[key])) for key in sorted(found))

    def fields(self) -> Iterator[tuple[object, tuple[str, ...]]]:
        """Yield whose fields were read (an Article, a Post; empty: what the page was given), and which, as met."""
        yield "", tuple(self._names())
        for owner, fields in self.of.values():
            yield owner, tuple(fields)

    def _names(self) -> dict[str, object]:
        """Return what the page was given by the names asked for, but for what is built into templates."""
        whole = self.given[0][0].floor.whole if self.given else {}
        found: dict[str, object] = {}
        for context, built_in in self.given:
            for name in context.floor:
                value = whole.get(name, missing)
                if value is missing or value is not built_in.get(name):
                    found[name] = value
        return found
