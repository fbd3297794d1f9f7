"""Secrets: tokens of this blog, and texts in the shape of somebody's keys, in what everybody can read.

Not a vault: the values are handed in, and no sentence here repeats one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from byline.checks.finding import Finding
from byline.values.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SHAPES: dict[bytes, tuple[str, re.Pattern[bytes]]] = {
    b" PRIVATE KEY": (
        "a private key",
        re.compile(rb"-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----\s*[A-Za-z0-9+/=:\s-]{64}"),
    ),
    b"ghp_": ("a GitHub token", re.compile(rb"\bghp_[A-Za-z0-9]{36}\b")),
    b"gho_": ("a GitHub token", re.compile(rb"\bgho_[A-Za-z0-9]{36}\b")),
    b"ghs_": ("a GitHub token", re.compile(rb"\bghs_[A-Za-z0-9]{36}\b")),
    b"github_pat_": ("a GitHub token", re.compile(rb"\bgithub_pat_[A-Za-z0-9_]{60,}")),
    b"glpat-": ("a GitLab token", re.compile(rb"\bglpat-[A-Za-z0-9_-]{20,}")),
    b"AKIA": ("an AWS access key", re.compile(rb"\bAKIA[A-Z2-7]{16}\b")),
    b"ASIA": ("an AWS access key", re.compile(rb"\bASIA[A-Z2-7]{16}\b")),
    b"xoxb-": ("a Slack token", re.compile(rb"\bxoxb-[0-9]{10,}-[A-Za-z0-9-]{20,}")),
    b"xoxp-": ("a Slack token", re.compile(rb"\bxoxp-[0-9]{10,}-[A-Za-z0-9-]{20,}")),
    b"sk_live_": ("a Stripe key", re.compile(rb"\bsk_live_[A-Za-z0-9]{24,}")),
    b"sk-ant-": ("an Anthropic key", re.compile(rb"\bsk-ant-[A-Za-z0-9_-]{32,}")),
    b"AIza": ("a Google key", re.compile(rb"\bAIza[A-Za-z0-9_-]{35}\b")),
    b"npm_": ("an npm token", re.compile(rb"\bnpm_[A-Za-z0-9]{36}\b")),
    b"pypi-AgEI": ("a PyPI token", re.compile(rb"\bpypi-AgEI[A-Za-z0-9_-]{50,}")),
}
"""What tokens begin with (looked for first, at the speed of memory), what they are, their whole shape."""


_EXAMPLE = b"EXAMPLE"
"""Stands in the keys that documentation shows."""


def found(body: bytes, known: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield each secret in an output: what it is, and its value; `known` are values by the name they go by."""
    for name, value in known.items():
        if value in body:
            yield f"the value of {name}", value
    for mark, (name, shape) in _SHAPES.items():
        if mark in body:
            seen = next((match[0] for match in shape.finditer(body) if _EXAMPLE not in match[0]), None)
            if seen:
                yield f"what looks like {name}", seen


def findings(body: bytes, known: Mapping[str, bytes]) -> Iterator[Finding]:
    """Yield a Finding for each secret in an output; its value is for looking up its line, and is never printed."""
    for what, value in found(body, known):
        remedy = "Take it out, and have a new one made where it came from: this one may have been read."
        problem = Problem("secret-in-output", f"Everybody would read {what}.", remedy)
        yield Finding(problem, words=value.decode(errors="replace"))
