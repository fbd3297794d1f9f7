"""A page in its language: the theme's words, its dates, the way it runs, and which pages say the same in others."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from byline.site.site import Site
from live_blog import SETTINGS, LiveBlog

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 6, 1, tzinfo=UTC)
CATALOGUE = "content/theme/locale/{}/LC_MESSAGES/byline.po"
LANGUAGE_URLS = """\
ARTICLE_LANG_URL = PAGE_LANG_URL = "{lang}/{slug}/"
ARTICLE_LANG_SAVE_AS = PAGE_LANG_SAVE_AS = "{lang}/{slug}/index.html"
DRAFT_LANG_URL = DRAFT_PAGE_LANG_URL = "{lang}/{slug}/"
DRAFT_LANG_SAVE_AS = DRAFT_PAGE_LANG_SAVE_AS = "{lang}/{slug}/index.html"
"""
TALK = {"Slug": "talk", "Question": "?", "Tags": "talk"}
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">')


@pytest.fixture
def blog(tmp_path: Path) -> LiveBlog:
    """Give an English blog with a post that is there in German and Arabic too, and one that is German only."""
    blog = LiveBlog(tmp_path / "blog").begin(str(tmp_path / "www"))
    blog.post("talk", "Words.", **TALK, Lang="en-gb")
    blog.post("talk-de", "Wörter.", **TALK, Title="Reden", Lang="de", Modified="2026-03-01")
    blog.post("talk-ar", "كلمات.", **TALK, Title="حديث", Lang="ar")
    blog.post("nur", "Wörter.", Title="Nur hier", Lang="de", Date="2026-01-05", Summary="Kurz.")
    return blog


def built(blog: LiveBlog, more: str = "") -> LiveBlog:
    """Build with more settings, and return the blog."""
    blog.write("pelicanconf.py", SETTINGS + LANGUAGE_URLS + more)
    assert blog.build() == 0, blog.told
    return blog


def read(page: str) -> str:
    """Return what a reader sees or hears of a page's words, each run of white space as one space."""
    body = page.partition("<body>")[2]
    aloud = " ".join(re.findall(r'aria-label="([^"]*)"', body))
    return " ".join((re.sub(r"<[^>]*>", " ", body) + aloud).split())


def test_a_page_in_another_language_says_all_its_words_in_it(blog: LiveBlog) -> None:
    said = read(built(blog).page("de/talk/index.html"))

    for word in (
        *("Zum Text springen", "Von Ada Lovelace", "1. Januar 2020", "Aktualisiert am 1. März 2026", "Schlagwörter"),
        *("Eine Frage an dich", "Teilen", "Hier schreibt Ada Lovelace.", "Alle Beiträge", "Hauptnavigation"),
        *("Auf Mastodon teilen", "Per E-Mail teilen"),
    ):
        assert word in said, word
    assert not re.search(r"\b(Skip|By|Updated|Tags|question|Share|writes|posts|Main)\b", said.replace("Notes on", ""))


def test_english_pages_stay_english_and_their_dates_are_their_languages(blog: LiveBlog) -> None:
    page = built(blog).page("talk/index.html")
    assert "1 January 2020" in page
    assert "A question for you" in page
    assert "January 1, 2020" in built(blog, 'DEFAULT_LANG = "en-US"\n').page("engines/index.html")


def test_the_writers_own_words_are_marked_as_the_sites_language(blog: LiveBlog) -> None:
    page = built(blog).page("ar/talk/index.html")

    assert '<html lang="ar" dir="rtl"' in page
    assert '<a class="name" href="/" lang="en-gb" dir="ltr">Notes on engines</a>' in page
    assert '<ul class="links" lang="en-gb" dir="ltr">' in page
    assert re.search(r'<section class="author[^>]* lang="en-gb" dir="ltr">', page)
    assert 'lang="en' not in blog.page("talk/index.html").partition("<body>")[2]


def test_a_post_in_a_list_speaks_its_own_language(blog: LiveBlog) -> None:
    built(blog)

    entry = re.search(
        r'<article class="entry h-entry" lang="de" dir="ltr">.*?</article>', blog.page("index.html"), re.DOTALL
    )
    assert entry
    assert "5. Januar 2026" in entry[0]
    assert re.search(r'<li lang="de" dir="ltr">\s*<time[^>]*>5. Januar 2026</time>', blog.page("archives/index.html"))


