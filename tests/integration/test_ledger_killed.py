"""The ledger, written by a process that is killed at any step: each file is the old one or the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.sharing.copies import Copies, Copy, State
from byline.sharing.ledger import Ledger
from killing import kill_at, moments

if TYPE_CHECKING:
    from pathlib import Path

WRITE = """
import sys
from pathlib import Path
from byline.sharing.copies import Copies, Copy, State
from byline.sharing.ledger import Ledger
ledger = Ledger(Path(sys.argv[1]))
ledger.put(Copies("a", "urn:a", "u", "n"), "x:me", Copy(State.ATTEMPT, tries=1))
ledger.put(Copies("a", "urn:a", "u", "n"), "x:me", Copy(State.CONFIRMED, tries=1))
ledger.adopt("x:me", ["b", "c"])
"""
EVENTS = ("open", "os.rename", "os.remove", "os.mkdir")
"""What a write does: the temporary file is opened, then renamed, and its folder opened to be made lasting."""
POST = Copies("a", "urn:a", "u", "n")
STATES = [Copy(State.PLANNED), Copy(State.ATTEMPT, tries=1), Copy(State.CONFIRMED, tries=1)]


def begun(folder: Path) -> Path:
    Ledger(folder).put(POST, "x:me", STATES[0])
    return folder


def test_killed_after_any_step_each_file_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    program = tmp_path / "write.py"
    program.write_text(WRITE, "utf-8")
    count = moments(EVENTS, begun(tmp_path / "counted"), program=program)
    assert count > 20

    met = []
    for moment in range(max(count - 24, 1), count + 1):
        folder = begun(tmp_path / str(moment))
        kill_at(moment, EVENTS, folder, program=program)

        known = Ledger(folder).known()
        met.append((STATES.index(known.posts["a"].copies["x:me"]), len(known.adopted.get("x:me", ()))))
        Ledger(folder).put(POST, "x:me", STATES[2])
        assert Ledger(folder).known().copy("a", "x:me") == STATES[2]
    assert set(met) <= {(0, 0), (1, 0), (2, 0), (2, 2)}
    assert met == sorted(met)
    assert len(set(met)) > 1
