"""The rooms of the house: who may import whom, who may have an effect, and that what is promised is written down."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "plugins" / "byline"
FLOORS = {
    "commands": 6,
    "preview": 5,
    "checks": 5,
    "deploy": 5,
    "site": 4,
    "credits": 3,
    "related": 3,
    "sharing": 3,
    "edges": 2,
    "values": 1,
}
MODULES = sorted(PACKAGE.rglob("*.py"))
EFFECTS = {
    "socket": {"edges/http.py", "edges/hosts.py"},
    "ssl": {"edges/http.py"},
    "urllib.request": set(),
    "urllib3": {"edges/http.py"},
    "boto3": {"deploy/targets/s3.py"},
    "botocore": {"deploy/targets/s3.py"},
    "pagefind_bin_extended": {"edges/pagefind.py"},
    "http.client": {"edges/http.py"},
    # It hands a command typed elsewhere over to our own environment, tokens and all, before anything is installed.
    "subprocess": {"edges/programs.py", "commands/hand_over.py"},
    "sqlite3": {"site/store.py"},
    "tempfile": {"edges/files.py"},
    "shutil": {"edges/files.py"},
    "webbrowser": {"edges/browser.py"},
    "http.server": {"preview/server.py", "edges/local_server.py"},
    "socketserver": {"preview/server.py", "edges/local_server.py"},
}
WRITING = {"write_text", "write_bytes", "unlink", "mkdir", "rmdir", "rename", "replace", "symlink_to", "touch", "chmod"}


def name_of(module: Path) -> str:
    """Return a module's path below the package."""
    return module.relative_to(PACKAGE).as_posix()


def imports(module: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(module: Path) -> Iterator[ast.Call]:
    """Yield the calls in a module."""
    return (node for node in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(node, ast.Call))


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_floor_imports_only_lower_floors_and_its_own_room(module: Path) -> None:
    room = name_of(module).split("/")[0]
    if room not in FLOORS:
        assert room == "__init__.py"
        return
    for name in imports(module):
        parts = name.split(".")
        if parts[0] == "byline" and len(parts) > 1 and parts[1] in FLOORS:
            assert parts[1] == room or FLOORS[parts[1]] < FLOORS[room], f"{name_of(module)} imports {name}"


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_pelican_and_markdown_are_imported_where_the_plan_says(module: Path) -> None:
    name = name_of(module)
    for imported in imports(module):
        if imported.split(".")[0] == "pelican":
            assert name.startswith("site/") or name == "edges/from_pelican.py" or name.endswith("/plugin.py"), name
        if imported.split(".")[0] == "markdown":
            assert name in {
                "site/converters.py",
                "site/block_markup.py",
                "site/inline_markup.py",
                "site/passes.py",
                "site/plain_markup.py",
            }, name


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_effects_stand_at_the_edges(module: Path) -> None:
    name = name_of(module)
    for imported in imports(module):
        for effect, allowed in EFFECTS.items():
            if f"{imported}.".startswith(f"{effect}."):
                assert name in allowed, f"{name} imports {imported}"
    if name.startswith("edges/"):
        return
    for call in calls(module):
        function = call.func
        if isinstance(function, ast.Name):
            assert function.id not in {"print", "open", "input"}, f"{name}:{call.lineno} calls {function.id}"
        elif isinstance(function, ast.Attribute) and function.attr in WRITING:
            # Texts and dates are replaced by two arguments or by keywords; `Path.replace` has one argument.
            replaces_text = function.attr == "replace" and (len(call.args) > 1 or call.keywords)
            store = name == "site/store.py"
            assert replaces_text or store or is_pure(function), f"{name}:{call.lineno} calls {function.attr}"


def is_pure(function: ast.Attribute) -> bool:
    """Tell whether a call that looks like a write is a pure one of the same name: `dataclasses.replace`."""
    return isinstance(function.value, ast.Name) and function.value.id == "dataclasses"


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_the_environment_is_read_at_the_edges_only(module: Path) -> None:
    name = name_of(module)
    if name.startswith("edges/") or name == "commands/hand_over.py":
        return
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
            assert node.attr not in {"environ", "getenv", "putenv"}, f"{name}:{node.lineno}"


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_the_time_is_asked_by_commands_and_the_preview_only(module: Path) -> None:
    name = name_of(module)
    if name.startswith(("commands/", "preview/")):
        return
    for call in calls(module):
        if isinstance(call.func, ast.Attribute):
            assert call.func.attr not in {"now", "utcnow", "today"}, f"{name}:{call.lineno}"


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_the_console_is_for_commands(module: Path) -> None:
    name = name_of(module)
    if not name.startswith(("commands/", "edges/console")):
        assert "byline.edges.console" not in imports(module), name


def test_templates_are_rendered_in_one_place() -> None:
    rendering = {
        name_of(module)
        for module in MODULES
        for call in calls(module)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"render", "generate", "stream"}
    }
    assert rendering == {"site/make.py"}


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_over_250_lines_gives_its_reason(module: Path) -> None:
    lines = module.read_text("utf-8").count("\n")
    docstring = ast.get_docstring(ast.parse(module.read_text("utf-8"))) or ""
    assert lines <= 250 or "long" in docstring.lower(), f"{name_of(module)} has {lines} lines"


