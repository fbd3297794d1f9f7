"""`check` tells all that is wrong with the site as it would be published, each at its source, and changes nothing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from byline.edges import files
from live_blog import LiveBlog
from photographs import picture

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "ghp_" + "0aZ9" * 9
NEW = "2026-04-04"


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LiveBlog:
    """Give a blog with Byline's own theme and three posts, which nothing is wrong with."""
    monkeypatch.setenv("NO_COLOR", "1")
    for name in ("BYLINE_TRACEBACK", "BYLINE_TOKEN_MASTODON"):
        monkeypatch.delenv(name, raising=False)
    return LiveBlog(tmp_path / "blog").begin(str(tmp_path / "www"))


def lines(blog: LiveBlog, path: str = "") -> list[str]:
    """Check, and return what was told of a file, without the remedies."""
    blog.check()
    return [line for line in blog.told.splitlines() if line.startswith(path)]


def listed(blog: LiveBlog) -> list[dict[str, Any]]:
    """Check for programs, and return the list."""
    blog.check(as_json=True)
    found: list[dict[str, Any]] = json.loads(blog.said)
    return found


def sources(blog: LiveBlog) -> dict[str, bytes]:
    """Return all that the writer has."""
    own = [*(blog.root / "content").rglob("*.*"), *blog.root.glob("*.py"), *(blog.root / "output").rglob("*.*")]
    return {str(file): file.read_bytes() for file in own}


def live_settings(blog: LiveBlog, more: str) -> None:
    """Add lines to publishconf.py."""
    blog.write("publishconf.py", (blog.root / "publishconf.py").read_text("utf-8") + more + "\n")


def test_nothing_is_wrong_with_a_blog_as_byline_makes_it(blog: LiveBlog) -> None:
    assert blog.check() == 0

    assert blog.told == ""
    assert re.fullmatch(r"Nothing is wrong: 3 posts, \d+ files\.\n", blog.said)


def test_a_check_changes_neither_content_nor_output(blog: LiveBlog) -> None:
    blog.build()
    before = sources(blog)
    blog.post("new", "Words with a [bad link](/nowhere/).", Date=NEW)

    assert blog.check() == 1

    after = sources(blog)
    assert {path: body for path, body in after.items() if not path.endswith("new.md")} == before


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("Words.\n\n[gone](/gone/)", 6, "The link /gone/ leads to nothing on this site. Mend or remove it."),
        (
            "[slip](/Engines)",
            4,
            "The link /Engines leads to nothing on this site. Mend or remove it. Did you mean /engines/?",
        ),
        (
            "[old](/looms.html)",
            4,
            "The link /looms.html leads to nothing on this site. Mend or remove it. Did you mean /looms/?",
        ),
        ("[far](https://ada.pub/gone/)", 4, "The link https://ada.pub/gone/ leads to nothing on this site."),
        ("[part](engines.md#nowhere)", 4, "The link /engines/#nowhere leads to a place that the page does not have."),
        ('<h2 id="part">Two</h2>\n\n[a](#prat)', 6, "The link #prat leads to a place that the page does not have."),
        ("![A loom](/images/loom.jpg)", 4, "The picture /images/loom.jpg is not on this site."),
        ('<img src="/images/card.png" own>', 4, "images/card.png has no alternative text."),
        ('<img src="../images/card.png" own>', 4, "images/card.png has no alternative text."),
        ("[here](http://localhost:8000/x)", 4, "The address http://localhost:8000/x works on your own machine"),
        ("[here](http://192.168.1.20/)", 4, "The address http://192.168.1.20/ works on your own machine"),
        ("[here](file:notes.html)", 4, "The address file:notes.html works on your own machine or network only."),
        (
            "#### “Deep” *heading*",
            4,
            "The heading ““Deep” heading” is an h4 below an h1: a level is skipped. Make it an h2.",
        ),
        ("# Again", 4, "“Again” is a second h1 on the page, whose title is the first."),
        ("# New", 4, "“New” is a second h1 on the page, whose title is the first."),
        ("One\n\n<div>two <b>three</div>", 6, "<b> is not closed before </div>. Write </b> where it ends."),
        ("One\n\n<div>two</div></div>", 6, "</div> closes nothing that is open."),
        ("Vec<T> is text", 4, "HTML has no element <t>, so readers do not see it."),
        ("One <font>two</font>", 4, "The element <font> is no part of HTML any more."),
        ('One<a id="one"></a> <span id="one">two</span>', 4, "The id “one” stands twice on the page"),
        ("[](https://other.pub/)", 4, '<a href="https://other.pub/"> has no words'),
        (
            "[Deep](https://deep.pub/) and more\n\n#### Deep",
            6,
            "The heading “Deep” is an h4 below an h1: a level is skipped.",
        ),
        ("[The f of old](https://f.pub/)\n\n# The `f` of old", 6, "“The f of old” is a second h1 on the page"),
        ("Words\n\n## ", 6, "<h2> has no words, so nobody who hears the page knows what it is."),
        ("# _(Update)_ of May", 4, "“(Update) of May” is a second h1 on the page, whose title is the first."),
        ("As `http://localhost/x`\n\n[here](http://localhost/x)", 6, "The address http://localhost/x works on your"),
        ("As `Vec<T>`\n\n\\<T> is text", 6, "HTML has no element <t>, so readers do not see it."),
        ('[a](#one)\n\n<a id="one"></a>\n\n<b id="one">two</b>', 8, "The id “one” stands twice on the page"),
        ("![A loom]({static}/images/loom.jpg)", 4, "The file images/loom.jpg is not there."),
    ],
)
def test_a_fault_in_a_post_is_told_at_its_line(blog: LiveBlog, text: str, line: int, told: str) -> None:
    blog.write("content/images/card.png", picture("PNG", (40, 30)))
    blog.post("new", text, Date=NEW, Summary="")

    assert any(found.startswith(f"content/posts/new.md:{line}: error: {told}") for found in lines(blog)), blog.told
    assert blog.told.splitlines()[-1] == "1 error."


