"""Other programs: what they are given, what they answer, and how long they may take."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from byline.edges import programs
from byline.values.problem import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_a_program_gets_what_is_given_and_answers_with_code_output_and_errors(tmp_path: Path) -> None:
    script = "import sys; print(len(sys.stdin.buffer.read())); print('careful', file=sys.stderr); sys.exit(3)"

    ended = programs.captured([sys.executable, "-c", script], cwd=tmp_path, given=[b"x" * 1_000_000] * 3)

    assert (ended.code, ended.output.strip(), ended.errors.strip()) == (3, b"3000000", "careful")


def test_a_program_that_wants_no_input_is_not_waited_for(tmp_path: Path) -> None:
    ended = programs.captured([sys.executable, "-c", "pass"], cwd=tmp_path, given=[b"x" * 1_000_000] * 3)

    assert ended.code == 0


def test_a_program_never_sees_the_writers_tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_TOKEN_NETWORK", "secret")
    script = "import os; print('BYLINE_TOKEN_NETWORK' in os.environ)"

    assert programs.captured([sys.executable, "-c", script], cwd=tmp_path).output.strip() == b"False"


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="The program no-such-program is not installed"):
        programs.captured(["no-such-program"], cwd=tmp_path)


def test_a_program_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="took longer than 0 seconds"):
        programs.captured([sys.executable, "-c", "import time; time.sleep(60)"], cwd=tmp_path, seconds=0.3)


ECHO = """\
import sys
while word := sys.stdin.buffer.read(3):
    sys.stdout.buffer.write(word * 99_999 + b",")
    sys.stdout.flush()
"""


def test_a_program_can_be_spoken_with(tmp_path: Path) -> None:
    with programs.conversation([sys.executable, "-c", ECHO], cwd=tmp_path, seconds=60) as program:
        assert program.ask(b"abc", b",") == b"abc" * 99_999 + b","
        assert program.ask(b"def", b",") == b"def" * 99_999 + b","


@pytest.mark.parametrize("script", ["pass", "print('half')", "import sys; sys.stdin.read(1); sys.exit(3)"])
def test_a_program_that_ends_has_no_answer(tmp_path: Path, script: str) -> None:
    with programs.conversation([sys.executable, "-c", script], cwd=tmp_path, seconds=60) as program:
        assert program.ask(b"x" * 1_000_000, b",") == b""
        assert program.ask(b"x" * 1_000_000, b",") == b""


def test_a_conversation_ends_in_time_and_with_its_block(tmp_path: Path) -> None:
    silent = [sys.executable, "-c", "import time; time.sleep(60)"]
    with programs.conversation(silent, cwd=tmp_path, seconds=0.3) as program:
        assert program.ask(b"?", b",") == b""
    with programs.conversation(silent, cwd=tmp_path, seconds=60):
        pass


def test_a_program_that_cannot_be_spoken_with_is_named(tmp_path: Path) -> None:
    (tmp_path / "no-program").write_text("words")
    for name in ("no-such-program", str(tmp_path / "no-program")):
        with pytest.raises(Fault, match="cannot be started"), programs.conversation([name], cwd=tmp_path, seconds=1):
            pass


def test_what_goes_wrong_while_input_is_made_ends_the_input_and_is_raised(tmp_path: Path) -> None:
    def given() -> Iterator[bytes]:
        yield b"x"
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        programs.captured([sys.executable, "-c", "import sys; sys.stdin.read()"], cwd=tmp_path, given=given())


def test_lines_are_heard_as_they_come_and_given_as_a_whole_at_the_end(tmp_path: Path) -> None:
    lines: list[str] = []

    ended = programs.captured([sys.executable, "-c", "print('1%\\r2%\\nend')"], cwd=tmp_path, heard=lines.append)

    assert (lines, ended.output) == (["1%", "2%", "end"], b"1%\r2%\nend\n")


def test_a_name_can_be_taken_out_of_a_programs_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOT_FOR_IT", "1")
    script = "import os; print('NOT_FOR_IT' in os.environ)"

    ended = programs.captured([sys.executable, "-c", script], cwd=tmp_path, environment={"NOT_FOR_IT": None})

    assert ended.output.strip() == b"False"
