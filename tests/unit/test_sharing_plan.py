"""The plan of sharing: for each post and account, what is to be done, and why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from byline.sharing.copies import Act, Copies, Copy, Known, State
from byline.sharing.message import Message, dumped
from byline.sharing.plan import Account, Do, Rules, plan
from byline.values.post import Share, Status
from invented_posts import english

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from byline.sharing.plan import Plan, Step
    from byline.values.post import Post

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
RULES = Rules(NOW)
ABLE = Account("mastodon:@me@net.example", "mastodon", connected=True, finds=True, edits=True, withdraws=True)
BLIND = replace(ABLE, id="linkedin:me", name="linkedin", finds=False, edits=False, withdraws=False)
BY_HAND = Account("x:me", "x")
NEW = english("new", "New", "2026-05-01T11:00Z")
OLD = english("old", "Old", "2020-01-01T11:00Z")


def composed(post: Post, account: Account) -> Message:
    """Return the message for a post."""
    return Message(post.url, f"{post.name} {post.url}", post.name, visibility=account.name, made_of=post.name)


class Composer:
    """Makes that message."""

    def made_of(self, post: Post, account: Account) -> str:
        """Return what a message is made of."""
        return self.message(post, account).made_of

    def message(self, post: Post, account: Account) -> Message:
        """Return the message for a post."""
        return composed(post, account)


COMPOSER = Composer()


def told(account: Account, copies: Mapping[str, Copy], *adopted: str) -> Known:
    """Return what is known when a post of each of these keys has this copy, and those adopted have none."""
    posts = {key: Copies(key, key, key, key, {account.id: copy}) for key, copy in copies.items()}
    return Known(posts, {account.id: frozenset(adopted)})


def steps(account: Account, known: Known, *posts: Post, rules: Rules = RULES) -> Sequence[Step]:
    """Return the plan's steps."""
    return planned(account, known, *posts, rules=rules).steps


def planned(account: Account, known: Known, *posts: Post, rules: Rules = RULES) -> Plan:
    return plan(posts, known, [account], COMPOSER, rules)


def done(account: Account, copy: Copy | None, post: Post = NEW, rules: Rules = RULES) -> Do:
    """Return what is to be done for a post with this copy."""
    (step,) = steps(account, told(account, {post.key: copy} if copy else {}), post, rules=rules)
    return step.do


def confirmed(post: Post, account: Account) -> Copy:
    """Return the copy of a post as it is."""
    return Copy(State.CONFIRMED, payload=composed(post, account).digest, url="https://net.example/1", created=NOW)


def test_words_that_only_the_program_makes_otherwise_are_no_edit() -> None:
    copy = replace(confirmed(NEW, ABLE), payload="as an earlier Byline wrote it", made_of=composed(NEW, ABLE).made_of)

    assert composed(NEW, ABLE).made_of
    assert done(ABLE, copy) is Do.UNCHANGED
    assert done(ABLE, replace(copy, made_of="another text")) is Do.UPDATE
    assert done(ABLE, replace(copy, made_of="")) is Do.UPDATE


def test_the_first_run_on_an_old_blog_adopts_what_was_published_before_and_sends_what_is_new() -> None:
    first = planned(ABLE, Known(), OLD, NEW)

    assert first.adopted == {ABLE.id: {"old"}}
    assert [(step.do, step.post.key) for step in first.steps] == [(Do.CREATE, "new")]


def test_later_an_account_is_told_what_it_was_not_adopted_with() -> None:
    later = planned(ABLE, told(ABLE, {}, "old"), OLD, NEW, replace(NEW, key="late", published=NOW - timedelta(days=9)))

    assert not later.adopted
    assert [step.post.key for step in later.steps] == ["late", "new"]


def test_each_account_is_adopted_for_itself() -> None:
    both = plan([OLD, NEW], told(ABLE, {}, "old"), [ABLE, BLIND], COMPOSER, RULES)

    assert both.adopted == {BLIND.id: {"old"}}


@pytest.mark.parametrize("status", [Status.DRAFT, Status.HIDDEN, Status.FUTURE])
def test_only_published_posts_are_told_to_anybody(status: Status) -> None:
    assert not steps(ABLE, told(ABLE, {}), replace(NEW, status=status))


