"""A reader who never sleeps: fetches the pages of a site over and over, and notes every page that misses something.

Not a check of Byline's own: it knows nothing of releases, only what a browser would ask for.
"""

from __future__ import annotations

import http.client
import threading
import time
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote, urljoin, urlsplit

from byline.values.html import attributes, tokens

_ASSETS = {"link": "href", "img": "src", "script": "src", "source": "src"}


@dataclass
class Crawler:
    """Fetches `pages` (addresses below the site's root) and all that they link, in a thread, until it is left.

    `public` is the address that pages name as theirs; `exempt` are addresses that were deleted on purpose; with
    `following`, a page that no page met so far links is not fetched, as readers would not know it; with `names_files`
    the server knows no `a/`, and `a/index.html` is asked for, as a CDN before a store does.
    """

    address: str
    public: str
    pages: set[str]
    exempt: set[str] = field(default_factory=set)
    following: bool = False
    names_files: bool = False
    faults: list[str] = field(default_factory=list)
    fetched: int = 0

    def __post_init__(self) -> None:
        """Make ready, and start nothing yet."""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._crawl, daemon=True)
        self._connection: http.client.HTTPConnection | None = None

    def __enter__(self) -> Self:
        """Begin to crawl."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End, after the round that is under way."""
        self._ended.set()
        self._thread.join(60)

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def round(self) -> None:
        """Look at every page once, and at all that it needs and links."""
        met = {""} if self.following else set(self.pages)
        seen: set[str] = set()
        there: dict[str, bool] = {}
        while met - seen:
            page = min(met - seen)
            seen.add(page)
            status, body = self._get(page)
            if status != http.client.OK:
                continue
            if not body.rstrip().endswith(b"</html>"):
                self.faults.append(f"{page} is cut off after {len(body)} bytes")
            for kind, target in self._needed(page, body):
                if target in there or target in self.exempt:
                    continue
                there[target] = self._get(target)[0] == http.client.OK
                # A page that was replaced in between needs other things now.
                if not there[target] and (kind, target) in set(self._needed(page, self._get(page)[1])):
                    there[target] = self._get(target)[0] == http.client.OK
                    if not there[target]:
                        self.faults.append(f"{page} has the {kind} {target}, which is not there")
                if there[target] and kind == "link" and (target.endswith("/") or not target):
                    met.add(target)

    def _crawl(self) -> None:
        while not self._ended.is_set():
            self.round()
            time.sleep(0.01)

    def _needed(self, page: str, body: bytes) -> list[tuple[str, str]]:
        """Return what a page needs and links of its own site: (asset or link, address below the root)."""
        base = f"{self.public}/{page}"
        found = []
        for token in tokens(body.decode("utf-8", "replace")):
            if token.kind != "open":
                continue
            written = attributes(token.attributes)
            if token.name == "link" and written.get("rel", "") in {"canonical", "alternate", "author", "me"}:
                continue
            value = written.get(_ASSETS.get(token.name, "href" if token.name == "a" else ""), "")
            parts = urlsplit(urljoin(base, value))
            if value and f"{parts.scheme}://{parts.netloc}" == self.public:
                found.append(("link" if token.name == "a" else "asset", unquote(parts.path).lstrip("/")))
        return found

    def _get(self, path: str) -> tuple[int, bytes]:
        self.fetched += 1
        parts = urlsplit(self.address)
        if self.names_files and (not path or path.endswith("/")):
            path += "index.html"
        for attempt in (1, 2):
            try:
                if self._connection is None:
                    self._connection = http.client.HTTPConnection(parts.netloc, timeout=10)
                self._connection.request("GET", f"{parts.path}/{path}")
                answer = self._connection.getresponse()
                return answer.status, answer.read()
            except (http.client.HTTPException, OSError):
                self.close()
                if attempt == 2:
                    raise
        raise AssertionError
