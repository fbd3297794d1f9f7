"""The locks: every package pinned by version and hashes, all locks of one mind, and no word of where packages lie."""

from __future__ import annotations

import re
import subprocess
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from byline.commands import hand_over

ROOT = Path(__file__).resolve().parents[2]
EXTRA = "requirements-s3.lock", "requirements-search.lock", "requirements-numpy.lock"
LOCKS = "requirements.lock", *EXTRA, "requirements-dev.lock"
RUNTIME, S3, SEARCH, NUMPY, DEVELOPMENT = LOCKS
PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>[\w.!+]+)(?: ; [^\\]+?)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?P<more> \\)?")
SOURCE = re.compile(r"index[-]url|find[-]links|file:/{3}|tool[.]uv[.]index|pypi[.]org/simple|pythonhosted[.]org")


def pins(lock: str) -> set[tuple[str, str]]:
    found = map(PIN.fullmatch, (ROOT / lock).read_text(encoding="utf-8").splitlines())
    return {(pin["name"], pin["version"]) for pin in found if pin}


def declared() -> dict[str, set[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = {
        RUNTIME: project["project"]["dependencies"],
        S3: project["project"]["optional-dependencies"]["s3"],
        SEARCH: project["project"]["optional-dependencies"]["search"],
        NUMPY: project["project"]["optional-dependencies"]["numpy"],
        DEVELOPMENT: project["dependency-groups"]["dev"],
    }
    return {lock: {re.split(r"[^\w-]", line)[0].lower() for line in lines} for lock, lines in lists.items()}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_a_version_or_one_of_its_hashes(lock: str) -> None:
    before = ""
    for number, line in enumerate((ROOT / lock).read_text(encoding="utf-8").splitlines(), 1):
        expected = HASH if before.endswith("\\") else PIN
        assert expected.fullmatch(line), f"{lock}:{number}: {line}"
        before = line
    assert not before.endswith("\\"), f"{lock} ends in the middle of a package"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_declared_dependency_is_locked(lock: str) -> None:
    assert declared()[lock] <= {name for name, _ in pins(lock)}


@pytest.mark.parametrize("extra", EXTRA)
def test_each_lock_holds_the_first_and_the_last_holds_all(extra: str) -> None:
    assert pins(RUNTIME) < pins(extra) < pins(DEVELOPMENT)


def test_no_file_says_where_packages_are_fetched_from() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in tracked()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if SOURCE.search(line)
    ]
    assert not found, "\n".join(found)


def test_what_tells_our_environment_from_others_is_in_it() -> None:
    """Without this, a command that finds something missing would hand itself over to itself, without an end."""
    brought, pinned = packages_distributions(), {name for name, _version in pins(RUNTIME)}

    # A theme lays its files into Pelican's own package.
    assert [module for module in hand_over.NEEDED if not pinned & {name.lower() for name in brought[module]}] == []
