"""The credits plugin alone, in a stock Pelican site with another theme: the lines in docs/credits.md are enough."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from photographs import picture
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
LINES = re.findall(
    r"^(?:PLUGIN|BYLINE_PHOTOS = \{\"widths\").*$", (ROOT / "docs/credits.md").read_text("utf-8"), re.MULTILINE
)
RECORD = """\
["images/boats.jpg"]
title = "Boats"
creator = "Ana Ruiz"
source = "https://photos.example/1"
license = "CC-BY-4.0"
"""
POST = """\
Title: First
Date: 2026-01-01
Photo: {static}/images/lead.png
Photo_alt: A lead
Photo_own: true

Words.

![Two boats]({static}/images/boats.jpg "At noon")

![Nobody's](../images/other.png)
"""
INDEX = "{% for article in articles %}{{ article.lead_figure }}{{ article.content }}{% endfor %}{{ SITENAME }}"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give the folder of a stock site, with a theme that shows the lead figure."""
    settings = [
        'AUTHOR = "Ada Example"',
        'SITENAME = "Stock"',
        'SITEURL = "https://me.example"',
        'PATH = "content"',
        'TIMEZONE = "UTC"',
        'THEME_TEMPLATES_OVERRIDES = ["templates"]',
        'ARTICLE_EXCLUDES = ["images"]',
        *LINES,
    ]
    files: dict[str, str | bytes] = {
        "pelicanconf.py": "\n".join(settings),
        "content/photos.toml": RECORD,
        "content/posts/first.md": POST,
        "templates/index.html": INDEX,
        "content/images/boats.jpg": picture(),
        "content/images/lead.png": picture("PNG", (700, 300)),
        "content/images/other.png": picture("PNG", (40, 30)),
    }
    for name, body in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
    (tmp_path / "plugins").symlink_to(ROOT / "plugins")
    return tmp_path


def built(site: Path, environment: Mapping[str, str]) -> str:
    """Build with stock Pelican, which finds the plugin by its settings alone, and return what it logs."""
    alone = {name: value for name, value in environment.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-o", "output", "content"]
    made = subprocess.run(
        command, cwd=site, env={**alone, "COLUMNS": "200"}, check=False, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr
    return " ".join((made.stdout + made.stderr).split())


def test_three_lines_give_a_stock_site_figures_credits_and_renditions(site: Path, environment: dict[str, str]) -> None:
    assert len(LINES) == 3

    built(site, environment)

    for page in ("index.html", "first.html"):
        html = (site / "output" / page).read_text("utf-8")
        boats = re.search(r"<figure><picture>.*?boats.*?</figure>", html)
        assert boats
        assert '<cite><a href="https://photos.example/1">Boats</a></cite> by Ana Ruiz' in boats[0]
        assert 'width="1200" height="800" loading="lazy"' in boats[0]
        shown = re.findall(r"https://me\.example/(renditions/[^ \"]+)", html)
        assert len(set(shown)) >= 6
        for path in shown:
            with Image.open(site / "output" / path) as image:
                assert f"-{image.width}w." in path
    lead = re.search(r'<figure class="lead">.*?</figure>', (site / "output/index.html").read_text("utf-8"))
    assert lead
    assert "Photo by Ada Example" in lead[0]
    assert 'fetchpriority="high"' in lead[0]
    assert "Ana Ruiz" in (site / "output/feeds/all.atom.xml").read_text("utf-8")


def test_what_is_wrong_is_in_pelicans_log_with_its_line(site: Path, environment: dict[str, str]) -> None:
    log = built(site, environment)

    assert "content/posts/first.md: Nobody is named for images/other.png." in log
    assert "boats.jpg" not in log


def test_a_second_build_makes_no_rendition_again(site: Path, environment: dict[str, str]) -> None:
    built(site, environment)
    before = {path: path.stat().st_mtime_ns for path in (site / "output/renditions").iterdir()}

    built(site, environment)

    assert {path: path.stat().st_mtime_ns for path in (site / "output/renditions").iterdir()} == before


def test_a_byline_site_that_names_the_plugin_has_every_figure_once(site: Path, environment: dict[str, str]) -> None:
    command = [
        sys.executable,
        "-c",
        "import sys, pathlib, byline.commands.build as it; sys.exit(it.run(pathlib.Path.cwd(), keep_going=False))",
    ]
    made = subprocess.run(
        command, cwd=site, env={**environment, "PYTHONPATH": "plugins"}, check=False, capture_output=True, text=True
    )

    assert made.returncode == 0, made.stderr
    assert (site / "output/first.html").read_text("utf-8").count("<figcaption>") == 1


def test_a_picture_that_is_broken_inside_is_shown_as_it_is_and_told(site: Path, environment: Mapping[str, str]) -> None:
    body = picture()
    (site / "content/images/boats.jpg").write_bytes(body[:300] + bytes(400) + body[700:])

    told = built(site, environment)

    assert "content/posts/first.md: images/boats.jpg cannot be decoded" in " ".join(told.split())
    assert '<img src="https://me.example/images/boats.jpg"' in (site / "output/index.html").read_text("utf-8")
