"""What every test stands on: sockets reach this machine only, and what needs a tool that is missing skips by its name.

Not a place for fixtures of one room: those are beside its tests.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Protocol

import pytest
import quality_table

NAMES = {"socket.getaddrinfo", "socket.gethostbyname"}
ADDRESSES = {"socket.connect", "socket.sendto", "socket.sendmsg"}
THIS_MACHINE = {"127.0.0.1", "::1", "localhost", "", None}


class Tool(Protocol):
    """Finds a program on the PATH."""

    def __call__(self, name: str, install: str = "", *, ready: bool = True) -> Path:
        """Return where `name` is; `install` is the command that brings it, by default apt's for the same name.

        Without `ready` something else is missing that `install` brings.
        """


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag of `./byline test --all`, that of `./byline bench --kill`, and that of docs/quality.md."""
    parser.addoption("--kills", default=60, help="how often a sharing is killed while it is under fire")
    parser.addoption("--figures", type=Path, help="a paper to write the table of the pages' quality into")
    parser.addoption("--all", action="store_true", help="a missing tool fails its tests instead of skipping them")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest tests, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: "under_fire" not in item.nodeid)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config) -> None:
    """Write the figures of a run without a failure; what is known to fail is told as that."""
    paper = config.getoption("--figures")
    if paper and exitstatus == pytest.ExitCode.OK and not hasattr(config, "workerinput"):
        passed, owing = (terminalreporter.stats.get(outcome, []) for outcome in ("passed", "xfailed"))
        owed = {figure[0]: report.wasxfail for report in owing for figure in _figures(report)}
        quality_table.write(paper, [figure for report in (*passed, *owing) for figure in _figures(report)], owed)


def _figures(report: pytest.TestReport) -> list[quality_table.Figure]:
    return [value for name, value in report.user_properties if name == "measured"]  # type: ignore[misc]  # our own


@pytest.fixture(scope="session")
def tool(request: pytest.FixtureRequest) -> Tool:
    """Give what finds a program; without it the test skips by name, or with --all fails."""

    def find(name: str, install: str = "", *, ready: bool = True) -> Path:
        found = shutil.which(name)
        if found and ready:
            return Path(found)
        reason = f"{name} is not installed: {install or f'apt install {name}'}"
        if request.config.getoption("--all"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)

    return find


@pytest.fixture(autouse=True, scope="session")
def only_this_machine() -> None:
    """Refuse what leads elsewhere, at Python's own audit events (PEP 578): no library can go around them."""
    sys.addaudithook(_refuse_elsewhere)


def _refuse_elsewhere(event: str, arguments: tuple[object, ...]) -> None:
    if event in NAMES:
        host = arguments[0]
    elif event in ADDRESSES and isinstance(arguments[1], tuple):  # else a Unix socket, or one already connected
        host = arguments[1][0]
    else:
        return
    if host not in THIS_MACHINE:
        pytest.fail(f"a test reached for {host}: only this machine is allowed", pytrace=False)
