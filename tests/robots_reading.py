"""robots.txt as RFC 9309 says that a crawler reads it (2.2), so that ours is read by more than one eye.

Not Byline, and not Python's `urllib.robotparser`, which is older than that RFC.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LINE = re.compile(r"[ \t]*([A-Za-z-]+)[ \t]*:[ \t]*([^#]*?)[ \t]*(?:#.*)?")


@dataclass
class Group:
    """The crawlers of a group by their tokens in small letters, and its rules: whether a path is allowed."""

    tokens: list[str]
    rules: list[tuple[bool, str]] = field(default_factory=list)


def groups(written: bytes) -> list[Group]:
    """Return the groups of a robots.txt; lines that are no part of one, as `Sitemap`, end none (2.2.4)."""
    found: list[Group] = []
    for line in re.split(r"\r\n|\r|\n", written.decode("utf-8")):
        if not (match := _LINE.fullmatch(line)):
            continue
        name, value = match[1].lower(), match[2]
        if name == "user-agent":
            if not found or found[-1].rules:
                found.append(Group([]))
            found[-1].tokens.append(value.lower())
        elif name in {"allow", "disallow"} and found:
            found[-1].rules.append((name == "allow", value))
    return found


def may_read(written: bytes, token: str, path: str) -> bool:
    """Tell whether a crawler of that product token may read a path: the longest rule decides, `allow` when equal."""
    named = [group for group in groups(written) if token.lower() in group.tokens]
    meant = named or [group for group in groups(written) if "*" in group.tokens]
    rules = [(len(rule), allow) for group in meant for allow, rule in group.rules if rule and _fits(rule, path)]
    return path == "/robots.txt" or max(rules, default=(0, True))[1]


def _fits(rule: str, path: str) -> bool:
    end = "$" if rule.endswith("$") else ""
    parts = rule.removesuffix("$").split("*")
    return bool(re.match(".*".join(map(re.escape, parts)) + end, path))
