"""The search index, made by Pagefind of the finished pages in the stage (docs/decisions/0015-search.md).

Not a list of outputs: what an index consists of is known when it is made. Not the search itself, which is the reader's
browser's: `theme/static/search.js`.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from byline.edges import pagefind
from byline.values.output import Kind, address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from byline.site.stage import Stage
    from byline.values.output import Output

MODULE = "pagefind/pagefind.js"
"""The script that searches; the other files of an index stand beside it."""
LASTING = ("pagefind/fragment/*", "pagefind/index/*")
"""Where all names change with the bytes."""
_FOLDER = MODULE.rpartition("/")[0]
_WAY = 1
"""The number of our way to make an index of the same pages: another one makes all of them anew."""
_SERVED = re.compile(r"pagefind\.js|pagefind-entry\.json|wasm\.[\w-]+\.pagefind|(?:.+/)?[^/]+\.pf_\w+")
"""What a search loads; ready-made boxes and their styles come along, and are left out."""
_LEFT_OUT = (".credit",)
"""What stands within a text, and is not what anybody looks for."""
_GZIP = b"\x1f\x8b"
_TIME = slice(4, 8)
_SECONDS, _SECONDS_A_PAGE = 120.0, 0.5
"""How long Pagefind may take: some ten times what it takes on two old cores."""


def index(outputs: Iterable[Output], stage: Stage, report: Callable[[int, int, str], None]) -> None:
    """Put the index of the posts and pages in a stage there too; what was made of the same pages stays, unread.

    Posts and pages count that a sitemap lists. `report` is told how many are read, of how many. Raises Fault when
    Pagefind is not installed, or fails.
    """
    program = pagefind.installed()
    paths = sorted(output.path for output in outputs if _searched(output) and output.path in stage.digests)
    made_of = _digest([program.version, str(_WAY), *(f"{path} {stage.digests[path]}" for path in paths)])
    if stage.keep_all(made_of):
        return

    def pages() -> Iterator[tuple[str, str]]:
        for number, path in enumerate(paths, 1):
            yield quote(address(path)), stage.body(path).decode("utf-8", "replace")
            report(number, len(paths), "Indexing")

    made = program.index(pages(), _LEFT_OUT, cwd=stage.home, seconds=_SECONDS + _SECONDS_A_PAGE * len(paths))
    for path, body in settled(made).items():
        stage.put(f"{_FOLDER}/{path}", body, made_of)


def settled(made: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return what is served of an index, the same bytes for the same pages in every run.

    Pagefind lists the languages in any order, and its WebAssembly says when it was compressed.
    """
    served = {path: body for path, body in sorted(made.items()) if _SERVED.fullmatch(path)}
    for path, body in served.items():
        if path.endswith(".json"):
            entry = json.dumps(json.loads(body), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
            served[path] = entry.encode()
        elif path.startswith("wasm.") and body.startswith(_GZIP):
            served[path] = body[: _TIME.start] + bytes(4) + body[_TIME.stop :]  # RFC 1952, 2.3.1: no time is given
    return served


def _searched(output: Output) -> bool:
    """Tell whether an output is a post or a page for everybody: not a list, and neither hidden nor a draft."""
    return output.kind is Kind.PAGE and output.listed and output.place is not None


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]
