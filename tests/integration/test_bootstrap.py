"""`./byline` on a fresh machine and ever after: the real script, real environments, locks with a tiny package or two.

Packages come from a folder of the test's own; nothing is fetched. More than 250 lines, because each promise of the
script needs its own machine.
"""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import venv
import zipfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import invoke
import pytest
from byline.commands.exit_code import Command

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Unpack

    Ended = subprocess.CompletedProcess[str]

ROOT = Path(__file__).resolve().parents[2]
FETCHING, WAITING = "byline: fetching into .venv: ", "byline: another run is installing; waiting for it.\n"
INVOKE = """
import sys
print(sys.prefix, *sys.argv[1:], sep="|")
sys.exit(int(sys.argv[-1]) if sys.argv[-1].isdigit() else 0)
"""
SECONDS = 60.0
"""The bound of every step here."""


class Options(TypedDict, total=False):
    """How a run differs from one typed in the checkout."""

    python: Path
    cwd: Path
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Checkout:
    """The script and its locks, on the machine of somebody who has only Python."""

    root: Path
    environment: dict[str, str]

    def start(self, *arguments: str, **options: Unpack[Options]) -> subprocess.Popen[str]:
        """Start `python byline …`, by default with this Python and in the checkout."""
        return subprocess.Popen(
            [options.get("python", sys.executable), str(self.root / "byline"), *arguments],
            cwd=options.get("cwd", self.root),
            env={**self.environment, **options.get("environment", {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **options: Unpack[Options]) -> Ended:
        """Run `python byline …` to its end."""
        return ended(self.start(*arguments, **options))

    def lock(self, name: str, *packages: Path) -> None:
        """Write a lock that asks for exactly these wheels."""
        pins = (f"{path.name.split('-')[0]}==1.0 \\\n    --hash=sha256:{digest(path)}\n" for path in packages)
        (self.root / name).write_text("".join(pins), encoding="utf-8")

    def has(self, package: str) -> bool:
        """Whether the environment holds a package."""
        return any((self.root / ".venv").rglob(f"site-packages/{package}/__init__.py"))

    @property
    def stamp(self) -> Path:
        """What says that the environment is finished."""
        return self.root / ".venv" / "byline.stamp"


def ended(run: subprocess.Popen[str]) -> Ended:
    output, errors = run.communicate(timeout=SECONDS)
    return subprocess.CompletedProcess(run.args, run.returncode, output, errors)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.01)


def wheel(folder: Path, name: str, main: str = "") -> Path:
    """Make the wheel of a package that `python -m` can run."""
    about = f"{name}-1.0.dist-info"
    files = {
        f"{name}/__init__.py": "",
        f"{name}/__main__.py": main,
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{about}/RECORD"] = "".join(f"{file},,\n" for file in [*files, f"{about}/RECORD"])
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    return path


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the folder of the only packages there are; `invoke` prints what it is given."""
    folder = tmp_path_factory.mktemp("wheels")
    wheel(folder, "invoke", INVOKE)
    wheel(folder, "boto3")
    wheel(folder, "numpy")
    wheel(folder, "pagefind")
    wheel(folder, "pytest")
    return folder


def checkout(folder: Path, wheels: Path) -> Checkout:
    root = folder / "a blog"
    root.mkdir()
    shutil.copy(ROOT / "byline", root)
    system = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    pip = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_NO_CACHE_DIR": "1"}
    made = Checkout(root, {**system, **pip, "PATH": str(folder), "HOME": str(folder)})
    runtime = wheels / "invoke-1.0-py3-none-any.whl"
    made.lock("requirements.lock", runtime)
    made.lock("requirements-s3.lock", runtime, wheels / "boto3-1.0-py3-none-any.whl")
    made.lock("requirements-search.lock", runtime, wheels / "pagefind-1.0-py3-none-any.whl")
    made.lock("requirements-numpy.lock", runtime, wheels / "numpy-1.0-py3-none-any.whl")
    made.lock("requirements-dev.lock", *sorted(wheels.iterdir()))
    return made


@pytest.fixture
def fresh(tmp_path: Path, wheels: Path) -> Checkout:
    """Give a checkout in which nothing was run yet."""
    return checkout(tmp_path, wheels)


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory, wheels: Path) -> tuple[Checkout, Ended]:
    """Give a checkout after its first run, and that run: to look at and to copy, not to change."""
    made = checkout(tmp_path_factory.mktemp("first"), wheels)
    return made, made.run("build", "--keep-going")


@pytest.fixture
def installed(tmp_path: Path, first: tuple[Checkout, Ended]) -> Checkout:
    """Give a checkout of the test's own in which `build` needs nothing more."""
    root = shutil.copytree(first[0].root, tmp_path / "a blog", symlinks=True)
    return Checkout(root, first[0].environment)


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """Give the environment of a Python with neither ensurepip nor pip."""
    modules = tmp_path / "bare"
    modules.mkdir()
    for name in ("ensurepip", "pip"):
        (modules / f"{name}.py").write_text(f"raise ImportError('No module named {name}')", encoding="utf-8")
    return {"PYTHONPATH": str(modules)}


@pytest.fixture
def offline() -> dict[str, str]:
    """Give the environment of a machine on which nobody answers where packages are."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    index = f"http://127.0.0.1:{port}/"
    return {"PIP_NO_INDEX": "0", "PIP_FIND_LINKS": "", "PIP_INDEX_URL": index, "PIP_RETRIES": "1"}


def test_the_first_run_says_what_it_fetches_and_runs_the_task_in_the_environment(first: tuple[Checkout, Ended]) -> None:
    made, run = first
    assert run.stderr == f"{FETCHING}invoke\n"
    assert run.stdout == f"{made.root}/.venv|--write-pyc|--search-root|{made.root}|build|--keep-going\n"
    assert run.returncode == 0


def test_the_next_run_installs_nothing_and_adds_no_word(installed: Checkout) -> None:
    run = installed.run("build")
    assert (run.stderr, run.returncode) == ("", 0)


def test_writing_does_not_fetch_the_tools_for_development(installed: Checkout) -> None:
    assert installed.run("new", "test").stderr == ""
    assert not installed.has("pytest")


@pytest.mark.parametrize("task", ["test", "bench"])
def test_developing_adds_its_tools_once_to_what_is_there(installed: Checkout, task: str) -> None:
    assert installed.run(task).stderr == f"{FETCHING}boto3, numpy, pagefind, pytest\n"
    assert installed.has("pytest")
    assert installed.run(task).stderr == ""
    assert installed.run("build").stderr == ""


@pytest.mark.parametrize("settings", ["pelicanconf.py", "publishconf.py"])
def test_an_s3_store_among_the_settings_adds_its_package_once(installed: Checkout, settings: str) -> None:
    written = 'BYLINE_DEPLOY = {"pages": "git@host.example:me/me.git#pages",\n    "store": {"to": "s3://bucket"}}\n'
    (installed.root / settings).write_text(written, encoding="utf-8")
    assert installed.run("publish").stderr == f"{FETCHING}boto3\n"
    assert installed.run("publish").stderr == ""
    assert installed.run("test").stderr == f"{FETCHING}numpy, pagefind, pytest\n"
    assert installed.run("publish").stderr == ""


@pytest.mark.parametrize(
    "written", ['BYLINE_THEME = {"accent": "red", "search": True}', "BYLINE_THEME['search'] = True"]
)
def test_a_search_among_the_settings_adds_its_package_once(installed: Checkout, written: str) -> None:
    (installed.root / "pelicanconf.py").write_text(f"{written}\n", encoding="utf-8")
    assert installed.run("build").stderr == f"{FETCHING}pagefind\n"
    assert installed.run("build").stderr == ""


@pytest.mark.parametrize("written", ['BYLINE_RELATED = {"count": 3, "numpy": True}', "BYLINE_RELATED['numpy'] = True"])
def test_numpy_among_the_settings_adds_its_package_once(installed: Checkout, written: str) -> None:
    (installed.root / "pelicanconf.py").write_text(f"{written}\n", encoding="utf-8")
    assert installed.run("build").stderr == f"{FETCHING}numpy\n"
    assert installed.run("build").stderr == ""


def test_what_one_setting_added_stays_when_another_adds_more(installed: Checkout) -> None:
    settings = installed.root / "pelicanconf.py"
    settings.write_text('BYLINE_THEME = {"search": True}\n', encoding="utf-8")
    installed.run("build")
    settings.write_text('BYLINE_DEPLOY = "s3://bucket"\n', encoding="utf-8")
    assert installed.run("build").stderr == f"{FETCHING}boto3\n"
    assert installed.has("pagefind")
    settings.write_text('BYLINE_DEPLOY = "s3://bucket"\nBYLINE_THEME = {"search": True}\n', encoding="utf-8")
    assert installed.run("build").stderr == ""


def test_both_at_once_add_both(installed: Checkout) -> None:
    (installed.root / "pelicanconf.py").write_text('BYLINE_THEME = {"search": True}\n', encoding="utf-8")
    (installed.root / "publishconf.py").write_text('BYLINE_DEPLOY = "s3://bucket"\n', encoding="utf-8")
    assert installed.run("build").stderr == f"{FETCHING}boto3, pagefind\n"


def test_a_search_that_is_not_wanted_adds_nothing(installed: Checkout) -> None:
    written = (
        '# BYLINE_THEME = {"search": True}\nBYLINE_THEME = {"search": False}\nDIRECT_TEMPLATES = ["search", "404"]\n'
    )
    (installed.root / "pelicanconf.py").write_text(written, encoding="utf-8")
    assert installed.run("build").stderr == ""


def test_an_s3_store_in_a_comment_or_in_prose_adds_nothing(installed: Checkout) -> None:
    written = '# BYLINE_DEPLOY = "s3://bucket"\nBYLINE_DEPLOY = "../site"\nSITESUBTITLE = "From s3:// to you"\n'
    (installed.root / "publishconf.py").write_text(written, encoding="utf-8")
    assert installed.run("publish").stderr == ""


def test_a_changed_lock_makes_the_environment_anew(installed: Checkout, wheels: Path, tmp_path: Path) -> None:
    installed.lock("requirements.lock", *sorted(wheels.iterdir()))
    left_over = wheel(tmp_path, "left_over")
    with zipfile.ZipFile(left_over) as archive:
        archive.extractall(next((installed.root / ".venv").rglob("site-packages")))
    own = installed.root / ".venv" / "bin" / "python"  # the environment may be active, too (Windows locks it then)
    run = installed.run("build", python=own) if own.exists() else installed.run("build")
    assert run.stderr.startswith(FETCHING)
    assert installed.has("pytest")
    assert not installed.has("left_over")


def test_another_python_makes_the_environment_anew(installed: Checkout, bare: dict[str, str]) -> None:
    text = installed.stamp.read_text(encoding="utf-8")
    installed.stamp.write_text(text.replace(str(sys.implementation.cache_tag), "cpython-310"), encoding="utf-8")
    assert installed.run("build", environment=bare).stderr.startswith(FETCHING)


def test_an_environment_whose_python_is_gone_is_made_anew(installed: Checkout, bare: dict[str, str]) -> None:
    shutil.rmtree(installed.root / ".venv" / ("Scripts" if os.name == "nt" else "bin"))
    assert installed.run("build", environment=bare).stderr.startswith(FETCHING)


@pytest.fixture
def go(fresh: Checkout) -> Path:
    """Give the file that an installer of `fresh`, a stand-in for uv, waits for before it fails and pip takes over."""
    if os.name == "nt":
        pytest.skip("the stand-in for uv is a shell script")
    signal_to_go = fresh.root / "go"
    uv = Path(fresh.environment["PATH"], "uv")
    uv.write_text(
        "#!/bin/sh\necho started\nfor _ in $(/usr/bin/seq 600); do"
        f" [ -e '{signal_to_go}' ] && exit 2; /bin/sleep 0.1; done\nexit 2\n",
        encoding="utf-8",
    )
    uv.chmod(0o755)
    return signal_to_go


def installing(made: Checkout) -> bool:
    log = made.root / ".byline" / "install.log"
    return log.exists() and "started" in log.read_text(encoding="utf-8")


def line_of_error(run: subprocess.Popen[str]) -> str:
    assert run.stderr
    return run.stderr.readline()


def test_of_two_at_once_one_installs_and_the_other_waits(fresh: Checkout, go: Path) -> None:
    one = fresh.start("build")
    until(lambda: installing(fresh))
    other = fresh.start("build")
    assert line_of_error(other) == WAITING
    go.touch()
    first, second = ended(one), ended(other)
    assert (first.returncode, second.returncode) == (0, 0)
    assert FETCHING not in second.stderr


def test_a_killed_install_is_not_believed_and_what_it_left_running_is_waited_for(fresh: Checkout, go: Path) -> None:
    killed = fresh.start("build")
    until(lambda: installing(fresh))
    killed.kill()
    killed.wait(SECONDS)
    assert not fresh.stamp.exists()
    again = fresh.start("build")
    assert line_of_error(again) == WAITING
    go.touch()
    run = ended(again)
    assert run.stderr.startswith(FETCHING)
    assert run.returncode == 0
    killed.communicate()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal to send to one process")
def test_an_interrupted_install_says_run_it_again(fresh: Checkout) -> None:
    started = fresh.start("build")
    until((fresh.root / ".byline" / "install.log").exists)
    started.send_signal(signal.SIGINT)
    run = ended(started)
    assert run.stderr.splitlines()[1:] == ["byline: interrupted. Run the same command again."]
    assert run.returncode == 75


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal to send to one process")
@pytest.mark.parametrize("wait", [0.1, 0.15, 0.2, 0.3])
def test_ctrl_c_in_the_first_moments_is_answered_in_one_sentence(installed: Checkout, wait: float) -> None:
    installed.run("build")
    started = installed.start("build")
    time.sleep(wait)
    started.send_signal(signal.SIGINT)
    run = ended(started)
    assert "Traceback" not in run.stderr
    assert run.returncode in {0, 75}
    assert run.returncode == 0 or "nterrupted. Run the same command again" in run.stdout + run.stderr


def test_offline_it_says_so_in_one_sentence(fresh: Checkout, offline: dict[str, str]) -> None:
    run = fresh.run("build", environment=offline)
    assert run.stderr.splitlines()[1:] == [
        "byline: the packages could not be fetched. Go online and run the same command again."
    ]
    assert run.returncode == 75


def test_offline_a_missing_tool_for_development_does_not_stop_building(
    installed: Checkout, offline: dict[str, str]
) -> None:
    assert installed.run("test", environment=offline).returncode == 75
    assert installed.run("build", environment=offline).returncode == 0


def test_a_package_that_is_not_the_locked_one_is_refused(installed: Checkout, wheels: Path) -> None:
    lock = installed.root / "requirements-dev.lock"
    pinned = lock.read_text(encoding="utf-8")
    lock.write_text(pinned.replace(digest(wheels / "pytest-1.0-py3-none-any.whl"), "0" * 64), encoding="utf-8")
    run = installed.run("test")
    assert run.stderr.endswith("install.log says why; mend that and run the same command again.\n")
    assert run.returncode == 1
    assert not installed.has("pytest")


def test_a_python_without_ensurepip_installs_with_its_own_pip(fresh: Checkout, bare: dict[str, str]) -> None:
    base = Path(sys.executable).resolve()
    if subprocess.run([base, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        pytest.skip(f"{base} has no pip: apt install python3-pip")
    Path(bare["PYTHONPATH"], "pip.py").unlink()
    run = fresh.run("build", environment=bare)
    assert run.returncode == 0
    assert not fresh.has("pip")


def test_a_python_with_neither_is_told_what_to_install(fresh: Checkout, bare: dict[str, str]) -> None:
    run = fresh.run("build", environment=bare)
    assert "sudo apt install python3-venv" in run.stderr
    assert run.returncode == 1


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for uv is a shell script")
def test_uv_is_asked_first_and_to_fetch_no_python(fresh: Checkout, bare: dict[str, str], tmp_path: Path) -> None:
    uv = tmp_path / "uv"
    uv.write_text('#!/bin/sh\necho "asked: $* $UV_PYTHON_DOWNLOADS"\nexport -p\nexit 2\n', encoding="utf-8")
    uv.chmod(0o755)
    fresh.run("build", environment={**bare, "BYLINE_TOKEN_MASTODON": "a secret"})
    log = (fresh.root / ".byline" / "install.log").read_text(encoding="utf-8")
    assert re.match(r"asked: pip install .* --require-hashes .* never\n", log)
    assert "ensurepip" in log  # uv failed: pip is tried
    assert "a secret" not in log


@pytest.mark.parametrize("code", [0, 1, 75])
def test_the_exit_code_is_the_task_s(installed: Checkout, code: int) -> None:
    assert installed.run("build", str(code)).returncode == code


def test_it_works_from_any_folder_whatever_lies_there(installed: Checkout) -> None:
    below = installed.root / "content" / "posts"
    below.mkdir(parents=True)
    (below / "invoke.py").write_text("raise SystemExit('not me')", encoding="utf-8")
    run = installed.run("build", cwd=below)
    assert f"|--search-root|{installed.root}|build" in run.stdout


def test_a_python_too_old_is_told_which_one_is_needed(fresh: Checkout) -> None:
    old = f"import runpy, sys; sys.version_info = (3, 9); runpy.run_path({str(fresh.root / 'byline')!r})"
    run = subprocess.run([sys.executable, "-c", old], capture_output=True, text=True, check=False)
    assert run.stderr.startswith("byline: Byline needs Python 3.11 or newer, and ")
    assert "3.9. Install a newer one and name it: python3.11 byline TASK" in run.stderr
    assert run.returncode == 1


def test_a_python_too_old_can_parse_the_script() -> None:
    script = (ROOT / "byline").read_text(encoding="utf-8")
    assert ast.parse(script, feature_version=(3, 7))


def test_alone_it_shows_the_tasks_of_every_day_and_installs_nothing(fresh: Checkout) -> None:
    tasks = (ROOT / "tasks.py").read_text(encoding="utf-8")
    shutil.copy(ROOT / "tasks.py", fresh.root)
    run = fresh.run()
    shown = re.findall(r"^  \./byline (\w+)", run.stdout, flags=re.MULTILINE)
    assert {"new", "serve"} <= set(shown)
    assert all(f"def {task}(" in tasks for task in shown)
    assert "All tasks: ./byline --list" in run.stdout
    assert not (fresh.root / ".venv").exists()


@pytest.fixture
def other_invoke(tmp_path: Path) -> list[str]:
    """Give the command of an Invoke that lives in an environment without Byline's packages."""
    venv.create(tmp_path / "other", symlinks=os.name != "nt")
    packages = next((tmp_path / "other").rglob("site-packages"))
    for file in metadata.files("invoke") or ():
        if file.suffix in {"", ".py"} and ".." not in file.parts:
            (packages / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file.locate(), packages / file)
    python = tmp_path / "other" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    return [str(python), "-m", "invoke", "build", "--keep-going"]


def with_tasks(made: Checkout) -> Checkout:
    shutil.copy(ROOT / "tasks.py", made.root)
    for name in ("__init__.py", "commands/__init__.py", "commands/hand_over.py", "commands/exit_code.py"):
        target = made.root / "plugins" / "byline" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "plugins" / "byline" / name, target)
    return made


def test_another_invoke_hands_over_to_the_environment(installed: Checkout, other_invoke: list[str]) -> None:
    root = with_tasks(installed).root
    run = subprocess.run(other_invoke, cwd=root / "plugins", capture_output=True, text=True, check=False)
    assert run.stdout == f"{root}/.venv|--write-pyc|--search-root|{root}|build|--keep-going\n"


def test_another_invoke_says_what_to_type_before_anything_is_installed(
    fresh: Checkout, other_invoke: list[str]
) -> None:
    root = with_tasks(fresh).root
    run = subprocess.run(other_invoke, cwd=root, capture_output=True, text=True, check=False)
    assert run.stderr == "byline: this Invoke is not Byline's own. Type ./byline TASK (on Windows: py byline TASK).\n"
    assert run.returncode == 1


def test_listing_the_tasks_imports_none_of_what_they_do() -> None:
    heavy = (
        "import sys, tasks; "
        "print([name for name in ('babel', 'pelican', 'markdown', 'byline.edges') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", heavy], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.stdout == "[]\n"


@pytest.mark.parametrize("code", [1, 75])
def test_a_task_exits_with_what_its_command_returns(code: int) -> None:
    def body(_: invoke.Context) -> int:
        return code

    with pytest.raises(invoke.Exit) as left:
        Command(body)(invoke.Context())
    assert left.value.code == code


def test_a_task_that_is_interrupted_exits_with_75() -> None:
    def body(_: invoke.Context) -> int:
        raise KeyboardInterrupt

    with pytest.raises(invoke.Exit) as left:
        Command(body)(invoke.Context())
    assert left.value.code == 75
