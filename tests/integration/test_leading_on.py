"""Where a site's posts lead on to: what pages and feeds show of related posts, of links between them, of series."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from byline.site.site import Site

if TYPE_CHECKING:
    from blog import Blog

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TEMPLATE = """\
{% for post in article.related_posts %}related {{ post.url }} {{ post.title }}
{% endfor %}
{% for match in article.related_matches %}match {{ match.reasons.words|join(", ") }}
{% endfor %}
{% for said in article.mentions %}mention {{ said.post.name }}: {{ said.before }}[{{ said.words }}]{{ said.after }}
{% endfor %}
{% for further in article.further_reading %}further {{ further.name }} {{ further.url }} {{ further.person }}
{% endfor %}
{% if article.series %}series {{ article.series }} {{ article.series.index }} of {{ article.series.number }}
{{ article.series.previous.url }} < > {{ article.series.next.url }}
{% endif %}
"""
SERIES_PAGE = "{{ series.name }}:{% for article in series.posts %} {{ article.title }}{% endfor %}"
FERRIES = (
    "The ferry leaves at noon. The captain of the ferry waits for nobody in the harbour, and the harbour is small."
)
BREAD = "Flour, water and salt make a sourdough. A sourdough wants time, and flour wants patience, and an oven."


@pytest.fixture
def site(blog: Blog) -> Blog:
    """Give a blog of another theme that prints all there is, with posts on ferries and on bread."""
    for old in blog.root.glob("content/posts/*"):
        old.unlink()
    blog.settings('THEME_TEMPLATES_OVERRIDES = ["templates"]\nTHEME = "simple"\nDEFAULT_PAGINATION = False\n')
    blog.write("templates/article.html", TEMPLATE)
    for year in range(2010, 2016):
        blog.post(f"ferry{year}", FERRIES, Date=f"{year}-01-01")
        blog.post(f"bread{year}", BREAD, Date=f"{year}-02-01")
    return blog


def shown(blog: Blog, name: str, kind: str = "related") -> list[str]:
    """Return what a post's page says of a kind."""
    return re.findall(rf"^{kind} (.*)$", blog.page(f"{name}.html"), re.MULTILINE)


def built(blog: Blog) -> str:
    """Build and return what was told; the build must not fail."""
    assert blog.build() == 0, blog.told
    return blog.told


def test_a_post_leads_on_to_posts_about_the_same_and_says_why(site: Blog) -> None:
    for number in range(16):  # what half of all posts speak of is no reason
        site.post(f"note{number}", f"Note {number}.", Date=f"2001-01-{number + 1:02}")

    built(site)

    assert {line[:5] for line in shown(site, "ferry2012")} == {"ferry"}
    assert len(shown(site, "ferry2012")) == 5
    assert all("harbour" in line and "ferry" in line for line in shown(site, "ferry2012", "match"))
    assert {line[:5] for line in shown(site, "bread2015")} == {"bread"}


def test_what_is_not_published_is_in_no_list_and_changes_none(site: Blog) -> None:
    built(site)
    before = site.made()
    site.post("ferry-draft", FERRIES, Date="", Status="draft")
    site.post("ferry-later", FERRIES, Date="2999-01-01")
    site.post("ferry-hidden", FERRIES, Date="2012-03-01", Status="hidden")

    built(site)

    changed = {path for path, digest in site.made().items() if before.get(path) != digest}
    assert {path for path in changed if not path.startswith("cards/")} == {"ferry-hidden.html"}
    assert {line[:5] for line in shown(site, "ferry-hidden")} == {"ferry"}
    assert "hidden" not in " ".join(shown(site, "ferry-hidden"))


def test_a_preview_shows_a_drafts_own_list(site: Blog) -> None:
    site.post("ferry-draft", FERRIES, Date="", Status="draft")
    built(site)

    preview = Site(site.root / "pelicanconf.py", NOW, unpublished=True)

    draft = preview.make("ferry-draft.html").decode()
    published = preview.make("ferry2012.html")
    preview.close()
    assert draft.count("related ferry") == 5
    assert published == (site.output / "ferry2012.html").read_bytes()


def test_pins_come_first_in_their_order_and_what_is_excluded_never(site: Blog) -> None:
    site.post("ferry2012", FERRIES, Date="2012-01-01", Related="bread2011, bread2010, -ferry2013")

    built(site)

    listed = [line.split(".")[0] for line in shown(site, "ferry2012")]
    assert listed[:2] == ["bread2011", "bread2010"]
    assert len(listed) == 5
    assert "ferry2013" not in listed


def test_a_pin_that_means_no_post_is_told_at_its_line(site: Blog) -> None:
    site.post("ferry2012", FERRIES, Date="2012-01-01", Related="bred2011")

    told = built(site)

    assert "content/posts/ferry2012.md:3: warning: Related: 'bred2011' is no post." in told
    assert "Did you mean bread2011" in told


