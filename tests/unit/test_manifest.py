"""The manifest of a target: what is Byline's there, without telling a stranger what that is."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from byline.values import manifest
from byline.values.manifest import PATH, dumped, hashed, parsed
from small_site import MADE, release, site

WRITTEN = manifest.of(
    release(site("one")), {"_headers": "ab" * 32}, {"old.1234.css": 2}, frozenset({hashed("gone.html")})
)


def test_it_comes_back_as_it_was_written() -> None:
    entries = {hashed("a/"): hashed("urn:a")}
    full = replace(WRITTEN, entries=entries, earlier=("b", "a"), saved=(hashed("newer"), hashed("older")))

    assert parsed(dumped(full)) == full


def test_equal_manifests_are_equal_bytes() -> None:
    other = replace(
        WRITTEN, outputs=dict(reversed(list(WRITTEN.outputs.items()))), passing=frozenset({hashed("gone.html")})
    )

    assert dumped(other) == dumped(WRITTEN)


def test_no_path_can_be_read_in_it() -> None:
    assert b"post-" not in dumped(WRITTEN)
    assert b"index" not in dumped(WRITTEN)
    assert b"_headers" not in dumped(WRITTEN)


@pytest.mark.parametrize("path", ["index.html", "_headers", "old.1234.css", "gone.html", PATH])
def test_outputs_additions_and_what_is_carried_or_passing_is_ours(path: str) -> None:
    assert WRITTEN.owns(path)


def test_what_is_only_passing_is_no_part_of_the_release() -> None:
    assert WRITTEN.holds("index.html")
    assert WRITTEN.holds("old.1234.css")
    assert not WRITTEN.holds("gone.html")


def test_nothing_else_is_ours() -> None:
    assert not WRITTEN.owns("CNAME")
    assert not WRITTEN.owns(hashed("index.html"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"<html>Not found</html>",
        b"[]",
        b"null",
        b"{}",
        b'{"schema": 1}',
        dumped(WRITTEN).replace(b'"schema":1', b'"schema":2'),
        dumped(WRITTEN).replace(MADE.isoformat().encode(), b"yesterday"),
        json.dumps({**json.loads(dumped(WRITTEN)), "outputs": []}).encode(),
        json.dumps({**json.loads(dumped(WRITTEN)), "carried": {"a": "b"}}).encode(),
    ],
)
def test_anything_but_a_manifest_is_none(body: bytes) -> None:
    assert parsed(body) is None
