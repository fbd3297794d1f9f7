"""The door to Pelican: settings files, front matter made Pelican's metadata, articles made Posts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Literal
from unicodedata import normalize

import pytest
from byline.edges.from_pelican import feed_id, lead_picture, metadata, post, post_key
from byline.site.configuration import load
from byline.values.content import Content
from byline.values.photo import Photo
from byline.values.post import Reading, Share, Status
from byline.values.problem import Fault
from pelican.contents import Article
from pelican.settings import DEFAULT_CONFIG, read_settings

if TYPE_CHECKING:
    from pathlib import Path

UUID = "71895222-e59a-41fe-8e15-7bba0da682e4"
PHOTO = Photo("images/my pic.jpg", "images/my pic.jpg", "A bench")
SITE: dict[str, Any] = {
    **DEFAULT_CONFIG,
    "SITEURL": "https://me.example/blog",
    "TIMEZONE": "Europe/Oslo",
    "AUTHOR": "Ada",
    "ARTICLE_URL": "{slug}/",
}


def reading(**front: object) -> Reading:
    """Return the Reading of posts/a.md with this front matter, each key on a line of its own."""
    lines = {key: number for number, key in enumerate(front, 1)}
    return Reading("posts/a.md", front, lines, Content("<p>Words.</p>"))


def wrong(**front: object) -> str:
    """Return what Pelican cannot take of this front matter."""
    with pytest.raises(Fault) as caught:
        metadata(reading(**front), SITE)
    return str(caught.value)


def posted(source: Reading, status: Status = Status.PUBLISHED, **settings: object) -> Any:  # noqa: ANN401  a Post
    """Return the Post that Pelican's Article of a reading becomes."""
    site = {**SITE, **settings}
    article = Article(source.content.html, {"title": "A", **metadata(source, site)}, site, f"{site['PATH']}/posts/a.md")
    return post(article, source, status, PHOTO)


def test_front_matter_becomes_pelicans_objects() -> None:
    found = metadata(reading(title="A", date="2026-03-01 18:30", category="Work", tags="a, b", status="hidden"), SITE)

    assert found["title"] == "A"
    assert found["date"] == datetime(2026, 3, 1, 18, 30)  # noqa: DTZ001  Pelican gives it its zone
    assert str(found["category"]) == "Work"
    assert [str(tag) for tag in found["tags"]] == ["a", "b"]
    assert found["status"] == "hidden"


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        ("a, b, a,", ["a", "b"]),
        ("Holt, Maren; Vale, Ada", ["Holt, Maren", "Vale, Ada"]),
        (("a, b", "c"), ["a, b", "c"]),
        ((" a ", ""), ["a"]),
    ],
)
def test_lists_are_split_where_their_writer_meant_it(tags: object, names: list[str]) -> None:
    assert [str(tag) for tag in metadata(reading(tags=tags), SITE)["tags"]] == names


@pytest.mark.parametrize("value", ["", (), ",", " ; "])
def test_an_empty_value_is_no_value(value: object) -> None:
    assert metadata(reading(tags=value), SITE) == {}


def test_a_key_of_the_writers_own_keeps_its_values() -> None:
    front = reading(instrument=("oboe", "viola"), mood="good", table={"a": "b"})

    assert metadata(front, SITE) == {"instrument": ["oboe", "viola"], "mood": "good", "table": {"a": "b"}}


