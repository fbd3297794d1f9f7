"""The hand-share sheet: what of a plan is a person's to do, and the page that says so."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from byline.sharing.copies import Copies, Copy, State
from byline.sharing.message import Message, Picture, dumped
from byline.sharing.plan import Account, Do, Step
from byline.sharing.sheet import ANSWERS, Asked, rows
from byline.sharing.sheet_page import POLICY, Slip, page
from byline.values.html import escape
from byline.values.settings import Account as Setting

GOLDEN = Path(__file__).parents[1] / "golden" / "sheet.html"
SETTINGS = {
    "linkedin": Setting(),
    "mastodon": Setting("@me@social.example"),
    "x": Setting("@me"),
    "club": Setting(network="club.board"),
}
PICTURE = Picture("0", "image/jpeg", "Two people on a bench", "Photo: Jane Roe / Unsplash")
TIES = Message(
    "https://me.example/ties/",
    "Weak ties\n\nWho told you?\nhttps://me.example/ties/",
    "Weak ties",
    language="en-GB",
    published="2026-05-01T09:00:00+00:00",
    picture=PICTURE,
    visibility="unlisted",
    warning="Work",
)
LOOMS = Message(
    "https://me.example/looms/", "Looms https://me.example/looms/", "Looms", published="2026-05-02T00:00+02:00"
)
HEADS = {message.title: Copies(message.title.lower(), "urn:1", message.url, message.title) for message in (TIES, LOOMS)}
MAY_BE_THERE = "it may be there, and it cannot be looked up there"


def step(do: Do, name: str, message: Message | None, copy: Copy | None = None, why: str = "") -> Step:
    """Return a step for the account of this name; without a message, of the post on looms."""
    return Step(do, HEADS[message.title if message else "Looms"], Account(f"{name}:me", name), message, copy, why)


def main(*steps: Step) -> str:
    """Return what stands in the page's main part."""
    return page(rows(steps, SETTINGS)).partition("<main>\n")[2].partition("</main>")[0]


def test_what_a_person_does_is_on_it_and_what_is_done_without_them_is_not() -> None:
    there = Copy(State.CONFIRMED, url="https://x.example/1")
    asked = {
        "share": step(Do.MANUAL, "x", TIES),
        "look": step(Do.ASK, "linkedin", TIES, Copy(State.UNKNOWN, sending=dumped(TIES)), MAY_BE_THERE),
        "change": step(Do.UNCHANGED, "x", LOOMS, there, "its words are others now"),
        "remove": step(Do.UNCHANGED, "linkedin", None, there, "its post is gone"),
    }
    others = [step(do, "x", TIES) for do in Do if do not in {Do.MANUAL, Do.ASK}]
    leaving = step(Do.ASK, "x", None, there, "9 copies would be taken back at once")

    found = rows([*others, leaving, *asked.values()], SETTINGS)

    assert sorted(row.asked for row in found) == sorted(asked)


def test_posts_come_in_their_order_whatever_the_account_and_one_that_is_gone_last() -> None:
    gone = step(Do.UNCHANGED, "x", None, Copy(State.CONFIRMED), "its post is gone")
    steps = [step(Do.MANUAL, "x", LOOMS), gone, step(Do.MANUAL, "x", TIES), step(Do.MANUAL, "linkedin", LOOMS)]

    found = [(row.post.name, row.network, row.asked) for row in rows(steps, SETTINGS)]

    assert found == [
        ("Weak ties", "x", Asked.SHARE),
        ("Looms", "x", Asked.SHARE),
        ("Looms", "linkedin", Asked.SHARE),
        ("Looms", "x", Asked.REMOVE),
    ]


def test_of_a_try_that_is_open_the_words_are_those_that_were_sent() -> None:
    sent = replace(TIES, text="Old words")
    [row] = rows([step(Do.ASK, "linkedin", TIES, Copy(State.UNKNOWN, sending=dumped(sent)), MAY_BE_THERE)], SETTINGS)

    assert row.message == sent
    assert row.link is None  # what may be there is looked for, not shared once more


def test_a_network_that_nobody_knows_has_its_name_and_the_words() -> None:
    [row] = rows([step(Do.MANUAL, "club", TIES)], SETTINGS)

    assert (row.label, row.link, row.message) == ("club", None, TIES)


