"""The ledger: files that a person can read, git can merge, and nothing but a sound one is taken for the truth."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from byline.sharing.copies import Act, Copies, Copy, Heard, How, Known, Mention, State
from byline.sharing.ledger import Ledger
from byline.sharing.message import Message, Picture, dumped, loaded
from byline.values.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEY = "71895222-e59a-41fe-8e15-7bba0da682e4"
POST = Copies(KEY, f"urn:uuid:{KEY}", "https://me.example/letting-go/", "Letting go — for José")
MASTODON, BLUESKY = "mastodon:@me@a.example", "bluesky:me.example"
NOW = datetime(2026, 6, 1, 12, 30, tzinfo=UTC)
SENT = Copy(State.CONFIRMED, payload="ab", ids={"id": "1"}, url="https://a.example/@me/1", how=How.SENT, tries=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "content" / "copies"


def file(folder: Path, name: str = KEY) -> Path:
    return folder / f"{name}.json"


def kept(folder: Path, **changes: object) -> dict[str, Any]:
    """Return the post's file as JSON, with one copy, after these changes at its top; written anew where there are."""
    if not file(folder).exists():
        Ledger(folder).put(POST, MASTODON, SENT)
    document: dict[str, Any] = json.loads(file(folder).read_bytes()) | changes
    if changes:
        file(folder).write_text(json.dumps(document, indent=1), "utf-8")
    return document


def broken(folder: Path) -> str:
    """Return what a ledger says of a folder that it cannot read, and assert that it does not write there either."""
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(Fault) as caught:
        Ledger(folder).known()
    assert {problem.code for problem in caught.value.problems} == {"broken-ledger"}
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    return str(caught.value)


def test_without_a_folder_nothing_is_known_and_none_is_made(folder: Path) -> None:
    assert Ledger(folder).known() == Known()
    assert not folder.exists()


def test_a_file_holds_what_is_known_a_key_a_line_and_nothing_empty(folder: Path) -> None:
    Ledger(folder).put(POST, MASTODON, SENT)

    assert file(folder).read_text("utf-8") == (
        '{\n "copies": {\n  "mastodon:@me@a.example": {\n   "how": "sent",\n   "ids": {\n    "id": "1"\n   },\n'
        '   "payload": "ab",\n   "state": "confirmed",\n   "tries": 1,\n   "url": "https://a.example/@me/1"\n  }\n },\n'
        f' "id": "urn:uuid:{KEY}",\n "name": "Letting go — for José",\n "schema": 1,\n'
        ' "url": "https://me.example/letting-go/"\n}\n'
    )


def test_a_copy_is_known_at_once_and_by_whoever_reads_the_folder_next(folder: Path) -> None:
    ledger = Ledger(folder)
    assert ledger.known().copy(KEY, MASTODON) is None

    ledger.put(POST, MASTODON, SENT)
    ledger.put(POST, BLUESKY, Copy(State.PLANNED))
    ledger.put(POST, BLUESKY, Copy(State.ATTEMPT, key="k"))

    both = {MASTODON: SENT, BLUESKY: Copy(State.ATTEMPT, key="k")}
    assert ledger.known().posts == {KEY: Copies(POST.key, POST.id, POST.url, POST.name, both)}
    assert Ledger(folder).known() == ledger.known()


def test_what_was_returned_as_known_does_not_change(folder: Path) -> None:
    ledger = Ledger(folder)
    ledger.put(POST, MASTODON, SENT)
    before = ledger.known()

    ledger.put(POST, MASTODON, Copy(State.WITHDRAWN))
    ledger.adopt(MASTODON, ["a"])

    assert before.copy(KEY, MASTODON) == SENT
    assert before.adopted == {}


def test_what_another_ledger_wrote_meanwhile_stays(folder: Path) -> None:
    one, other = Ledger(folder), Ledger(folder)
    one.known(), other.known()

    one.put(POST, MASTODON, SENT)
    other.put(POST, BLUESKY, SENT)

    assert Ledger(folder).known().posts[KEY].copies == {MASTODON: SENT, BLUESKY: SENT}
    assert other.known() == Ledger(folder).known()


def test_a_post_stays_what_it_was_when_its_first_copy_was_made(folder: Path) -> None:
    ledger = Ledger(folder)
    ledger.put(POST, MASTODON, SENT)

    ledger.put(Copies(KEY, POST.id, "https://me.example/moved/", "Renamed"), BLUESKY, SENT)

    assert (ledger.known().posts[KEY].url, ledger.known().posts[KEY].name) == (POST.url, POST.name)