@pytest.mark.parametrize(
    "text",
    [
        "[a](/engines) [b](/engines/index.html) [c](engines.md) [d](https://ada.pub/looms/) [e](../notes/?x=1#content)",
        '<h2 id="two">Two</h2>\n\n[a](#two) [b](#top) [c](/new/#two) [d](#:~:text=Two) [e](#)',
        "![A card](/images/a%20card.png){own=yes} ![A card](<../images/a card.png>){own=yes decorative=yes}",
        "[a](/old/engines/) [b](/feeds/atom.xml) [c](mailto:ada@ada.pub) [d](tel:+4412)",
        "[there](http://example.org/private) and `http://localhost:8000/`",
        '<iframe src="https://films.pub/1" title="A film"></iframe>\n\n<script src="https://talk.pub/embed.js"></script>',
        "`Vec<T>` and\n\n    <font> in code\n",
        "See the AWS key AKIAIOSFODNN7EXAMPLE.",
    ],
)
def test_what_is_right_is_passed_over(blog: LiveBlog, text: str) -> None:
    blog.write("content/images/a card.png", picture("PNG", (40, 30)))
    blog.post("engines", "Words.", Date=NEW, Summary="On them.", Aliases="/old/engines/")
    blog.post("new", text, Date=NEW, Summary="New.")

    assert blog.check() == 0, blog.told
    assert blog.told == ""


def test_a_site_below_a_path_is_looked_at_below_it(blog: LiveBlog) -> None:
    live_settings(blog, 'SITEURL = "https://ada.pub/blog"')
    blog.post("new", "[right](/blog/engines/) [wrong](/engines/)\n\n[gone](/blog/gone/)", Date=NEW)

    told = lines(blog, "content/")

    assert told == [
        (
            "content/posts/new.md:4: error: The address /engines/ leads out of the site, which is below /blog/. "
            "Write /blog/engines/."
        ),
        "content/posts/new.md:6: error: The link /blog/gone/ leads to nothing on this site. Mend or remove it.",
    ]


def test_a_fault_of_the_settings_is_told_there_once_with_its_pages(blog: LiveBlog) -> None:
    blog.write("pelicanconf.py", (blog.root / "pelicanconf.py").read_text().replace('"subscribe/")', '"suscribe/")'))

    told = lines(blog)

    assert re.match(
        r"pelicanconf\.py:\d+: error: The link /suscribe/ leads to nothing on this site \(on \d+ pages\)\.", told[0]
    )
    assert blog.told.splitlines()[-1] == "1 error."


