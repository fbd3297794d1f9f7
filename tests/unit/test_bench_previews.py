"""A preview under measurement is asked until it shows what was saved, and no longer than it lives."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from bench.engines.engine import Engine
from bench.previews import previewing

if TYPE_CHECKING:
    from pathlib import Path

SERVING = """\
import http.server, sys, time
from pathlib import Path
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        body = Path("page").read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_): pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


def engine(script: str) -> Engine:
    """Return an engine whose preview is a script that is told its port."""
    return Engine(
        name="One",
        site={},
        posts="",
        source=lambda post: post.text,
        build=(),
        made="made",
        serve=lambda port: (sys.executable, "-c", script, str(port)),
    )


def test_it_has_started_when_its_first_page_came_and_a_save_is_served_when_its_words_are_there(tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.write_text("Newest posts", "utf-8")

    def save() -> str:
        page.write_text("New words", "utf-8")
        return "New words"

    with previewing(engine(SERVING), tmp_path, "Newest") as preview:
        assert preview.started > 0
        assert preview.page("/any/") == "Newest posts"
        assert preview.seconds_to_serve(save, "/any/") > 0
        assert preview.page("/any/") == "New words"


def test_one_that_ends_at_once_is_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(TimeoutError, match="Newest"), previewing(engine("pass"), tmp_path, "Newest"):
        pass


def test_an_engine_without_one_has_none(tmp_path: Path) -> None:
    nothing = Engine(name="One", site={}, posts="", source=lambda post: post.text, build=(), made="made")

    with pytest.raises(ValueError, match="One has no preview"), previewing(nothing, tmp_path, ""):
        pass
