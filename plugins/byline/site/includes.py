"""Includes: how a page's templates are put together, without a copy of all that the page was given for each part.

Not another language: templates mean what they mean to Jinja, whose compiler and contexts these are.
"""

from __future__ import annotations

from collections import ChainMap
from datetime import date
from functools import cached_property, partial
from types import BuiltinMethodType, FunctionType
from typing import TYPE_CHECKING, Any

import markupsafe
from jinja2 import Template, Undefined, nodes
from jinja2.compiler import CodeGenerator
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro, markup_join
from jinja2.utils import _PassArg, internalcode, missing
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping, Sequence

    from jinja2 import Environment
    from jinja2.compiler import Frame

_PLAIN = (str, date)
_escaped_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""What escapes a text, and does not wrap it: newer releases of MarkupSafe have that, in C."""


safe: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Return a plain text as HTML: what Markup does with it, at a quarter of the cost."""


class Floor(dict[str, Any]):
    """What a page was given, by the names that its templates have asked for; `whole` is all of it."""

    def __init__(self, whole: Mapping[str, Any]) -> None:
        """Begin with nothing asked for."""
        super().__init__()
        self.whole = whole

    def __missing__(self, name: str) -> Any:  # noqa: ANN401  whatever a page is given
        value = self[name] = self.whole.get(name, missing)
        return value


class Including(Context):
    """A context that makes what its template includes, in a context of which what the page was given is the floor."""

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  Jinja's signature
        """Be a context as Jinja makes them: of a page, or of a template that is imported."""
        super().__init__(*arguments, **named)
        self.floor = Floor(self.parent)
        self._above: dict[str, Any] = {}

    @internalcode
    def included(self, name: str, by: str, local: Mapping[str, Any]) -> str:
        """Return what a template makes that is included by another, with these of its local variables."""
        template = self.environment.get_template(name, by)
        inner = self._within(template, local)
        made = self.environment.concat(template.root_render_func(inner))
        # Macros know their context, and it knows them: garbage that only a long search would find.
        inner.vars.clear()
        return made

    def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401  Jinja's signature
        """Return what the template knows by a name."""
        if key in self.vars:
            return self.vars[key]
        if key in self._above:
            return self._above[key]
        return self.floor[key]

    @internalcode
    def call(self, function: Any, /, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401  Jinja's signature
        """Call what a template calls; of macros, words, and methods of a text or a date, it is known what they want."""
        if type(function) is Macro:
            function, arguments = self._made_by, (function, *arguments)
        elif type(function) is FunctionType and _PassArg.from_obj(function) is _PassArg.context:
            if named.get("_loop_vars") or named.get("_block_vars"):
                return super().call(function, *arguments, **named)
            arguments = (self, *arguments)
        elif type(function) is not BuiltinMethodType or not isinstance(function.__self__, _PLAIN):
            return super().call(function, *arguments, **named)
        if named:
            named.pop("_block_vars", None)
            named.pop("_loop_vars", None)
        try:
            return function(*arguments, **named)
        except StopIteration:
            return self.environment.undefined("a callable raised StopIteration")

    @internalcode
    def _made_by(self, macro: Macro, /, *arguments: Any, **named: Any) -> str:  # noqa: ANN401  a macro's own
        """Return what a macro makes, which sorts its arguments only where they are others than those it names."""
        takes_others = macro.caller or macro.catch_kwargs or macro.catch_varargs or self.environment.is_async
        if takes_others or named or len(arguments) != macro._argument_count:  # noqa: SLF001  Jinja's own name for it
            return macro(self.eval_ctx, *arguments, **named)
        made = macro._func(*arguments)  # noqa: SLF001  what Jinja compiled it to
        return safe(made) if self.eval_ctx.autoescape else made

    @cached_property
    def parent(self) -> dict[str, Any]:  # type: ignore[override]  # an attribute, which Jinja sets where it makes one
        """Return all that the template was given; few steps of Jinja's ask for it."""
        return {**self.floor.whole, **self._above}

    def _within(self, template: Template, local: Mapping[str, Any]) -> Including:
        """Return the context of a template that is included here."""
        inner = object.__new__(type(self))
        inner.environment, inner.name = self.environment, template.name
        inner.eval_ctx = EvalContext(self.environment, template.name)
        inner.blocks = {name: [block] for name, block in template.blocks.items()} if template.blocks else {}
        inner.globals_keys = template.globals.keys()  # type: ignore[assignment]  # Jinja makes a set of them
        inner.vars, inner.exported_vars = {}, set()
        inner.floor, inner._above = self.floor, {**self._above, **self.vars}
        for name, value in local.items():
            if value is not missing:
                inner._above[name] = value
        return inner


class _Compiler(CodeGenerator):
    """Writes what Jinja does, but for the plain include of a template by its name: the context makes that."""

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802  Jinja's name
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if isinstance(name, str) and node.with_context and not node.ignore_missing and not self.environment.is_async:
            local = self.dump_local_context(frame)
            self.simple_write(f"context.included({name!r}, {self.name!r}, {local})", frame, node)
        else:
            super().visit_Include(node, frame)


def attach(environment: Environment) -> None:
    """Let this environment's templates, of which none may have been found yet, be compiled and found so."""

    def made_globals(own: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return environment.globals if own is None else ChainMap(own, environment.globals)

    environment.context_class = Including
    environment.code_generator_class = _Compiler
    environment.make_globals = made_globals  # type: ignore[assignment, method-assign]  # Jinja's maps are slow to go through
    environment.get_template = _once(environment)  # type: ignore[method-assign]  # templates do not change in a listing


def _once(environment: Environment) -> Callable[..., Template]:
    """Return what finds each template once by its name, and by that of the one that asks for it."""
    find = environment.get_template
    known: dict[tuple[str | Template, str | None], Template] = {}

    def found(
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        key = (name, parent)
        if globals or key not in known:
            if isinstance(name, Template):
                return name
            if globals and environment.loader:
                return environment.loader.load(environment, name, environment.make_globals(globals))
            template = known[key] = find(name, parent)
            # What its functions print goes nowhere but into a text.
            template.root_render_func.__globals__.update(escape=_escaped, markup_join=_joined)
        return known[key]

    return found


def _escaped(value: object) -> str:
    """Return what a template prints, escaped; most of it has nothing to escape, or is escaped."""
    if type(value) is str:
        return _escaped_text(value)
    if type(value) is Markup:
        return value
    return _escaped(str(value)) if isinstance(value, Undefined) else escape(value)


def _joined(parts: Sequence[object]) -> str:
    """Return what `~` joins: most of it is plain text, of which Jinja asks each piece whether it is HTML."""
    for part in parts:
        if type(part) is not str:
            return markup_join(parts)
    return "".join(parts)  # type: ignore[arg-type]  # texts, as was just seen