def test_threads_lose_nothing_of_each_other(folder: Path) -> None:
    ledger = Ledger(folder)
    accounts = [f"mastodon:@me@{number}.example" for number in range(8)]
    begin = threading.Barrier(len(accounts))

    def share(account: str) -> None:
        begin.wait()
        for tries in range(1, 6):
            ledger.put(POST, account, Copy(State.ATTEMPT, tries=tries))
            ledger.adopt(account, [str(tries)])

    threads = [threading.Thread(target=share, args=(account,)) for account in accounts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    known = Ledger(folder).known()
    assert known.posts[KEY].copies == dict.fromkeys(accounts, Copy(State.ATTEMPT, tries=5))
    assert known.adopted == dict.fromkeys(accounts, frozenset("12345"))
    assert ledger.known() == known


def test_a_message_under_way_can_be_read_and_is_the_same_bytes_again(folder: Path) -> None:
    picture = Picture("ab", "image/jpeg", 'Two boats, "Ada" and\nanother', width=800)
    message = dumped(
        Message("https://me.example/a/", "Words “so”\n\nhttps://me.example/a/", "A", tags=("a",), picture=picture)
    )

    Ledger(folder).put(POST, MASTODON, Copy(State.ATTEMPT, sending=message))

    assert '\n    "text": "Words “so”\\n\\nhttps://me.example/a/",\n' in file(folder).read_text("utf-8")
    copy = Ledger(folder).known().copy(KEY, MASTODON)
    assert copy
    assert copy.sending == message
    assert dumped(loaded(copy.sending)) == message


@pytest.mark.parametrize(
    "text", ["no JSON", '{"b": 1, "a": 2}', '{"a":1,"a":2}', "[1]", '{"a":NaN}', '{"a":1e3}', "[" * 9999]
)
def test_a_message_that_is_written_otherwise_is_the_same_bytes_too(folder: Path, text: str) -> None:
    Ledger(folder).put(POST, MASTODON, Copy(State.ATTEMPT, sending=text))

    assert Ledger(folder).known().copy(KEY, MASTODON) == Copy(State.ATTEMPT, sending=text)


def test_half_a_character_that_a_network_answers_is_kept(folder: Path) -> None:
    copy = Copy(State.UNKNOWN, error="it said \ud83d", ids={"id": "\udc4d"})

    Ledger(folder).put(POST, MASTODON, copy)

    file(folder).read_bytes().decode()
    assert Ledger(folder).known().copy(KEY, MASTODON) == copy


def test_dates_are_kept_in_utc(folder: Path) -> None:
    Ledger(folder).put(
        POST, MASTODON, Copy(State.PLANNED, not_before=datetime.fromisoformat("2026-06-01T14:30:00+02:00"))
    )

    assert '"not_before": "2026-06-01T12:30:00+00:00"' in file(folder).read_text("utf-8")


def test_adopted_posts_stand_a_key_a_line_and_are_never_forgotten(folder: Path) -> None:
    ledger = Ledger(folder)
    ledger.adopt(MASTODON, ["b", "a"])
    ledger.adopt(MASTODON, iter(["c", "a"]))
    ledger.adopt(BLUESKY, [])

    assert file(folder, "adopted").read_text("utf-8") == (
        '{\n "accounts": {\n  "bluesky:me.example": [],\n  "mastodon:@me@a.example": [\n   "a",\n   "b",\n   "c"\n  ]\n'
        ' },\n "schema": 1\n}\n'
    )
    assert ledger.known().adopted == {MASTODON: frozenset("abc"), BLUESKY: frozenset()}
    assert Ledger(folder).known() == ledger.known()


def test_what_this_version_does_not_know_stays(folder: Path) -> None:
    entry = {**kept(folder)["copies"][MASTODON], "boosts": [1, {"a": None}]}
    kept(folder, replies=["https://b.example/"], copies={MASTODON: entry, BLUESKY: {"state": "skipped", "why": "old"}})

    Ledger(folder).put(POST, MASTODON, Copy(State.WITHDRAWN))

    document = kept(folder)
    assert document["replies"] == ["https://b.example/"]
    assert document["copies"] == {
        MASTODON: {"state": "withdrawn", "boosts": [1, {"a": None}]},
        BLUESKY: {"state": "skipped", "why": "old"},
    }


def test_the_pages_that_were_told_stand_beside_the_copies_and_neither_forgets_the_other(folder: Path) -> None:
    ledger = Ledger(folder)
    ledger.mention(POST, {"https://b.example/": Mention(Heard.UNKNOWN, "c1", POST.url, "it is late", 2, NOW)}, "c1")
    ledger.put(POST, MASTODON, SENT)
    ledger.mention(POST, {"https://c.example/": Mention(Heard.TOLD, "c2", last=NOW)}, "c2")

    (known,) = Ledger(folder).known().posts.values()
    assert known == ledger.known().posts[KEY]
    assert known.copies == {MASTODON: SENT}
    assert known.mentions == {
        "https://b.example/": Mention(Heard.UNKNOWN, "c1", POST.url, "it is late", 2, NOW),
        "https://c.example/": Mention(Heard.TOLD, "c2", last=NOW),
    }
    assert known.mentioned == "c2"
    assert kept(folder)["mentions"]["https://c.example/"] == {
        "last": "2026-06-01T12:30:00+00:00",
        "payload": "c2",
        "state": "told",
    }


@pytest.mark.parametrize(
    ("mentions", "told"),
    [
        ([], '"mentions" is no object.'),
        ({"https://b.example/": 1}, '"https://b.example/" is no object.'),
        ({"https://b.example/": {}}, "https://b.example/ has no state."),
        ({"https://b.example/": {"state": "heard"}}, "state is 'heard', and should be one of told, none, refused, "),
        ({"https://b.example/": {"state": "told", "tries": "2"}}, "tries is '2', and should be a whole number"),
    ],
)
def test_pages_that_were_told_and_cannot_be_read_are_told_by_their_line(
    folder: Path, mentions: object, told: str
) -> None:
    kept(folder, mentions=mentions)

    assert told in broken(folder)


def test_a_file_that_an_editor_of_windows_saved_is_read(folder: Path) -> None:
    kept(folder)
    file(folder).write_bytes(b"\xef\xbb\xbf" + file(folder).read_bytes().replace(b"\n", b"\r\n"))

    assert Ledger(folder).known().copy(KEY, MASTODON) == SENT


def test_other_files_beside_it_and_what_a_killed_write_left_are_nothing(folder: Path) -> None:
    kept(folder)
    (folder / f".{KEY}.json.0123456789abcdef").write_text("{", "utf-8")
    (folder / ".hidden.json").write_text("{", "utf-8")
    (folder / "README.md").write_text("Copies.", "utf-8")

    assert Ledger(folder).known().posts.keys() == {KEY}


def torn(body: bytes) -> bytes:
    return body[: len(body) // 2]


def unmerged(body: bytes) -> bytes:
    ours = b'   "state": "confirmed",\n'
    return body.replace(ours, b"<<<<<<< HEAD\n" + ours + b'=======\n   "state": "planned",\n>>>>>>> theirs\n')


def both_kept(body: bytes) -> bytes:
    return body.replace(b'"state": "confirmed"', b'"state": "confirmed",\n   "state": "planned"')


@pytest.mark.parametrize(
    ("breaking", "told"),
    [
        (torn, f"content/copies/{KEY}.json:11: It is no JSON: "),
        (lambda _body: b"", f"content/copies/{KEY}.json:1: It is no JSON: Expecting value. Mend it, or take it back"),
        (unmerged, f"content/copies/{KEY}.json:9: It holds two versions that git could not merge. Keep what says more"),
        (both_kept, f'content/copies/{KEY}.json: "state" stands twice.'),
        (lambda body: body.replace(b"Jos\xc3\xa9", b"Jos\xe9"), f"content/copies/{KEY}.json:15: It is no UTF-8."),
        (lambda body: body.replace(b'"schema": 1', b'"schema": 2'), f"{KEY}.json:16: Its schema 2 is unknown here."),
        (lambda body: body.replace(b'"schema"', b'"version"'), "It is none of the ledger's files."),
        (lambda _body: b"[]", "It is none of the ledger's files."),
        (lambda _body: b"[" * 100_000, "It is no JSON that can be read."),
        (lambda _body: b"1" * 5000, "It is no JSON that can be read."),
        (
            lambda body: body.replace(b'"confirmed"', b'"done"'),
            f"{KEY}.json:9: mastodon:@me@a.example: state is 'done', and should be one of planned, attempt, ",
        ),
        (lambda body: body.replace(b'"state"', b'"stat"'), f"{KEY}.json:3: mastodon:@me@a.example has no state."),
        (
            lambda body: body.replace(b'"sent"', b'["sent"]'),
            f"{KEY}.json:4: mastodon:@me@a.example: how is ['sent'], and",
        ),
        (
            lambda body: body.replace(b'"ab"', b"5"),
            f"{KEY}.json:8: mastodon:@me@a.example: payload is 5, and should be a text",
        ),
        (
            lambda body: body.replace(b'"tries": 1', b'"tries": true'),
            f"{KEY}.json:10: mastodon:@me@a.example: tries is True, and",
        ),
        (
            lambda body: body.replace(b'"tries": 1', b'"tries": -1'),
            "tries is -1, and should be a whole number, not below 0.",
        ),
        (
            lambda body: body.replace(b'"id": "1"', b'"id": 1'),
            f"{KEY}.json:5: mastodon:@me@a.example: ids is {{'id': 1}}, and",
        ),
        (
            lambda body: body.replace(b'"payload": "ab"', b'"first": "yesterday"'),
            "first is 'yesterday', and should be a date of ISO 8601.",
        ),
        (
            lambda body: body.replace(b'"payload": "ab"', b'"first": "2026-06-01T12:00:00"'),
            "first is '2026-06-01T12:00:00', and should be a date with its time zone.",
        ),
        (
            lambda body: body.replace(b'"payload": "ab"', b'"sending": {"a": 1e999}'),
            "sending is {'a': inf}, and should be a message.",
        ),
        (lambda body: body.replace(b'"copies"', b'"copy"'), f'{KEY}.json:1: "copies" is no object.'),
        (lambda body: body.replace(b'"name"', b'"title"'), '"name" is no text.'),
    ],
)
def test_a_broken_file_is_told_with_its_line_and_never_written_over(
    folder: Path, breaking: Callable[[bytes], bytes], told: str
) -> None:
    kept(folder)
    body = breaking(file(folder).read_bytes())
    file(folder).write_bytes(body)

    assert told in broken(folder)
    with pytest.raises(Fault):
        Ledger(folder).put(POST, MASTODON, SENT)
    assert file(folder).read_bytes() == body


@pytest.mark.parametrize(
    ("accounts", "told"),
    [
        ("{}", '"accounts" is no object'),
        ({MASTODON: "a"}, "has no list of post keys."),
        ({MASTODON: [1]}, "has no list of"),
    ],
)
def test_adopted_posts_that_are_broken_are_told(folder: Path, accounts: object, told: str) -> None:
    folder.mkdir(parents=True)
    body = json.dumps({"schema": 1, "accounts": accounts}, indent=1)
    file(folder, "adopted").write_text(body, "utf-8")

    assert told in broken(folder)
    with pytest.raises(Fault, match=r"content/copies/adopted\.json:[34]: "):
        Ledger(folder).adopt(MASTODON, ["a"])
    assert file(folder, "adopted").read_text("utf-8") == body


def test_all_that_is_broken_is_told_at_once_and_mending_it_helps(folder: Path) -> None:
    whole = json.dumps(kept(folder))
    for name in (KEY, "a", "b"):
        file(folder, name).write_text("{", "utf-8")
    file(folder, "c").mkdir()
    ledger = Ledger(folder, "posts/copies")

    with pytest.raises(Fault) as caught:
        ledger.known()

    assert [str(problem.place) for problem in caught.value.problems] == [
        f"posts/copies/{KEY}.json:1",
        "posts/copies/a.json:1",
        "posts/copies/b.json:1",
        "posts/copies/c.json",
    ]
    file(folder).write_text(whole, "utf-8")
    file(folder, "a").unlink()
    file(folder, "b").unlink()
    file(folder, "c").rmdir()
    assert ledger.known().copy(KEY, MASTODON) == SENT


@pytest.mark.parametrize("name", [f"{KEY} (1)", "Copy of it"])
def test_a_file_that_some_program_copied_is_told(folder: Path, name: str) -> None:
    kept(folder)
    file(folder, name).write_bytes(file(folder).read_bytes())

    assert f"content/copies/{name}.json: No post's file has such a name." in broken(folder)


def test_two_files_of_one_post_are_told(folder: Path) -> None:
    kept(folder)
    file(folder, f"{KEY}-1").write_bytes(file(folder).read_bytes())

    assert f"content/copies/{KEY}-1.json: It is about the post of {KEY}.json." in broken(folder)


@pytest.mark.parametrize("key", ["", "..", "../a", "a/b", "a\\b", "a:b", ".a", "adopted", "A", "ä", "a\n", "a" * 200])
def test_a_key_that_can_name_no_file_is_refused(folder: Path, key: str) -> None:
    with pytest.raises(ValueError, match="is no post key"):
        Ledger(folder).put(Copies(key, "urn:a", "", ""), MASTODON, SENT)

    assert not folder.exists()


def test_a_date_without_a_zone_is_not_written(folder: Path) -> None:
    naive = NOW.replace(tzinfo=None)

    with pytest.raises(ValueError, match="created has no time zone"):
        Ledger(folder).put(POST, MASTODON, Copy(State.PLANNED, act=Act.UPDATE, created=naive))

    assert not folder.exists()
