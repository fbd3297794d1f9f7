"""A build tells the truth, changes output/ whole or not at all, and deletes only what it made."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from byline.site.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from blog import Blog


def test_a_post_becomes_a_page_in_every_list_and_feed(blog: Blog) -> None:
    assert blog.build() == 0

    assert '<a href="/second.html">the second</a>' in blog.page("first.html")
    for path in ("index.html", "tag/two.html", "category/posts.html", "feeds/all.atom.xml", "feeds/feed.json"):
        assert "First" in blog.page(path), path
    assert "https://me.example/first.html" in blog.page("sitemap.xml")
    assert "Sitemap: https://me.example/sitemap.xml" in blog.page("robots.txt")


def test_two_builds_of_the_same_content_have_the_same_bytes_and_release(blog: Blog, tmp_path: Path) -> None:
    blog.build()
    once, releases = blog.made(), released(blog)
    elsewhere = type(blog)(tmp_path / "elsewhere" / "deeper")
    shutil.copytree(blog.root / "content", elsewhere.root / "content")
    elsewhere.settings("")

    assert elsewhere.build() == 0

    assert elsewhere.made() == once
    assert released(elsewhere) == releases


def test_a_second_build_writes_nothing(blog: Blog) -> None:
    blog.build()
    before = {path: path.stat().st_mtime_ns for path in blog.output.rglob("*")}

    assert blog.build() == 0

    assert {path: path.stat().st_mtime_ns for path in blog.output.rglob("*")} == before
    assert ": 0 written" in blog.said


def test_a_fault_leaves_the_last_good_output_byte_for_byte(blog: Blog) -> None:
    blog.build()
    good = blog.made()
    blog.post("third", Date="someday")
    blog.post("first", "Changed.")

    assert blog.build() == 1

    assert blog.made() == good
    assert "content/posts/third.md:2: error: Date cannot be read: 'someday' is no date." in blog.told
    assert "Nothing was written: output/ is as it was." in blog.said


def test_all_faults_are_told_at_once_sorted_and_counted_and_no_other_post_is_lost(blog: Blog) -> None:
    blog.post("z", Date="")
    blog.post("a", Title="")
    blog.post("m", Status="unheard-of")

    assert blog.build(keep_going=True) == 1

    lines = blog.told.splitlines()
    assert lines[0].startswith("content/posts/a.md:1: error: The post has no title.")
    assert lines[1].startswith("content/posts/m.md:1: error: The Status 'unheard-of' is unknown.")
    assert lines[2].startswith("content/posts/z.md:1: error: The post has no date.")
    assert lines[3] == "3 errors."
    assert {"first.html", "second.html"} <= blog.made().keys()


def test_deleted_posts_disappear_and_what_byline_did_not_make_is_left(blog: Blog) -> None:
    blog.build()
    blog.write("output/CNAME", "me.example")
    blog.write("output/tag/mine.txt", "mine")
    (blog.root / "content/posts/first.md").unlink()
    blog.post("second", "Alone now.")

    assert blog.build() == 0

    made = blog.made().keys()
    assert "first.html" not in made
    assert "tag/one.html" not in made
    assert {"CNAME", "tag/mine.txt", "second.html"} <= made


def test_a_foreign_folder_in_the_way_of_a_page_is_a_problem_and_stays(blog: Blog) -> None:
    blog.write("output/first.html/mine.txt", "mine")

    assert blog.build() == 1

    assert "output/first.html is a folder that holds mine.txt, which Byline did not make. Move that away." in blog.told
    assert blog.made().keys() == {"first.html/mine.txt"}


def test_drafts_and_future_posts_are_not_written_and_hidden_ones_are_in_no_list(blog: Blog) -> None:
    blog.post("draft", Status="draft", Date="")
    blog.post("future", Date="2999-01-01")
    blog.post("hidden", Status="hidden")

    assert blog.build() == 0

    everything = " ".join(blog.made())
    assert "draft" not in everything
    assert "future" not in everything
    assert "Hidden" in blog.page("hidden.html")
    for path in ("index.html", "feeds/all.atom.xml", "sitemap.xml", "archives.html"):
        assert "idden" not in blog.page(path), path


def test_every_address_in_a_tag_becomes_that_of_the_site(blog: Blog) -> None:
    blog.write("content/images/harbour.mp4", b"film")
    blog.write("content/images/harbour.png", b"still")
    blog.post("film", '<video src="../images/harbour.mp4" poster="../images/harbour.png" controls></video>')

    assert blog.build() == 0
    assert '<video src="/images/harbour.mp4" poster="/images/harbour.png" controls>' in blog.page("film.html")


def test_a_link_to_a_draft_loses_its_address_not_its_words(blog: Blog) -> None:
    blog.post("secret", Status="draft", Date="")
    blog.post("first", "As I [will say](secret.md#there).")

    assert blog.build() == 0

    assert "<a>will say</a>" in blog.page("first.html")
    assert "secret" not in blog.page("first.html")
    assert "content/posts/first.md:4: warning: It links posts/secret.md, which is not published." in blog.told


def released(blog: Blog) -> set[str]:
    """Return the names of a blog's releases."""
    return {path.name for path in (blog.root / ".byline" / "releases").iterdir()}


