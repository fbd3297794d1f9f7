"""A plan that is followed to any point, and the plan that is made from there: the way always ends where it should.

The steps are those that `Plan` promises; no kind of target stands behind them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from byline.deploy.plan import Plan, plan
from byline.deploy.target import There
from byline.values.manifest import PATH, dumped, parsed
from hypothesis import given, strategies
from small_site import release, stylesheet

if TYPE_CHECKING:
    from collections.abc import Iterator

Files = dict[str, bytes]
FOREIGN = {"CNAME": b"me.example\n", "keybase.txt": b"somebody's own", "old/photo.html": b"<p>somebody's"}
STYLES = [stylesheet(f"/* {words} */") for words in ("one", "two", "three")]
PICTURES = {f"images/{name}.jpg": name.encode() for name in ("boat", "pier")}


@strategies.composite
def sites(draw: strategies.DrawFn) -> Files:
    """Return a site: each page needs a stylesheet, and perhaps pictures."""
    site: Files = {}
    for page in draw(
        strategies.sets(strategies.sampled_from(["index.html", "a/index.html", "b/index.html"]), min_size=1)
    ):
        path, style = draw(strategies.sampled_from(STYLES))
        pictures = draw(strategies.sets(strategies.sampled_from(sorted(PICTURES))))
        words = draw(strategies.sampled_from("xyz"))
        needed = "".join(f"<{asset}>" for asset in [path, *sorted(pictures)])
        site |= {page: f"{needed}{words}".encode(), path: style} | {picture: PICTURES[picture] for picture in pictures}
    return site


def planned(files: Files, site: Files) -> Plan:
    known = parsed(files[PATH]) if PATH in files else None
    return plan(release(site), {}, There(known, frozenset(files)), keep=2, compress=False)


def followed(files: Files, site: Files) -> Iterator[None]:
    """Make the plan for a site true, step by step."""
    made = planned(files, site)
    files[PATH] = dumped(made.begun)
    yield
    for arrival in made.arriving:
        files[arrival.path] = site[arrival.path]
        yield
    files[PATH] = dumped(made.manifest)
    yield
    for path in made.leaving:
        del files[path]
        yield


def whole(files: Files) -> bool:
    """Tell whether every page has the assets that it needs."""
    needed = {asset.decode() for body in files.values() for asset in re.findall(rb"<([^<>]+\.\w+)>", body)}
    return needed <= files.keys()


@given(strategies.lists(strategies.tuples(sites(), strategies.integers(0, 12)), max_size=5), sites())
def test_any_plan_from_any_point_ends_with_the_site_and_all_that_is_foreign(
    attempts: list[tuple[Files, int]], last: Files
) -> None:
    files = dict(FOREIGN)

    for site, steps in [*attempts, (last, 1000)]:
        for step, _ in enumerate(followed(files, site), 1):
            assert whole(files)
            assert FOREIGN.items() <= files.items()
            if step >= steps:
                break

    lasting = {path: files[path] for path, _ in STYLES if path in files}
    assert lasting.items() <= dict(STYLES).items()
    assert files | {PATH: b""} == FOREIGN | lasting | last | {PATH: b""}
    assert planned(files, last).empty