def test_a_draft_in_the_preview_is_marked_in_its_language(blog: LiveBlog) -> None:
    blog.post("entwurf", "Wörter.", Title="Noch nicht", Lang="de", Status="draft")
    built(blog)

    site = Site(blog.root / "pelicanconf.py", NOW, unpublished=True)

    assert '<p class="status">Entwurf</p>' in site.make("index.html").decode()
    site.close()


@pytest.mark.parametrize(
    ("language", "date", "words"),
    [
        ("de", "1. Januar 2020", "Alle Beiträge"),
        ("de-AT", "1. Jänner 2020", "Alle Beiträge"),
        ("ja", "2020年1月1日", "全記事"),
        ("ar-EG", "1 يناير 2020", "كل المقالات"),
        ("fr", "1 janvier 2020", "All posts"),
        ("tlh", "January 1, 2020", "All posts"),
    ],
)
def test_a_site_speaks_its_language_else_the_nearest_else_english(
    blog: LiveBlog, language: str, date: str, words: str
) -> None:
    page = built(blog, f"DEFAULT_LANG = {language!r}\n").page("engines/index.html")

    assert f'<html lang="{language.lower()}"' in page
    assert date in page
    assert f">{words}</a>" in page


def test_every_page_of_a_site_in_arabic_is_arabic(blog: LiveBlog) -> None:
    built(blog, 'DEFAULT_LANG = "ar"\nDEFAULT_PAGINATION = 2\nBYLINE_AUTHOR = {}\n')

    own = {"Ada", "Lovelace", "Notes", "Posts", "Subscribe", "Mastodon", "Bluesky", "LinkedIn"}
    for path in ("404.html", "archives/index.html", "tag/index.html", "category/index.html", "author/index.html"):
        english = set(re.findall(r"\b[A-Z][a-z]+\b", read(blog.page(path)))) - own
        assert not english - {"Engines", "Looms", "Talk", "Nur", "Januar", "Reden", "A"}, path


def test_numbers_take_the_form_that_arabic_has_for_them(blog: LiveBlog) -> None:
    page = built(blog, 'DEFAULT_LANG = "ar"\n').page("tag/looms/index.html")
    assert 'content="مقالة واحدة من مقالات Ada Lovelace' in page
    assert 'content="اثنتان من مقالات Ada Lovelace' in blog.page("tag/engines/index.html")


def test_the_writers_catalogue_goes_before_the_themes_and_may_bring_a_language(blog: LiveBlog) -> None:
    blog.write(CATALOGUE.format("de"), 'msgid "Share"\nmsgstr "Weitersagen"\n')
    blog.write(CATALOGUE.format("en"), 'msgid "All posts"\nmsgstr "The whole lot"\n')
    blog.write(CATALOGUE.format("nl"), 'msgid "Share"\nmsgstr "Delen"\n')
    blog.post("talk-nl", "Woorden.", **TALK, Title="Praten", Lang="nl")

    built(blog)

    assert "<h2>Weitersagen</h2>" in blog.page("de/talk/index.html")
    assert "Eine Frage an dich" in blog.page("de/talk/index.html")
    assert "The whole lot" in blog.page("talk/index.html")
    assert "<h2>Delen</h2>" in blog.page("nl/talk/index.html")
    assert "The whole lot" in blog.page("nl/talk/index.html")
    assert "1 januari 2020" in blog.page("nl/talk/index.html")


def test_a_saved_catalogue_is_what_the_preview_shows_next(blog: LiveBlog) -> None:
    built(blog)
    site = Site(blog.root / "pelicanconf.py", NOW)
    before = site.traced("de/talk/index.html").trace()

    blog.write(CATALOGUE.format("de"), 'msgid "Share"\nmsgstr "Weitersagen"\n')
    site.refresh(NOW)
    made = site.traced("de/talk/index.html")

    assert "<h2>Weitersagen</h2>" in made.body.decode()
    assert {read.field for read in set(made.trace()) ^ set(before)} >= {"Share"}
    site.close()


def test_a_broken_catalogue_is_told_with_its_line_and_nothing_is_written(blog: LiveBlog) -> None:
    built(blog)
    path = CATALOGUE.format("xx")
    blog.write(path, '# Mine\nmsgid "Share"\nmsgstr "Teil"en"\n')
    before = blog.made()

    assert blog.build() == 1

    assert blog.told.splitlines()[0].startswith(f"{path}:3: error: This is no line of a catalogue. Write a comment, ")
    assert blog.made() == before