def test_a_fault_of_a_template_is_told_at_its_line_once_an_error_only_in_the_writers_own(blog: LiveBlog) -> None:
    live_settings(blog, 'THEME_TEMPLATES_OVERRIDES = ["content/theme/templates"]')
    blog.write(
        "content/theme/templates/hooks/footer.html", '\n<p><a href="/imprint/">Imprint</a></p><center>x</center>'
    )

    told = lines(blog)

    place = "content/theme/templates/hooks/footer.html:2: error: "
    assert [line.split(" (on ")[0] for line in told[:-1]] == [
        f"{place}The link /imprint/ leads to nothing on this site",
        f"{place}The element <center> is no part of HTML any more",
    ]


def test_somebody_elses_theme_is_only_warned_of_and_each_fault_told_once(blog: LiveBlog) -> None:
    settings = re.sub(r"(?m)^THEME = .*$", "", (blog.root / "pelicanconf.py").read_text())
    blog.write("pelicanconf.py", settings.replace('"subscribe", "404"', ""))

    assert blog.check() == 0 or "pelicanconf.py" in blog.told

    told = [line for line in blog.told.splitlines() if "notmyidea" in line]
    assert all(": warning: " in line for line in told)
    assert sum("no canonical link (on " in line for line in told) == 1
    assert 3 < len(told) < 15


def test_a_page_that_loads_from_elsewhere_by_its_template_is_told(blog: LiveBlog) -> None:
    live_settings(blog, 'THEME_TEMPLATES_OVERRIDES = ["content/theme/templates"]')
    blog.write("content/theme/templates/hooks/head.html", '<script src="https://count.pub/a.js"></script>')

    told = lines(blog, "content/theme/templates/hooks/head.html:1: error: ")

    assert [re.sub(r" \(on.*", "", line.split("error: ")[1]) for line in told] == [
        "Readers get a script (https://count.pub/a.js), and nothing here needs one for reading",
        "Readers of the page load something from count.pub, which so learns of them",
    ]


def test_old_posts_and_drafts_are_counted_in_one_line_and_listed_for_programs(blog: LiveBlog) -> None:
    for number in range(30):
        blog.post(f"old-{number}", "[gone](/gone/) <font>x</font>", Date="2019-01-01", Summary=f"Old {number}.")
    blog.post("draft", "![](nowhere.jpg)", Status="draft", Date="")

    assert blog.check() == 0

    assert blog.told.splitlines() == [
        "warning: 61 warnings in 31 posts dated before 2026-01-01 or not out yet. `check --json` lists them.",
        "1 warning.",
    ]
    found = listed(blog)
    assert len(found) == 61
    assert {row["severity"] for row in found} == {"warning"}
    assert found[0] == {
        "code": "missing-file",
        "severity": "warning",
        "path": "content/posts/draft.md",
        "line": 4,
        "what": "The file posts/nowhere.jpg is not there.",
        "remedy": "Mend the address nowhere.jpg.",
    }


def test_strictness_begins_where_the_settings_say(blog: LiveBlog) -> None:
    blog.post("old", "[gone](/gone/)", Date="2019-01-01", Summary="Old.")
    live_settings(blog, 'BYLINE_CHECKS = {"strict_since": "2019-01-01"}')
    assert blog.check() == 1

    blog.write("publishconf.py", (blog.root / "publishconf.py").read_text().replace("2019-01-01", "soon"))
    assert blog.check() == 1
    assert "BYLINE_CHECKS[\"strict_since\"] is 'soon', which is no date." in blog.told


def test_a_link_to_a_draft_is_an_error_however_old_the_post(blog: LiveBlog) -> None:
    blog.post("draft", Status="draft", Date="")
    blog.post("old", "[soon](draft.md) [by address](https://ada.pub/draft/)", Date="2010-01-01", Summary="Old.")

    assert lines(blog, "content/") == [
        (
            "content/posts/old.md:5: error: It links posts/draft.md, which is not published. Publish that first, or "
            "take the link out; until then the words stand without it."
        ),
        (
            "content/posts/old.md:5: error: It leads to posts/draft.md, which is a draft. "
            "Take the link out, or publish that post."
        ),
    ]


def test_a_hidden_post_is_reachable_from_nothing_published_but_its_own_page_and_old_address(blog: LiveBlog) -> None:
    blog.post("hidden", "Here: [me](hidden.md).", Status="hidden", Date=NEW, Aliases="/once/", Summary="Mine.")
    assert blog.check() == 0, blog.told

    blog.post("new", "[psst](hidden.md)", Date=NEW, Summary="New.")
    assert lines(blog, "content/") == [
        (
            "content/posts/new.md:5: error: It leads to posts/hidden.md, which is hidden. "
            "Take the link out, or publish that post."
        )
    ]


