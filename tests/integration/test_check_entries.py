"""What readers know stays: each feed id and address that a release would lose is told with the line that saves it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from byline.checks import entries
from byline.edges import files
from byline.values import manifest
from wholes import told, whole

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import pytest
    from blog import Blog
    from byline.site.whole import Whole

UUID = "71895222-e59a-41fe-8e15-7bba0da682e4"
STOCK = "tag:me.example,2020-01-02:/second.html"
"""The feed id that stock Pelican gives the second post."""


def forget(blog: Blog) -> None:
    """Lose what earlier builds wrote down, as a fresh machine has."""
    files.remove_tree(blog.root / ".byline")


def live(site: Whole) -> tuple[manifest.Manifest, frozenset[str]]:
    """Return what a target shows once this site is there."""
    return manifest.of(site.release, {}, {}, frozenset()), frozenset(site.release.outputs)


def lost(blog: Blog, was: Whole, allowed: int = 0) -> list[str]:
    """Return what is told of the blog as it is now, where that site is live."""
    problems = entries.lost(whole(blog), *live(was), allowed)
    assert all(problem.structural for problem in problems)
    return told(problems)


def test_the_same_site_loses_nothing(blog: Blog) -> None:
    was = whole(blog)
    blog.post("third", Date="2021-01-01")

    assert lost(blog, was) == []


def test_a_first_release_can_lose_nothing(blog: Blog) -> None:
    assert entries.lost(whole(blog), None, frozenset()) == []


def test_a_new_id_at_the_old_address_names_the_old_one(blog: Blog) -> None:
    was = whole(blog)
    blog.post("second", Date="2020-01-02", Id=UUID)

    (line,) = lost(blog, was)

    assert line == (
        f"lost-id: content/posts/second.md:3: Readers know it by the feed id {STOCK}; with urn:uuid:{UUID} "
        f"they would see it once more, as new. Give it the line `Id: {STOCK}`."
    )


def test_the_old_id_is_found_again_without_records_whatever_day_it_had(blog: Blog) -> None:
    was = whole(blog)
    blog.post("second", Date="2023-04-05")
    forget(blog)

    (line,) = lost(blog, was)

    assert line.endswith(f"Give it the line `Id: {STOCK}`.")


def test_an_id_that_nobody_remembers_is_asked_for(blog: Blog) -> None:
    blog.post("second", Date="2020-01-02", Id=UUID)
    was = whole(blog)
    blog.post("second", Date="2020-01-02")
    forget(blog)

    (line,) = lost(blog, was)

    assert line.startswith(
        "lost-id: content/posts/second.md:1: Readers know it by another feed id; with tag:me.example,"
    )
    assert line.endswith("Give it back the date, address or `Id` that it had.")


def test_a_moved_post_gets_the_alias_that_it_needs(blog: Blog) -> None:
    blog.post("second", Date="2020-01-02", Id=UUID, Aliases="/older.html")
    was = whole(blog)
    blog.post("second", Date="2020-01-02", Id=UUID, Aliases="/older.html", Slug="two")
    forget(blog)

    (line,) = lost(blog, was)

    assert line == (
        "lost-address: content/posts/second.md:4: Readers know it at /second.html, where nothing would be any more; "
        "now it is at /two.html. Give it the line `Aliases: /older.html, /second.html`."
    )
    blog.post("second", Date="2020-01-02", Id=UUID, Aliases="/older.html, /second.html", Slug="two")
    assert lost(blog, was) == []


def test_a_renamed_post_without_an_id_gets_both_lines(blog: Blog) -> None:
    was = whole(blog)
    blog.post("second", Date="2020-01-02", Slug="two")

    (line,) = lost(blog, was)

    assert line == (
        f"lost-id: content/posts/second.md:1: Readers know it by the feed id {STOCK} at /second.html; with "
        "tag:me.example,2020-01-02:/two.html they would see it once more, as new. "
        f"Give it the lines `Id: {STOCK}` and `Aliases: /second.html`."
    )
    blog.post("second", Date="2020-01-02", Slug="two", Aliases="/second.html")
    (line,) = lost(blog, was)
    assert line.endswith(f"Give it the line `Id: {STOCK}`.")
    blog.post("second", Date="2020-01-02", Slug="two", Id=STOCK, Aliases="/second.html")
    assert lost(blog, was) == []


def test_another_scheme_of_addresses_is_seen_through_without_records(blog: Blog) -> None:
    was = whole(blog)
    blog.settings('ARTICLE_URL = "{date:%Y}/{slug}/"\nARTICLE_SAVE_AS = "{date:%Y}/{slug}/index.html"\n')
    forget(blog)

    assert [line.partition(": Readers")[0] for line in lost(blog, was)] == [
        "lost-id: content/posts/first.md:1",
        "lost-id: content/posts/second.md:1",
    ]
    assert entries.saving(whole(blog), *live(was)) == {
        "posts/first.md": "tag:me.example,2020-01-01:/first.html",
        "posts/second.md": STOCK,
    }


def test_a_post_that_is_gone_must_be_allowed_to_go(blog: Blog) -> None:
    was = whole(blog)
    (blog.root / "content/posts/first.md").unlink()

    (line,) = lost(blog, was)

    assert line == (
        "lost-post: Readers know “First” at /first.html, and it is gone: no post of yours fits. "
        "Bring it back, or move `Id: tag:me.example,2020-01-01:/first.html` and `Aliases: /first.html` to the post "
        "that replaces it; to let it go, publish with `--allow-deletes 1`."
    )
    assert lost(blog, was, allowed=1) == []


def test_as_many_as_are_gone_must_be_allowed(blog: Blog) -> None:
    was = whole(blog)
    (blog.root / "content/posts/first.md").unlink()
    (blog.root / "content/posts/second.md").unlink()
    blog.post("entirely-different", Date="2025-01-01")

    assert len(lost(blog, was, allowed=1)) == 2
    assert lost(blog, was, allowed=2) == []


def test_a_post_that_is_a_draft_again_is_gone_and_its_source_is_named(blog: Blog) -> None:
    was = whole(blog)
    blog.post("second", Date="2020-01-02", Status="draft")

    (line,) = lost(blog, was)

    assert line.startswith(
        "lost-post: content/posts/second.md:3: Readers know it at /second.html, and now it is a draft."
    )


def test_a_post_that_went_into_another_leaves_its_address_to_it(blog: Blog) -> None:
    was = whole(blog)
    (blog.root / "content/posts/first.md").unlink()
    blog.post("second", Date="2020-01-02", Aliases="/first.html")

    assert lost(blog, was) == []


def test_two_posts_that_swap_their_addresses_keep_their_ids(blog: Blog) -> None:
    other = "c0ffee00-e59a-41fe-8e15-7bba0da682e4"
    blog.post("first", "Words.", Id=UUID)
    blog.post("second", Id=other)
    was = whole(blog)
    blog.post("first", "Words.", Id=UUID, Slug="second")
    blog.post("second", Id=other, Slug="first")

    assert lost(blog, was) == []


def test_a_hidden_post_is_still_where_it_was(blog: Blog) -> None:
    was = whole(blog)
    blog.post("first", "Words.", Status="hidden")

    assert lost(blog, was) == []


def test_damaged_records_of_earlier_releases_tell_nothing(blog: Blog) -> None:
    was = whole(blog)
    blog.post("second", Date="2020-01-03")
    now = whole(blog)
    for file in (blog.root / ".byline/releases").glob("*.json"):
        file.write_text('{"posts": [{"address": 1}]}')
    blog.write(".byline/releases/0.json", b"\xff")

    (line,) = told(entries.lost(now, *live(was)))

    assert f"`Id: {STOCK}`" in line


def test_many_lost_ids_do_not_take_long(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[int] = []
    was = whole(blog)
    shown, paths = live(was)
    strange = {manifest.hashed(f"{number}"): manifest.hashed(f"id {number}") for number in range(100)}

    def every_day(_ours: object) -> list[date]:
        searched.append(1)
        return []

    monkeypatch.setattr(entries, "_every_day", every_day)

    there = {*paths, *map(str, range(100))}
    problems = entries.lost(whole(blog), replace(shown, entries={**shown.entries, **strange}), there)

    assert len(problems) == 100
    assert len(searched) == 40


def test_what_was_live_is_kept_beside_the_stage_by_the_name_of_the_target(blog: Blog, tmp_path: Path) -> None:
    assert entries.known(tmp_path) == {}
    shown, paths = live(whole(blog))
    home = blog.root / ".byline/live"
    files.write(home / "known-live.json", manifest.dumped(shown))
    files.write(home / "known-live.paths", "".join(f"{path}\n" for path in paths).encode())
    files.write(home / "known-mirror.json", b"{")

    assert entries.known(blog.root) == {"live": entries.Live(shown, paths)}
