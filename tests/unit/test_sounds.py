"""What front matter says of a sound file, and what is told where it says too little."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from byline.site.sounds import Sounds
from byline.values.audio import Audio
from byline.values.content import Content
from byline.values.post import Reading

if TYPE_CHECKING:
    from pathlib import Path

    from byline.values.problem import Problem

SITE = "https://me.example/blog"
FAR = {"audio": "https://cdn.example/a/talk.mp3", "audio_length": "1234"}


def heard(content: Path, **front: object) -> tuple[Audio | None, list[str]]:
    """Return the sound of posts/a.md with this front matter, and what is told, each key on a line of its own."""
    lines = {key: number for number, key in enumerate(front, 1)}
    told: list[Problem] = []
    found = {"audio/talk.mp3", "audio/été.m4a", "audio/notes.txt"}
    sounds = Sounds(content, SITE, found, lambda path: f"files/{path}", told.append)
    audio = sounds.of(Reading("posts/a.md", front, lines, Content("")))
    return audio, [f"{problem.code}: {problem}" for problem in told]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Give a folder with sound files of five bytes."""
    (tmp_path / "audio").mkdir()
    for name in ("talk.mp3", "été.m4a"):
        (tmp_path / "audio" / name).write_bytes(b"sound")
    return tmp_path


def test_a_post_without_sound_has_none(content: Path) -> None:
    assert heard(content) == (None, [])
    assert heard(content, audio="") == (None, [])


@pytest.mark.parametrize("written", ["../audio/talk.mp3", "/audio/talk.mp3", "{static}/audio/talk.mp3"])
def test_a_file_below_content_says_its_size_and_type_itself(content: Path, written: str) -> None:
    assert heard(content, audio=written) == (
        Audio(f"{SITE}/files/audio/talk.mp3", "files/audio/talk.mp3", "audio/mpeg", 5),
        [],
    )


def test_an_address_is_written_as_a_uri(content: Path) -> None:
    address = "files/audio/%C3%A9t%C3%A9.m4a"

    assert heard(content, audio="../audio/été.m4a") == (Audio(f"{SITE}/{address}", address, "audio/mp4", 5), [])


def test_a_file_elsewhere_has_its_size_from_the_writer(content: Path) -> None:
    assert heard(content, **FAR) == (Audio(FAR["audio"], "", "audio/mpeg", 1234), [])


@pytest.mark.parametrize(
    ("written", "seconds", "clock"),
    [
        ("41:07", 2467, "41:07"),
        ("1:02:03", 3723, "1:02:03"),
        ("01:02:03", 3723, "1:02:03"),
        ("95:00", 5700, "1:35:00"),
        ("45", 45, "0:45"),
        ("3600", 3600, "1:00:00"),
        ("", 0, ""),
        ("0", 0, ""),
    ],
)
def test_a_length_of_time_is_written_as_players_show_it_or_in_seconds(
    content: Path, written: str, seconds: int, clock: str
) -> None:
    audio, told = heard(content, audio="../audio/talk.mp3", audio_duration=written)

    assert audio
    assert (audio.seconds, audio.clock, told) == (seconds, clock, [])


@pytest.mark.parametrize("written", ["forty minutes", "1:2:3:4", "1:75", "1:75:00", "-5", "٤٥", "1e3", "5.5"])
def test_another_length_of_time_is_told_and_left_out(content: Path, written: str) -> None:
    audio, told = heard(content, audio="../audio/talk.mp3", audio_duration=written)

    assert audio
    assert audio.seconds == 0
    (line,) = told
    assert line == (
        f"bad-audio: posts/a.md:2: Audio_duration is {written!r}, which is no length of time. "
        "Write it as `41:07`, `1:02:03`, or in seconds."
    )


THERE_IS = "Mend the line `Audio`. Did you mean audio/talk.mp3?"
NO_SOUND = "which is not known to be sound. Name an MP3 or M4A file, or say what it is: `Audio_type: audio/mpeg`."
NOWHERE = (
    "which is no file below content/ and no address of the web. Name a file, or an address that begins with https://."
)


@pytest.mark.parametrize(
    ("front", "code", "told"),
    [
        ({"audio": "../audio/tlak.mp3"}, "missing-audio", f"The sound file audio/tlak.mp3 is not there. {THERE_IS}"),
        ({"audio": "talk.mp3"}, "missing-audio", f"The sound file posts/talk.mp3 is not there. {THERE_IS}"),
        ({"audio": "ftp://else.example/a.mp3"}, "bad-audio", f"Audio is 'ftp://else.example/a.mp3', {NOWHERE}"),
        ({"audio": "../audio/notes.txt"}, "bad-audio", f"Audio is audio/notes.txt, {NO_SOUND}"),
        ({**FAR, "audio": "https://else.example/a"}, "bad-audio", f"Audio is https://else.example/a, {NO_SOUND}"),
        ({**FAR, "audio_type": "video/mp4"}, "bad-audio", f"Audio is {FAR['audio']}, {NO_SOUND}"),
    ],
)
def test_what_nobody_can_listen_to_is_told_and_left_out(
    content: Path, front: dict[str, str], code: str, told: str
) -> None:
    assert heard(content, **front) == (None, [f"{code}: posts/a.md:1: {told}"])


@pytest.mark.parametrize("length", [None, "", "12 MB", "-1", "1" * 13])
def test_a_file_elsewhere_without_its_size_is_told_and_stays(content: Path, length: str | None) -> None:
    front = {"audio": FAR["audio"], **({} if length is None else {"audio_length": length})}

    audio, (told,) = heard(content, **front)

    assert audio == Audio(FAR["audio"], "", "audio/mpeg")
    assert f"posts/a.md:{len(front)}: Audio is on another site, and how many bytes it has is not said" in told
    assert told.endswith("Add a line `Audio_length: 12345678`.")


def test_a_type_may_be_said_where_the_name_does_not_tell_it(content: Path) -> None:
    front = {**FAR, "audio": "https://else.example/listen?to=this", "audio_type": "Audio/MPEG"}

    audio, told = heard(content, **front)

    assert audio == Audio("https://else.example/listen?to=this", "", "audio/mpeg", 1234)
    assert told == []
