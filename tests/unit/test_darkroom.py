"""The darkroom measures a picture once and makes a rendition once, for as long as the file is the same."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from byline.credits.darkroom import Darkroom, Job
from byline.credits.kept import Kept
from byline.credits.measures import Measures
from byline.credits.renditions import planned
from byline.credits.tones import TONES, tone
from byline.edges import pictures
from byline.values.problem import Fault, Place
from byline.values.settings import Photos
from photographs import encoded, noisy, quartered
from PIL import Image

ROOT = Path(__file__).parents[2]
PACKET = b"<x:xmpmeta/>"
SMALL = Photos(widths=[320, 400], formats=["webp"])
CARD, PICTURE = "cards/harbour.jpg", "renditions/harbour.jpg"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "images").mkdir(parents=True)
    (folder / "images" / "harbour.jpg").write_bytes(encoded(quartered(), "JPEG", xmp=PACKET))
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def jobs(darkroom: Darkroom, *names: str) -> list[Job]:
    """Return what is to be made of pictures below content/."""
    return [
        Job(name, one, Place(name), PACKET)
        for name in names
        for one in planned(name, darkroom.measures.of(name), SMALL, "", PACKET)
    ]


def refused() -> bytes:
    pytest.fail("it was made again")


def files_of(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_what_was_made_is_kept_and_known_by_its_digest(home: Path) -> None:
    kept = Kept(home)
    assert kept.known(PICTURE) == ""
    assert kept.body(PICTURE, lambda: b"light") == b"light"
    for again in (kept, Kept(home)):
        assert again.known(PICTURE) == hashlib.sha256(b"light").hexdigest()
        assert again.body(PICTURE, refused) == b"light"


def test_a_card_and_a_rendition_of_one_name_are_two(home: Path) -> None:
    kept = Kept(home)
    kept.body(PICTURE, lambda: b"rendition")
    kept.body(CARD, lambda: b"card")
    assert Kept(home).body(PICTURE, refused) == b"rendition"
    assert Kept(home).body(CARD, refused) == b"card"


@pytest.mark.parametrize("found", [b"", b"lig", b"\0\0\0\0\0", b"lught", b"light and more"])
def test_a_file_that_is_not_what_its_name_says_is_made_again(home: Path, found: bytes) -> None:
    Kept(home).body(PICTURE, lambda: b"light")
    (name,) = files_of(home)
    (home / name).write_bytes(found)
    kept = Kept(home)
    assert (kept.known(PICTURE) == "") == (len(found) != len(b"light"))
    assert kept.body(PICTURE, lambda: b"light") == b"light"
    assert (home / name).read_bytes() == b"light"


def test_when_other_bytes_are_made_the_old_file_goes(home: Path) -> None:
    Kept(home).body(PICTURE, lambda: b"light")
    (name,) = files_of(home)
    (home / name).write_bytes(b"")
    assert Kept(home).body(PICTURE, lambda: b"shade") == b"shade"
    assert len(files_of(home)) == 1


def test_what_another_process_took_away_is_made_again(home: Path) -> None:
    kept, other = Kept(home), Kept(home)
    kept.body(PICTURE, lambda: b"light")
    other.prune([])
    assert kept.known(PICTURE) == ""
    assert kept.body(PICTURE, lambda: b"light") == b"light"


def test_only_what_is_wanted_stays(home: Path) -> None:
    kept = Kept(home)
    kept.body(PICTURE, lambda: b"light")
    kept.body(CARD, lambda: b"card")
    for garbage in ("garbage", "cards/a.jpg.12", f"renditions/a.jpg.3-{'0' * 64}"):
        (home / garbage).write_bytes(b"?")
    kept.prune([CARD, "renditions/never-made.jpg"])
    assert files_of(home) == [f"{CARD}.4-{hashlib.sha256(b'card').hexdigest()}"]
    assert kept.body(CARD, refused) == b"card"
    kept.prune([])
    assert files_of(home) == []
    assert kept.known(CARD) == ""


def test_a_fault_keeps_nothing(home: Path) -> None:
    def broken() -> bytes:
        raise Fault

    with pytest.raises(Fault):
        Kept(home).body(PICTURE, broken)
    assert files_of(home) == []


def test_threads_that_make_the_same_all_get_it(home: Path) -> None:
    kept = Kept(home)
    bodies: list[bytes] = []
    body = bytes(range(256)) * 4000

    def work() -> None:
        bodies.extend(kept.body(PICTURE, lambda: body) for _ in range(20))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bodies == [body] * 80
    assert Kept(home).body(PICTURE, refused) == body


def test_a_picture_is_measured_once(content: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Measures(content, home / "pictures.json")
    head, colour = first.of("images/harbour.jpg"), first.colour("images/harbour.jpg")
    assert (head.width, head.height, head.xmp) == (800, 600, PACKET)
    first.save()
    monkeypatch.setattr(pictures, "measured", refused)
    monkeypatch.setattr(pictures, "colour", refused)
    for again in (first, Measures(content, home / "pictures.json")):
        assert again.of("images/harbour.jpg") == head
        assert again.colour("images/harbour.jpg") == colour


def test_one_that_changed_is_measured_anew(content: Path, home: Path) -> None:
    path = content / "images" / "harbour.jpg"
    first = Measures(content, home / "pictures.json")
    assert first.of("images/harbour.jpg").width == 800
    first.save()
    path.write_bytes(encoded(noisy(500, 300), "JPEG"))
    for again in (first, Measures(content, home / "pictures.json")):
        assert again.of("images/harbour.jpg").width == 500
    path.unlink()
    assert first.of("images/harbour.jpg").fault


def test_nothing_is_written_when_nothing_is_new(content: Path, home: Path) -> None:
    file = home / "pictures.json"
    Measures(content, file).save()
    assert not file.exists()
    first = Measures(content, file)
    first.of("images/harbour.jpg")
    first.save()
    os.utime(file, ns=(1, 1))
    again = Measures(content, file)
    again.of("images/harbour.jpg")
    again.save()
    assert file.stat().st_mtime_ns == 1
    again.colour("images/harbour.jpg")
    again.save()
    assert file.stat().st_mtime_ns > 1


def test_pictures_that_are_gone_are_forgotten_and_others_stay(content: Path, home: Path) -> None:
    file = home / "pictures.json"
    first = Measures(content, file)
    for name in ("one", "other", "third"):
        (content / f"{name}.png").write_bytes(encoded(quartered(), "PNG"))
        first.of(f"{name}.png")
    first.save()
    (content / "one.png").unlink()
    again = Measures(content, file)
    again.colour("other.png")
    again.save()
    assert list(json.loads(file.read_text())["pictures"]) == ["other.png", "third.png"]


@pytest.mark.parametrize(
    "garbage", ["", "[]", "{", "\0", '{"schema":0}', '{"schema":1}', '{"schema":1,"pictures":{"a":{}}}']
)
def test_garbage_is_passed_over(content: Path, home: Path, garbage: str) -> None:
    file = home / "pictures.json"
    home.mkdir()
    file.write_text(garbage)
    measures = Measures(content, file)
    assert measures.of("images/harbour.jpg").width == 800
    measures.save()
    assert Measures(content, file).of("images/harbour.jpg").xmp == PACKET


@pytest.mark.parametrize(
    "damage", [("stamp", [1]), ("size", ["a", 2]), ("xmp", "?"), ("xmp", "AAAA"), ("colour", "<b>"), ("colour", {})]
)
def test_a_row_that_makes_no_sense_is_passed_over(content: Path, home: Path, damage: tuple[str, object]) -> None:
    file = home / "pictures.json"
    first = Measures(content, file)
    first.colour("images/harbour.jpg")
    first.save()
    written = json.loads(file.read_text())
    written["pictures"]["images/harbour.jpg"][damage[0]] = damage[1]
    file.write_text(json.dumps(written))
    again = Measures(content, file)
    assert again.of("images/harbour.jpg") == first.of("images/harbour.jpg")
    assert again.colour("images/harbour.jpg") == first.colour("images/harbour.jpg")


def test_a_fault_names_the_picture_by_its_path_and_is_looked_for_each_time(content: Path, home: Path) -> None:
    path = content / "images" / "broken.jpg"
    path.write_bytes(b"")
    first = Measures(content, home / "pictures.json")
    fault = first.of("images/broken.jpg").fault
    assert fault
    assert fault.what.startswith("images/broken.jpg ")
    assert first.colour("images/broken.jpg") == ""
    first.save()
    assert not (home / "pictures.json").exists()


def test_a_picture_that_shines_through_or_is_drawn_has_no_tone(content: Path, home: Path) -> None:
    measures = Measures(content, home / "pictures.json")
    (content / "glass.png").write_bytes(encoded(Image.new("RGBA", (400, 300), (9, 9, 9, 9)), "PNG"))
    (content / "drawing.svg").write_bytes(b'<svg width="3" height="2"/>')
    assert measures.colour("glass.png") == measures.colour("drawing.svg") == ""
    assert measures.colour("images/harbour.jpg") in TONES


def test_a_tone_is_the_nearest_to_the_eye() -> None:
    near = {
        (0, 0, 0): "111",
        (255, 255, 255): "fff",
        (20, 80, 100): "156",
        (120, 90, 60): "642",
        (140, 170, 200): "9ac",
    }
    assert {colour: tone(colour) for colour in near} == near
    greys = {name for name in TONES if len(set(name)) == 1}
    assert {tone((grey, grey, grey)) for grey in range(256)} == greys
    for name in TONES:
        red, green, blue = (int(digit * 2, 16) for digit in name)
        assert tone((red, green, blue)) == name


def test_the_stylesheet_has_each_tone_once() -> None:
    sheet = (ROOT / "theme" / "style" / "55-tones.css").read_text()
    rules = re.findall(r"\.tone-(\w+)\{color:#\w+;background:#(\w+)\}", sheet)
    assert rules == [(name, name) for name in TONES]
    assert len(set(TONES)) == len(TONES) <= 20


def test_a_rendition_is_made_once(content: Path, home: Path) -> None:
    for again in (False, True):
        darkroom = Darkroom(content, home)
        for job in jobs(darkroom, "images/harbour.jpg"):
            assert bool(darkroom.known(job.made.path)) == again
            body = darkroom.develop(job)
            assert darkroom.known(job.made.path) == hashlib.sha256(body).hexdigest()
        darkroom.save()


@pytest.fixture
def many(content: Path) -> list[str]:
    names = [f"images/{number}.png" for number in range(5)]
    for number, name in enumerate(names):
        (content / name).write_bytes(encoded(quartered(800 + number, 600), "PNG"))
    return names


@pytest.mark.parametrize("workers", [1, 3])
def test_made_ahead_they_are_what_they_are_made_one_by_one(
    content: Path, home: Path, many: list[str], workers: int
) -> None:
    alone, ahead = Darkroom(content, home / "alone"), Darkroom(content, home / "ahead")
    wanted = jobs(alone, *many)
    bodies = [alone.develop(job) for job in wanted]
    told: list[tuple[int, int]] = []
    assert ahead.make_all(wanted, workers, lambda done, every: told.append((done, every))) == ()
    assert told == [(number, 5) for number in range(1, 6)]
    assert files_of(home / "alone") == files_of(home / "ahead")
    for path in content.rglob("*.png"):
        path.unlink()
    assert [ahead.develop(job) for job in wanted] == bodies
    assert ahead.make_all(wanted, workers, refuse) == ()


def refuse(_done: int, _every: int) -> None:
    pytest.fail("it was made again")


def test_what_is_wrong_with_one_picture_keeps_no_other_from_being_made(
    content: Path, home: Path, many: list[str]
) -> None:
    darkroom = Darkroom(content, home)
    wanted = jobs(darkroom, *many)
    (content / many[1]).write_bytes(b"")
    (content / many[3]).unlink()
    problems = darkroom.make_all(wanted, 2)
    assert [problem.what.split()[0] for problem in problems] == [many[1], many[3]]
    made = {job.picture for job in wanted if darkroom.known(job.made.path)}
    assert made == {many[0], many[2], many[4]}


def test_an_interruption_leaves_what_was_made(content: Path, home: Path, many: list[str]) -> None:
    darkroom = Darkroom(content, home)
    wanted = jobs(darkroom, *many)

    def interrupted(done: int, _every: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        darkroom.make_all(wanted, 1, interrupted)
    kept = sum(bool(darkroom.known(job.made.path)) for job in wanted)
    assert 8 <= kept < len(wanted)
    again = Darkroom(content, home)
    assert sum(bool(again.known(job.made.path)) for job in wanted) == kept


def test_an_interruption_is_heard_soon(content: Path, home: Path) -> None:
    names = [f"images/{number}.png" for number in range(8)]
    body = encoded(noisy(2000, 1500), "PNG", compress_level=1)
    for name in names:
        (content / name).write_bytes(body)
    program = """
import sys, pathlib
from byline.credits.darkroom import Darkroom, Job
from byline.credits.renditions import planned
from byline.values.problem import Place
from byline.values.settings import Photos
darkroom = Darkroom(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
jobs = []
for name in sys.argv[3:]:
    plan = planned(name, darkroom.measures.of(name), Photos(), "", b"")
    jobs.extend(Job(name, one, Place(name)) for one in plan)
print("begun", flush=True)
try:
    darkroom.make_all(jobs, 2)
except KeyboardInterrupt:
    print("interrupted")
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    with subprocess.Popen(
        [sys.executable, "-c", program, str(content), str(home), *names],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "begun\n"
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        sent = time.monotonic()
        assert process.stdout.read() == "interrupted\n"
        assert process.wait(30) == 0
        assert time.monotonic() - sent < 10
    assert len(files_of(home)) < 8 * 9
