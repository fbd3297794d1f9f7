"""Overlay: what is wrong with the site, laid over a page of it; added by the preview, never in output/.

Not part of any theme: it stands in a shadow tree (HTML Standard, section 4.12.3), where the page's styles end.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from byline.values.html import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from byline.values.problem import Problem

_PLAIN_PAGE = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>:root {{ color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }} body {{ margin: 15vh 10vw }}</style>
</head>
<body><h1>{title}</h1></body>
</html>
"""
NOT_FOUND_PAGE = _PLAIN_PAGE.format(title="There is no such page").encode()
EMPTY_PAGE = _PLAIN_PAGE.format(title="This page cannot be made yet").encode()

# The page's rules reach the element that holds the tree, so its own say !important.
_STYLE = """\
:host {
  all: initial !important;
  position: fixed !important; inset: auto 1rem 1rem auto !important; z-index: 2147483647 !important;
  max-width: calc(100vw - 2rem) !important;
  color-scheme: light dark !important;
  --paper: #fff; --ink: #1c1d21; --faint: #5d616b; --line: #d9dbe1; --shade: #f5f6f8;
  --error: #c0162c; --warning: #8a5a00; --on: #fff; --focus: #1a5fd0;
  --shadow: 0 0.5rem 2rem rgb(20 22 30 / 0.18), 0 0.1rem 0.4rem rgb(20 22 30 / 0.12);
}
@media (prefers-color-scheme: dark) {
  :host {
    --paper: #202226; --ink: #eceef2; --faint: #a3a8b4; --line: #3c4048; --shade: #2a2d33;
    --error: #ff8f8f; --warning: #f2c14e; --on: #202226; --focus: #8ab4f8;
    --shadow: 0 0.5rem 2.5rem rgb(0 0 0 / 0.6);
  }
}
@media print { :host { display: none !important } }
* { box-sizing: border-box; margin: 0; padding: 0 }
details {
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  color: var(--ink); background: var(--paper); text-align: start;
  border: 1px solid var(--line); border-radius: 1.25em; box-shadow: var(--shadow);
  overflow: hidden;
}
details[open] { width: 44em; max-width: 100%; border-radius: 0.75em }
summary {
  display: flex; align-items: center; gap: 0.5em; padding: 0.4em 0.5em;
  cursor: pointer; list-style: none; user-select: none;
}
summary::-webkit-details-marker { display: none }
[open] > summary { padding: 0.6em 0.75em; background: var(--shade); border-bottom: 1px solid var(--line) }
summary:focus-visible { outline: 2px solid var(--focus); outline-offset: -3px; border-radius: inherit }
.count { padding: 0.05em 0.7em; border-radius: 1em; font-weight: 600; font-size: 0.87em; white-space: nowrap }
.count.error { color: var(--on); background: var(--error) }
.count.warning { color: var(--warning); box-shadow: inset 0 0 0 1.5px currentcolor }
.close { display: none; margin-inline-start: auto; color: var(--faint); font-size: 0.87em }
[open] .close { display: block }
kbd { font: inherit; padding: 0 0.4em; border: 1px solid var(--line); border-radius: 0.3em; background: var(--paper) }
.body { max-height: min(24em, 55vh); overflow-y: auto; overscroll-behavior: contain }
.notice { padding: 0.75em 1.25em; font-weight: 600 }
ol { list-style: none }
li { padding: 0.75em 1em; border-inline-start: 0.25em solid var(--warning) }
li.error { border-inline-start-color: var(--error) }
li + li { border-block-start: 1px solid var(--line) }
.notice + ol { border-block-start: 1px solid var(--line) }
.place { display: block; color: var(--faint); overflow-wrap: anywhere }
p { overflow-wrap: anywhere }
.remedy { color: var(--faint) }
code { font: 0.9em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace }
p code { padding: 0.1em 0.3em; border-radius: 0.3em; background: var(--shade) }
"""


def overlay(notice: str, problems: Sequence[Problem]) -> str:
    """Return the HTML of a panel, open where there are errors, a badge that opens where there are warnings only.

    `notice` says what the errors mean for the page beneath. Without problems it is empty.
    """
    if not problems:
        return ""
    errors = sum(problem.structural for problem in problems)
    counts = [("error", errors), ("warning", len(problems) - errors)]
    badges = "".join(
        f'<span class="count {kind}">{number} {kind}{"" if number == 1 else "s"}</span>'
        for kind, number in counts
        if number
    )
    told = f'<p class="notice" role="alert">{escape(notice)}</p>' if notice else ""
    listed = "".join(map(_row, sorted(problems, key=lambda problem: not problem.structural)))
    digest = hashlib.sha256((notice + listed).encode()).hexdigest()[:12]
    return (
        f'<byline-overlay data-problems="{digest}"><template shadowrootmode="open"><style>{_STYLE}</style>'
        f'<section aria-label="Byline preview"><details{" open" if errors else ""}>'
        f'<summary>{badges}<span class="close">Close <kbd>Esc</kbd></span></summary>'
        f'<div class="body">{told}<ol>{listed}</ol></div>'
        "</details></section></template></byline-overlay>"
    )


def _row(problem: Problem) -> str:
    place = f'<code class="place">{escape(str(problem.place))}</code>' if problem.place else ""
    kind = "error" if problem.structural else "warning"
    return f'<li class="{kind}">{place}<p>{_text(problem.what)}</p><p class="remedy">{_text(problem.remedy)}</p></li>'


def _text(sentence: str) -> str:
    """Return a Problem's sentence as HTML, what stands between backquotes as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(sentence))
