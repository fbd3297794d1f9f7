"""A server on loopback that speaks Mastodon's API, and fails on request: our own reading of its documents.

Not Mastodon: one account, its statuses and pictures in memory, and the calls that Byline makes
(https://docs.joinmastodon.org/methods/: statuses, media, accounts, instance). It fails in more ways than a server that
others wrote, that of `mastodon_server`, and is there at once.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from fake_network import FakeNetwork, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ACCOUNT", "TOKEN", "FakeMastodon", "Request"]

TOKEN = "canary-0f3b9a7c51d24e68"  # noqa: S105  it opens nothing but this
ACCOUNT = "me"
_ADDRESS = re.compile(r"https?://\S+")


class FakeMastodon(FakeNetwork):
    """The server and its one account; what it holds can be looked at and changed while it runs.

    `statuses` are as the API shows them, the oldest first. `ignores_keys`: an `Idempotency-Key` is nothing to it, as
    with many servers. `repeats_fail`: a key that comes again is answered with 500, as Mastodon did in 2026.
    `in_work`: how often a picture is not ready when it is asked for. `largest` is the picture that it still takes.
    """

    def __init__(self, *, token: str = TOKEN, account: str = ACCOUNT) -> None:
        """Make the account."""
        super().__init__(token)
        self.account = account
        self.statuses: list[dict[str, Any]] = []
        self.media: dict[str, dict[str, Any]] = {}
        self.ignores_keys = False
        self.repeats_fail = False
        self.in_work = 0
        self.largest = 16_777_216
        self.configuration: dict[str, Any] = {
            "statuses": {"max_characters": 500, "characters_reserved_per_url": 23},
            "media_attachments": {"description_limit": 1500, "image_size_limit": 16_777_216},
        }
        self._keys: dict[str, str] = {}
        self._last = 109_000_000_000_000_000

    def write(self, text: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401  a status is JSON
        """Add a status as if the account had written it by hand."""
        with self.turn:
            status = self._status({"status": text}) | fields
            self.statuses.append(status)
            return status

    def answer(self, request: Request) -> tuple[int, Any]:  # noqa: PLR0911  one for each call
        """Do what is asked, and return the status and what the JSON of the answer is."""
        if request.path == "/api/v2/instance":
            return 200, {"domain": "127.0.0.1", "configuration": self.configuration}
        if not self.allows(request):
            return 401, {"error": "The access token is invalid"}
        parts = urlsplit(request.path)
        with self.turn:
            match request.method, parts.path.split("/")[2:]:
                case "GET", ["v1", "accounts", "verify_credentials"]:
                    return 200, self._account()
                case "GET", ["v1", "accounts", "1", "statuses"]:
                    return 200, self._page(parse_qs(parts.query))
                case "POST", ["v2", "media"]:
                    return self._take_picture(request)
                case "GET", ["v1", "media", name]:
                    return self._picture(name)
                case "POST", ["v1", "statuses"]:
                    return self._post(request)
                case method, ["v1", "statuses", name]:
                    return self._change(method, name, request)
        return 404, {"error": "Record not found"}

    def _account(self) -> dict[str, Any]:
        return {"id": "1", "username": self.account, "acct": self.account, "url": f"{self.url}/@{self.account}"}

    def _page(self, asked: dict[str, list[str]]) -> list[dict[str, Any]]:
        before = int(asked.get("max_id", ["9" * 18])[0])
        replies = "exclude_replies" not in asked
        # Replies to oneself are none to Mastodon.
        newest = [one for one in reversed(self.statuses) if replies or one["in_reply_to_account_id"] in {None, "1"}]
        return [one for one in newest if int(one["id"]) < before][: int(asked["limit"][0])]

    def _take_picture(self, request: Request) -> tuple[int, Any]:
        parts = request.parts
        media_type, content = parts["file"]
        if len(content) > self.largest:
            return 422, {"error": "Validation failed: File must be less than that"}
        if not media_type.startswith("image/"):
            return 422, {"error": "Validation failed: File content type is invalid, File is invalid"}
        words = parts["description"][1].decode() if "description" in parts else None
        one = {"id": self._next(), "type": "image", "description": words, "url": None if self.in_work else self.url}
        self.media[str(one["id"])] = one | {"content": content, "status": None, "in_work": self.in_work}
        return 202 if self.in_work else 200, one

    def _picture(self, name: str) -> tuple[int, Any]:
        one = self.media.get(name)
        if one is None or one["status"]:
            return 404, {"error": "Record not found"}
        if one["in_work"]:
            one["in_work"] -= 1
            return 206, {}
        return 200, self._shown(name)

    def _post(self, request: Request) -> tuple[int, Any]:
        key = request.headers.get("idempotency-key", "")
        known = next((status for status in self.statuses if status["id"] == self._keys.get(key)), None)
        if known and self.repeats_fail:
            return 500, {"error": "Internal Server Error"}
        if known and not self.ignores_keys:
            return 200, known
        fields = request.fields
        if not fields.get("status") and not fields.get("media_ids"):
            return 422, {"error": "Validation failed: Text can't be blank"}
        names = fields.get("media_ids", [])
        if any(name not in self.media or self.media[name]["status"] for name in names):
            return 422, {"error": "Validation failed: Media attachments were not found or are attached to another post"}
        if any(self.media[name]["in_work"] for name in names):
            return 422, {"error": "Cannot attach files that have not finished processing. Try again in a moment!"}
        status = self._status(fields)
        self.statuses.append(status)
        if key:
            self._keys[key] = status["id"]
        return 200, status

    def _change(self, method: str, name: str, request: Request) -> tuple[int, Any]:
        status = next((status for status in self.statuses if status["id"] == name), None)
        if status is None:
            return 404, {"error": "Record not found"}
        if method == "DELETE":
            self.statuses.remove(status)
        if method == "PUT":
            fields = request.fields
            for told in fields.get("media_attributes", []):
                self.media[told["id"]]["description"] = told["description"]
            names = fields.get("media_ids", [])  # what is not named is no longer attached, as at Mastodon
            fields["media_ids"] = [one for one in names if self.media[one]["status"] in {None, name}]
            status |= self._status(fields, name) | {"created_at": status["created_at"]}
            status["edited_at"] = datetime.now(UTC).isoformat()
        return 200, status

    def _status(self, fields: Mapping[str, Any], name: str = "") -> dict[str, Any]:
        name = name or self._next()
        for media in fields.get("media_ids", []):
            self.media[media]["status"] = name
        text = escape(fields["status"], quote=False)
        linked = _ADDRESS.sub(lambda match: f'<a href="{match[0]}" rel="nofollow">{match[0]}</a>', text)
        return {
            "id": name,
            "created_at": datetime.now(UTC).isoformat(),
            "in_reply_to_id": None,
            "in_reply_to_account_id": None,
            "reblog": None,
            "visibility": fields.get("visibility", "public"),
            "language": fields.get("language"),
            "spoiler_text": fields.get("spoiler_text", ""),
            "sensitive": fields.get("sensitive", False),
            "url": f"{self.url}/@{self.account}/{name}",
            "uri": f"{self.url}/users/{self.account}/statuses/{name}",
            "text": fields["status"],
            "content": f"<p>{linked}</p>",
            "media_attachments": [self._shown(media) for media in fields.get("media_ids", [])],
            "card": None,
        }

    def _shown(self, name: str) -> dict[str, Any]:
        one = self.media[name]
        return {"id": name, "type": "image", "url": f"{self.url}/media/{name}", "description": one["description"]}

    def _next(self) -> str:
        self._last += 1
        return str(self._last)
