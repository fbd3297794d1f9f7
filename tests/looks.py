"""Draw every page type at four widths, light and dark, and printed, into `.byline/looks/`: pictures to look at.

Not a test: what can be measured of a look, tests/quality/ measures. Run by hand, from the project's folder, with tests/
and plugins/ on PYTHONPATH: `python tests/looks.py`, or `python tests/looks.py post home` for some page types.
"""

from __future__ import annotations

import base64
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import reader_sites
from browser import Browser
from reader_sites import PAGES, ROOT, SITES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader_sites import JudgedSite

FOLDER = ROOT / ".byline" / "looks"
WIDTHS = (320, 390, 768, 1280)
SCHEMES = ("light", "dark")
PAPER = 794
"""The width of A4 in CSS pixels."""
TALLEST = 16_000
"""Pixels of a picture: beyond that, browsers draw nothing more."""
ALL_PICTURES = """\
Promise.all([...document.images].map(it => {
    it.loading = "eager";
    return it.decode().catch(() => null);
})).then(() => document.fonts.ready).then(() => document.documentElement.scrollHeight)
"""


def main(kinds: Sequence[str]) -> None:
    """Draw these page types, or all, on both judged sites."""
    nginx, chromium = (shutil.which(name) for name in ("nginx", "chromium"))
    if not nginx or not chromium:
        sys.exit("nginx and chromium are needed: apt install nginx chromium")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(Path(chromium), Path(folder) / "profile")
        try:
            browser.call("Page.enable")
            for name, make in zip(SITES, (reader_sites.demo, reader_sites.every_feature), strict=True):
                home = Path(folder) / name.replace(" ", "-")
                home.mkdir()
                if blog := make(home):
                    with reader_sites.served(name, blog, Path(nginx)) as site:
                        for kind in kinds or PAGES:
                            draw(site, kind, browser)
        finally:
            browser.end()


def draw(site: JudgedSite, kind: str, browser: Browser) -> None:
    """Draw one page type of a site."""
    name = f"{site.name}, {kind}".replace(", ", "-").replace(" ", "-")
    for width in WIDTHS:
        for scheme in SCHEMES:
            browser.look(site.page(kind), width, scheme)
            shoot(browser, width, FOLDER / f"{name}-{width}-{scheme}.png")
    browser.look(site.page(kind), PAPER)
    browser.call("Emulation.setEmulatedMedia", media="print")
    shoot(browser, PAPER, FOLDER / f"{name}-print.png")
    browser.call("Emulation.setEmulatedMedia", media="")


def shoot(browser: Browser, width: int, file: Path) -> None:
    """Draw the page that is open, from its top to its end."""
    height = min(browser.value(ALL_PICTURES), TALLEST)
    whole = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    shot = browser.call("Page.captureScreenshot", clip=whole, captureBeyondViewport=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(base64.b64decode(shot["data"]))
    sys.stdout.write(f"{file.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
