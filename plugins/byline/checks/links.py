"""Links, fragments, pictures, style sheets: whatever a page refers to on this site is there, and nothing private is.

Not a look at other sites: that is `online`.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from byline.checks.facts import decoded, styled
from byline.checks.finding import Finding
from byline.checks.page import page
from byline.values.output import Kind
from byline.values.problem import Problem, Severity
from byline.values.text import meant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from byline.checks.built import Built
    from byline.checks.tags import Tag

_PRIVATE = re.compile(
    r"(?:localhost|.*\.localhost|.*\.local|.*\.internal|.*\.lan|.*\.home\.arpa|0\.0\.0\.0|127(?:\.\d+){3}|10(?:\.\d+){3}"
    r"|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|169\.254(?:\.\d+){2}|::1|f[cd][0-9a-f]{2}:.*|fe80:.*)"
)
"""Hosts that only this machine or its own network reaches (RFC 1918, 3927, 4193, 6762, 8375)."""
_LEARNED = 20
"""On so many pages a fault is looked at in the page itself; on the rest it stands as on those."""
_NEAREST = 30
"""For so many missing addresses the nearest of all is looked for, which takes a while."""
_NAMES = {
    "img": "picture",
    "source": "picture",
    "image": "picture",
    "script": "script",
    "video": "film",
    "audio": "sound",
}


def findings(built: Built) -> Iterator[tuple[str, Finding]]:
    """Yield what refers to nothing, by the path of the output that refers to it."""
    # What is not public is told of by `reachable`.
    wrong = {address: why for address, why in _wrong(built).items() if address.partition("#")[0] not in built.secret}
    if not wrong:
        return
    bad = frozenset(wrong)
    seen: Counter[str] = Counter()
    learned: dict[str, list[Finding]] = {}
    for path, one in built.documents:
        if bad.isdisjoint(one.links) and bad.isdisjoint(one.loads):
            continue
        here = bad.intersection((*one.links, *one.loads))
        if all(seen[address] >= _LEARNED for address in here):
            found = [(address, finding) for address in sorted(here) for finding in learned[address]]
        else:
            found = list(_shown(built, path, wrong))
            for address, finding in found:
                if finding not in learned.setdefault(address, []):
                    learned[address].append(finding)
        seen.update(here)
        yield from ((path, finding) for _address, finding in dict.fromkeys(found))


def _wrong(built: Built) -> dict[str, str]:
    """Return the resolved addresses that are wrong, each with why: missing, fragment, private, elsewhere, outside."""
    links: set[str] = set()
    loads: set[str] = set()
    for _path, one in built.documents:
        links.update(one.links)
        loads.update(one.loads)
    fragments: dict[str, frozenset[str]] = {}
    wrong = {}
    for address in links | loads:
        why = (
            _why(built, address, fragments) if address[:2] != "//" and address[0] == "/" else _elsewhere(built, address)
        )
        if why or (address in loads and address[0] != "/"):
            wrong[address] = why or "elsewhere"
    return wrong


def _why(built: Built, address: str, fragments: dict[str, frozenset[str]]) -> str:
    path, _, fragment = address.partition("#")
    output = built.served.get(path)
    if output is None:
        return "missing"
    fragment = fragment.partition(":~:")[0]
    if not fragment or fragment == "top" or built.release.kinds[output] is not Kind.PAGE:
        return ""
    if output not in fragments:
        fragments[output] = frozenset(built.facts[output].fragments)
    return "" if fragment in fragments[output] else "fragment"


def _elsewhere(built: Built, address: str) -> str:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return "missing"
    own = built.parser.addresses
    if parts.scheme == "file" or _PRIVATE.fullmatch(host):
        return "private"
    return "outside" if own.root and parts.netloc.lower() == own.host and parts.path in built.served else ""


def _shown(built: Built, path: str, wrong: Mapping[str, str]) -> Iterator[tuple[str, Finding]]:
    """Yield the wrong addresses of an output with their Findings, as the output shows them."""
    body = built.body(path)
    if path.endswith(".css"):
        for url in styled(body):
            address = built.parser.addresses.on(path, url)
            if address in wrong:
                yield address, _finding(built, wrong, address, url, None)
        return
    for url, address, loaded, tag in built.parser.references(path, page(decoded(body)[0], built.parser.tags)):
        why = wrong.get(address)
        # A link to a site of others is none of ours; nor is the host's own front page, where it is named as another.
        if why and (loaded or why != "elsewhere") and not (why == "outside" and url.startswith(("http:", "https:"))):
            yield address, _finding(built, wrong, address, url, tag)


def _finding(built: Built, wrong: Mapping[str, str], address: str, url: str, tag: Tag | None) -> Finding:
    why, name = wrong[address], tag.name if tag else ""
    raw = tag.piece if tag else ""
    path, _, fragment = address.partition("#")
    if why == "private":
        what = f"The address {url} works on your own machine or network only."
        remedy = "Write the public one; or, if it is an example, put it into a code sample."
        return Finding(Problem("private-address", what, remedy, None, Severity.EDITORIAL), raw, url)
    if why == "outside":
        what = f"The address {url} leads out of the site, which is below {built.parser.addresses.root}/."
        remedy = f"Write {built.parser.addresses.root}{urlsplit(address).path}."
        return Finding(Problem("broken-link", what, remedy, None, Severity.EDITORIAL), raw, url)
    if why == "elsewhere":
        what = (
            f"Readers of the page load something from {urlsplit(address).netloc or address}, which so learns of them."
        )
        remedy = "Keep a copy of the file in this site, or take it out."
        return Finding(Problem("third-party", what, remedy, None, Severity.EDITORIAL), raw, url, free_in_text=True)
    if why == "fragment":
        what = f"The link {url} leads to a place that the page does not have."
        remedy = f"Mend what follows `#`.{meant(fragment, built.facts[built.served[path]].fragments)}"
        return Finding(Problem("broken-fragment", what, remedy, None, Severity.EDITORIAL), raw, url)
    if name in {"a", "area", "form"} or (name == "link" and not _loads(tag)):
        what = f"The link {url} leads to nothing on this site."
        remedy = f"Mend or remove it.{_near(built, path, wrong)}"
        return Finding(Problem("broken-link", what, remedy, None, Severity.EDITORIAL), raw, url)
    kind = _NAMES.get(name, "picture" if name == "meta" else "file")
    what = f"The {kind} {url} is not on this site."
    remedy = f"Mend or remove its address.{_near(built, path, wrong)}"
    return Finding(Problem("missing-asset", what, remedy, None, Severity.EDITORIAL), raw, url)


def _loads(tag: Tag | None) -> bool:
    return tag is not None and any(loaded for _url, loaded in tag.references)


def _near(built: Built, path: str, wrong: Mapping[str, str]) -> str:
    """Return a hint at an address that differs in case or in its ending, or else the nearest."""
    folded = path.rstrip("/").casefold()
    for other in (folded, f"{folded}.html", folded.removesuffix(".html"), folded.removesuffix(".htm")):
        found = built.folded.get(other)
        if found and found != path:
            return f" Did you mean {found}?"
    if len(wrong) > _NEAREST:
        return ""
    name = path.rstrip("/").rpartition("/")[2]
    near = [
        one
        for one in built.served
        if one.rstrip("/").rpartition("/")[2][:2] == name[:2] and one.endswith("/") == path.endswith("/")
    ]
    return meant(path, sorted(near)[:2000])
