"""The stage: outputs wait here until all are made; then a journal says what will change, and output/ changes.

Not a copy of the site: only what differs from output/ is staged, each file below the stage as it will stand below
output/. A build that is killed leaves the old site, or a journal that the next command finishes.

    put … put …      changed files stand in .byline/stage/; output/ is untouched
    journal          from here on the new site is decided
    delete, move     each step may be repeated
    manifest         what Byline made, so that nothing else is ever deleted; the journal goes
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from byline.edges import files
from byline.site import manifest
from byline.site.in_the_way import in_the_way
from byline.site.manifest import Manifest
from byline.values.problem import Fault, Problem


@dataclass(frozen=True, slots=True)
class Changes:
    """What applying a stage did to output/."""

    written: int
    unchanged: int
    deleted: int


class Laid(NamedTuple):
    """Bytes that were laid down: their SHA-256 (hex), and whether they are staged; else output/ holds the same."""

    digest: str
    staged: bool


class Stage:
    """Outputs on their way from a site into its folder. `home` is `.byline/`, `output` the folder."""

    def __init__(self, home: Path, output: Path) -> None:
        """Begin an empty stage; what another run left there unfinished is thrown away."""
        self.home = home
        self.output = output
        self._folder = f"{output}{os.sep}"
        self._staged = f"{_staged(home)}{os.sep}"
        self.digests: dict[str, str] = {}
        self._changed: set[str] = set()
        self._unchanged = 0
        self._lasting: dict[str, str] = {}
        self._stamps: dict[str, tuple[int, int]] = {}
        files.remove_tree(_staged(home))
        known = manifest.known(home)
        self._before = known if known.output == output else Manifest(output)

    def knows(self, path: str) -> bool:
        """Tell whether the last build left an output there that may be kept."""
        return path in self._before.lasting

    def keep(self, path: str, made_of: str) -> bool:
        """Take an output as it stands in output/ since the last build, unread; False: it does not stand there so.

        That is so while it is made of the same, and the file has the size and the time of change that it had then.
        """
        lasting = self._before.lasting.get(path)
        if lasting is None or lasting.made_of != made_of or files.stamp(self._folder + path) != lasting.stamp:
            return False
        self.digests[path] = self._before.files[path]
        self._lasting[path] = made_of
        self._stamps[path] = lasting.stamp
        self._unchanged += 1
        return True

    def keep_bytes(self, path: str, digest: str) -> bool:
        """Take an output as it stands in output/ where its bytes have this SHA-256, as in a copy of the folder."""
        body = files.read_if_there(self._folder + path)
        if body is None or hashlib.sha256(body).hexdigest() != digest:
            return False
        self.digests[path] = self._lasting[path] = digest
        self._unchanged += 1
        return True

    def keep_all(self, made_of: str) -> bool:
        """Take all outputs that were made of this as they stand in output/; False, and none taken: not all do."""
        made = {path: one for path, one in self._before.lasting.items() if one.made_of == made_of}
        stand = all(files.stamp(self._folder + path) == one.stamp for path, one in made.items())
        return bool(made) and stand and all(self.keep(path, made_of) for path in made)

    def body(self, path: str) -> bytes:
        """Return the bytes of an output that was put."""
        return ((_staged(self.home) if path in self._changed else self.output) / path).read_bytes()

    def put(self, path: str, body: bytes, made_of: str = "", *, seen: bool = False) -> str:
        """Lay an output's bytes down and take it; return their SHA-256 (hex). Raises Fault as `lay` does."""
        laid = self.lay(path, body)
        self.take(path, laid, made_of, seen=seen)
        return laid.digest

    def lay(self, path: str, body: bytes) -> Laid:
        """Stage an output's bytes, if output/ does not hold the same already; this, or any copy of this process, can.

        `take` is to be told of it. Raises Fault where another output's folder is its file.
        """
        digest = hashlib.sha256(body).hexdigest()
        if files.read_if_there(self._folder + path) == body:
            return Laid(digest, staged=False)
        try:
            files.put(self._staged + path, body)
        except (FileExistsError, IsADirectoryError, NotADirectoryError) as error:
            what = f"The address {path} and another cannot both be: one is a file where the other has a folder."
            raise Fault(Problem("double-address", what, "Give one of the two another Slug.")) from error
        return Laid(digest, staged=True)

    def take(self, path: str, laid: Laid, made_of: str = "", *, seen: bool = False) -> None:
        """Take an output whose bytes were laid down.

        One that says what it is made of may be kept unread by the next build; and so may one of which somebody else
        knows what it is made from (`seen`), by its SHA-256.
        """
        self.digests[path] = laid.digest
        if made_of or seen:
            self._lasting[path] = made_of or laid.digest
        if laid.staged:
            self._changed.add(path)
        else:
            self._unchanged += 1

    def apply(self) -> Changes:
        """Make output/ what was put: changed files moved in, files of an earlier build that are no more deleted.

        Raises Fault, having changed nothing, when something that Byline did not make stands in the way.
        """
        before = self._before.files
        deleted = sorted(before.keys() - self.digests.keys())
        steps: dict[str, Any] = {
            "output": str(self.output),
            "moved": {path: self.digests[path] for path in sorted(self._changed)},
            "deleted": deleted,
            "manifest": dict(sorted(self.digests.items())),
            "lasting": dict(sorted(self._lasting.items())),
            "stamps": self._stamps,
        }
        blocked = list(in_the_way(self.output, self._changed, set(deleted)))
        if blocked:
            raise Fault(*blocked)
        lasting = {path: kept.made_of for path, kept in self._before.lasting.items()}
        if self._changed or deleted or before != self.digests or lasting != self._lasting:
            files.write(_journal(self.home), json.dumps(steps, ensure_ascii=False).encode())
            _finish(self.home, steps, list(steps["moved"]))
        return Changes(len(self._changed), self._unchanged, len(deleted))


