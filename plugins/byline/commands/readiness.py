"""Whether a blog may go public from here: whose it is, where it goes, and who publishes it.

Not the check of its pages: that is `checks/`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from byline.edges import repository
from byline.values.problem import Fault, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from byline.site.configuration import Configuration

DEMO_AUTHOR = "Maren Holt"
"""Who signs the demo, and nobody else."""
_EXAMPLE = re.compile(
    r"(?:^|\.)(?:example(?:\.(?:com|net|org|edu))?|test|invalid|localhost|local)$|^(?:127\.|0\.0\.0\.0|\[?::1)"
)
"""Names kept for examples and tests (RFC 2606, RFC 6761), and this machine."""
_REMOTE = re.compile(
    r"^(?:[a-z+]+://)?(?:[^@/]+@)?(?P<host>[\w.-]+)(?::\d+)?[:/](?P<owner>[^/]+)/(?P<name>[^/]+?)(?:\.git)?/?$"
)
_HOSTS = {
    "github.com": ("github.io", "{owner}.github.io"),
    "codeberg.org": ("codeberg.page", "pages"),
    "gitlab.com": ("gitlab.io", "{owner}.gitlab.io"),
}
"""Forges that serve a branch: the domain of their sites, and the repository that is served at its root."""


def refuse_unready(configuration: Configuration, root: Path) -> None:
    """Raise Fault with all that stands against publishing this blog, with the lines to paste into publishconf.py."""
    place = Place(configuration.file.name)
    problems = [*configuration.problems, *_strangers(configuration, place)]
    wanted = list(_missing(configuration))
    if wanted:
        lines = guess(repository.origin(root))
        paste = "".join(f"\n    {lines[name]}" for name in wanted)
        what = f"It does not say {' and '.join(_WANTED[name] for name in wanted)}."
        remedy = f"Paste this, and mend what is wrong in it:{paste}\n"
        problems.append(Problem("not-ready", what, remedy, place))
    if problems:
        raise Fault(*problems)


_WANTED = {
    "SITEURL": "at which address the site is public (an example is none)",
    "BYLINE_DEPLOY": "where the site goes",
}


def guess(origin: str) -> dict[str, str]:
    """Return the settings' lines for the address and the target, from the address of a git remote (may be empty)."""
    found = _REMOTE.match(origin)
    host = found["host"].lower() if found else ""
    if not found or host not in _HOSTS:
        remote = origin or "git@github.com:YOU/YOU.github.io.git"
        return {"SITEURL": 'SITEURL = "https://YOUR.ADDRESS"', "BYLINE_DEPLOY": f'BYLINE_DEPLOY = "{remote}#pages"'}
    domain, served_at_root = _HOSTS[host]
    owner, name = found["owner"].lower(), found["name"].lower()
    path = "" if name == served_at_root.format(owner=owner) else f"/{found['name']}"
    return {
        "SITEURL": f'SITEURL = "https://{owner}.{domain}{path}"',
        "BYLINE_DEPLOY": f'BYLINE_DEPLOY = "{origin}#pages"',
    }


def elsewhere(configuration: Configuration) -> str:
    """Return why this is not the place that publishes, or an empty text. Raises Fault where a person must choose."""
    wanted = configuration.own.publish.from_
    place = Place(configuration.file.name)
    if wanted not in {"here", "forge"}:
        what = f'BYLINE_PUBLISH["from"] is {wanted!r}.'
        raise Fault(Problem("wrong-setting", what, "Make it `here` or `forge`.", place))
    forge = repository.on_forge()
    if wanted == "here" and forge:
        return "The blog is published from its writer's machine; here it is only tested."
    if wanted == "forge" and not forge:
        what = 'The blog is published by its forge, as BYLINE_PUBLISH["from"] says, so that one place does.'
        remedy = "Push your changes; or make it `here`, and publish from this machine only."
        raise Fault(Problem("published-elsewhere", what, remedy, place))
    return ""


def _strangers(configuration: Configuration, place: Place) -> Iterator[Problem]:
    author = str(configuration.pelican.get("AUTHOR") or "")
    if author in {"", DEMO_AUTHOR}:
        what = f"The blog's author is {author}, who was invented for the demo." if author else "The blog has no author."
        yield Problem("not-ready", what, 'Make it yours: ./byline begin "Your Name".', place)
    address = str(configuration.pelican["SITEURL"])
    if address and urlsplit(address).scheme not in {"http", "https"}:
        yield Problem("not-ready", f"SITEURL is {address!r}.", "Write it as https://and.your.host.", place)


def _missing(configuration: Configuration) -> Iterator[str]:
    address = str(configuration.pelican["SITEURL"])
    if not address or _EXAMPLE.search(urlsplit(address).hostname or ""):
        yield "SITEURL"
    if not configuration.own.deploy:
        yield "BYLINE_DEPLOY"