@pytest.mark.parametrize(
    ("front", "code"),
    [
        ({"Slug": "../../outside"}, "lies outside the site"),
        ({"Slug": "/etc/passwd"}, "lies outside the site"),
        ({"Save_as": "../outside.html", "Url": "x"}, "lies outside the site"),
        ({"Title": "🎉"}, "Its title gives no address."),
        ({"Template": "unheard-of"}, "There is no template unheard-of.html."),
        ({"Id": "not-a-uuid"}, "is neither a UUID nor an absolute URI."),
        ({"Tags": "🎉"}, "'🎉' gives no address."),
        ({"Slug": "first"}, "Its address first.html is already that of posts/first.md."),
    ],
)
def test_a_post_without_a_place_of_its_own_is_named(blog: Blog, front: dict[str, str], code: str) -> None:
    blog.post("odd", **front)

    assert blog.build(keep_going=True) == 1

    assert "content/posts/odd.md:" in blog.told
    assert code in blog.told
    assert not (blog.root.parent / "outside.html").exists()
    assert {path.name for path in blog.root.iterdir()} == {"content", "output", "pelicanconf.py", ".byline"}
    assert "first.html" in blog.made()


def test_the_same_id_in_two_posts_is_a_problem(blog: Blog) -> None:
    identity = "0b0e7a9c-6a4f-4a53-9f39-0b6f5d9c1f11"
    blog.post("first", Id=identity)
    blog.post("second", Id=identity.upper())

    assert blog.build() == 1

    assert "content/posts/second.md:3: error: Its Id is also that of posts/first.md." in blog.told


def test_tags_that_differ_in_more_than_case_but_share_an_address_are_named(blog: Blog) -> None:
    blog.post("first", Tags="C")
    blog.post("second", Tags="C++")

    assert blog.build() == 0

    assert "Tags: 'C++' has the address of 'C', so they are taken for one." in blog.told


def test_tags_that_differ_in_case_are_one(blog: Blog) -> None:
    blog.post("first", Tags="Photo")
    blog.post("second", Tags="photo")

    assert blog.build() == 0
    assert blog.told == ""
    assert "First" in blog.page("tag/photo.html")
    assert "Second" in blog.page("tag/photo.html")


def test_titles_of_other_scripts_have_addresses(blog: Blog) -> None:
    blog.post("cjk", Title="東京の夜")
    blog.post("cyrillic", Title="Письмо другу")

    assert blog.build() == 0
    assert {"dong-jing-noye.html", "pismo-drugu.html"} <= blog.made().keys()


def test_a_title_with_markup_of_a_page_is_text(blog: Blog) -> None:
    blog.settings("TYPOGRIFY = True\n")
    blog.post("script", Title="How </script> ends a <em>script</em>", Slug="script")

    assert blog.build() == 0
    assert "How &lt;/script&gt; ends a script" in blog.page("script.html")


def test_files_that_are_no_text_are_named_with_their_line(blog: Blog) -> None:
    blog.write("content/posts/latin.md", b"Title: Caf\xe9\nDate: 2020-01-01\n\nx\n")
    blog.write("content/posts/bell.md", b"Title: Bell\nDate: 2020-01-01\n\nRing\x07 it.\n")

    assert blog.build() == 1

    assert "content/posts/latin.md:1: error: Byte 0xe9 is no UTF-8. Save the file as UTF-8." in blog.told
    assert (
        "content/posts/bell.md:4: error: The control character U+0007 cannot stand in a feed. Delete it." in blog.told
    )


