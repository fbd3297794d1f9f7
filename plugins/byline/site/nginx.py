"""A snippet for nginx: the site's headers and redirects, as its server sends them, and which posts are gone.

Not a whole configuration: where the files lie, TLS and the name of the server are the writer's (docs/hosting.md).
It says what `_headers` and `_redirects` say, whoever wrote them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from byline.site import headers, redirects
from byline.values.output import Kind, fingerprinted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from byline.values.output import Release

_CACHE = "cache-control"
_MOVED = {"301", "302", "303", "307", "308"}
_LONGEST = 2_000
"""nginx reads words of at most 4,096 bytes, and an address that is longer is none."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_AS_IT_IS = "%/:?#@!&'()*+,;=~-._[]"
"""What stands unquoted in the target of a redirect; nginx takes `$` for a variable there, and has no escape for it."""

_SNIPPET = """\
# Made by Byline: include it in the server block whose root is the folder of the site (docs/hosting.md).
charset utf-8;
charset_types text/css text/plain text/xml application/javascript application/json image/svg+xml;
index index.html;
absolute_redirect off;
gzip_static on;
gzip_vary on;

# A location with a header of its own would lose all of these, so that all of them set this variable instead.
set $byline_cache {cache};
{headers}

location ~ /\\.(?!well-known/) {{ return 404; }}
location ~ \\.webmanifest$ {{ types {{ }} default_type application/manifest+json; }}
"""


def snippet(release: Release, read: Callable[[str], bytes], gone: Iterable[str] = ()) -> bytes:
    """Return a snippet for nginx to include in a server block; `read` gives the bytes of an output.

    `gone` are addresses of posts that were: they are answered with 410 (RFC 9110, 15.5.11), unless something is there.
    """
    root = urlsplit(release.site_url).path.rstrip("/")
    rules = list(_rules(read(headers.PATH).decode())) if headers.PATH in release.outputs else []
    general = {name: value for pattern, found in rules if pattern == f"{root}/*" for name, value in found.items()}
    cache = _word(general.get(_CACHE, "no-cache"))
    lines = [_SNIPPET.format(cache=cache, headers="\n".join(_added(general)))]
    if "404.html" in release.outputs:
        lines.append(f"error_page 404 410 {_word(f'{root}/404.html')};\n")
    kept = (pattern for pattern, found in rules if _CACHE in found and pattern != f"{root}/*")
    folders = tuple(pattern.removesuffix("*") for pattern in kept if pattern.endswith("/*"))
    locations = dict(_locations(release, root, folders))
    for pattern, found in rules:
        if pattern != f"{root}/*" and (match := _match(pattern)):
            locations.setdefault(match, " ".join(_ruled(found, general)))
    if redirects.PATH in release.outputs:
        for old, new, status in _moved(read(redirects.PATH).decode(), root):
            asked = "" if "?" in new or "#" in new else "$is_args$args"
            locations.setdefault(f"= {_word(old)}", f"return {status} {_word(new, asked)};")
    for old, file in _left(release, gone):
        # A file that is there again goes before: whoever publishes need not come here first.
        locations.setdefault(f"= {_word(f'{root}/{old}')}", f"try_files {file} =410;")
    lines += (f"location {match} {{ {body} }}\n" for match, body in locations.items())
    return "".join(lines).encode()


def _locations(release: Release, root: str, folders: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the files that are served otherwise than the rest of the site, and of these folders, and how."""
    for path, kind in sorted(release.kinds.items()):
        match = f"= {_word(f'{root}/{path}')}"
        if path == "404.html":
            yield match, "internal;"
        elif _CONTROL.search(path):
            continue
        elif kind is Kind.FEED and path.endswith(".json"):
            yield match, "types { } default_type application/feed+json;"
        elif fingerprinted(path, release.outputs[path]) and not f"{root}/{path}".startswith(folders):
            yield match, f"set $byline_cache {_word(headers.FOR_EVER)};"


def _match(pattern: str) -> str:
    """Return the location of nginx that fits a pattern of `_headers`; empty for patterns that none fits."""
    path = unquote(pattern.removesuffix("*") if pattern.endswith("/*") else pattern)
    if not path.startswith("/") or "*" in path or "/:" in path or _CONTROL.search(path):
        return ""
    # A folder's page is looked for anew by its own name, and so are its headers.
    return _word(path) if pattern.endswith("/*") else f"= {_word(f'{path}index.html' if path.endswith('/') else path)}"


def _ruled(found: Mapping[str, str], general: Mapping[str, str]) -> Iterator[str]:
    """Yield what a location says for its headers, and the general ones again where it has more than a time to keep."""
    if _CACHE in found:
        yield f"set $byline_cache {_word(found[_CACHE])};"
    if found.keys() - {_CACHE}:
        yield from _added({**general, **found})


def _added(found: Mapping[str, str]) -> Iterator[str]:
    yield from (f"add_header {name} {_word(value)} always;" for name, value in found.items() if name != _CACHE)
    yield "add_header cache-control $byline_cache always;"


def _rules(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rules of a `_headers` file: a pattern, then its headers, indented, by name in lower case."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        name, colon, value = line.strip().partition(":")
        if line[:1].strip(" \t#"):
            found = {}
            yield line.strip(), found
        elif colon and re.fullmatch(r"[\w-]+", name, re.ASCII) and not re.search(r"[\x00-\x1f\x7f$]", value):
            found[name.lower()] = value.strip()


def _moved(text: str, root: str) -> Iterator[tuple[str, str, str]]:
    """Yield old path, new address and status of the exact rules in a `_redirects` file, for each way to ask for one.

    Rules with wildcards, conditions, or a status that leads nowhere are for the hosts that read that file.
    """
    for line in text.splitlines():
        old, new, status, *rest = *line.split(), *("", "", "301")[len(line.split()) :]
        status = status.removesuffix("!")
        path = redirects.output_path(old.removeprefix(root)) if old.startswith(f"{root}/") else None
        if rest or not new or status not in _MOVED or path is None or "*" in old or "/:" in old:
            continue
        target = quote(new, safe=_AS_IT_IS)
        if len(path.encode()) + len(target) < _LONGEST:
            yield from ((f"{root}/{one}", target, status) for one, _ in _asked(path))


def _left(release: Release, gone: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the paths below the site's root where posts were and nothing is, for each way to ask, and their files."""
    site = f"{release.site_url.rstrip('/')}/"
    for url in gone:
        below = url.removeprefix(site)
        path = redirects.output_path(below) if below != url else None
        if path is not None and path not in release.outputs and len(path.encode()) < _LONGEST:
            yield from _asked(path)


def _asked(path: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to ask for an output, and where nginx finds its file then."""
    folder, _, name = path.rpartition("/")
    if name == "index.html" and folder:
        yield f"{folder}/", '"${uri}index.html"'
        yield folder, "$uri/index.html"
    else:
        yield path, "$uri"


def _word(text: str, variables: str = "") -> str:
    """Return a text as one word of nginx, between quotes; `variables` follow it unescaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}{variables}"'
