"""Which kind of target an address means.

Not the targets themselves: each is imported only where it is used.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, cast

from byline.values.problem import Fault, Problem
from byline.values.text import meant

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from byline.deploy.target import Target
    from byline.values.settings import Destination

_GIT = re.compile(r"^(?:git|ssh|https?)://|^[\w.-]+@[\w.-]+:|\.git/?$|#[^/#]+(?:/[^/#]+)*$")
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]+)://", re.IGNORECASE)


def kind(to: str) -> str:
    """Return the kind of an address: `s3`, `rsync`, `git_branch` or `folder`. Raises Fault for another scheme."""
    scheme = _SCHEME.match(to)
    if scheme and scheme[1].lower() in {"s3", "rsync"}:
        return scheme[1].lower()
    if _GIT.search(to):
        return "git_branch"
    if scheme:
        what = f"Nothing can be deployed to {scheme[0]} addresses."
        remedy = "Use a git remote with #branch, rsync://, s3:// or a folder in BYLINE_DEPLOY."
        raise Fault(Problem("wrong-target", what, remedy))
    return "folder"


def target(name: str, destination: Destination, home: Path) -> Target:
    """Return the target that a destination means; `home` is `.byline/`."""
    module = import_module(f"byline.deploy.targets.{kind(destination.to)}")
    return cast("Target", module.target(name, destination, home))


def chosen(destinations: Mapping[str, Destination], name: str) -> dict[str, Destination]:
    """Return the destinations to publish to: all, or the one named. Raises Fault for a name that is none."""
    if not name:
        return dict(destinations)
    if name not in destinations:
        hint = meant(name, destinations) or f" Known are: {', '.join(destinations)}."
        raise Fault(Problem("wrong-target", f"There is no target named {name}.", f"Name another.{hint}"))
    return {name: destinations[name]}