def test_a_loop_of_links_is_named_and_not_followed(blog: Blog) -> None:
    (blog.root / "content/posts/loop").symlink_to(blog.root / "content", target_is_directory=True)

    assert blog.build() == 0
    assert "content/posts/loop: warning: This link leads to a folder above itself, and is not followed." in blog.told


def test_a_link_to_nowhere_is_a_file_that_cannot_be_read(blog: Blog) -> None:
    (blog.root / "content/posts/gone.md").symlink_to(blog.root / "nowhere.md")

    assert blog.build() == 1
    assert "content/posts/gone.md: error: The file cannot be read: No such file or directory." in blog.told


def test_a_broken_plugin_fails_the_build(blog: Blog) -> None:
    blog.settings('PLUGIN_PATHS = ["."]\nPLUGINS = ["mine", "unheard_of"]\n')
    blog.write("mine.py", "def register():\n    raise ValueError('no key')\n")

    assert blog.build() == 1

    assert "The plugin mine cannot be used: ValueError: no key." in blog.told
    assert "The plugin unheard_of cannot be used" in blog.told


def test_a_plugin_that_is_no_python_is_named_with_its_line(blog: Blog) -> None:
    blog.settings('PLUGIN_PATHS = ["."]\nPLUGINS = ["mine"]\n')
    blog.write("mine.py", "import os\n\ndef register(:\n")

    assert blog.build() == 1
    assert "mine.py:3: error: The site cannot be listed: SyntaxError: invalid syntax" in blog.told


def test_a_plugin_that_fails_at_a_signal_is_named_with_its_line(blog: Blog) -> None:
    blog.settings('PLUGIN_PATHS = ["."]\nPLUGINS = ["mine"]\n')
    blog.write(
        "mine.py",
        "from pelican import signals\n\ndef fail(generators):\n    raise KeyError('x')\n\n"
        "def register():\n    signals.all_generators_finalized.connect(fail)\n",
    )

    assert blog.build() == 1
    assert "mine.py:4: error: The site cannot be listed: KeyError: 'x'." in blog.told