@pytest.mark.parametrize(
    "link", ["ferry2012.md", "/ferry2012.html", "https://me.example/ferry2012.html#noon", "{filename}ferry2012.md"]
)
def test_a_post_names_those_that_link_it_with_the_sentence(site: Blog, link: str) -> None:
    site.post("walk", f"A wet day. I took [the ferry]({link}) home. All was well.", Date="2014-05-05")

    built(site)

    assert shown(site, "ferry2012", "mention") == ["Walk: I took [the ferry] home."]
    assert shown(site, "walk", "mention") == []


def test_other_peoples_posts_are_named_once(site: Blog) -> None:
    boats = "https://boats.example/slow"
    body = f'See [Slow boats]({boats}/ "Ana Ruiz"){{.further}} and [again]({boats}){{.further}}.'
    front = {"Further_reading": f"[Slow boats]({boats})\n    [Tides](https://tides.example/) by Bo Lund"}
    site.post("walk", body, Date="2014-05-05", **front)

    built(site)

    assert shown(site, "walk", "further") == [
        "Slow boats https://boats.example/slow Ana Ruiz",
        "Tides https://tides.example/ Bo Lund",
    ]


def test_a_series_leads_from_part_to_part_and_takes_no_place_among_related_posts(site: Blog) -> None:
    site.write("templates/series.html", SERIES_PAGE)
    for number, year in enumerate((2013, 2011, 2012), 1):
        site.post(f"ferry{year}", FERRIES, Date=f"{year}-01-01", Series="Ferries", Series_index=str(number))

    built(site)

    assert shown(site, "ferry2011", "series") == ["Ferries 2 of 3"]
    assert "ferry2013.html < > ferry2012.html" in site.page("ferry2011.html").replace("&lt;", "<").replace("&gt;", ">")
    assert not {"ferry2012.html", "ferry2013.html"} & {line.split()[0] for line in shown(site, "ferry2011")}
    assert site.page("series/ferries/index.html") == "Ferries: Ferry2013 Ferry2011 Ferry2012"
    assert "https://me.example/series/ferries/" in site.page("sitemap.xml")


def test_related_posts_close_an_entry_in_every_feed_if_that_is_wanted(site: Blog) -> None:
    feeds = 'FEED_ALL_RSS = "feeds/all.rss.xml"\n'
    built(site)
    without = site.page("feeds/all.atom.xml")
    site.settings(f'{feeds}BYLINE_RELATED = {{"count": 2, "in_feed": True}}\n')

    built(site)

    [entry] = (
        entry for entry in json.loads(site.page("feeds/feed.json"))["items"] if entry["url"].endswith("ferry2012.html")
    )
    closing = entry["content_html"].rpartition("<p>Related posts:</p>")[2]
    assert re.findall(r'href="([^"]*)"', closing) == [
        f"https://me.example/{name}.html" for name in ("ferry2011", "ferry2013")
    ]
    assert "Related posts:" not in without
    assert site.page("feeds/all.atom.xml").count("Related posts:") == 12
    assert site.page("feeds/all.rss.xml").count("Related posts:") == 12


def test_who_wants_no_related_posts_gets_none(site: Blog) -> None:
    site.settings('THEME_TEMPLATES_OVERRIDES = ["templates"]\nTHEME = "simple"\nBYLINE_RELATED = {"count": 0}\n')

    built(site)

    assert shown(site, "ferry2012") == []


def test_a_translation_leads_on_in_its_own_language(site: Blog) -> None:
    for year in range(2010, 2014):
        german = f"Die Fähre wartet im Hafen, und der Hafen ist klein, sagt die Fähre im Jahr {year}."
        site.post(f"faehre{year}", german, Date=f"{year}-01-01", Slug=f"ferry{year}", Lang="de")

    built(site)

    assert "-de" not in " ".join(shown(site, "ferry2012"))
    assert {line.split()[0] for line in shown(site, "ferry2012-de")} == {
        f"ferry{year}-de.html" for year in (2010, 2011, 2013)
    }


def test_a_page_is_made_of_what_it_says_of_others(site: Blog) -> None:
    preview = Site(site.root / "pelicanconf.py", NOW)
    before = preview.traced("ferry2012.html").trace()
    site.post("ferry2013", FERRIES, Date="2013-01-01", Title="Renamed")
    preview.refresh(NOW)

    after = preview.traced("ferry2012.html").trace()

    preview.close()
    assert {(read.subject, read.field) for read in set(after) - set(before)} >= {("posts/ferry2013.md", "title")}


def test_nothing_is_compared_where_no_page_asks(site: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("templates/article.html", "{{ article.title }}")
    asked: list[str] = []
    matches = "byline.related.relations.Relations.matches"
    monkeypatch.setattr(matches, lambda _self, post, _count: asked.append(post.path))

    built(site)

    assert asked == []
