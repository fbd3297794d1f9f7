"""Words: what an account is told, by golden cases, and the message that they go into."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from time import process_time

import pytest
from byline.sharing.counting import counting
from byline.sharing.cutting import turned_back
from byline.sharing.message import Picture
from byline.sharing.words import Words, composed, credited, message, picture
from byline.values.credit import Credit, License
from byline.values.person import Person
from byline.values.photo import Photo, Rendition
from byline.values.post import Post, Share, Status
from invented_posts import invented
from unit.test_golden import CASE, GOLDEN, MEANT

URL = "https://me.example/ties/"
LICENSE = License("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", attribute=True)
UNSPLASH = License("Unsplash", "Unsplash License", platform="Unsplash")
JANE = Credit(LICENSE, (Person("Jane Roe"),))


def post(**fields: str) -> Post:
    """Return a published post with these of a golden case's fields."""
    tags = tuple(tag.strip() for tag in fields.get("tags", "").split(",") if tag)
    own = tuple((key.removeprefix("share_"), words) for key, words in fields.items() if key.startswith("share_"))
    photo = Photo("a.jpg", "a.jpg", credit=Credit(LICENSE, (Person(fields["credit"]),))) if "credit" in fields else None
    return Post(
        id=URL,
        key="ties",
        url=URL,
        address="ties/",
        path="posts/ties.md",
        status=Status.PUBLISHED,
        language="en",
        name=fields.get("name", ""),
        summary=fields.get("summary", ""),
        published=datetime(2026, 5, 1, 8, tzinfo=UTC),
        updated=None,
        tags=tags,
        question=fields.get("question", ""),
        photo=photo,
        share=Share(fields.get("share", ""), own),
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(case["given"], case["expected"], id=case["title"])
        for case in CASE.finditer((GOLDEN / "words.txt").read_text("utf-8"))
    ],
)
def test_golden(given: str, expected: str) -> None:
    pairs = (line.partition(": ") for line in given.splitlines())
    fields = {key: value.replace("\\n", "\n").translate(MEANT) for key, _, value in pairs}
    kind, _, most = fields.pop("to").partition(" ")
    limit = counting(kind)

    words = composed(post(**fields), kind, replace(limit, most=int(most)) if most else limit)

    assert words.text + ("\n(cut)" if words.cut else "") == expected.removesuffix("\n")


@pytest.mark.parametrize(
    ("text", "added"),
    [
        pytest.param("a \u2067b", "\u2069", id="an isolate"),
        pytest.param("a \u2067b \u202bc", "\u202c\u2069", id="an embedding in an isolate"),
        pytest.param("a \u2067b \u202bc\u2069 d", "", id="the end of an isolate ends what is in it"),
        pytest.param("a \u2067b\u2069 \u202ec\u202c d", "", id="both ended"),
        pytest.param("a \u200fb\u2069", "", id="nothing opened"),
    ],
)
def test_what_turns_the_direction_is_turned_back(text: str, added: str) -> None:
    assert turned_back(text) == text + added


def test_an_address_that_has_no_room_stands_there_whole() -> None:
    short = replace(counting("bluesky"), most=10)

    assert composed(post(name="Weak ties"), "bluesky", short) == Words(URL)


def test_own_words_that_are_one_address_are_not_cut_in_it() -> None:
    other = f"https://them.example/{'a' * 300}/"

    words = composed(post(share=f"{other} is long"), "bluesky", counting("bluesky"))

    assert words == Words(URL, cut=True)


def test_a_photo_is_credited_with_its_platform() -> None:
    found = Credit(UNSPLASH, (Person("Jane Roe"),))

    assert credited(Photo("a.jpg", "a.jpg", credit=found)) == "Photo: Jane Roe / Unsplash"


@pytest.mark.parametrize(
    ("photo", "words"),
    [
        pytest.param(None, "", id="no photo"),
        pytest.param(Photo("a.jpg", "a.jpg"), "", id="no credit"),
        pytest.param(Photo("a.jpg", "a.jpg", credit=replace(JANE, own=True)), "", id="the writer's own"),
        pytest.param(Photo("a.jpg", "a.jpg", credit=Credit(LICENSE)), "", id="nobody known"),
        pytest.param(
            Photo("a.jpg", "a.jpg", credit=Credit(LICENSE, credit_line="Photo by\u2028Jane Roe")),
            "Photo by Jane Roe",
            id="a line that says so itself",
        ),
    ],
)
def test_the_words_of_a_credit(photo: Photo | None, words: str) -> None:
    assert credited(photo) == words