def test_a_broken_template_is_named_with_its_line(blog: Blog) -> None:
    blog.settings('THEME_TEMPLATES_OVERRIDES = ["templates"]\n')
    blog.write("templates/article.html", "{{ article.title }}\n{% if %}\n")
    blog.write("templates/tag.html", "\n{{ tag.name.unheard.of }}\n")

    assert blog.build() == 1

    assert "templates/article.html:2: error:" in blog.told
    assert "templates/tag.html:2: error: tag/one.html cannot be made: UndefinedError" in blog.told


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("BYLINE_AUTOR = {}\n", "pelicanconf.py:9: error: The setting BYLINE_AUTOR is unknown."),
        ('BYLINE_FEEDS = {"limt": 3}\n', "Did you mean limit?"),
        ("SITESUBTITEL = 'x'\n", "pelicanconf.py:9: error: The setting SITESUBTITEL is unknown. Did you mean"),
        ("x = 1 / 0\n", "pelicanconf.py:9: error: The settings cannot be read: ZeroDivisionError: division by zero."),
        ("def\n", "pelicanconf.py:9: error: The settings cannot be read: SyntaxError"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(blog: Blog, settings: str, told: str) -> None:
    blog.settings(settings)

    assert blog.build() == 1
    assert told in blog.told


def test_what_plugins_write_and_change_is_part_of_the_site(blog: Blog) -> None:
    blog.settings('PLUGIN_PATHS = ["."]\nPLUGINS = ["mine"]\n')
    blog.write(
        "mine.py",
        "import pathlib\nfrom pelican import signals\n\n"
        "def written(path, context):\n    file = pathlib.Path(path)\n"
        "    file.write_text(file.read_text() + '<!-- seen -->')\n\n"
        "def finalized(pelican):\n    root = pathlib.Path(pelican.settings['OUTPUT_PATH'])\n"
        "    (root / 'pages.txt').write_text(str(len(list(root.rglob('*.html')))))\n\n"
        "def register():\n    signals.content_written.connect(written)\n    signals.finalized.connect(finalized)\n",
    )

    assert blog.build() == 0

    assert blog.page("first.html").endswith("<!-- seen -->")
    assert int(blog.page("pages.txt")) == sum(path.endswith(".html") for path in blog.made())


def test_one_run_at_a_time(blog: Blog) -> None:
    from byline.edges import files

    with files.lock(blog.root / ".byline" / "lock"):
        assert blog.build() == 75

    assert "Another run of Byline is at work here" in blog.told
    assert blog.build() == 0


def test_garbage_in_the_engines_own_folder_is_not_believed(blog: Blog) -> None:
    blog.build()
    good = blog.made()
    for path in (blog.root / ".byline").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\xff garbage")

    assert blog.build() == 0
    assert blog.made() == good


def test_a_release_names_the_texts_it_was_made_of(blog: Blog) -> None:
    blog.build()

    (file,) = (blog.root / ".byline" / "releases").glob("*.json")
    release = json.loads(file.read_text("utf-8"))
    assert release["outputs"] == blog.made()
    for post in release["posts"]:
        assert b"<p>" in (Store(blog.root / ".byline" / "store.sqlite").get(post["content"]) or b"")


def test_old_addresses_lead_to_the_post(blog: Blog) -> None:
    blog.post("first", Aliases="/2009/05/old-name/, old.html")

    assert blog.build() == 0

    assert 'url=/first.html"' in blog.page("2009/05/old-name/index.html")
    assert 'rel="canonical" href="https://me.example/first.html"' in blog.page("old.html")
    assert blog.page("_redirects").splitlines() == ["/2009/05/old-name/ /first.html 301", "/old.html /first.html 301"]
    assert "old" not in blog.page("sitemap.xml")


def test_an_alias_that_is_taken_or_outside_is_a_problem(blog: Blog) -> None:
    blog.post("first", Aliases="/second.html, ../../up/")

    assert blog.build() == 1

    assert "content/posts/first.md:3: error: The alias second.html is the address of posts/second.md." in blog.told
    assert "The alias '../../up/' is no address below this site." in blog.told


def test_a_feed_has_a_whole_copy_at_its_old_address(blog: Blog) -> None:
    blog.settings('BYLINE_FEEDS = {"aliases": {"rss.xml": "feeds/all.atom.xml", "x.xml": "feeds/al.atom.xml"}}\n')

    assert blog.build(keep_going=True) == 1

    assert blog.page("rss.xml") == blog.page("feeds/all.atom.xml")
    assert "The feed alias x.xml means feeds/al.atom.xml, and there is no such feed." in blog.told
    assert "Did you mean feeds/all.atom.xml?" in blog.told


def test_a_fault_outside_the_sites_own_files_blames_none_of_its_lines(blog: Blog, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    installed.mkdir()
    (installed / "elsewhere.py").write_text(
        "from pelican import signals\n\ndef fail(generators):\n    raise KeyError('x')\n\n"
        "def register():\n    signals.all_generators_finalized.connect(fail)\n"
    )
    blog.settings(f'PLUGIN_PATHS = [{str(installed)!r}]\nPLUGINS = ["elsewhere"]\n')

    assert blog.build() == 1
    assert blog.told.startswith("error: The site cannot be listed: KeyError: 'x'. BYLINE_TRACEBACK=1 shows whose fault")


def test_of_releases_the_newest_five_stay_with_what_they_name(blog: Blog) -> None:
    digests = []
    for number in range(7):
        blog.post("first", f"Version {number}.")
        assert blog.build() == 0
        release = json.loads(newest(blog).read_bytes())
        digests.append(next(post["content"] for post in release["posts"] if post["path"] == "posts/first.md"))

    store = Store(blog.root / ".byline/store.sqlite")
    assert len(released(blog)) == 5
    assert [bool(store.get(digest)) for digest in digests] == [False, False, True, True, True, True, True]


def test_what_earlier_releases_named_stays_as_long_as_it_is_little(blog: Blog) -> None:
    for number in range(8):
        blog.post(f"other-{number}", f"The text of another, number {number}.")
    for number in range(7):
        blog.post("first", f"Version {number}.")
        assert blog.build() == 0

    named = {post["content"] for post in json.loads(newest(blog).read_bytes())["posts"]}
    assert len(released(blog)) == 5
    assert Store(blog.root / ".byline/store.sqlite").count() == len(named) + 6


def newest(blog: Blog) -> Path:
    """Return the file of a blog's last release."""
    return max((blog.root / ".byline/releases").glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
