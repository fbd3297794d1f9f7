"""What lasts is kept unread as long as it stands in output/ as the last build left it; else it is put anew."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING

from byline.site import stage
from byline.site.stage import Stage

if TYPE_CHECKING:
    from pathlib import Path

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


def test_a_file_that_a_power_cut_took_from_the_stage_is_not_kept_as_what_it_should_be(tmp_path: Path) -> None:
    built(tmp_path, b"an old boat")
    home, output = tmp_path / ".byline", tmp_path / "output"
    steps = {"output": str(output), "moved": {PATH: ["000000", DIGEST]}, "deleted": [], "manifest": {PATH: DIGEST}}
    (home / "journal.json").write_text(json.dumps({**steps, "lasting": {PATH: MADE_OF}}), "utf-8")

    assert stage.recover(home)

    assert not kept(tmp_path)


def test_the_journal_of_an_older_byline_is_finished(tmp_path: Path) -> None:
    home, output = tmp_path / ".byline", tmp_path / "output"
    home.mkdir()
    steps = {"output": str(output), "moved": {}, "deleted": [], "manifest": {}}
    (home / "journal.json").write_text(json.dumps(steps), "utf-8")

    assert stage.recover(home)
