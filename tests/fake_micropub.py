"""A server on loopback that speaks Micropub, and fails on request: our own reading of its documents.

Not micro.blog: one account, its entries in memory, and the calls that Byline makes
(https://www.w3.org/TR/2017/REC-micropub-20170523/, and https://indieweb.org/Micropub-extensions for the list of posts).
"""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from fake_network import FakeNetwork, Headers

if TYPE_CHECKING:
    from fake_network import Request

TOKEN = "canary-c4a8e6f1903d4b27"  # noqa: S105  it opens nothing but this


class FakeMicropub(FakeNetwork):
    """The server and its one account; `entries` are the properties of each, the newest first.

    `shape` is how it lists them: `mf2` in pages by `offset`, `after` in pages with a mark for the next one, `html` with
    contents as HTML, `jf2` flat, `list` without an object around, `whole` all at once whatever is asked; empty: not at
    all. `most` is the largest page. `refuses_doubles`: the same words a second time are a conflict. It wants pictures
    at `media`; `uploads` are the bytes of each, by its address.
    """

    def __init__(self, *, token: str = TOKEN) -> None:
        """Make the account."""
        super().__init__(token)
        self.endpoint = f"{self.url}/micropub"
        self.media = f"{self.url}/media"
        self.uploads: dict[str, bytes] = {}
        self.entries: list[dict[str, Any]] = []
        self.shape = "mf2"
        self.most = 40
        self.refuses_doubles = False
        self._last = 0

    def write(self, text: str, **properties: Any) -> dict[str, Any]:  # noqa: ANN401  an entry is JSON
        """Add an entry as if the account had written it by hand."""
        with self.turn:
            self._last += 1
            written = {name.replace("_", "-"): value for name, value in properties.items()}
            entry = {
                "url": [f"{self.url}/{self._last}"],
                "content": [text],
                "published": [datetime.now(UTC).isoformat()],
            } | written
            self.entries.insert(0, entry)
            return entry

    def answer(self, request: Request) -> tuple[int, Any]:
        """Do what is asked, and return the status and what the JSON of the answer is, or its Headers."""
        with self.turn:
            if not self.allows(request):
                return 401, {"error": "unauthorized", "error_description": "The token is unknown"}
            if request.method == "GET":
                return self._list(parse_qs(urlsplit(request.path).query))
            if request.path.startswith("/media"):
                return self._upload(request)
            if request.headers["content-type"] == "application/json":
                return self._change(request.fields)
            return self._create(parse_qs(request.body.decode()))

    def _upload(self, request: Request) -> tuple[int, Any]:
        if request.parts.keys() != {"file"}:
            return 400, {"error": "invalid_request", "error_description": "There is no file"}
        there = f"{self.url}/uploads/{len(self.uploads) + 1}.jpg"
        self.uploads[there] = request.parts["file"][1]
        return 202, Headers({"Location": there})

    def _create(self, form: dict[str, list[str]]) -> tuple[int, Any]:
        if form.get("h") != ["entry"] or not form.get("content"):
            return 400, {"error": "invalid_request", "error_description": "There is no content"}
        if self.refuses_doubles and any(form["content"] == entry["content"] for entry in self.entries):
            return 409, {"error": "conflict"}
        others = {name.removesuffix("[]"): value for name, value in form.items() if name not in {"h", "content"}}
        entry = self.write(form["content"][0], **others)
        return 202, Headers({"Location": entry["url"][0]})

    def _change(self, act: dict[str, Any]) -> tuple[int, Any]:
        entry = next((entry for entry in self.entries if entry["url"] == [act["url"]]), None)
        if entry is None:
            return 400, {"error": "not_found", "error_description": "There is no such entry"}
        if act["action"] == "delete":
            self.entries.remove(entry)
        else:
            entry |= act["replace"]
            for name in act.get("delete", ()):
                del entry[name]
        return 204, Headers()

    def _list(self, asked: dict[str, list[str]]) -> tuple[int, Any]:
        if asked.get("q") == ["config"]:
            return 200, {"syndicate-to": [], **({"media-endpoint": self.media} if self.media else {})}
        if not self.shape or asked.get("q") != ["source"]:
            return 400, {"error": "invalid_request", "error_description": "Which url?"}
        begin = int(asked.get("after" if self.shape == "after" else "offset", ["0"])[0])
        end = begin + min(self.most, int(asked["limit"][0]))
        page = self.entries if self.shape == "whole" else self.entries[begin:end]
        if self.shape == "html":
            page = [entry | {"content": [_html(entry["content"][0])]} for entry in page]
        if self.shape == "jf2":
            return 200, {"items": [{name: value[0] for name, value in entry.items()} for entry in page]}
        listed = [{"type": ["h-entry"], "properties": entry} for entry in page]
        if self.shape == "list":
            return 200, listed
        paging = {"paging": {"after": str(end)}} if self.shape == "after" else {}
        return 200, {"items": listed, **paging}


def _html(content: str) -> dict[str, str]:
    linked = " ".join(
        f'<a href="{escape(word)}">there</a>' if "://" in word else escape(word) for word in content.split()
    )
    return {"html": f"<p>{linked}</p>"}