@pytest.mark.parametrize(
    ("networks", "is_told"), [(None, True), (("mastodon",), True), (("linkedin",), False), ((), False)]
)
def test_a_post_may_name_the_networks_that_it_is_for(networks: tuple[str, ...] | None, is_told: bool) -> None:  # noqa: FBT001
    post = replace(NEW, share=Share(networks=networks))

    assert bool(steps(ABLE, told(ABLE, {}), post)) == is_told


def test_a_copy_that_is_there_stays_when_its_network_is_named_no_more() -> None:
    post = replace(NEW, share=Share(networks=()))

    assert done(ABLE, confirmed(post, ABLE), post) is Do.UNCHANGED


def test_who_has_no_token_is_served_by_hand() -> None:
    assert done(BY_HAND, None) is Do.MANUAL
    assert done(BY_HAND, Copy(State.MANUAL)) is Do.MANUAL


def test_with_a_token_what_was_to_be_done_by_hand_is_done_where_it_can_be_looked_up_first() -> None:
    assert done(ABLE, Copy(State.MANUAL)) is Do.CREATE
    assert done(BLIND, Copy(State.MANUAL)) is Do.MANUAL


def test_a_copy_of_these_words_is_unchanged_of_others_updated_where_that_can_be() -> None:
    edited = replace(NEW, name="Newer")

    assert done(ABLE, confirmed(NEW, ABLE)) is Do.UNCHANGED
    assert done(ABLE, confirmed(NEW, ABLE), edited) is Do.UPDATE
    (step,) = steps(BLIND, told(BLIND, {"new": confirmed(NEW, BLIND)}), edited)
    assert (step.do, step.why) == (Do.UNCHANGED, "its words are others now, and can be changed there by hand only")


@pytest.mark.parametrize("state", [State.ATTEMPT, State.UNKNOWN])
@pytest.mark.parametrize("act", Act)
def test_a_try_whose_end_is_not_known_waits_until_it_has_settled_and_is_then_tried_again(
    state: State, act: Act
) -> None:
    begun = Copy(state, act, sending=dumped(composed(NEW, ABLE)), last=NOW)
    (step,) = steps(ABLE, told(ABLE, {"new": begun}), NEW, rules=Rules(NOW + timedelta(seconds=119)))

    assert (step.do, step.at) == (Do.WAITING, NOW + timedelta(seconds=120))
    assert done(ABLE, begun, rules=Rules(NOW + timedelta(seconds=120))) == Do(act)


def test_where_it_cannot_be_looked_up_a_person_is_asked() -> None:
    begun = Copy(State.UNKNOWN, sending=dumped(composed(NEW, BLIND)), last=NOW - timedelta(days=1))

    assert done(BLIND, begun) is Do.ASK
    assert done(replace(ABLE, connected=False), begun) is Do.ASK


def test_an_old_post_that_nothing_is_known_of_is_not_sent_where_it_cannot_be_looked_up() -> None:
    assert done(BLIND, None, OLD) is Do.ASK
    assert done(BLIND, Copy(State.PLANNED), OLD) is Do.CREATE
    assert done(ABLE, None, OLD) is Do.CREATE


def test_what_was_rejected_is_not_sent_again_until_its_words_are_others() -> None:
    rejected = Copy(State.REJECTED, refused=composed(NEW, ABLE).digest, error="too long")

    assert done(ABLE, rejected) is Do.REJECTED
    assert done(ABLE, rejected, replace(NEW, name="Newer")) is Do.CREATE


def test_an_update_that_was_rejected_is_not_tried_again() -> None:
    edited = replace(NEW, name="Newer")
    refused = replace(confirmed(NEW, ABLE), refused=composed(edited, ABLE).digest, error="too late")
    (step,) = steps(ABLE, told(ABLE, {"new": refused}), edited)

    assert (step.do, step.why) == (Do.UNCHANGED, "too late")


def test_a_copy_that_was_taken_without_its_picture_is_told_of_once() -> None:
    (step,) = steps(ABLE, told(ABLE, {"new": replace(confirmed(NEW, ABLE), error="sent without its picture")}), NEW)

    assert (step.do, step.why) == (Do.UNCHANGED, "")


