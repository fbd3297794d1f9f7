"""NumPy where it is installed: no threads of its own, nothing left in the environment; a Fault where it is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from byline.edges import arrays
from byline.values.problem import Fault

PLUGINS = Path(__file__).parents[2] / "plugins"
THREADS = """\
import os
os.environ.pop("OPENBLAS_NUM_THREADS", None)
from byline.edges import arrays
arrays.ready()
import sys
print("numpy" in sys.modules, "OPENBLAS_NUM_THREADS" in os.environ, len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="where a process tells its threads")
def test_it_starts_no_threads_and_leaves_no_trace_in_the_environment() -> None:
    environment = {**os.environ, "PYTHONPATH": str(PLUGINS)}
    run = subprocess.run([sys.executable, "-c", THREADS], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout == "True False 1\n"


def test_what_was_in_the_environment_stays_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    arrays.ready()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "3"


def test_where_it_is_not_installed_a_fault_tells_how_to_mend_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(Fault) as fault:
        arrays.ready()
    (problem,) = fault.value.problems
    assert problem.code == "missing-program"
    assert "Run this as ./byline, which fetches it" in str(problem)