def recover(home: Path) -> bool:
    """Finish what a journal says, if there is one; return whether there was.

    A file that is neither in the stage nor in output/ as the journal says (a power cut) leaves its path to the next
    build, which compares every output's bytes.
    """
    written = files.read_if_there(_journal(home))
    if written is None:
        return False
    steps = json.loads(written)
    _finish(home, steps, [path for path, digest in steps["moved"].items() if _holds(_staged(home) / path, digest)])
    return True


def _finish(home: Path, steps: dict[str, Any], there: list[str]) -> None:
    """Take the steps that a journal says; these of the files to be moved are in the stage as they should be."""
    stage, output = _staged(home), Path(steps["output"])
    for path in steps["deleted"]:
        files.remove(output / path, output)
    wanted: dict[str, str] = steps["moved"]
    if there and len(there) == len(wanted):
        files.move_all(stage, output)
    else:
        for path in there:
            files.move(stage / path, output / path)
    lost = {path for path in wanted.keys() - there if not _holds(output / path, wanted[path])}
    lasting, folder, known = {}, f"{output}{os.sep}", steps.get("stamps", {})
    for path, made_of in steps.get("lasting", {}).items():
        if path not in lost and (stamp := known.get(path) or files.stamp(folder + path)):
            lasting[path] = [made_of, *stamp]
    manifest.write(home, steps["output"], steps["manifest"], lasting)
    files.remove_tree(_journal(home))
    files.remove_tree(_staged(home))


def clean(root: Path) -> int:
    """Remove from its output folder what Byline made there; return how many files."""
    home = root / ".byline"
    recover(home)
    known = manifest.known(home)
    for path in known.files:
        files.remove(known.output / path, known.output)
    if known.output.is_dir() and not any(known.output.iterdir()):
        files.remove_tree(known.output)
    files.remove_tree(manifest.file(home))
    return len(known.files)


def _holds(file: Path, digest: str) -> bool:
    """Tell whether a file is there, and its bytes have this SHA-256."""
    body = files.read_if_there(file)
    return body is not None and hashlib.sha256(body).hexdigest() == digest


def _staged(home: Path) -> Path:
    return home / "stage"


def _journal(home: Path) -> Path:
    return home / "journal.json"
