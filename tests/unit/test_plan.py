"""The plan of a deployment: what arrives in which order, what leaves, what stays for readers of old pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from byline.deploy.plan import Plan, guard, plan
from byline.deploy.target import There
from byline.values.manifest import PATH, hashed
from byline.values.output import Kind
from byline.values.problem import Fault
from small_site import release, site, stylesheet

NOTHING = There(None, frozenset())


def after(made: Plan) -> There:
    """Return what stands at a target once a plan is true."""
    paths = made.there.paths.union(arrival.path for arrival in made.arriving) - set(made.leaving)
    return There(made.manifest, paths | {PATH})


def planned(files: dict[str, bytes], there: There = NOTHING, *, keep: int = 5, compress: bool = False) -> Plan:
    return plan(release(files), {}, there, keep=keep, compress=compress)


def arriving(made: Plan) -> list[str]:
    return [arrival.path for arrival in made.arriving]


def test_on_a_first_publish_all_is_new_and_assets_come_before_pages_before_feeds() -> None:
    made = planned(site("one", 1))

    style, _ = stylesheet("/* one */")
    assert arriving(made) == ["images/boat.jpg", style, "index.html", "post-0/index.html", "feeds/atom.xml"]
    assert all(arrival.new for arrival in made.arriving)
    assert (made.before, made.leaving, made.kept, made.foreign) == ("", (), 0, 0)


def test_new_assets_and_pages_come_before_changed_ones() -> None:
    first = {"index.html": b"1", "z.html": b"1", "boat.jpg": b"1"}
    then = {"index.html": b"2", "z.html": b"1", "a.html": b"2", "boat.jpg": b"2", "zebra.jpg": b"2"}

    made = planned(then, after(planned(first)))

    assert arriving(made) == ["zebra.jpg", "boat.jpg", "a.html", "index.html"]
    assert made.kept == 1


def test_a_second_publish_of_the_same_site_is_empty() -> None:
    made = planned(site("one"), after(planned(site("one"))))

    assert made.empty
    assert made.kept == len(site("one"))


def test_a_file_that_somebody_removed_there_comes_again() -> None:
    there = after(planned(site("one")))
    made = planned(site("one"), replace(there, paths=there.paths - {"images/boat.jpg"}))

    assert arriving(made) == ["images/boat.jpg"]
    assert not made.empty


def test_what_the_site_has_no_more_leaves_pages_first() -> None:
    first = {"index.html": b"1", "zebra/index.html": b"1", "boat.jpg": b"1"}
    made = planned({"index.html": b"1"}, after(planned(first)))

    assert made.leaving == ("zebra/index.html", "boat.jpg")
    assert made.manifest.owns("boat.jpg")  # until it is gone


def test_what_byline_did_not_put_there_stays_and_is_counted() -> None:
    there = after(planned({"index.html": b"1", "old.html": b"1"}))
    made = planned({"index.html": b"1"}, replace(there, paths=there.paths | {"CNAME", "keybase.txt"}))

    assert made.leaving == ("old.html",)
    assert made.foreign == 2


def test_where_the_manifest_is_missing_or_garbage_nothing_is_deleted() -> None:
    made = planned({"index.html": b"1"}, There(None, frozenset({"index.html", "old.html", PATH}), "7"))

    assert made.leaving == ()
    assert [(arrival.path, arrival.new) for arrival in made.arriving] == [("index.html", False)]


def test_fingerprinted_assets_stay_for_as_many_releases_as_are_kept() -> None:
    there, styles = NOTHING, []
    for words in ("one", "two", "three", "four"):
        made = planned(site(words), there, keep=2)
        there = after(made)
        styles.append(stylesheet(f"/* {words} */")[0])

    assert made.leaving == (styles[0],)
    assert made.carried == {styles[1]: 2, styles[2]: 1}


def test_an_asset_that_is_not_fingerprinted_does_not_stay() -> None:
    made = planned({"index.html": b"1"}, after(planned({"index.html": b"1", "0badcafe.jpg": b"not its digest"})))

    assert made.leaving == ("0badcafe.jpg",)


def test_publishing_the_same_release_again_ages_nothing() -> None:
    there = after(planned(site("two"), after(planned(site("one")))))

    assert planned(site("two"), there).carried == {stylesheet("/* one */")[0]: 1}


def test_while_files_arrive_they_are_ours_and_what_they_hold_is_not_known() -> None:
    made = planned({"index.html": b"2", "new.html": b"2"}, after(planned({"index.html": b"1", "about.html": b"1"})))

    assert made.begun.release == made.before
    assert made.begun.owns("new.html")
    assert made.begun.owns("index.html")
    assert hashed("index.html") not in made.begun.outputs
    assert hashed("about.html") in made.begun.outputs


def test_after_a_deployment_that_was_cut_off_all_that_was_coming_comes_or_leaves() -> None:
    cut = planned({"index.html": b"2", "a.html": b"2"}, after(planned({"index.html": b"1"})))
    made = planned({"index.html": b"1"}, There(cut.begun, frozenset({PATH, "index.html", "a.html"})))

    assert arriving(made) == ["index.html"]
    assert made.leaving == ("a.html",)


def test_where_copies_are_compressed_beforehand_a_missing_one_brings_its_text_again() -> None:
    first = {"index.html": b"1", "boat.jpg": b"1"}
    there = after(planned(first))
    copies = {"index.html.gz", f"{PATH}.gz"}

    assert arriving(planned(first, there, compress=True)) == ["index.html"]
    assert planned(first, replace(there, paths=there.paths | copies), compress=True).empty
    assert set(planned(first, replace(there, paths=there.paths | copies)).leaving) == copies


def test_compressed_copies_of_pages_leave_with_the_pages() -> None:
    there = after(planned({"index.html": b"1", "a.css": b"1", "z.html": b"1"}))
    made = planned({"index.html": b"1"}, replace(there, paths=there.paths | {"z.html.gz", "a.css.gz"}), compress=True)

    assert made.leaving == ("z.html", "z.html.gz", "a.css", "a.css.gz")


def test_files_that_a_target_adds_are_part_of_the_plan_and_come_last() -> None:
    made = plan(release({"index.html": b"1"}), {"_headers": "ab" * 32}, NOTHING, keep=5, compress=False)

    assert [(arrival.path, arrival.kind) for arrival in made.arriving] == [
        ("index.html", Kind.PAGE),
        ("_headers", Kind.TEXT),
    ]
    assert made.manifest.owns("_headers")


def many(count: int) -> dict[str, bytes]:
    return {f"post-{number:02}/index.html": b"1" for number in range(count)}


def test_deleting_more_than_a_tenth_of_the_pages_is_refused_and_the_flag_named() -> None:
    made = planned(many(88), after(planned(many(100))))

    with pytest.raises(Fault, match=r"^12 of 100 pages would be deleted, beginning with post-88/index.html\. .*"):
        guard(made, 0)
    with pytest.raises(Fault, match="--allow-deletes 12"):
        guard(made, 11)
    guard(made, 12)


def test_deleting_a_tenth_of_the_pages_is_not_worth_a_question() -> None:
    guard(planned(many(90), after(planned(many(100)))), 0)


def test_files_of_others_count_neither_as_pages_nor_as_deleted() -> None:
    there = after(planned(many(10)))
    others = frozenset(f"other-{number}.html" for number in range(100))
    made = planned(many(8), replace(there, paths=there.paths | others))

    with pytest.raises(Fault, match="2 of 10 pages"):
        guard(made, 0)


def test_deletions_that_a_killed_run_had_been_allowed_are_not_asked_for_again() -> None:
    made = planned(many(50), after(planned(many(100))))
    killed = There(made.manifest, made.there.paths)

    again = planned(many(50), killed)

    assert len(again.leaving) == 50
    guard(again, 0)


def test_a_manifest_names_the_releases_before_it_as_many_as_are_kept_each_once() -> None:
    there, ids = NOTHING, []
    for words in ("one", "two", "three", "four", "three", "three"):
        made = planned(site(words), there, keep=2)
        there = after(made)
        ids.append(made.release)

    assert made.manifest.earlier == (ids[3], ids[1])
