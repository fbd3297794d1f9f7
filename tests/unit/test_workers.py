"""Workers give what the function gives, of everything once; and none of them outlives its work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from byline.edges import files, workers

SPREAD = """
import os, sys, time
from pathlib import Path
from byline.edges import workers

def work(number):
    {work}
    return f"{{number}} {{os.getpid()}}".encode()

made = dict(workers.spread(work, range(200), 3))
print(len(made), sorted(made) == list(range(200)), all(body.split()[0] == b"%d" % n for n, body in made.items()))
who = {{body.split()[1] for body in made.values()}}
print(len(who - {{b"%d" % os.getpid()}}))
print(b"%d" % os.getpid() in who)
"""
FORKS = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")


def ran(work: str, environment: dict[str, str], script: str = SPREAD) -> subprocess.CompletedProcess[str]:
    """Spread some work in a process with one thread."""
    command = [sys.executable, "-c", script.format(work=work)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def environment() -> dict[str, str]:
    """Give the environment in which the project's modules are found."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


@FORKS
def test_everything_is_done_once_by_this_process_and_two_others(environment: dict[str, str]) -> None:
    done = ran("time.sleep(0.002)", environment).stdout.splitlines()

    assert done == ["200 True True", "2", "True"]


@FORKS
def test_a_slow_worker_is_left_little(environment: dict[str, str]) -> None:
    work = "time.sleep(0.001 if os.getpid() == first else 0.5)"
    script = (
        SPREAD.replace("def work", "first = os.getpid()\n\ndef work")
        + "\nprint(sum(body.split()[1] == b'%d' % first for body in made.values()) > 150)"
    )

    assert ran(work, environment, script).stdout.splitlines()[-1] == "True"


@FORKS
def test_large_results_come_whole(environment: dict[str, str]) -> None:
    work = 'time.sleep(0.002); return f"{number} {os.getpid()} ".encode() + b"x" * 300_000'

    assert ran(work, environment).stdout.splitlines() == ["200 True True", "2", "True"]


@FORKS
def test_what_a_killed_worker_leaves_is_done_here(environment: dict[str, str]) -> None:
    work = "time.sleep(0.002); number < 21 or os.getpid() == first or os.kill(os.getpid(), 9)"
    script = SPREAD.replace("def work", "first = os.getpid()\n\ndef work")

    assert ran(work, environment, script).stdout.splitlines()[0] == "200 True True"


@FORKS
def test_what_the_function_raises_is_raised_here(environment: dict[str, str]) -> None:
    done = ran("1 / (number - 33)", environment)

    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr.splitlines()[-1]


@FORKS
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT], ids=lambda sent: sent.name)
def test_no_worker_outlives_the_first_process(
    environment: dict[str, str], tmp_path: Path, sent: signal.Signals
) -> None:
    told = tmp_path / "children"
    work = f"time.sleep(0.05); open({str(told)!r}, 'a').write(f'{{os.getpid()}}\\n')"
    with subprocess.Popen(
        [sys.executable, "-c", SPREAD.format(work=work)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as first:
        until(lambda: told.exists() and len(set(told.read_text().split())) == 3)
        first.send_signal(sent)
        first.wait(30)
        children = set(map(int, told.read_text().split())) - {first.pid}

    assert len(children) == 2
    until(lambda: not any(map(alive, children)))


def until(true: object) -> None:
    """Wait for something to come about."""
    end = time.monotonic() + 30
    while not true():  # type: ignore[operator]  # a function without arguments
        assert time.monotonic() < end
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Tell whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_few_things_are_done_in_this_process() -> None:
    made = dict(workers.spread(lambda number: b"%d %d" % (number, os.getpid()), range(5)))

    assert made == {number: b"%d %d" % (number, os.getpid()) for number in range(5)}


@FORKS
def test_what_is_done_apart_leaves_only_files_even_where_it_fails(tmp_path: Path, environment: dict[str, str]) -> None:
    script = """
from pathlib import Path
from byline.edges import workers

seen = []

def work():
    seen.append(1)
    Path("there").write_text("done")
    {work}

workers.apart(work)
print(seen, Path("there").read_text())
"""
    for end in ("pass", "1 / 0", "raise SystemExit(3)"):
        command = [sys.executable, "-c", script.format(work=end)]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)

        assert (done.stdout, done.stderr) == ("[] done\n", "")
        (tmp_path / "there").unlink()


@FORKS
def test_meanwhile_this_process_does_something_else(tmp_path: Path, environment: dict[str, str]) -> None:
    script = """
from pathlib import Path
from byline.edges import workers

def work():
    while not Path("go").exists():
        pass
    Path("there").write_text("done")

workers.apart(work, Path("go").touch)
print(Path("there").read_text())
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)

    assert done.stdout == "done\n"


@FORKS
def test_what_is_done_beside_is_waited_for_when_somebody_asks(tmp_path: Path, environment: dict[str, str]) -> None:
    script = """
from pathlib import Path
from byline.edges import workers

def work():
    while not Path("go").exists():
        pass
    Path("there").write_text("done")
    1 / 0

wait = workers.beside(work)
print(Path("there").exists())
Path("go").touch()
wait()
print(Path("there").read_text())
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)

    assert (done.stdout, done.stderr) == ("False\ndone\n", "")


@FORKS
def test_what_is_done_beside_holds_no_lock_of_a_process_that_was_killed(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    script = """
import os, signal, time
from pathlib import Path
from byline.edges import files, workers

def work():
    Path("begun").touch()
    while not Path("seen").exists():
        time.sleep(0.001)

with files.lock(Path("lock")):
    workers.beside(work)
    while not Path("begun").exists():
        time.sleep(0.001)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=environment, check=False)

    try:
        with files.lock(tmp_path / "lock"):
            assert killed.returncode == -signal.SIGKILL
    finally:
        (tmp_path / "seen").touch()


def test_where_nothing_can_be_done_beside_it_is_done_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    done: list[int] = []

    wait = workers.beside(lambda: done.append(1))

    assert done == [1]
    wait()
