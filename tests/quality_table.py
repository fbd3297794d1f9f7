"""The table of docs/quality.md: what the pages are held to, what a run measured, and which tests hold them to it.

Not a judgement: the tests make that, and a run with a failure writes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

Figure = tuple[str, str, float, bool]
"""A row, what was measured, the number, and whether the largest counts instead of the sum."""
BEGIN, END = "<!-- the figures of a run -->\n", "<!-- end of the figures -->\n"
ROWS = {
    "nu": ("Nu HTML Checker: 0 errors, 0 warnings in HTML, CSS and SVG", "quality/test_markup.py"),
    "axe": (
        "axe-core: 0 violations of WCAG 2.2 A and AA and of its best practices, light and dark, 320 and 1280 px",
        "quality/test_access.py",
    ),
    "narrow": ("No sideways scroll at 320 px, at 200 % zoom, with letters of twice the size", "quality/test_access.py"),
    "keyboard": (
        "Skip link; each control reached by Tab in reading order, the focus always visible",
        "quality/test_access.py",
    ),
    "dark": ("Dark scheme without a script", "quality/test_access.py"),
    "lighthouse": ("Lighthouse 100 × 4 (mobile) on home, post, tag, archives", "quality/test_lighthouse.py"),
    "look": (
        "Lines of 60 to 75 characters; sizes of one scale; contrast by AA, texts by AAA; 24 px for a finger, or 44",
        "quality/test_look.py",
    ),
    "still": (
        "CLS 0.00; every picture has width and height; at most 4 requests on a post",
        "quality/test_weight.py integration/test_pictures_in_browser.py",
    ),
    "first view": (
        "First view, compressed and without pictures: a post at most 8,192 bytes, home 10,240; the stylesheet 12,288",
        "quality/test_weight.py architecture/test_templates.py",
    ),
    "private": ("0 requests elsewhere, 0 cookies, 0 bytes of script for reading", "quality/test_weight.py"),
    "policy": (
        "A Content-Security-Policy without `unsafe-inline`, in force and never broken",
        "quality/test_weight.py integration/test_nginx.py",
    ),
    "feeds": (
        "RSS 2.0, Atom and JSON Feed: whole texts, absolute addresses, both dates, language, ids that stay; no flaw",
        "quality/test_markup.py integration/test_feeds.py integration/test_check_feeds.py",
    ),
    "microformats": (
        "Each post a whole `h-entry`; home an `h-feed` with a representative `h-card` and `rel=me`",
        "quality/test_markup.py integration/test_check.py",
    ),
    "json-ld": (
        "JSON-LD: `BlogPosting` with picture and publisher, no property that schema.org lacks",
        "quality/test_markup.py integration/test_one_credit.py",
    ),
    "metadata": (
        "Open Graph with picture, alt and size; canonical everywhere; no title or description twice",
        "quality/test_markup.py integration/test_check.py",
    ),
    "sitemap": (
        "The sitemap equals the pages to be indexed; robots.txt names it; icons; a real 404 page",
        "quality/test_markup.py integration/test_check.py",
    ),
    "links": ("0 broken links, fragments, assets", "quality/test_markup.py integration/test_check.py"),
}
"""By the name that tests give it: what the pages are held to, and the files of the tests, below tests/."""


def write(paper: Path, figures: Iterable[Figure], owed: Mapping[str, str]) -> None:
    """Write the table into the paper, between its markers; `owed` says why a row is not met yet."""
    before, _, rest = paper.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    paper.write_text(f"{before}{BEGIN}{table(figures, owed)}{END}{after}", "utf-8")


def table(figures: Iterable[Figure], owed: Mapping[str, str]) -> str:
    """Return the table in Markdown."""
    added: dict[str, dict[str, float]] = {row: {} for row in ROWS}
    for row, what, number, most in figures:
        known = added[row].get(what, 0)
        added[row][what] = max(known, number) if most else known + number
    lines = ["| held to | this run | by |\n| --- | --- | --- |\n"]
    for row, (target, tests) in ROWS.items():
        found = "; ".join(f"{number:,} {what}" for what, number in sorted(added[row].items())) or "not measured"
        missing = f"; **not met yet:** {owed[row]}" if row in owed else ""
        links = ", ".join(f"[{file.rpartition('/')[2]}](../tests/{file})" for file in tests.split())
        lines.append(f"| {target} | {found}{missing} | {links} |\n")
    return "".join(lines)
