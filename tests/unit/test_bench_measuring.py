"""What a program took is told with what its children took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from bench.measuring import PROCESSES, Watch, measured, tree

if TYPE_CHECKING:
    from pathlib import Path

WORKING = "import time\nwhile time.process_time() < 0.3: pass\n"
HOLDING = "import time\nheld = bytearray(64 << 20)\ntime.sleep(60)\n"


def test_cpu_of_children_counts(tmp_path: Path) -> None:
    parent = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {WORKING!r}], check=True)\n"

    usage = measured([sys.executable, "-c", parent], cwd=tmp_path, environment=os.environ)

    assert usage.cpu > 0.3
    assert usage.wall > 0
    assert usage.peak > 1


def test_a_program_that_fails_is_told_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError) as raised:
        measured([sys.executable, "-c", "raise SystemExit('no such site')"], cwd=tmp_path, environment=os.environ)

    assert raised.value.returncode == 1
    assert raised.value.__notes__ == ["no such site\n"]


@pytest.mark.skipif(not (PROCESSES / "self" / "smaps_rollup").exists(), reason="only Linux tells")
def test_memory_is_that_of_all_processes_together() -> None:
    parent = (
        "import subprocess, sys\n"
        f"children = [subprocess.Popen([sys.executable, '-c', {HOLDING!r}]) for _ in range(2)]\n"
        "sys.stdin.read()\n"
        "for child in children: child.kill(); child.wait()\n"
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE) as program:
        watch = Watch(program.pid)
        end = time.monotonic() + 60
        while watch.peak < 128 and time.monotonic() < end:
            time.sleep(0.01)
        assert len(list(tree(program.pid))) == 3
        program.communicate()

    assert watch.ended() >= 128
