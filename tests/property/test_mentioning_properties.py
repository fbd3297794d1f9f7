"""Webmentions, whatever happens: when all is well again, other sites show exactly what the live post links.

The other sites are a model in memory, as strict as the W3C wants receivers: they look whether the source links the
target, and show a mention as long as it does. The texts of the ledger are the real ones.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl

from byline.edges.http import Answer, Unreachable
from byline.sharing import copies_file
from byline.sharing.copies import Copies, Known
from byline.sharing.mention_run import run
from byline.sharing.mentioning import due
from byline.values.post import Post, Status
from hypothesis import example, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Mapping

    from byline.edges.http import Client
    from byline.sharing.copies import Mention

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
TARGETS = tuple(f"https://{name}.pub/page#part" for name in "abc")
POST = Post("urn:p", "p", "https://me.example/one/", "one/", "one.md", Status.PUBLISHED, "en", "One", "", NOON, NOON)
FAULTS = ("", "late", "resting", "lost", "silent", "refuses", "down", "unheard", "private")
"""What a site does: what it should; 503, as it is or with two hours of `Retry-After`; takes it and its answer is lost;
has no endpoint; 403; 500; is not reached; is at an address that is none of the public network."""


class Killed(Exception):  # noqa: N818  it stands for a signal
    """The run ends here."""


@dataclass
class World:
    """The live post, what other sites show, and what is written down."""

    post: Post = POST
    links: tuple[str, ...] = ()
    there: bool = True
    edits: int = 0
    now: datetime = NOON
    faults: dict[str, str] = field(default_factory=dict)
    deaf: set[str] = field(default_factory=set)
    shown: dict[tuple[str, str], int] = field(default_factory=dict)
    ledger: dict[str, bytes] = field(default_factory=dict)
    kills_at: int = 0

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Answer a client that looks for an endpoint."""
        assert headers
        fault = self.faults.get(url, "")
        if fault == "unheard":
            raise Unreachable(url, "nothing listens there", sent=False)
        if fault == "private":
            raise Unreachable(url, "it is not public", sent=False, private=True)
        links = () if fault == "silent" else ("</endpoint>; rel=webmention",)
        return Answer(500 if fault == "down" else 200, url, {"content-type": "text/html"}, b"", links=links)

    def send(self, method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """Take a mention, as strictly as 3.2.2 of the Recommendation has it."""
        form = dict(parse_qsl(body.decode(), strict_parsing=True))
        source, target = form["source"], form["target"]
        assert (method, url) == ("POST", target.partition("/page")[0] + "/endpoint")
        assert headers
        fault = self.faults.get(target, "")
        if fault in {"late", "resting", "refuses"}:
            headers = {"retry-after": "7200"} if fault == "resting" else {}
            return Answer(403 if fault == "refuses" else 503, url, headers, b"")
        status = 400
        if self.there and source == self.post.url and target in self.links:
            self.shown[source, target] = self.edits
            status = 202
        elif self.shown.pop((source, target), None) is not None:
            status = 200
        if fault == "lost":
            raise Unreachable(url, "it broke the connection off", sent=True)
        return Answer(status, url, {}, b"")

    def mention(self, post: Copies, mentions: Mapping[str, Mention], mentioned: str) -> None:
        """Write down, unless the run is killed just before."""
        self.kills_at -= 1
        if not self.kills_at:
            raise Killed
        before = self.ledger.get(post.key)
        self.ledger[post.key] = copies_file.with_mentions(before, post, mentions, mentioned)

    def known(self) -> Known:
        """Return what the ledger says."""
        return Known({key: copies_file.copies(key, body) for key, body in self.ledger.items()})

    def told(self) -> None:
        """Run once."""
        posts = [replace(self.post, content=str(self.edits))] if self.there else []
        steps = list(due(posts, self.known(), frozenset(), lambda _: self.html, self.now))
        with suppress(Killed):
            run(steps, self, cast("Client", self), self.now)
        self.kills_at = 0

    @property
    def html(self) -> str:
        """Return the text of the post, which is another one after each edit."""
        return f"<p>{self.edits}" + "".join(f'<p><a href="{url}">there</a>' for url in self.links)


LINKED = st.lists(st.sampled_from(TARGETS), unique=True, max_size=3).map(tuple)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), LINKED),
        st.tuples(st.just("run"), st.integers(0, 2)),
        st.tuples(st.just("fault"), st.tuples(st.sampled_from(TARGETS), st.sampled_from(FAULTS))),
        st.tuples(st.just("wait"), st.sampled_from([1, 30, 3000])),
        st.tuples(st.just("gone"), st.booleans()),
        st.tuples(st.just("move"), st.sampled_from(["one/", "two/"])),
    ),
    max_size=14,
)


def live(world: World, step: str, what: Any) -> None:  # noqa: ANN401  what a step is about
    """Let one thing happen."""
    if step == "edit":
        world.links, world.edits = what, world.edits + 1
    elif step == "run":
        world.kills_at = what
        world.told()
    elif step == "fault":
        world.faults[what[0]] = what[1]
        world.deaf |= {what[0]} if what[1] in {"silent", "refuses", "private"} else set()
    elif step == "wait":
        world.now += timedelta(minutes=what)
    elif step == "gone":
        world.there = not what
    else:
        world.post = replace(world.post, url=f"https://me.example/{what}", address=what)


A, B, _C = TARGETS


@example([("edit", (A,)), ("run", 0), ("fault", (A, "refuses")), ("edit", (A,)), ("run", 0), ("edit", ())])
@example([("edit", (A,)), ("run", 0), ("fault", (A, "late")), ("edit", (A,)), ("run", 0), ("gone", True)])
@example([("edit", (A,)), ("run", 0), ("move", "two/"), ("edit", (A, B))])
@example([("edit", (A,)), ("run", 0), ("move", "two/"), ("run", 2), ("edit", ())])
@example([("edit", (A,)), ("run", 0), ("gone", True), ("run", 0), ("gone", False)])
@example([("edit", (A,)), ("fault", (A, "lost")), ("run", 1), ("edit", ())])
@settings(deadline=None, derandomize=True, database=None, max_examples=300)
@given(STEPS)
def test_other_sites_show_what_the_post_links_once_all_is_well_again(steps: list[tuple[str, Any]]) -> None:
    world = World()
    for step, what in steps:
        live(world, step, what)

    # All sites are well; the writer mends a word, so that nobody is let be any more.
    world.faults.clear()
    world.edits += 1
    for _ in range(3):
        world.now += timedelta(days=2)
        world.told()

    linked = {(world.post.url, target): world.edits for target in world.links} if world.there else {}
    # Who would not hear, when a link went, that it did was asked once, as everybody.
    shown = {mention for mention in world.shown if mention in linked or mention[1] not in world.deaf}
    assert {mention: world.shown[mention] for mention in shown} == linked
    before = dict(world.ledger)
    world.now += timedelta(days=2)
    world.told()
    assert world.ledger == before