@pytest.mark.parametrize(
    ("front", "what"),
    [
        ({"date": "someday"}, "Date cannot be read: 'someday' is no date. Write it as `2026-03-01 09:30`."),
        ({"date": "March 2026"}, "Date cannot be read: 'March 2026' leaves out the year, the month or the day."),
        ({"modified": "2026-03-01 10:00 EST"}, "Modified cannot be read: the time zone EST means several things"),
        ({"timezone": "Mars/Phobos"}, "Timezone cannot be read: there is no time zone 'Mars/Phobos'."),
        ({"url": "//[bad"}, "Url cannot be read: Invalid IPv6 URL."),
        ({"title": ("A", "B")}, "Title cannot be read: it has several values."),
        ({"category": {"a": "b"}}, "Category cannot be read: it has several values."),
        ({"tags": (("a",), "b")}, "Tags cannot be read: a name in it is no text."),
        ({"tags": {"a": "b"}}, "Tags cannot be read: a name in it is no text."),
        ({"settings": "A"}, "Settings cannot be read: Pelican needs that name for itself."),
        ({"content": "A"}, "Content cannot be read: Pelican needs that name for itself."),
        ({"_content": "A"}, "_content cannot be read: Pelican needs that name for itself."),
    ],
)
def test_what_pelican_cannot_take_is_named_with_its_line(front: dict[str, object], what: str) -> None:
    assert wrong(mood="good", **front).startswith(f"posts/a.md:2: {what}")


def test_a_post_may_have_a_zone_of_its_own() -> None:
    made = posted(reading(date="2026-03-01 18:30", timezone="Asia/Tokyo", slug="a"))

    assert made.published == datetime(2026, 3, 1, 18, 30, tzinfo=timezone(timedelta(hours=9)))


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert wrong(date="someday", modified="never").count("cannot be read") == 2


@pytest.mark.parametrize(
    ("written", "identity"),
    [
        (UUID, f"urn:uuid:{UUID}"),
        (UUID.upper(), f"urn:uuid:{UUID}"),
        (f"urn:uuid:{UUID}", f"urn:uuid:{UUID}"),
        ("tag:me.example,2020-01-01:/a/", "tag:me.example,2020-01-01:/a/"),
        ("https://me.example/?p=12", "https://me.example/?p=12"),
        ("12", ""),
        ("a post", ""),
        ("note: a post", ""),
        ("http://[bad", ""),
        ("", ""),
    ],
)
def test_an_id_is_a_uuid_or_an_absolute_uri(written: str, identity: str) -> None:
    assert feed_id(written) == identity


def test_files_of_a_post_are_named_by_its_uuid_or_a_digest() -> None:
    assert post_key(f"urn:uuid:{UUID}") == UUID
    assert post_key("tag:me.example,2020-01-01:/a/") == "c9c158d4baef34ce09c4"


@pytest.mark.parametrize(
    "identity", ["urn:uuid:../../a", "urn:uuid:", "urn:uuid:a/b", f"urn:uuid:{UUID}/..", "urn:UUID:a"]
)
def test_an_id_that_only_begins_like_a_uuid_names_no_file_elsewhere(identity: str) -> None:
    assert set(post_key(identity)) <= set("0123456789abcdef")


def test_a_post_without_an_id_has_the_one_of_pelicans_feeds() -> None:
    made = posted(reading(date="2026-03-01 18:30", slug="a"))

    assert made.id == "tag:me.example,2026-03-01:/blog/a/"
    assert made.url == "https://me.example/blog/a/"
    assert posted(reading(date="2026-03-01", slug="a"), FEED_APPEND_REF=True).id == made.id


def test_a_post_has_what_its_front_matter_and_its_text_say() -> None:
    made = posted(
        reading(
            title="A &amp; <em>B</em>",
            date="2026-03-01 18:30",
            modified="2026-03-05 08:00 +00:00",
            slug="a",
            tags="x, y",
            category="Work",
            summary="<p>In <b>short</b></p>",
            id=UUID,
            question="What\nnow?",
            aliases="/old/, /older/",
        )
    )

    assert (made.name, made.summary, made.question) == ("A & B", "In short", "What\nnow?")
    assert made.published == datetime(2026, 3, 1, 18, 30, tzinfo=timezone(timedelta(hours=1)))
    assert made.updated == datetime(2026, 3, 5, 8, tzinfo=UTC)
    assert (made.category, made.tags, made.aliases) == ("Work", ("x", "y"), ("/old/", "/older/"))
    assert made.photo is PHOTO
    assert [person.name for person in made.authors] == ["Ada"]
    assert (made.id, made.key) == (f"urn:uuid:{UUID}", UUID)


