"""A server on loopback that speaks LinkedIn's Posts and Images API, and fails on request: our reading of its documents.

Not LinkedIn: one member, their posts and pictures in memory, and the calls that Byline makes
(https://learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api, `images-api`, 2026-05, and what
others have met: words a second time are refused, even for a day after the first post was deleted).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from fake_network import FakeNetwork, Headers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fake_network import Request

TOKEN = "canary-7d20c1e94b5f4a63"  # noqa: S105  it opens nothing but this
AUTHOR = "urn:li:person:abc"
_LITTLE = re.compile(
    r"\\(?P<escaped>.)|\{hashtag\|\\?#\|(?P<tag>(?:\\.|[^|}])+)\}|(?P<plain>[^\\|{}@\[\]()<>#*_~])", re.DOTALL
)


class FakeLinkedIn(FakeNetwork):
    """The server and its one member; `posts` by their URN, as they were sent, and the bytes of `images` by theirs.

    `wanted_at` is where it wants pictures: empty, at this server itself.
    """

    def __init__(self, *, token: str = TOKEN, author: str = AUTHOR) -> None:
        """Make the member."""
        super().__init__(token)
        self.author = author
        self.posts: dict[str, dict[str, Any]] = {}
        self.images: dict[str, bytes] = {}
        self.wanted_at = ""
        self._known: dict[str, str] = {}
        self._last = 7_431_329_065_766_260_000

    def shown(self, urn: str) -> str:
        """Return the words of a post as people see them: what is no markup ends them, and nobody is told."""
        return shown(self.posts[urn]["commentary"])

    def answer(self, request: Request) -> tuple[int, Any]:
        """Do what is asked, and return the status and what the JSON of the answer is, or its Headers."""
        with self.turn:
            return self._answer(request)

    def _answer(self, request: Request) -> tuple[int, Any]:  # noqa: PLR0911  one for each call
        if not self.allows(request):
            return _error(401, "EMPTY_ACCESS_TOKEN", "Invalid access token")
        if request.method == "PUT" and request.path.startswith("/dms-uploads/"):
            self.images[f"urn:li:image:{request.path.rpartition('=')[2]}"] = request.body
            return 201, Headers()
        if not re.fullmatch(r"20\d{4}", request.headers.get("linkedin-version", "")):
            return _error(426, "NONEXISTENT_VERSION", "Requested version is not active")
        if request.headers.get("x-restli-protocol-version") != "2.0.0":
            return _error(400, "PROTOCOL", "The protocol version is missing")
        act = request.headers.get("x-restli-method", "")
        match request.method, request.path.split("/")[1:]:
            case "POST", ["rest", "images?action=initializeUpload"]:
                return self._image(request.fields["initializeUploadRequest"]["owner"])
            case "POST", ["rest", "posts"]:
                return self._post(request.fields)
            case "POST", ["rest", "posts", urn] if act == "PARTIAL_UPDATE" and unquote(urn) in self.posts:
                self.posts[unquote(urn)] |= request.fields["patch"]["$set"]
                return 204, Headers()
            case "DELETE", ["rest", "posts", urn] if unquote(urn) in self.posts:
                del self.posts[unquote(urn)]
                return 204, Headers()
        return _error(404, "NOT_FOUND", "Entity not found")

    def _image(self, owner: str) -> tuple[int, Any]:
        if owner != self.author:
            return _error(403, "ACCESS_DENIED", "The owner is somebody else")
        self._last += 1
        there = self.wanted_at or f"{self.url}/dms-uploads/sp/uploaded-image/0?ut={self._last}"
        return 200, {"value": {"uploadUrl": there, "image": f"urn:li:image:{self._last}"}}

    def _post(self, fields: Mapping[str, Any]) -> tuple[int, Any]:
        wanted = {"author", "commentary", "visibility", "distribution", "lifecycleState"}
        if wanted - fields.keys() or not fields["content"]["article"].get("title"):
            return _error(422, "MISSING_FIELD", "A field is missing")
        if fields["author"] != self.author:
            return _error(403, "ACCESS_DENIED", "The author is somebody else")
        if fields["content"]["article"].get("thumbnail", "") not in {"", *self.images}:
            return _error(400, "INVALID_IMAGE", "The image is unknown")
        if fields["commentary"] in self._known:
            first = self._known[fields["commentary"]]
            told = (
                f"com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of {first}"
            )
            return _error(422, "DUPLICATE_POST", told)
        self._last += 1
        urn = f"urn:li:share:{self._last}"
        self.posts[urn] = dict(fields)
        self._known[fields["commentary"]] = urn
        return 201, Headers({"x-restli-id": urn})


def shown(commentary: str) -> str:
    """Return what is shown of markup: all of it, or as much as there is before a sign that is none."""
    seen, at = [], 0
    while found := _LITTLE.match(commentary, at):
        tag = found["tag"] and f"#{shown(found['tag'])}"
        seen.append(found["escaped"] or tag or found["plain"])
        at = found.end()
    return "".join(seen)


def _error(status: int, code: str, message: str) -> tuple[int, Any]:
    details = {"inputErrors": [{"description": message, "input": {}, "code": code}]}
    return status, {"status": status, "message": message, "errorDetails": details}
