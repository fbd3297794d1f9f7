"""What a plan leaves, as a person reads it: what waits, what is theirs to do, and what to type for it."""

from __future__ import annotations

from byline.commands.plan_lines import left
from byline.sharing.copies import Copies, Copy, State
from byline.sharing.message import Message
from byline.sharing.plan import Account, Do, Step

SHEET = "With the words ready, a tap each: ./byline share --sheet"
MESSAGE = Message("https://me.example/boats/", "Boats", "Boats")


def step(do: Do, network: str, slug: str = "boats", *, message: Message | None = MESSAGE, why: str = "") -> Step:
    """Return a step for a post of this slug."""
    head = Copies(slug, slug, f"https://me.example/{slug}/", slug.capitalize())
    return Step(do, head, Account(network, network), message, Copy(State.CONFIRMED), why)


def test_a_post_for_one_network_has_its_command_whole() -> None:
    assert list(left([step(Do.MANUAL, "x")])) == [
        "By hand: Boats at x. Then: ./byline share --post boats --network x --done ADDRESS",
        SHEET,
    ]


def test_a_post_for_several_has_one_line_and_the_sheet_is_named_once() -> None:
    steps = [step(Do.MANUAL, "x"), step(Do.MANUAL, "x", "looms"), step(Do.MANUAL, "linkedin")]

    assert list(left(steps)) == [
        "By hand: Boats at x, linkedin. Then, for each: ./byline share --post boats --network NAME --done ADDRESS",
        "By hand: Looms at x. Then: ./byline share --post looms --network x --done ADDRESS",
        SHEET,
    ]


def test_what_waits_or_is_nobodys_names_no_sheet() -> None:
    steps = [
        step(Do.WAITING, "x", why="these are quiet hours"),
        step(Do.REJECTED, "x", why="too long"),
        step(Do.ASK, "x", message=None, why="9 copies would be taken back at once"),
        step(Do.CREATE, "x"),
        step(Do.UNCHANGED, "x"),
    ]

    lines = list(left(steps))

    assert [line.partition(":")[0] for line in lines] == ["Waits", "Rejected", "Not taken back"]


def test_what_a_person_is_asked_about_is_on_the_sheet_too() -> None:
    for do in (Do.ASK, Do.UNCHANGED):
        *_, last = left([step(do, "x", why="its words are others now")])
        assert last == SHEET
