"""Facts kept between two checks, by the digest of the output: what did not change is not read again.

Not needed by anybody: without the file, or with garbage in it, all is read anew.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

from byline.checks.facts import Facts
from byline.checks.feed_flaws import Examined, Flaw
from byline.checks.finding import Finding
from byline.edges import files
from byline.values.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from byline.checks.facts import Parser
    from byline.values.output import Release

_ROOMS = (Path(__file__).parent, Path(__file__).parents[1] / "values")


def facts(
    release: Release,
    body: Callable[[str], bytes],
    file: Path,
    parser: Parser,
) -> dict[str, Facts]:
    """Return the Facts of all outputs of a release by path, those kept in `file` where the output is the same."""
    key = _key(parser)
    known = _read(file, key)
    found: dict[str, Facts] = {}
    fresh = False
    for path, digest in sorted(release.outputs.items()):
        there = known.get(path)
        if there and there[0] == digest[:32]:
            found[path] = there[1]
        else:
            found[path] = parser.facts(path, release.kinds[path], body(path))
            fresh = True
    if fresh or known.keys() != found.keys():
        _write(file, key, release.outputs, found)
    return found


def _key(parser: Parser) -> str:
    """Return what the Facts depend on besides the outputs: the rules themselves, the address, the known secrets."""
    digest = hashlib.sha256(parser.addresses.site_url.encode())
    for room in _ROOMS:
        for module in sorted(room.glob("*.py")):
            digest.update(module.read_bytes())
    for value in sorted(parser.known.values()):
        digest.update(hashlib.sha256(value).digest())
    return digest.hexdigest()[:32]


def _read(file: Path, key: str) -> dict[str, tuple[str, Facts]]:
    """Return the kept Facts with their digests by path; none when the file is not what was written for this key."""
    head, _, written = (files.read_if_there(file) or b"").partition(b"\n")
    if head != _seal(key, written):
        return {}
    strings, rows = json.loads(written)
    return {path: (digest, _facts(row, strings)) for path, (digest, row) in rows.items()}


def _write(file: Path, key: str, outputs: Mapping[str, str], found: Mapping[str, Facts]) -> None:
    numbers: dict[str, int] = {}
    rows = {path: (outputs[path][:32], _row(one, numbers)) for path, one in found.items() if not one.secret}
    written = json.dumps((list(numbers), rows), ensure_ascii=True, separators=(",", ":")).encode()
    files.write(file, _seal(key, written) + b"\n" + written)


def _seal(key: str, written: bytes) -> bytes:
    return f"{key} {hashlib.sha256(written).hexdigest()}".encode()


def _row(one: Facts, numbers: dict[str, int]) -> list[Any]:
    """Return Facts as JSON holds them: texts by their number in a table, since most stand on many pages."""

    def numbered(texts: tuple[str, ...]) -> list[int]:
        return [numbers.setdefault(text, len(numbers)) for text in texts]

    findings = [
        (*_plain(found.problem), found.html, found.words, found.key, found.free_in_text) for found in one.findings
    ]
    return [
        numbered(one.links),
        numbered(one.loads),
        numbered(one.fragments),
        one.title,
        one.description,
        one.language,
        one.noindex,
        numbered(one.entry_lacks),
        numbered(one.home_lacks),
        findings,
        one.feed and astuple(one.feed),
    ]


def _plain(problem: Problem) -> tuple[str, str, str, str]:
    return (problem.code, problem.what, problem.remedy, problem.severity)


def _facts(row: list[Any], strings: list[str]) -> Facts:
    links, loads, fragments, title, description, language, noindex, entry, home, findings, feed = row
    text = strings.__getitem__
    return Facts(
        tuple(map(text, links)),
        tuple(map(text, loads)),
        tuple(map(text, fragments)),
        title,
        description,
        language,
        noindex,
        tuple(map(text, entry)),
        tuple(map(text, home)),
        tuple(
            Finding(Problem(code, what, remedy, None, Severity(severity)), html, words, key, free)
            for code, what, remedy, severity, html, words, key, free in findings
        ),
        _feed(*feed) if feed else None,
    )


def _feed(own: str, entries: list[tuple[str, int]], flaws: list[tuple[Any, ...]]) -> Examined:
    return Examined(own, tuple((name, size) for name, size in entries), tuple(Flaw(*flaw) for flaw in flaws))