def test_a_post_without_a_summary_has_the_beginning_of_its_text() -> None:
    assert posted(reading(slug="a", date="2026-03-01")).summary == "Words."


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("On trust", "On trust"),
        ("  On\n trust ", "On trust"),
        ("Q&amp;A", "Q&A"),
        (("On trust",), "On trust"),
        (("", "On trust", "On time"), "On trust"),
        (({"name": "On trust"},), ""),
        ({"name": "On trust"}, ""),
        ("", ""),
        ((), ""),
    ],
)
def test_a_series_has_one_name_in_plain_text(written: object, name: str) -> None:
    assert posted(reading(slug="a", date="2026-03-01", series=written)).series == name


@pytest.mark.parametrize(
    ("written", "number"),
    [("2", 2), (" 2 ", 2), ("1.5", 1.5), ("0", 0), ("-1", -1), (("3",), 3), ("٣", 3)]
    + [
        (wrong, None) for wrong in ("", (), "two", "2/5", "1,5", "1e3", "nan", "inf", "1_0", ("1", "2"), "9" * 400, "²")
    ],
)
def test_a_part_has_a_number_or_none(written: object, number: float | None) -> None:
    assert posted(reading(slug="a", date="2026-03-01", series_index=written)).series_index == number


def test_a_post_of_no_series_has_neither_name_nor_number() -> None:
    made = posted(reading(slug="a", date="2026-03-01"))

    assert (made.series, made.series_index) == ("", None)


@pytest.mark.parametrize(
    ("front", "share"),
    [
        ({}, Share()),
        ({"share": "Go and see.\nNow."}, Share("Go and see.\nNow.")),
        ({"share": ("One.", "Two.")}, Share("One.\nTwo.")),
        ({"share": "true", "share_x": "False"}, Share()),
        ({"share": "", "share_x": "", "networks": ""}, Share()),
        (
            {"share_x": "On X.", "share_my_blog": "At home."},
            Share(by_network=(("my_blog", "At home."), ("x", "On X."))),
        ),
        ({"networks": "Mastodon, my-blog,"}, Share(networks=("mastodon", "my_blog"))),
        ({"networks": ("x", "X", "bluesky")}, Share(networks=("x", "bluesky"))),
        ({"networks": "none"}, Share(networks=())),
        ({"networks": "None, x"}, Share(networks=())),
        ({"networks": ()}, Share(networks=())),
        ({"networks": " , "}, Share()),
    ],
)
def test_a_post_says_in_what_words_and_which_networks_are_told(front: dict[str, object], share: Share) -> None:
    assert posted(reading(slug="a", date="2026-03-01", **front)).share == share


@pytest.mark.parametrize("key", ["share", "share_x"])
def test_words_for_the_networks_that_are_a_table_are_told(key: str) -> None:
    assert wrong(mood="good", **{key: {"x": "y"}}).startswith(
        f"posts/a.md:2: {key.capitalize()} cannot be read: it is a"
    )


def test_a_title_about_markup_keeps_what_it_is_about() -> None:
    assert posted(reading(title="What &lt;b&gt; means", slug="a")).name == "What <b> means"


@pytest.mark.parametrize(
    ("front", "path"),
    [
        ({"photo": "../images/a.jpg"}, "images/a.jpg"),
        ({"photo": "a.jpg"}, "posts/a.jpg"),
        ({"photo": "/images/a.jpg"}, "images/a.jpg"),
        ({"photo": "{static}/images/a.jpg"}, "images/a.jpg"),
        ({"cover": "|filename|a.jpg"}, "posts/a.jpg"),
        ({"image": "a%20b.jpg"}, "posts/a b.jpg"),
        ({"photo": "", "featured_image": "a.jpg"}, "posts/a.jpg"),
        ({"photo": "../../outside.jpg"}, "../outside.jpg"),
        ({"photo": "https://else.example/a.jpg"}, ""),
        ({"photo": "//else.example/a.jpg"}, ""),
        ({"photo": "http://[bad"}, ""),
        ({}, ""),
    ],
)
def test_the_lead_picture_is_a_path_from_the_content_folder(front: dict[str, object], path: str) -> None:
    assert lead_picture("posts/a.md", front, ()) == path


