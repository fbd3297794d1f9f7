"""Whom a post mentions, who is told of it, and when; and what a stranger's host can do to whoever asks it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from byline.edges.http import Answer, Client, Unreachable
from byline.sharing.copies import Copies, Heard, Known, Mention
from byline.sharing.mention_run import run
from byline.sharing.mention_sending import Sender
from byline.sharing.mentioning import due, targets
from byline.values.post import Status
from hypothesis import given
from hypothesis import strategies as st
from invented_posts import english

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from byline.sharing.mentioning import Mentioning
    from byline.values.post import Post

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
POST = replace(english("ties", "Ties", "2026-05-01T11:00Z"), url="https://me.example/ties/", content="c1")
A, B, C = (f"https://{name}.pub/" for name in "abc")


def linking(*pages: str) -> str:
    """Return HTML that links these pages."""
    return " ".join(f'<a href="{page}">x</a>' for page in pages)


def steps(texts: Mapping[str, str], known: Known, *posts: Post, now: datetime = NOW) -> list[Mentioning]:
    """Return what is to be told, where the posts' HTML is this."""
    return list(due(posts, known, frozenset({"old"}), texts.get, now))


class Ledger:
    """What is known, in memory."""

    def __init__(self) -> None:
        """Know nothing."""
        self.posts: dict[str, Copies] = {}

    def mention(self, post: Copies, mentions: Mapping[str, Mention], mentioned: str) -> None:
        """Write down."""
        before = self.posts.get(post.key, post)
        self.posts[post.key] = replace(before, mentions={**before.mentions, **mentions}, mentioned=mentioned)

    @property
    def known(self) -> Known:
        """Return all that is known."""
        return Known(dict(self.posts))


