"""What the preview adds to a page: the panel with what is wrong, and the script that reloads."""

from __future__ import annotations

from byline.preview.overlay import overlay
from byline.preview.reload import reloading
from byline.values.problem import Place, Problem, Severity

ERROR = Problem("bad-value", "Date cannot be read: <soon> & so on.", "Write `2026-03-01`.", Place("content/a.md", 2))
WARNING = Problem("missing-file", "A file is not there.", "Mend it.", Place("content/b.md", 7), Severity.EDITORIAL)


def test_a_page_without_problems_has_no_overlay() -> None:
    assert overlay("", []) == ""


def test_an_error_opens_the_panel_with_place_fault_and_remedy() -> None:
    panel = overlay("You see the site as it was.", [ERROR])

    assert "<details open>" in panel
    assert '<code class="place">content/a.md:2</code>' in panel
    assert "Date cannot be read: &lt;soon&gt; &amp; so on." in panel
    assert "Write <code>2026-03-01</code>." in panel
    assert '<p class="notice" role="alert">You see the site as it was.</p>' in panel


def test_warnings_alone_are_a_badge_that_opens() -> None:
    panel = overlay("", [WARNING, WARNING])

    assert "<details>" in panel
    assert "2 warnings" in panel
    assert 'role="alert"' not in panel


def test_errors_stand_before_warnings() -> None:
    panel = overlay("", [WARNING, ERROR])

    assert "1 error<" in panel
    assert "1 warning<" in panel
    assert panel.index("content/a.md") < panel.index("content/b.md")


def test_the_same_problems_are_known_again_and_others_are_not() -> None:
    def identity(panel: str) -> str:
        return panel.partition('data-problems="')[2].partition('"')[0]

    assert identity(overlay("", [ERROR])) == identity(overlay("", [ERROR]))
    assert identity(overlay("", [ERROR])) != identity(overlay("", [ERROR, WARNING]))


def test_a_page_gets_what_is_added_before_the_end_of_its_body_and_keeps_every_byte() -> None:
    page = b"<html><body><pre>&lt;/body></pre><!-- </body> --><p>\xe4</p></BODY >\n</html>\n"

    shown = reloading(page, "boot-1", overlay("", [ERROR]))

    before, after = page[: page.index(b"</BODY")], page[page.index(b"</BODY") :]
    assert shown.startswith(before + b"<byline-overlay")
    assert shown.endswith(b"</script>\n" + after)
    assert b'data-state="boot-1"' in shown


def test_a_page_without_end_of_body_gets_it_at_its_end() -> None:
    assert reloading(b"<p>Words", "boot-1", "").startswith(b"<p>Words<script data-state=")


def test_what_is_added_fits_into_any_encoding() -> None:
    abroad = Problem("missing-file", "Die Datei «größe.md» fehlt.", "Mend it.")

    assert reloading(b"", "boot-1", overlay("", [abroad])).isascii()