def test_a_picture_is_the_rendition_that_stands_for_the_photo() -> None:
    renditions = (
        Rendition("a.avif", 800, 600, "image/avif"),
        Rendition("a-480.jpg", 480, 360, "image/jpeg"),
        Rendition("a-800.jpg", 800, 600, "image/jpeg"),
    )
    photo = Photo("a.jpg", "a.jpg", "Two boats", width=2000, height=1500, credit=JANE, renditions=renditions)

    assert picture(photo, "d1") == Picture("d1", "image/jpeg", "Two boats", "Photo: Jane Roe", 800, 600)


def test_a_picture_without_renditions_is_the_file_itself() -> None:
    assert picture(Photo("a.PNG", "a.PNG", "Boats", width=20, height=15), "d1") == Picture(
        "d1", "image/png", "Boats", "", 20, 15
    )


def test_a_decorative_picture_has_no_words() -> None:
    assert picture(Photo("a.jpg", "a.jpg", "A line", decorative=True), "d1").alt == ""


@pytest.mark.parametrize(
    ("before", "after", "edited"),
    [
        pytest.param({"summary": "A"}, {"summary": "B"}, True, id="the summary"),
        pytest.param({"question": "Who?"}, {"question": "When?"}, True, id="the question"),
        pytest.param({"tags": "ties"}, {"tags": "work"}, True, id="the tags"),
        pytest.param({"share": "Read"}, {"share": "Look"}, True, id="the writer's own words"),
        pytest.param({"share": "Read", "question": "Who?"}, {"share": "Read", "question": "When?"}, False, id="unsaid"),
    ],
)
def test_an_edit_is_another_thing_that_is_said(before: dict[str, str], after: dict[str, str], *, edited: bool) -> None:
    one, other = (message(post(**fields), "m", counting("mastodon")).made_of for fields in (before, after))

    assert (one != other) == edited


def test_another_picture_or_other_words_for_it_are_an_edit_other_bytes_of_a_rendition_are_none() -> None:
    shown = Photo("a.jpg", "a.jpg", "Two boats", credit=JANE, original="0f", renditions=(rendition("a.old-480w.jpg"),))
    other = [
        replace(shown, renditions=(rendition("a.new-480w.jpg"),)),
        replace(shown, original="1f"),
        replace(shown, alt="Three boats"),
        replace(shown, credit=replace(JANE, creators=(Person("Joe Roe"),))),
    ]

    made_of = [message(replace(post(), photo=photo), "m", counting("mastodon")).made_of for photo in (shown, *other)]

    assert made_of[0] == made_of[1]
    assert len(set(made_of)) == 4


def rendition(path: str) -> Rendition:
    return Rendition(path, 480, 360, "image/jpeg")


def test_a_message_is_the_post_with_its_words_and_what_the_account_was_set_to() -> None:
    told = post(name="Weak\u2028ties", summary="What they are for", tags="weak ties")
    shown = Picture("d1", "image/jpeg", "Two boats")

    sent = message(told, "m", counting("mastodon"), visibility="unlisted", warning="Work", picture=shown)

    assert sent.text == f"Weak ties\n\nWhat they are for\n\n#WeakTies\n{URL}"
    assert (sent.url, sent.title, sent.description) == (URL, "Weak ties", "What they are for")
    assert (sent.language, sent.published, sent.tags) == ("en", "2026-05-01T08:00:00+00:00", ("weak ties",))
    assert (sent.visibility, sent.warning, sent.picture) == ("unlisted", "Work", shown)


def test_a_post_without_a_date_has_none_in_its_message() -> None:
    assert message(replace(post(name="Weak ties"), published=None), "m", counting("mastodon")).published == ""


@pytest.mark.parametrize("kind", ["mastodon", "bluesky", "linkedin", "x"])
def test_a_thousand_posts_take_a_moment(kind: str) -> None:
    posts = [
        replace(one, summary=text[:250], question="And who told you of yours?", url=f"https://me.example/{one.path}/")
        for one, text in invented(20)
    ] * 50
    begun = process_time()

    for one in posts:
        message(one, kind, counting(kind))

    assert process_time() - begun < 3


@pytest.mark.parametrize(
    "piece", ["a ", "a", "字", "👩🏽", "#a", "https://a.example/", "\u2067", "a.", "\u200d", "é\n", "&"]
)
def test_a_strange_text_takes_no_longer_than_others(piece: str) -> None:
    begun = process_time()

    for kind in ("mastodon", "bluesky", "x", "threads", "linkedin"):
        composed(post(name=piece * 5000, share=""), kind, counting(kind))
        composed(post(share=piece * 5000), kind, counting(kind))

    assert process_time() - begun < 60
