"""A network of the writer's own: a class in a file beside the settings, called by its dotted name.

Not a plugin of Pelican: docs/networks/your-own.md says what the class must have.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from typing import TYPE_CHECKING, Any

from byline.site.settings_file import forget_modules_below
from byline.values.problem import Fault, Problem

if TYPE_CHECKING:
    from pathlib import Path

_METHODS = ("account", "find", "create", "update", "withdraw")
_ABILITIES = ("finds", "edits", "withdraws")


def load(root: Path, name: str) -> type[Any]:
    """Return the class that a dotted name means, as code in a folder sees it. Raises Fault where it is no network."""
    module, _, called = name.rpartition(".")
    sys.path.insert(0, str(root))
    try:
        network = getattr(importlib.import_module(module), called)
    except Exception as error:  # the writer's own code may raise anything
        raise _broken(name, f"{type(error).__name__}: {error}") from error
    finally:
        sys.path.remove(str(root))
        forget_modules_below(root)
    if not inspect.isclass(network):
        raise _broken(name, "it is no class")
    missing = [method for method in _METHODS if not callable(getattr(network, method, None))]
    missing += [ability for ability in _ABILITIES if not isinstance(getattr(network, ability, None), bool)]
    if missing:
        raise _broken(name, f"it has no {' and no '.join(missing)}")
    return network


def _broken(name: str, why: str) -> Fault:
    what = f"The network {name} cannot be used: {why}."
    return Fault(Problem("broken-network", what, "Mend it as docs/networks/your-own.md shows."))
