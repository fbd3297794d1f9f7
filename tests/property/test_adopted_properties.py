"""Articles as Byline hosts them: what they answer is what Pelican's own would."""

from __future__ import annotations

import posixpath
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from byline.site import adopted
from byline.site.adopted import Unopened, resolved_tags
from byline.values.content import Content, digest
from byline.values.shelved import Shelf, Shelved
from hypothesis import example, given
from hypothesis import strategies as st
from pelican import contents
from pelican.settings import DEFAULT_CONFIG
from pelican.urlwrappers import Author, Category

if TYPE_CHECKING:
    from collections.abc import Callable

FRONT = {
    "title": "A",
    "slug": "a-b",
    "date": datetime(2026, 3, 1, tzinfo=UTC),
    "place": "Oslo",
}
NAMES = ["{slug}", "{lang}", "{date:%Y}", "{author}", "{category}", "{path}", "{place}", "{slug:>9}", "{{", "/", "x"]
PIECES = (
    "<a ;<img ;href=;src=;\";';{static};{attach};{filename};|static|;/a;../b c;>;</a>;{static}/c.jpg;<p>; ;\n;text;}"
).split(";")
SOUP = st.lists(st.sampled_from([*PIECES, '<img src="{static}/d.jpg" alt="">']), max_size=14).map("".join)


def settings(**changes: object) -> dict[str, Any]:
    return {**DEFAULT_CONFIG, "PATH": "/site/content", "AUTHOR": "Ada Lovelace", **changes}


def written(kind: type, content: object, site: dict[str, Any], **front: object) -> Any:  # noqa: ANN401  an article of either kind
    category = Category("Work & play", site)
    return kind(content, {**FRONT, "category": category, **front}, site, "/site/content/posts/a.md", {})


def answered(content: Any) -> set[str]:  # noqa: ANN401  an article of either kind
    return {name for name in dir(content) if name[0] != "_" and hasattr(content, name)}


def shelf(html: str, *functions: Callable[[Content], object]) -> Shelf:
    return Shelf({function: place for place, function in enumerate(functions)}, lambda _digest, _path: Content(html))


@given(st.lists(st.sampled_from(NAMES), max_size=5).map("".join), st.sampled_from(["published", "draft"]))
def test_an_address_is_the_one_that_pelican_gives(pattern: str, status: str) -> None:
    site = settings(ARTICLE_URL=pattern, DRAFT_URL=f"d/{pattern}", PAGE_URL=pattern, DRAFT_PAGE_URL=f"d/{pattern}")
    for own, stock in ((adopted.Article, contents.Article), (adopted.Page, contents.Page)):
        assert written(own, "", site, status=status).url == written(stock, "", site, status=status).url


@given(SOUP)
@example('<a href="{static}/a.jpg" src="{attach}b.jpg"><img src="{static}/c d%20e.jpg">')
@example('<a href="{static}/a>b.jpg" href="{static}/c.jpg">')
def test_the_tags_that_are_known_link_the_files_that_the_text_links(html: str) -> None:
    shelved = Shelved(shelf("opened", resolved_tags), "a.md", (resolved_tags(Content(html)),))

    hosted = written(adopted.Article, Unopened(shelved), settings())

    assert hosted.get_static_links() == written(contents.Article, html, settings()).get_static_links()


@given(
    st.lists(st.sampled_from(["site", "content", "a.md", "..", ".", "", "posts", "b c.md"]), max_size=6).map("/".join)
)
def test_a_path_below_content_is_pelicans(path: str) -> None:
    found = adopted.relative_path(f"/{path}", "/site/content")

    assert found in {"", posixpath.relpath(posixpath.abspath(f"/{path}"), "/site/content")}


@given(
    st.lists(st.sampled_from(["a.html", "..", ".", "", "posts", "b c", ".d", "\\", "e\n"]), max_size=4).map("/".join)
)
def test_an_address_outside_the_site_is_seen(path: str) -> None:
    site = settings(OUTPUT_PATH="/site/output", ARTICLE_SAVE_AS=path)

    own, stock = (written(kind, "", site, status="published") for kind in (adopted.Article, contents.Article))

    assert own.is_valid() is stock.is_valid()


def test_a_hosted_article_has_what_pelicans_has() -> None:
    for own, stock in ((adopted.Article, contents.Article), (adopted.Page, contents.Page)):
        hosted = written(own, Unopened(Shelved(shelf("<p>Words.</p>", digest), "a.md", ("",))), settings())
        pelicans = written(stock, "<p>Words.</p>", settings())

        assert answered(hosted) == answered(pelicans)
        assert vars(hosted).keys() == vars(pelicans).keys()
        assert (type(hosted).__name__, hosted._content) == (stock.__name__, pelicans._content)  # noqa: SLF001  Pelican's own name
        assert hosted.content == pelicans.content
        assert hosted.relative_source_path == pelicans.relative_source_path == "posts/a.md"


def test_the_author_of_an_address_is_the_first() -> None:
    site = settings(ARTICLE_URL="{author}/{slug}")
    authors = [Author(name, site) for name in ("Grace Hopper", "Ada Lovelace")]

    assert written(adopted.Article, "", site, authors=authors).url == "grace-hopper/a-b"


@given(SOUP, st.sampled_from([DEFAULT_CONFIG["INTRASITE_LINK_REGEX"], "[(](?P<what>.*?)[)]"]))
@example('<a href="(static)/a.jpg">', "[(](?P<what>.*?)[)]")
def test_addresses_are_resolved_as_pelican_does(html: str, expression: str) -> None:
    article = written(contents.Article, html, settings(INTRASITE_LINK_REGEX=expression))
    article._context = {"static_content": {}, "generated_content": {}}  # noqa: SLF001  Pelican's own names
    found = adopted.resolved(article, html, "/root")

    assert article._update_content(found, "/root") == found  # noqa: SLF001
    assert (found == html) is (article._update_content(html, "/root") == html)  # noqa: SLF001
