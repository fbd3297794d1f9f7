"""How long sharing takes: with 10,000 posts that were told, and for 20 posts at five accounts; a part of the bench.

Not a test: machines differ, so it prints seconds and judges nothing. All servers are on loopback.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from byline.commands.telling import Telling
from byline.deploy import state
from byline.edges import files, programs
from byline.edges.console import Console
from byline.sharing import copies_file
from byline.sharing.copies import Copies, Copy, State
from byline.site import releases
from byline.site.configuration import load
from byline.values.credit import Credit, License
from byline.values.output import Kind, Release, release_id
from byline.values.person import Person
from byline.values.photo import Photo, Rendition
from byline.values.post import Post, Status
from fake_mastodon import TOKEN, FakeMastodon
from live_blog import LiveBlog

if TYPE_CHECKING:
    from collections.abc import Mapping

POSTS, NEW, ACCOUNTS = 10_000, 20, 5
ANSWER = 0.05
"""Seconds that a network takes to answer."""
URL = "https://ada.pub"
CONSOLE = Console()
_LICENSE = License("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", attribute=True)
_SHARE = """\
import sys
from pathlib import Path
from byline.commands import share
sys.exit(share.run(Path().resolve(), share.Wishes(**{sys.argv[1]: True})))
"""
_BY_HAND = {"linkedin": "me", "x": "@me"}


def measure() -> None:
    """Print a line for each run of `share`."""
    CONSOLE.say(f"{f'Sharing, of {POSTS:,} posts that two accounts were told of':62}{'CPU s':>8}{'wall s':>8}")
    with tempfile.TemporaryDirectory(prefix="byline-bench-") as scratch, ExitStack() as servers:
        small, large = Path(scratch) / "small", Path(scratch) / "large"
        furnish(small, posts(10), _BY_HAND, told=True)
        furnish(large, posts(POSTS), _BY_HAND, told=True)
        timed("nothing to do, 10 posts", small, "yes")
        timed(f"nothing to do, {POSTS:,} posts", large, "yes")
        timed(f"a dry run, {POSTS:,} posts", large, "dry_run")
        networks = dict(_account(servers, number) for number in range(ACCOUNTS))
        for count in (1, ACCOUNTS):
            root = Path(scratch) / f"new{count}"
            furnish(root, posts(NEW, new=True), dict(list(networks.items())[-count:]), told=False)
            timed(f"{NEW} new posts to {count} accounts on loopback, {ANSWER} s an answer", root, "yes")


def timed(name: str, root: Path, wish: str) -> None:
    """Share in a child of its own and print what it took."""
    usage = programs.measured([sys.executable, "-c", _SHARE, wish], cwd=root, environment={"CI": ""})
    CONSOLE.say(f"{name:62}{usage.cpu:8.2f}{usage.wall:8.2f}")


def _account(servers: ExitStack, number: int) -> tuple[str, object]:
    """Return the name and setting of an account at a server of its own."""
    server = servers.enter_context(FakeMastodon())
    server.fail("", late=ANSWER, times=sys.maxsize)
    name = f"mastodon{number}"
    setting = {"network": "mastodon", "account": f"@me@{number}.example", "server": server.url, "most": NEW}
    return name, setting


def furnish(root: Path, listed: tuple[Post, ...], networks: Mapping[str, object], *, told: bool = False) -> None:
    """Write a blog whose release with these posts was seen live, and what its accounts were told."""
    target = {"live": {"to": str(root / "www"), "verify": URL}}
    LiveBlog(root).begin(target, f"BYLINE_NETWORKS = {networks!r}\n")
    outputs = {name: f"{number:064x}" for number, name in enumerate(_outputs(listed))}
    kinds = {name: Kind.PAGE if name.endswith(".html") else Kind.ASSET for name in outputs}
    release = Release(release_id(outputs), URL, datetime.now(UTC), outputs, kinds, listed)
    releases.save(root / ".byline", release, {})
    state.save(root / ".byline", "live", state.Known(release=release.id, seen=URL))
    tokens = "".join(f"BYLINE_TOKEN_{name.upper()}={TOKEN}\n" for name in networks if name not in _BY_HAND)
    files.put(root / ".env", tokens.encode())
    telling = Telling(root, root / "content", load(root / "publishconf.py").own, "UTC")
    for account in telling.accounts if told else ():
        telling.ledger.adopt(account.id, ())
    for post in listed if told else ():
        body = None
        for account in telling.accounts:
            message = telling.message(release, post, account)
            copy = Copy(State.CONFIRMED, payload=message.digest, url=f"{URL}/{post.key}", created=post.published)
            copy = replace(copy, made_of=message.made_of)
            body = copies_file.with_copy(body, Copies(post.key, post.id, post.url, post.name), account.id, copy)
        files.put(root / telling.file(post.key), body or b"")


def _outputs(posts: tuple[Post, ...]) -> list[str]:
    pages = [f"{post.address}index.html" for post in posts]
    return pages + [rendition.path for post in posts if post.photo for rendition in post.photo.renditions]


def posts(number: int, *, new: bool = False) -> tuple[Post, ...]:
    """Return posts from a time on, or of the last hour; every fifth has a picture."""
    first = datetime.now(UTC) - timedelta(minutes=30) if new else datetime(2010, 1, 1, 8, tzinfo=UTC)
    apart = timedelta(seconds=1) if new else timedelta(hours=11)
    return tuple(_post(index, first + index * apart) for index in range(number))


def _post(index: int, published: datetime) -> Post:
    slug = f"post-{index:05d}"
    summary = f"Most of us found our work through people whom we hardly know: number {index} of what that is good for."
    return Post(
        id=f"tag:ada.pub,2020:{slug}",
        key=f"{index:032x}",
        url=f"{URL}/{slug}/",
        address=f"{slug}/",
        path=f"posts/{slug}.md",
        status=Status.PUBLISHED,
        language="en",
        name=f"What weak ties are for, part {index}",
        summary=summary,
        published=published,
        updated=None,
        category="Notes",
        tags=("weak ties", "work"),
        authors=(Person("Ada Lovelace"),),
        question="" if index % 3 else "Who told you of your last job?",
        photo=None if index % 5 else _photo(index),
        content=f"{index:064x}",
    )


def _photo(index: int) -> Photo:
    renditions = tuple(
        Rendition(f"images/{index}-{width}w.avif", width, width // 2, "image/avif") for width in range(9)
    )
    credit = Credit(_LICENSE, (Person("Jane Roe"),), title="Harbour")
    return Photo(f"images/{index}.jpg", f"images/{index}.jpg", "Boats", credit=credit, renditions=renditions)


if __name__ == "__main__":
    measure()
