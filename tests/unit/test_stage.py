"""What lasts is kept unread as long as it stands in output/ as the last build left it; else it is put anew."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from byline.site import stage
from byline.site.stage import Stage
from byline.values.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = "renditions/boat.0123456789abcdef-320w.jpg"
BODY = b"a boat"
DIGEST = hashlib.sha256(BODY).hexdigest()
MADE_OF = "a drawing of a boat"


def built(root: Path, body: bytes = BODY, made_of: str = MADE_OF) -> None:
    staged = Stage(root / ".byline", root / "output")
    staged.put(PATH, body, made_of)
    staged.apply()


def kept(root: Path, made_of: str = MADE_OF) -> bool:
    return Stage(root / ".byline", root / "output").keep(PATH, made_of)


def test_what_lasts_is_kept_unread(tmp_path: Path) -> None:
    built(tmp_path)

    again = Stage(tmp_path / ".byline", tmp_path / "output")
    assert again.keep(PATH, MADE_OF)
    changes = again.apply()

    assert (changes.written, changes.unchanged, changes.deleted) == (0, 1, 0)
    assert (tmp_path / "output" / PATH).read_bytes() == BODY
    assert kept(tmp_path), "and by the build after that"


def test_what_was_made_of_the_same_is_kept_all_together_or_not_at_all(tmp_path: Path) -> None:
    first = Stage(tmp_path / ".byline", tmp_path / "output")
    for name in ("a", "b"):
        first.put(name, name.encode(), "both")
    first.put("c", b"c", "another")
    first.apply()

    again = Stage(tmp_path / ".byline", tmp_path / "output")
    assert not again.keep_all("what nothing was made of")
    assert again.keep_all("both")
    assert sorted(again.digests) == ["a", "b"]
    (tmp_path / "output/b").unlink()
    damaged = Stage(tmp_path / ".byline", tmp_path / "output")
    assert not damaged.keep_all("both")
    assert damaged.digests == {}


def test_what_was_put_can_be_read_whether_it_changed_or_not(tmp_path: Path) -> None:
    built(tmp_path)
    again = Stage(tmp_path / ".byline", tmp_path / "output")
    again.put(PATH, BODY)
    again.put("new", b"new words")

    assert (again.body(PATH), again.body("new")) == (BODY, b"new words")


def test_what_does_not_last_is_always_compared(tmp_path: Path) -> None:
    built(tmp_path, made_of="")

    assert not kept(tmp_path)


def test_a_file_that_was_touched_removed_or_is_made_of_something_else_is_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "output" / PATH
    built(tmp_path)

    assert not kept(tmp_path, "a drawing of another")
    os.utime(file, ns=(0, 0))
    assert not kept(tmp_path)
    file.unlink()
    assert not kept(tmp_path)


def test_another_folder_keeps_nothing(tmp_path: Path) -> None:
    built(tmp_path)

    assert not Stage(tmp_path / ".byline", tmp_path / "elsewhere").keep(PATH, DIGEST)


def test_a_file_that_changes_while_others_are_made_is_not_kept_as_what_it_was(tmp_path: Path) -> None:
    built(tmp_path)
    staged = Stage(tmp_path / ".byline", tmp_path / "output")
    assert staged.keep(PATH, MADE_OF)
    staged.put("new/a", b"a")
    (tmp_path / "output" / PATH).write_bytes(b"a boat of other hands")

    staged.apply()

    assert not kept(tmp_path)


def test_a_file_that_a_power_cut_took_from_the_stage_is_not_kept_as_what_it_should_be(tmp_path: Path) -> None:
    built(tmp_path, b"an old boat")
    home, output = tmp_path / ".byline", tmp_path / "output"
    steps = {"output": str(output), "moved": {PATH: DIGEST}, "deleted": [], "manifest": {PATH: DIGEST}}
    (home / "journal.json").write_text(json.dumps({**steps, "lasting": {PATH: MADE_OF}}), "utf-8")

    assert stage.recover(home)

    assert not kept(tmp_path)


def test_what_a_power_cut_spoilt_in_the_stage_is_left_out_and_all_else_moved(tmp_path: Path) -> None:
    built(tmp_path, b"an old boat")
    home, output = tmp_path / ".byline", tmp_path / "output"
    staged = Stage(home, output)
    digests = {name: staged.put(name, name.encode()) for name in (PATH, "new/a", "new/b")}
    (home / "stage/new/a").write_bytes(b"")
    (home / "stage" / PATH).write_bytes(b"no boat")
    steps = {"output": str(output), "moved": digests, "deleted": [], "manifest": digests, "lasting": {}}
    (home / "journal.json").write_text(json.dumps(steps), "utf-8")

    assert stage.recover(home)

    assert stood(output) == {PATH: b"an old boat", "new/b": b"new/b"}
    assert not (home / "stage").exists()


def test_the_journal_of_an_older_byline_is_finished(tmp_path: Path) -> None:
    home, output = tmp_path / ".byline", tmp_path / "output"
    (home / "stage/000").mkdir(parents=True)
    (home / "stage/000/000000").write_bytes(BODY)
    steps = {"output": str(output), "moved": {PATH: ["000000", DIGEST]}, "deleted": [], "manifest": {PATH: DIGEST}}
    (home / "journal.json").write_text(json.dumps(steps), "utf-8")

    assert stage.recover(home)

    assert not kept(tmp_path), "and the next build puts what it had staged elsewhere"


def stood(output: Path) -> dict[str, bytes]:
    """Return all files of a folder."""
    return {file.relative_to(output).as_posix(): file.read_bytes() for file in output.rglob("*") if file.is_file()}


@pytest.mark.parametrize("there", [[], ["a/one", "CNAME"], ["a/b/two", "c/theirs"]])
def test_what_is_new_stands_beside_what_is_there_and_over_it(tmp_path: Path, there: list[str]) -> None:
    output = tmp_path / "output"
    for name in there:
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_bytes(b"before")
    staged = Stage(tmp_path / ".byline", output)
    new = {name: name.encode() for name in ("a/one", "a/b/two", "c/three", "four")}
    for name, body in new.items():
        staged.put(name, body)

    assert staged.apply().written == len(new)

    assert stood(output) == {**dict.fromkeys(there, b"before"), **new}


def test_a_folder_that_is_new_comes_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(tmp_path)
    staged = Stage(tmp_path / ".byline", tmp_path / "output")
    for number in range(9):
        staged.put(f"new/{number}/index.html", b"words")
    staged.put(PATH, b"another boat")
    moved: list[str] = []
    for name, way in (("rename", Path.rename), ("replace", Path.replace)):
        monkeypatch.setattr(Path, name, noted(moved, way))

    staged.apply()

    assert "new" in moved
    assert "index.html" not in moved


def noted(moved: list[str], way: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
    """Return a way to move a file that also tells where to."""

    def move(source: Path, target: Path) -> Path:
        moved.append(target.name)
        return way(source, target)

    return move


def test_an_output_in_another_file_system_is_made_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(tmp_path, b"an old boat")
    staged = Stage(tmp_path / ".byline", tmp_path / "output")
    for name in (PATH, "new/a"):
        staged.put(name, BODY)
    for name, way in (("rename", Path.rename), ("replace", Path.replace)):
        monkeypatch.setattr(Path, name, apart(way))

    staged.apply()

    assert stood(tmp_path / "output") == {PATH: BODY, "new/a": BODY}


def apart(way: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
    """Return a way to move a file that leads from no file system to another."""

    def move(source: Path, target: Path) -> Path:
        if "stage" in source.parts and "output" in target.parts:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        return way(source, target)

    return move


@pytest.mark.parametrize("paths", [["x", "x/y"], ["x/y", "x"]])
def test_a_file_and_a_folder_of_one_name_are_told_and_nothing_is_changed(tmp_path: Path, paths: list[str]) -> None:
    first, second = paths
    staged = Stage(tmp_path / ".byline", tmp_path / "output")
    staged.put(first, b"1")

    with pytest.raises(Fault) as told:
        staged.put(second, b"2")

    assert [problem.code for problem in told.value.problems] == ["double-address"]
    assert not stage.recover(tmp_path / ".byline")