def test_a_network_that_is_busy_is_asked_again_when_it_said() -> None:
    busy = Copy(State.PLANNED, not_before=NOW + timedelta(minutes=5))

    assert done(ABLE, busy) is Do.WAITING
    assert done(ABLE, busy, rules=Rules(NOW + timedelta(minutes=5))) is Do.CREATE


def test_what_its_author_took_away_there_is_not_made_again() -> None:
    assert not steps(ABLE, told(ABLE, {"new": Copy(State.SKIPPED)}), NEW)


def test_a_copy_whose_post_is_gone_is_taken_back_where_that_can_be() -> None:
    there = confirmed(NEW, ABLE)
    (able,) = steps(ABLE, told(ABLE, {"new": there}))
    (blind,) = steps(BLIND, told(BLIND, {"new": there}), replace(NEW, status=Status.DRAFT))

    assert able.do is Do.WITHDRAW
    assert (blind.do, blind.why) == (Do.UNCHANGED, "its post is gone, and it can be taken back there by hand only")


def test_many_copies_are_not_taken_back_unasked() -> None:
    there = {f"post-{number}": confirmed(NEW, ABLE) for number in range(4)}

    assert {step.do for step in steps(ABLE, told(ABLE, there))} == {Do.ASK}
    assert {step.do for step in steps(ABLE, told(ABLE, there), rules=Rules(NOW, withdrawals=4))} == {Do.WITHDRAW}


def test_a_post_that_comes_back_has_a_copy_again() -> None:
    assert done(ABLE, Copy(State.WITHDRAWN)) is Do.CREATE


def test_one_run_tells_an_account_so_many_posts_the_oldest_first_and_the_next_run_the_others() -> None:
    posts = [replace(NEW, key=f"{hour}", published=NOW - timedelta(hours=hour)) for hour in range(1, 8)]
    found = steps(replace(ABLE, most=2), told(ABLE, {}), *posts)

    assert [(step.post.key, step.do) for step in found[:3]] == [
        ("7", Do.CREATE),
        ("6", Do.CREATE),
        ("5", Do.WAITING),
    ]
    assert {step.do for step in found[2:]} == {Do.WAITING}


def test_nor_are_all_copies_changed_at_once_when_the_words_of_all_change() -> None:
    posts = [replace(NEW, key=f"{number}") for number in range(7)]
    copies = {post.key: replace(confirmed(post, ABLE), payload="other words") for post in posts}

    assert [step.do for step in steps(ABLE, told(ABLE, copies), *posts)] == [Do.UPDATE] * 5 + [Do.WAITING] * 2


def test_posts_are_told_at_a_pace() -> None:
    calm = replace(ABLE, pace=timedelta(hours=1))
    two = [NEW, replace(NEW, key="newer", published=NOW)]
    just_told = replace(confirmed(NEW, calm), created=NOW - timedelta(minutes=20))

    assert [(step.do, step.at) for step in steps(calm, told(calm, {}), *two)] == [
        (Do.CREATE, None),
        (Do.WAITING, NOW + timedelta(hours=1)),
    ]
    assert [(step.do, step.at) for step in steps(calm, told(calm, {"new": just_told}), *two)] == [
        (Do.UNCHANGED, None),
        (Do.WAITING, NOW + timedelta(minutes=40)),
    ]


@pytest.mark.parametrize(
    ("quiet", "hour", "ends"),
    [
        ((22, 7), 23, datetime(2026, 5, 2, 7, tzinfo=UTC)),
        ((22, 7), 6, datetime(2026, 5, 1, 7, tzinfo=UTC)),
        ((22, 7), 7, None),
        ((22, 7), 21, None),
        ((9, 24), 12, datetime(2026, 5, 2, 0, tzinfo=UTC)),
        ((9, 17), 12, datetime(2026, 5, 1, 17, tzinfo=UTC)),
    ],
)
def test_in_quiet_hours_nothing_is_sent(quiet: tuple[int, int], hour: int, ends: datetime | None) -> None:
    now = datetime(2026, 5, 1, hour, 30, tzinfo=UTC)
    (step,) = steps(replace(ABLE, quiet=quiet), told(ABLE, {}), NEW, rules=Rules(now))

    assert (step.do, step.at) == ((Do.WAITING, ends) if ends else (Do.CREATE, None))