class Web(Client):
    """Pages that all want to be told at one endpoint, which answers as it is told; nobody is asked.

    `rests` are the values of `Retry-After` that come with the first answers which are no success.
    """

    def __init__(
        self, endpoint: str = "https://mentions.pub/", status: int = 202, page: int = 200, rests: Sequence[str] = ()
    ) -> None:
        """Answer so."""
        super().__init__(private=False)
        self.endpoint, self.status, self.page, self.rests = endpoint, status, page, list(rests)
        self.told: list[bytes] = []
        self.paused: list[float] = []

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:  # noqa: ARG002  as a Client has it
        """Return a page."""
        return Answer(self.page, url, self.headers(self.page), b"", links=(f"<{self.endpoint}>; rel=webmention",))

    def send(self, method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:  # noqa: ARG002  as a Client has it
        """Take a mention."""
        self.told.append(body)
        return Answer(self.status, url, self.headers(self.status), b"")

    def headers(self, status: int) -> dict[str, str]:
        """Return what comes with an answer."""
        return {"retry-after": self.rests.pop(0)} if status >= 300 and self.rests else {}

    def pause(self, seconds: float) -> None:
        """Wait; all is well then."""
        self.paused.append(seconds)
        self.status, self.page = 202, 200


def test_a_post_mentions_what_it_links_credits_and_lists_but_not_itself_and_nothing_twice() -> None:
    post = replace(POST, credits=("https://flickr.pub/1", C, B, "https://d.pub/"))
    html = linking(A, "/own/", "https://me.example/other/", "#part", "mailto:a@b.example", A, B, "https://u:p@e.pub/")

    assert targets(html, post) == (A, B, "https://flickr.pub/1", C, "https://d.pub/")
    assert targets("", POST) == ()


def test_only_new_published_posts_are_told_of() -> None:
    hidden = replace(POST, key="hidden", status=Status.HIDDEN)
    old = replace(POST, key="old")

    assert [(step.post.key, step.pages) for step in steps({"c1": linking(A)}, Known(), POST, hidden, old)] == [
        ("ties", (A,))
    ]


def test_a_text_that_is_not_kept_is_left_for_later() -> None:
    assert steps({}, Known(), POST) == []


def test_who_was_told_is_told_again_when_the_post_changes_and_when_the_link_goes() -> None:
    ledger = Ledger()
    texts = {"c1": linking(A, B), "c2": linking(B, C)}
    run(steps(texts, ledger.known, POST), ledger, Web(), NOW)
    assert steps(texts, ledger.known, POST) == []

    (step,) = steps(texts, ledger.known, replace(POST, content="c2"))
    assert (step.pages, step.no_more) == ((B, C), (A,))
    run([step], ledger, Web(), NOW)
    assert {page: mention.state for page, mention in ledger.posts["ties"].mentions.items()} == {
        A: Heard.GONE,
        B: Heard.TOLD,
        C: Heard.TOLD,
    }

    (step,) = steps(texts, ledger.known)
    assert (step.pages, step.no_more) == ((), (B, C))
    run([step], ledger, Web(), NOW)
    assert steps(texts, ledger.known) == []
    (step,) = steps(texts, ledger.known, replace(POST, content="c2"))
    assert step.pages == (B, C)


def test_the_same_words_and_links_in_other_html_tell_nobody_and_another_title_does() -> None:
    ledger = Ledger()
    texts = {"c1": f"<p>{linking(A)}</p>", "c2": f'<p class="new">{linking(A)}</p>'}
    run(steps(texts, ledger.known, POST), ledger, Web(), NOW)

    (step,) = steps(texts, ledger.known, replace(POST, content="c2"))
    assert (step.pages, step.no_more) == ((), ())
    (step,) = steps(texts, ledger.known, replace(POST, name="Weak ties"))
    assert step.pages == (A,)


def test_hosts_that_are_nobodys_are_not_told() -> None:
    pages = "http://localhost/", "http://127.0.0.1:8000/", "http://[::1]/", "https://example.com/", "https://me.test/x"

    assert targets(linking(*pages, A), POST) == (A,)


def test_a_hidden_post_takes_nothing_back() -> None:
    ledger = Ledger()
    run(steps({"c1": linking(A)}, ledger.known, POST), ledger, Web(), NOW)

    assert steps({}, ledger.known, replace(POST, status=Status.HIDDEN)) == []


def test_a_host_that_fails_is_asked_five_times_over_more_than_a_day_and_then_let_be() -> None:
    ledger, web = Ledger(), Web(status=503)
    texts = {"c1": linking(A)}
    now, asked = NOW, []
    for _ in range(5000):
        made = steps(texts, ledger.known, POST, now=now)
        asked += [now] if made else []
        run(made, ledger, web, now)
        now += timedelta(minutes=5)

    assert [(later - NOW) / timedelta(minutes=1) for later in asked] == [0, 10, 70, 430, 1870]
    assert ledger.posts["ties"].mentions[A].error == "its endpoint answers 503"


@pytest.mark.parametrize(
    ("web", "state"),
    [
        (Web(status=201), Heard.TOLD),
        (Web(status=302), Heard.REFUSED),
        (Web(status=400), Heard.REFUSED),
        (Web(status=429), Heard.UNKNOWN),
        (Web(status=500), Heard.UNKNOWN),
        (Web(page=404), Heard.NONE),
        (Web(page=503), Heard.UNKNOWN),
        (Web(endpoint="https://a.pub:8443/"), Heard.REFUSED),
        (Web(endpoint="https://me:secret@a.pub/"), Heard.REFUSED),
        (Web(endpoint="https://a.pub:port/"), Heard.REFUSED),
        (Web(endpoint="gopher://a.pub/"), Heard.NONE),
    ],
)
def test_what_an_answer_means(web: Web, state: Heard) -> None:
    assert Sender(web, NOW).tell(POST.url, A).state is state
    assert len(web.told) == (
        1
        if web.page == 200 and state is not Heard.NONE and "@" not in web.endpoint and ":" not in web.endpoint[8:]
        else 0
    )


def test_an_endpoint_may_have_the_port_of_its_own_page() -> None:
    sender = Sender(Web(endpoint="https://a.pub:8443/m"), NOW)

    assert sender.tell(POST.url, "https://a.pub:8443/p").state is Heard.TOLD


@pytest.mark.parametrize("page", ["http://127.0.0.1/", "http://[::1]/", "http://localhost/"])
def test_no_host_that_is_not_public_is_asked(page: str) -> None:
    with Client(private=False, seconds=2) as client:
        told = Sender(client, NOW).tell(POST.url, page)

    assert told.state is Heard.PRIVATE
    assert told.error.endswith("which is not public")


class Inner(Web):
    """A web of which a part is in its reader's own network, and never asked."""

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Return a page, unless it is that of a router."""
        self.asked(url)
        return super().get(url, headers=headers)

    def send(self, method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """Take a mention, unless it is told to a router."""
        self.asked(url)
        return super().send(method, url, body=body, headers=headers)

    def asked(self, url: str) -> None:
        """Refuse to ask a router."""
        if "router" in url:
            raise Unreachable(url, "its host router.pub is at 10.0.0.1, which is not public", sent=False, private=True)


def test_a_page_at_a_private_address_is_looked_at_once_until_the_post_changes() -> None:
    ledger, web, page = Ledger(), Inner(), "http://router.pub/wiki"
    texts = {"c1": linking(page), "c2": f"{linking(page)} More.", "c3": "Nothing."}
    run(steps(texts, ledger.known, POST), ledger, web, NOW)

    mention = ledger.posts["ties"].mentions[page]
    assert (mention.state, mention.tries) == (Heard.PRIVATE, 0)
    assert mention.error == "its host router.pub is at 10.0.0.1, which is not public"
    assert steps(texts, ledger.known, POST, now=NOW + timedelta(days=9)) == []
    for content, pages, no_more in [("c2", (page,), ()), ("c3", (), (page,))]:
        edited = replace(POST, content=content)
        (step,) = steps(texts, ledger.known, edited)
        assert (step.pages, step.no_more) == (pages, no_more)
        run([step], ledger, web, NOW)
        assert steps(texts, ledger.known, edited, now=NOW + timedelta(days=9)) == []
    assert web.told == []


def test_an_endpoint_at_a_private_address_is_a_refusal() -> None:
    told = Sender(Inner(endpoint="https://router.pub/"), NOW).tell(POST.url, A)

    assert (told.state, told.error) == (Heard.REFUSED, "it wants to be told at an address that is not asked")


@pytest.mark.parametrize("web", [Web(status=429, rests=["7"]), Web(page=503, rests=["7"])], ids=["endpoint", "page"])
def test_a_host_that_wants_to_be_left_alone_for_some_seconds_is_told_in_the_same_run(web: Web) -> None:
    ledger = Ledger()
    run(steps({"c1": linking(A)}, ledger.known, POST), ledger, web, NOW, web.pause)

    assert web.paused == [7.0]
    assert ledger.posts["ties"].mentions[A] == Mention(
        Heard.TOLD, ledger.posts["ties"].mentions[A].payload, POST.url, last=NOW
    )


@pytest.mark.parametrize(
    ("rest", "until"),
    [
        ("120", timedelta(minutes=2)),
        ("Fri, 01 May 2026 14:00:00 GMT", timedelta(hours=2)),
        ("999999999", timedelta(days=1)),
        ("soon", timedelta(minutes=10)),
        ("", timedelta(minutes=10)),
    ],
)
@pytest.mark.parametrize("failing", ["status", "page"])
def test_a_host_that_wants_to_be_left_alone_for_longer_is_told_when_it_wants_to(
    rest: str, until: timedelta, failing: str
) -> None:
    ledger, web = Ledger(), Web(rests=[rest])
    setattr(web, failing, 503)
    texts = {"c1": linking(A)}
    run(steps(texts, ledger.known, POST), ledger, web, NOW, web.pause)

    assert web.paused == []
    assert steps(texts, ledger.known, POST, now=NOW + until - timedelta(seconds=1)) == []
    (step,) = steps(texts, ledger.known, POST, now=NOW + until)
    run([step], ledger, Web(), NOW + until)
    assert ledger.posts["ties"].mentions[A].state is Heard.TOLD


def test_who_still_wants_to_be_left_alone_after_that_is_told_in_another_run() -> None:
    class Tired(Web):
        """It wants some seconds each time."""

        def pause(self, seconds: float) -> None:
            """Wait, and nothing is better."""
            self.paused.append(seconds)

    ledger, web = Ledger(), Tired(status=429, rests=["3", "4", "5"])
    run(steps({"c1": linking(A)}, ledger.known, POST), ledger, web, NOW, web.pause)

    mention = ledger.posts["ties"].mentions[A]
    assert (web.paused, len(web.told)) == ([3.0], 2)
    assert (mention.state, mention.tries, mention.not_before) == (Heard.UNKNOWN, 1, NOW + timedelta(seconds=4))


def test_an_endpoint_of_many_pages_that_wants_to_be_left_alone_is_asked_once_in_a_run() -> None:
    ledger, web = Ledger(), Web(status=429, rests=["600"] * 9)
    texts = {"c1": linking(A, B, C)}
    later = NOW
    for _ in range(3):
        run(steps(texts, ledger.known, POST, now=later), ledger, web, later)
        later += timedelta(minutes=11)

    mentions = ledger.posts["ties"].mentions
    assert len(web.told) == 3
    assert sorted(mention.tries for mention in mentions.values()) == [1, 1, 3]
    assert mentions[B].error == "its host wants to be left alone for a while"
    run(steps(texts, ledger.known, POST, now=later), ledger, Web(), later)
    assert {mention.state for mention in ledger.posts["ties"].mentions.values()} == {Heard.TOLD}


def test_an_edit_does_not_wake_who_wants_to_be_left_alone_and_is_told_then() -> None:
    ledger, texts = Ledger(), {"c1": linking(A), "c2": f"{linking(A)} More."}
    edited = replace(POST, content="c2")
    run(steps(texts, ledger.known, POST), ledger, Web(status=503, rests=["3600"]), NOW)
    soon = NOW + timedelta(minutes=30)

    (step,) = steps(texts, ledger.known, edited, now=soon)
    assert (step.pages, step.no_more) == ((), ())
    run([step], ledger, Web(), soon)
    assert steps(texts, ledger.known, edited, now=soon) == []

    (step,) = steps(texts, ledger.known, edited, now=NOW + timedelta(hours=1))
    assert step.pages == (A,)
    run([step], ledger, Web(), NOW + timedelta(hours=1))
    assert ledger.posts["ties"].mentions[A].payload == step.said


EDITS = st.lists(st.lists(st.sampled_from([A, B, C]), max_size=3, unique=True) | st.none(), min_size=1, max_size=6)


@given(EDITS, st.data())
def test_in_the_end_each_page_knows_whether_it_is_linked(
    edits: Sequence[Sequence[str] | None], data: st.DataObject
) -> None:
    """Whatever is edited, taken away, put back, and whoever fails in between."""
    ledger, now = Ledger(), NOW
    knows: dict[str, bool] = {}
    for number, pages in enumerate([*edits, edits[-1]]):
        post = replace(POST, content=f"c{min(number, len(edits) - 1)}")
        texts = {} if pages is None else {post.content: linking(*pages)}
        failing = number < len(edits) and data.draw(st.booleans())
        for _ in range(1 if failing else 2):
            made = steps(texts, ledger.known, *([] if pages is None else [post]), now=now)
            run(made, ledger, Web(status=503 if failing else 202), now)
            if not failing:
                knows |= {page: True for step in made for page in step.pages}
                knows |= {page: False for step in made for page in step.no_more}
            now += timedelta(days=2)

    assert {page for page, linked in knows.items() if linked} == set(edits[-1] or ())