def test_the_page_is_as_it_was_looked_at() -> None:
    there = Copy(State.CONFIRMED, url="https://x.example/1?a=1&b=2")
    drawn = main(
        step(Do.MANUAL, "linkedin", TIES),
        step(Do.MANUAL, "mastodon", TIES),
        step(Do.ASK, "linkedin", LOOMS, Copy(State.UNKNOWN, sending=dumped(LOOMS)), MAY_BE_THERE),
        step(Do.UNCHANGED, "x", LOOMS, there, "its words are others now, and can be changed there by hand only"),
        step(Do.UNCHANGED, "x", None, there, "its post is gone, and it can be taken back there by hand only"),
    )

    assert drawn == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("asked", list(Asked))
def test_each_row_has_a_button_for_each_answer(asked: Asked) -> None:
    [row] = rows([step(Do.MANUAL, "x", TIES)], SETTINGS)

    drawn = page([replace(row, asked=asked)])

    assert re.findall(r'name="said" value="(\w+)"', drawn) == list(ANSWERS[asked])


def test_nothing_that_is_said_becomes_markup() -> None:
    hostile = "</textarea></bdi>\"'><script>alert(1)</script>&amp;"
    message = replace(TIES, text=hostile, title=hostile, language=hostile, warning=hostile, visibility=hostile)
    message = replace(message, picture=replace(PICTURE, alt=hostile, credit=hostile))
    head = Copies(hostile, hostile, f"https://me.example/{hostile}", hostile)
    copy = Copy(State.CONFIRMED, url=f"https://x.example/{hostile}")
    account = Account(hostile, hostile)
    settings = {hostile: Setting(hostile, network="x")}
    steps = [
        Step(Do.MANUAL, head, account, message, copy, hostile),
        Step(Do.UNCHANGED, head, account, message, copy, hostile),
    ]

    drawn = page(rows(steps, settings), [hostile], Slip(hostile, hostile, hostile, hostile))

    assert drawn.count("<script>") == 1
    assert drawn.count("</textarea>") == 2
    assert hostile not in drawn
    assert drawn.count(escape(hostile)) > 10


def test_what_is_no_address_of_the_web_is_no_link() -> None:
    copy = Copy(State.CONFIRMED, url="javascript:alert(1)")

    drawn = main(step(Do.UNCHANGED, "x", TIES, copy, "its words are others now"))

    assert "javascript:alert(1)" in drawn
    assert 'href="javascript' not in drawn


def test_other_sites_learn_nothing_of_the_page() -> None:
    drawn = page(rows([step(Do.MANUAL, "linkedin", TIES), step(Do.MANUAL, "x", LOOMS)], SETTINGS))

    links = re.findall(r"<a [^>]*>", drawn)
    assert len(links) == 4
    assert all('target="_blank" rel="noopener noreferrer"' in link for link in links)
    assert not re.findall(r'<(?:img|iframe|link)[^>]*(?:src|href)="(?!data:,")', drawn)


def test_the_policy_lets_only_its_own_style_and_script_in() -> None:
    drawn = page(rows([step(Do.MANUAL, "x", TIES)], SETTINGS))

    for name in ("style", "script"):
        [text] = re.findall(rf"<{name}>(.*?)</{name}>", drawn, re.DOTALL)
        assert f"{name}-src 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in POLICY
    assert not re.findall(r"\s(?:style|on\w+)=", drawn)
    assert POLICY.startswith("default-src 'none';")


def test_a_slip_stands_at_its_own_row_with_what_was_typed() -> None:
    slip = Slip("looms", "x", "social", "'social' is no address.")
    drawn = page(rows([step(Do.MANUAL, "x", TIES), step(Do.MANUAL, "x", LOOMS)], SETTINGS), [], slip)

    before, after = drawn.split("<article")[1:]
    assert "alert" not in before
    assert '<p role="alert" id="wrong-1">&#39;social&#39; is no address.</p>' in after
    assert 'name="address" value="social"' in after
    assert 'aria-describedby="wrong-1 empty-1" aria-invalid="true"' in after


def test_when_nothing_is_left_it_says_what_was_done() -> None:
    drawn = page([], ["Written down: one.", "Written down: two."])

    assert "<h1>Nothing is left for your hand</h1>" in drawn
    assert '<p role="status">Written down: two.</p>' in drawn
    assert "<li>Written down: one.</li>" in drawn
    assert "<form" not in drawn