def test_a_slot_that_the_english_lacks_is_told_before_a_page_fails_by_it(blog: LiveBlog) -> None:
    path = CATALOGUE.format("de")
    blog.write(path, 'msgid "%(author)s writes here."\nmsgstr "%(autor)s schreibt hier."\n')

    assert blog.build() == 1

    what = "error: The translation has %(autor)s, which the English words above it lack."
    assert blog.told.splitlines()[0].startswith(f"{path}:1: {what}")


def test_dates_that_the_writer_sets_stay_as_they_are_set(blog: LiveBlog) -> None:
    page = built(blog, 'DATE_FORMATS = {"de": "am %d.%m.%y"}\n').page("de/talk/index.html")
    assert "am 01.01.20" in page
    assert "am 01.03.26" in page
    assert "1 January 2020" in blog.page("talk/index.html")
    assert "1/1/20" in built(blog, 'DEFAULT_DATE_FORMAT = "%-d/%-m/%y"\n').page("talk/index.html")


def test_archives_of_a_month_and_a_year_are_called_as_the_language_calls_them(blog: LiveBlog) -> None:
    more = """\
DEFAULT_LANG = "ja"
YEAR_ARCHIVE_URL, YEAR_ARCHIVE_SAVE_AS = "archives/{date:%Y}/", "archives/{date:%Y}/index.html"
MONTH_ARCHIVE_URL, MONTH_ARCHIVE_SAVE_AS = "archives/{date:%Y}/{date:%m}/", "archives/{date:%Y}/{date:%m}/index.html"
"""
    built(blog, more)

    assert '<a href="/archives/2026/">2026年</a>' in blog.page("archives/index.html")
    assert "<h1>2026年2月の記事</h1>" in blog.page("archives/2026/02/index.html")


def test_each_version_of_a_post_names_all_of_them_and_itself(blog: LiveBlog) -> None:
    built(blog)

    wanted = {
        "en-gb": "https://ada.pub/talk/",
        "x-default": "https://ada.pub/talk/",
        "de": "https://ada.pub/de/talk/",
        "ar": "https://ada.pub/ar/talk/",
    }
    for path in ("talk", "de/talk", "ar/talk"):
        found = ALTERNATE.findall(blog.page(f"{path}/index.html"))
        assert len(found) == len(wanted)
        assert dict(found) == wanted


def test_a_page_names_its_versions_as_a_post_does_and_leads_to_them(blog: LiveBlog) -> None:
    blog.write("content/pages/me.md", "Title: Me\nSlug: me\n\nWords.\n")
    blog.write("content/pages/ich.md", "Title: Ich\nSlug: me\nLang: de\n\nWörter.\n")
    built(blog)

    page = blog.page("de/me/index.html")
    assert dict(ALTERNATE.findall(page)).keys() == {"de", "en-gb", "x-default"}
    assert ALTERNATE.findall(page)
    assert '<a href="/me/" hreflang="en-gb" lang="en-gb" dir="ltr">Me</a>' in page


def test_what_is_in_one_language_or_hidden_names_no_versions(blog: LiveBlog) -> None:
    blog.post("still", "Words.", Slug="still", Status="hidden")
    blog.post("still-de", "Wörter.", Slug="still", Status="hidden", Lang="de")
    built(blog)

    for path in ("engines", "de/nur-hier", "still", "de/still"):
        assert not ALTERNATE.findall(blog.page(f"{path}/index.html")), path
    assert "hreflang" not in blog.page("sitemap.xml")


def test_an_entry_of_a_feed_ends_in_its_own_language(blog: LiveBlog) -> None:
    for number in range(3):
        blog.post(f"boote-{number}", "Boote im Hafen warten auf die Flut.", Lang="de", Tags="boote")
    built(blog, 'BYLINE_RELATED = {"in_feed": True}\nBYLINE_FEEDS = {"limit": 50}\n')

    feed = blog.page("feeds/atom.xml")
    assert "&lt;p&gt;Verwandte Beiträge:&lt;/p&gt;" in feed
    assert "&lt;p&gt;Related posts:&lt;/p&gt;" in feed


def test_a_theme_without_catalogues_is_left_alone(blog: LiveBlog) -> None:
    blog.write("look/templates/article.html", "{{ article.locale_date }} {{ gettext is defined }}")
    blog.write(CATALOGUE.format("de"), 'msgid "Share\n')

    page = built(blog, 'THEME = "look"\nDIRECT_TEMPLATES = []\n').page("de/talk/index.html")

    assert page.startswith("Wed 01 January 2020 False")