def test_a_draft_that_a_plugin_writes_is_an_error(blog: LiveBlog) -> None:
    blog.post("draft", "Secret words.", Status="draft", Date="")
    blog.write(
        "plugins/leak.py",
        "from pelican import signals\n\n\ndef leak(generator, writer):\n    for draft in generator.drafts_seen:\n"
        "        template, context = generator.get_template('article'), generator.context\n"
        "        writer.write_file('leak/index.html', template, context, article=draft)\n"
        "\n\ndef keep(generator):\n    generator.drafts_seen = list(generator.drafts)\n\n\n"
        "def register():\n    signals.article_generator_finalized.connect(keep)\n"
        "    signals.article_writer_finalized.connect(leak)\n",
    )
    live_settings(blog, 'PLUGIN_PATHS = ["plugins"]\nPLUGINS = ["leak"]')

    blog.check()

    assert "content/posts/draft.md" in blog.told
    assert "posts/draft.md is a draft, and stands in the site." in blog.told


def test_tokens_are_errors_wherever_they_come_from_and_are_never_printed(
    blog: LiveBlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BYLINE_TOKEN_MASTODON", "s3cret-mastodon-value")
    blog.write(".env", "# mine\nexport API_PASSWORD='hunter2hunter2'\nSHORT=abc\nURL=https://ada.pub\n")
    blog.post("old", "It is s3cret-mastodon-value.\n\nAnd hunter2hunter2, abc.", Date="2010-01-01", Summary="Old.")
    blog.post("new", f"```\n{TOKEN}\n```", Date=NEW, Summary="New.")

    told = lines(blog, "content/")

    assert [line.split(" Take")[0] for line in told] == [
        "content/posts/new.md:6: error: Everybody would read what looks like a GitHub token.",
        "content/posts/old.md:5: error: Everybody would read the value of BYLINE_TOKEN_MASTODON.",
        "content/posts/old.md:7: error: Everybody would read the value of API_PASSWORD.",
    ]
    kept = "".join(path.read_text("utf-8", "replace") for path in (blog.root / ".byline/live").glob("*.json"))
    for secret in (TOKEN, "s3cret-mastodon-value", "hunter2hunter2"):
        assert secret not in blog.said + blog.told + kept
    assert {row["code"] for row in listed(blog)} == {"secret-in-output"}
    assert TOKEN not in blog.said


def test_a_heavy_picture_is_a_warning_at_the_file(blog: LiveBlog) -> None:
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!--' + "-" * 700_000 + "></svg>"
    blog.write("content/images/big.svg", drawn)
    blog.write("content/images/unseen.svg", drawn)
    blog.post("new", "![A drawing](../images/big.svg){own=yes}", Date=NEW, Summary="New.")

    assert blog.check() == 0

    assert "content/images/big.svg: warning: The picture has 0.7 MB, and readers wait for it." in blog.told
    assert "unseen" not in blog.told, "which nobody loads"


def test_two_pages_with_one_title_or_description_are_told_at_the_later_ones(blog: LiveBlog) -> None:
    blog.post("one", Title="Twice", Date=NEW, Summary="The same words.")
    blog.post("two", Title="Twice", Date=NEW, Summary="The same words.", Slug="two")

    told = lines(blog, "content/posts/two.md")

    assert [line.split(" Give")[0] for line in told] == [
        "content/posts/two.md:1: error: The title “Twice – Notes on engines” is also that of /twice/.",
        "content/posts/two.md:3: error: The description “The same words.” is also that of /twice/.",
    ]


def test_files_that_are_missing_at_the_root_and_a_sitemap_that_differs_are_told(blog: LiveBlog) -> None:
    blog.write("pelicanconf.py", (blog.root / "pelicanconf.py").read_text().replace(', "404"]', "]"))
    blog.write("content/theme/root/sitemap.xml", "<urlset><url><loc>https://ada.pub/gone/</loc></url></urlset>")
    blog.write("content/theme/root/robots.txt", "User-agent: *\n")

    blog.check()

    assert "warning: There is no /404.html: hosts show it where there is no page." in blog.told
    assert "The sitemap leaves out / and " in blog.told
    assert "The sitemap names, though it is none to list, /gone/." in blog.told
    assert "content/theme/root/robots.txt: error: robots.txt does not name the sitemap." in blog.told


def test_a_structural_fault_leaves_the_last_stage_as_it_was(blog: LiveBlog) -> None:
    blog.check()
    stage = blog.root / ".byline/live/site"
    before = {str(path): path.read_bytes() for path in stage.rglob("*.html")}
    blog.post("broken", Date="someday")

    assert blog.check() == 1

    assert "content/posts/broken.md:2: error: Date cannot be read: 'someday' is no date." in blog.told
    assert {str(path): path.read_bytes() for path in stage.rglob("*.html")} == before
    assert listed(blog)[0]["code"] == "bad-value"


def test_a_check_waits_for_nobody(blog: LiveBlog) -> None:
    with files.lock(blog.root / ".byline" / "lock"):
        assert blog.check() == 75

    assert "Another run of Byline is at work here" in blog.told


def test_rubbish_in_a_page_is_told_and_breaks_nothing(blog: LiveBlog) -> None:
    blog.write("content/images/binary.html", bytes(range(256)) * 100)
    blog.write("content/images/deep.html", b"<div><a href=/gone/>" * 5000)
    blog.post("new", "<div>" * 500, Date=NEW, Summary="New.")

    assert blog.check() == 1

    assert "content/posts/new.md:5: error: Elements nest more than 400 deep" in blog.told
    assert "content/images/deep.html:1: warning: The link /gone/ leads to nothing on this site." in blog.told


def test_what_was_kept_between_checks_may_be_garbage(blog: LiveBlog) -> None:
    blog.post("new", "[gone](/gone/)", Date=NEW, Summary="New.")
    blog.check()
    told, kept = blog.told, blog.root / ".byline/live/facts.json"
    for garbage in (b"", b"\x00\xff" * 500, kept.read_bytes()[:-9], kept.read_bytes().replace(b"gone", b"here")):
        kept.write_bytes(garbage)
        blog.check()
        assert blog.told == told


def test_where_posts_have_addresses_without_html_the_host_adds_it(blog: LiveBlog) -> None:
    live_settings(blog, 'ARTICLE_URL = TAG_URL = "{slug}"')
    live_settings(blog, 'ARTICLE_SAVE_AS, TAG_SAVE_AS = "{slug}.html", "tag-{slug}.html"')
    live_settings(blog, 'TAG_URL = "tag-{slug}"')

    assert blog.check() == 0, blog.told


def test_a_site_below_a_path_may_link_its_hosts_front_page(blog: LiveBlog) -> None:
    live_settings(blog, 'SITEURL = "https://ada.pub/blog"')
    blog.post("new", "[mine](https://ada.pub/), not [slip](/)", Date=NEW, Summary="New.")

    assert lines(blog, "content/")[0].startswith("content/posts/new.md:5: error: The address / leads out of the site")
    assert blog.told.splitlines()[-1] == "1 error."


def test_translations_may_have_one_title(blog: LiveBlog) -> None:
    live_settings(blog, 'ARTICLE_LANG_URL = "{lang}/{slug}/"\nARTICLE_LANG_SAVE_AS = "{lang}/{slug}/index.html"')
    blog.post("fr", "Mots.", Title="Engines", Slug="engines", Lang="fr", Date=NEW, Tags="machines", Summary="Leur.")

    assert blog.check() == 0, blog.told
    assert '<li class="p-category">machines</li>' in (blog.root / ".byline/live/site/fr/engines/index.html").read_text(
        "utf-8"
    )


def test_the_lists_that_only_a_hidden_post_is_in_have_no_page_and_no_link(blog: LiveBlog) -> None:
    blog.post("quiet", "Words.", Status="hidden", Tags="alone, engines", Category="Apart", Authors="Bob", Date=NEW)

    assert blog.check() == 0, blog.told
    page = (blog.root / ".byline/live/site/quiet/index.html").read_text("utf-8")
    assert '<a class="p-category" rel="tag" href="/tag/engines/">engines</a>' in page
    assert '<li class="p-category">alone</li>' in page


def test_what_docutils_makes_of_a_post_is_not_the_writers_fault(blog: LiveBlog) -> None:
    blog.write("content/posts/rest.rst", f"Rest\n####\n\n:date: {NEW}\n:summary: R\n\n``one`` [#f]_\n\n.. [#f] Two.\n")

    assert blog.check() == 0, blog.told


def test_a_fix_that_cannot_begin_says_so(blog: LiveBlog) -> None:
    blog.post("broken", "Words.", Date="never")
    before = sources(blog)

    assert blog.check(fix=True) == 1

    assert (
        "`--fix` has changed nothing, since the site cannot be built. Mend the errors, then run it again." in blog.told
    )
    assert sources(blog) == before
