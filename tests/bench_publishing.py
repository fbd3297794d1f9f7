"""How long checking and deploying take where one page of 10,000 changed: a part of `./byline bench`.

Not a test: machines differ, so it prints seconds and memory and judges nothing.
It wants apt's openssh-server and rsync.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from byline.checks import built, check
from byline.commands import big_site
from byline.deploy.destinations import target
from byline.deploy.plan import plan
from byline.edges import programs
from byline.edges.console import Console
from byline.values.settings import Destination
from s3_server import KEYS, NOTHING_ELSE, s3_server
from ssh_server import sshd

if TYPE_CHECKING:
    from byline.values.output import Release

PAGES = 10_000
CONSOLE = Console()


def main(arguments: list[str]) -> None:
    """Measure all, or, in a child, take one step and end."""
    if not arguments:
        measure(PAGES)
        return
    kind, folder, release, *to = arguments
    read: Release = pickle.loads(Path(release).read_bytes())  # noqa: S301  written by the parent
    if kind == "check":
        checked(read, Path(folder))
    else:
        deployed(read, Path(folder), *to)


def measure(number: int) -> None:
    """Print a line for each step."""
    with tempfile.TemporaryDirectory(prefix="byline-bench-") as scratch:
        home = Path(scratch)
        old, new = home / "old", home / "new"
        for folder, changed in ((old, 0), (new, 1)):
            made = big_site.make(folder, number, changed)
            (home / f"{folder.name}.release").write_bytes(pickle.dumps(made))
        CONSOLE.say(f"{number} pages, one of them changed: {'CPU s':>26}{'wall s':>8}{'peak MiB':>10}")
        child = partial(step, home)
        child("checks, cold", "check", "old")
        child("checks, one page changed", "check", "new")
        print_bare()
        if shutil.which("sshd") and shutil.which("rsync"):
            with sshd(home / "sshd") as server:
                os.environ["BYLINE_SSH"] = server.ssh
                child("", "deploy", "old", server.rsync(home / "www"))
                # Just after a file system made so many folders it is slow to make the next.
                child("rsync, right after the first upload", "deploy", "new", server.rsync(home / "www"))
                child("rsync to a local sshd", "deploy", "old", server.rsync(home / "www"))
        else:
            CONSOLE.say("rsync was left out: apt install openssh-server rsync")
        os.environ.update({**KEYS, **NOTHING_ELSE})
        with s3_server(os.environ) as store:
            store.client.create_bucket(Bucket="big")
            child("", "deploy", "old", store.address("big"))
            child("S3 to a local server", "deploy", "new", store.address("big"))


def step(home: Path, name: str, kind: str, which: str, *to: str) -> None:
    """Take one step in a child of its own and print what it took, unless it has no name."""
    arguments = [sys.executable, __file__, kind, str(home / which), str(home / f"{which}.release"), *to]
    usage = programs.measured(arguments, cwd=home)
    if name:
        CONSOLE.say(f"{name:40}{usage.cpu:14.2f}{usage.wall:8.2f}{usage.peak:10.0f}")


def print_bare() -> None:
    """Print what a child takes that only starts."""
    usage = programs.measured([sys.executable, "-c", "import byline.commands.check"], cwd=Path())
    CONSOLE.say(f"{'of that, to start':40}{usage.cpu:14.2f}{usage.wall:8.2f}{usage.peak:10.0f}")


def checked(release: Release, folder: Path) -> None:
    """Run the checks of pages."""
    body = (folder / "").joinpath
    kept = folder.parent / "facts.json"
    site = built.of(
        release, lambda path: body(path).read_bytes(), kept, {}, posts={}, articles=frozenset(), unlisted=()
    )
    list(check.findings(site))


def deployed(release: Release, folder: Path, to: str) -> None:
    """Look at a target, plan, deploy."""
    place = target("bench", Destination(to=to), folder.parent / "home")
    extras = dict(place.extras(release.site_url))
    digests = {path: hashlib.sha256(body).hexdigest() for path, body in extras.items()}
    made = plan(release, digests, place.look(), keep=5, compress=place.compress)
    place.deploy(made, lambda path: extras[path] if path in extras else (folder / path).read_bytes(), lambda *_: None)


if __name__ == "__main__":
    main(sys.argv[1:])