@pytest.mark.parametrize("module", [module for module in MODULES if module.name != "__init__.py"], ids=name_of)
def test_a_module_says_what_it_is_and_what_it_is_not(module: Path) -> None:
    docstring = ast.get_docstring(ast.parse(module.read_text("utf-8"))) or ""
    assert re.search(r"\b[Nn]ot?\b|\bnothing\b|\bnor\b", docstring), f"{name_of(module)} does not say what it is not"


def codes() -> dict[str, str]:
    """Return the codes of the Problems that the code can raise, with a module that does."""
    found = {}
    for module in MODULES:
        for call in calls(module):
            if isinstance(call.func, ast.Name) and call.func.id in {"Problem", "editorial"} and call.args:
                code = call.args[0]
                if isinstance(code, ast.Constant):
                    found[str(code.value)] = name_of(module)
                elif isinstance(code, ast.JoinedStr):
                    found |= dict.fromkeys(("missing-date", "missing-title"), name_of(module))
    return found


def test_each_code_of_a_problem_has_its_line_in_the_docs() -> None:
    documented = set(
        re.findall(r"^\| `([a-z0-9.-]+)` \|", (ROOT / "docs/problems.md").read_text("utf-8"), re.MULTILINE)
    )
    assert documented == codes().keys()


def test_the_settings_page_is_printed_from_the_dataclasses() -> None:
    from byline.values.settings_page import printed

    page = (ROOT / "docs/settings.md").read_text("utf-8")
    begin, end = "<!-- printed from plugins/byline/values/settings.py -->\n", "<!-- end of what is printed -->"
    assert page.split(begin)[1].split(end)[0].strip() == "\n".join(printed()).strip()


def test_the_words_of_credits_are_printed_from_their_table() -> None:
    from byline.credits.wording import ENGLISH

    page = (ROOT / "docs/credits.md").read_text("utf-8")
    begin, end = "<!-- printed from plugins/byline/credits/wording.py -->\n", "<!-- end of what is printed -->"
    rows = [f"| `{name}` | {pattern} |" for name, pattern in ENGLISH.items()]
    assert page.split(begin)[1].split(end)[0].splitlines()[2:] == rows


def test_every_field_of_a_record_is_documented() -> None:
    from byline.credits.record import FIELDS

    documented = set(re.findall(r"^\| `([a-z_]+)` \|", (ROOT / "docs/credits.md").read_text("utf-8"), re.MULTILINE))
    assert documented >= FIELDS - {"decorative"}  # which has no row of its own, but half of that of `alt`