@pytest.mark.parametrize("there", ["NFC", "NFD"])
@pytest.mark.parametrize("written", ["NFC", "NFD"])
def test_the_lead_picture_is_found_however_its_accents_are_composed(
    written: Literal["NFC", "NFD"], there: Literal["NFC", "NFD"]
) -> None:
    file = normalize(there, "posts/café.jpg")

    assert lead_picture("posts/a.md", {"photo": normalize(written, "café.jpg")}, {file}) == file


@pytest.mark.parametrize("name", ["50%25.jpg", "a%20b.jpg", "100%.jpg", "a?b#c.jpg"])
def test_the_lead_picture_may_have_any_signs_in_its_name(name: str) -> None:
    assert lead_picture("posts/a.md", {"photo": name}, {f"posts/{name}"}) == f"posts/{name}"


def settings_file(root: Path, text: str) -> Path:
    """Write a settings file into a folder with content/."""
    (root / "content").mkdir()
    file = root / "pelicanconf.py"
    file.write_text(f'PATH = "content"\nTIMEZONE = "UTC"\n{text}', "utf-8")
    return file


def test_paths_in_a_settings_file_are_absolute_whatever_the_working_directory(tmp_path: Path) -> None:
    pelican = load(settings_file(tmp_path, "")).pelican

    assert (pelican["PATH"], pelican["OUTPUT_PATH"]) == (str(tmp_path / "content"), str(tmp_path / "output"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A = (\n", "pelicanconf.py:3: The settings cannot be read: SyntaxError"),
        ("\nA = 1 / 0\n", "pelicanconf.py:4: The settings cannot be read: ZeroDivisionError: division by zero."),
        ('THEME = "gone"\n', "pelicanconf.py: Pelican cannot use the settings: Could not find the theme gone."),
        ('TIMEZONE = "Mars"\n', "pelicanconf.py: Pelican cannot use the settings: there is no time zone 'Mars'."),
        ('PATH = "gone"\n', "pelicanconf.py: Pelican cannot use the settings: You need to specify a path"),
    ],
)
def test_settings_that_cannot_be_run_are_named_with_their_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(Fault) as caught:
        load(settings_file(tmp_path, text))

    assert str(caught.value).startswith(told)


def test_a_settings_file_that_is_not_there_or_no_text_is_a_problem(tmp_path: Path) -> None:
    broken = settings_file(tmp_path, "")
    broken.write_bytes(b"\xff")

    for file in (broken, tmp_path / "gone.py"):
        with pytest.raises(Fault, match="The settings file cannot be read"):
            load(file)


def test_settings_one_slip_from_a_known_one_get_a_hint(tmp_path: Path) -> None:
    problems = load(settings_file(tmp_path, 'SITEURLS = "x"\nMY_OWN = 1\nBYLINE_FEED = {}\n')).problems

    assert [str(problem) for problem in problems] == [
        "pelicanconf.py:5: The setting BYLINE_FEED is unknown. Rename or remove it. Did you mean BYLINE_FEEDS?",
        "pelicanconf.py:3: The setting SITEURLS is unknown. Did you mean SITEURL?",
    ]


def test_the_settings_of_stock_pelican_are_known(tmp_path: Path) -> None:
    file = settings_file(tmp_path, "\n".join(f"{name} = None" for name in ("AUTHOR", "FEED_ATOM", "SITESUBTITLE")))

    assert load(file).problems == ()
    assert read_settings(str(file))["PATH"] == load(file).pelican["PATH"]
