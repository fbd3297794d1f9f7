"""The judged sites, served; the browser that looks at them; and the note of what was measured."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
import reader_sites
from browser import Browser
from reader_sites import PAGES, SITES, JudgedSite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Tool

MODULES = Path(__file__).parent / "node_modules"
INSTALL = "npm ci --prefix tests/quality --ignore-scripts"
NOTED = """\
window.shifts = [];
// What moves inside the browser's own player is no part of the page: it has no node here.
const ours = entry => !document.querySelector('audio') || entry.sources.some(source => source.node);
new PerformanceObserver(list => window.shifts.push(...list.getEntries().filter(ours).map(entry => entry.value)))
    .observe({type: "layout-shift", buffered: true});
window.refused = [];
document.addEventListener("securitypolicyviolation", event => {
    window.refused.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


class Measured(Protocol):
    """Notes a figure of this run for docs/quality.md."""

    def __call__(self, row: str, what: str, number: float, *, most: bool = False) -> None:
        """Note a number of things for a row; the tests' are added up, or with `most` the largest is kept."""


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Measured:
    """Give what notes a figure."""

    def note(row: str, what: str, number: float, *, most: bool = False) -> None:
        record_property("measured", (row, what, number, most))

    return note


@pytest.fixture(scope="session")
def node_module(tool: Tool) -> Callable[[str], Path]:
    """Give what finds a file below tests/quality/node_modules/."""

    def find(name: str) -> Path:
        file = MODULES / name
        tool("node", f"apt install nodejs npm, then {INSTALL}", ready=file.exists())
        return file

    return find


@pytest.fixture(scope="session")
def sites(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, JudgedSite]]:
    """Give the judged sites by name; the demo only while this blog is still the demo."""
    program = tool("nginx")
    with ExitStack() as running, pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_COLOR", "1")
        makers = zip(SITES, (reader_sites.demo, reader_sites.every_feature), strict=True)
        blogs = {name: make(tmp_path_factory.mktemp("site")) for name, make in makers}
        yield {
            name: running.enter_context(reader_sites.served(name, blog, program))
            for name, blog in blogs.items()
            if blog
        }


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest, sites: dict[str, JudgedSite]) -> JudgedSite:
    """Give each of the judged sites in its turn."""
    if request.param not in sites:
        pytest.skip("this blog has begun: its content is no longer the demo")
    return sites[request.param]


@pytest.fixture(params=PAGES)
def kind(request: pytest.FixtureRequest) -> str:
    """Give each page type in its turn."""
    return str(request.param)


@pytest.fixture
def page(site: JudgedSite, kind: str) -> str:
    """Give the address of a page of each type on each site."""
    return site.page(kind)


@pytest.fixture(scope="session")
def browser(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Give one Chromium for all, whose pages note what moves and what the policy refuses."""
    browser = Browser(tool("chromium"), tmp_path_factory.mktemp("profile"))
    browser.call("Page.enable")
    browser.call("Network.enable")
    browser.call("Page.addScriptToEvaluateOnNewDocument", source=NOTED)
    yield browser
    browser.end()
