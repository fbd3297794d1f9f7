"""The page of the hand-share sheet: a form for each thing that is left to a person, whole without script.

Not the sheet itself, and not a server: text goes in, text comes out. What its script adds is the copying of words.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from byline.sharing.sheet import ANSWERS, Asked, Said
from byline.values.html import escape
from byline.values.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from byline.sharing.message import Message
    from byline.sharing.sheet import Row

_STYLE = """
:root {
  color-scheme: light dark;
  --paper: #f6f5f2; --card: #fff; --ink: #1c1d21; --faint: #5d616b; --line: #d9dbe1; --field: #868b96;
  --accent: #1a5fd0; --on: #fff; --error: #b3132a; --good: #1b6b3a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17181b; --card: #202226; --ink: #eceef2; --faint: #a3a8b4; --line: #3c4048; --field: #7f8592;
    --accent: #8ab4f8; --on: #17181b; --error: #ff9a9a; --good: #86d8a4;
  }
}
* { box-sizing: border-box; margin: 0 }
body {
  max-width: 44rem; margin: auto; padding: 2rem 1rem 4rem; overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink); background: var(--paper);
}
h1 { font-size: 1.6rem; line-height: 1.2; margin-block-end: .25rem }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.25rem 0 .75rem }
h3 { font-size: 1rem }
h3 span { color: var(--faint); font-weight: 400 }
header p, .note { color: var(--faint) }
a { color: var(--accent) }
h2 a { color: inherit; text-decoration-color: var(--field); text-underline-offset: .15em }
article {
  display: grid; gap: .6rem; padding: 1rem; margin-block-end: 1rem;
  background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
}
form, .field { display: grid; gap: .3rem }
.note, .length, label { font-size: .9rem }
.length { color: var(--faint); justify-self: end; font-variant-numeric: tabular-nums }
textarea, input {
  width: 100%; padding: .55rem .7rem; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--field); border-radius: .5rem;
}
form { margin-block-start: .4rem; padding-block-start: .8rem; border-block-start: 1px solid var(--line) }
textarea { min-height: 4lh; max-height: 60vh; resize: vertical; field-sizing: content }
.row { display: flex; flex-wrap: wrap; gap: .5rem }
.row input { flex: 1 1 14rem; width: auto }
button, .open {
  min-height: 2.75rem; padding: .5rem 1rem; font: inherit; font-weight: 600; line-height: 1.6; text-decoration: none;
  color: var(--accent); background: transparent; border: 1px solid currentcolor; border-radius: .5rem; cursor: pointer;
}
.main { color: var(--on); background: var(--accent); border-color: var(--accent) }
.quiet { padding-inline: 0; border-color: transparent; font-weight: 400; text-decoration: underline }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
[hidden] { display: none }
[role=alert] { color: var(--error); font-weight: 600 }
[aria-invalid] { border-color: var(--error) }
[role=status] {
  margin-block: 1rem; padding: .6rem 1rem; background: var(--card); border-inline-start: .25rem solid var(--good);
}
ul { padding-inline-start: 1.2rem }
"""
_SCRIPT = """
for (const asked of document.querySelectorAll("[data-words]")) {
  const words = document.getElementById(asked.dataset.words);
  asked.hidden = false;
  asked.addEventListener("click", () => {
    words.select();
    // Done before the click opens a page, as the asynchronous clipboard is not.
    if (document.execCommand("copy") && asked.type === "button") asked.textContent = "Copied";
  });
}
"""


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


POLICY = (
    f"default-src 'none'; style-src {_digest(_STYLE)}; script-src {_digest(_SCRIPT)}; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The page's Content-Security-Policy: nothing is loaded, and no script runs but its own."""
_TOLD = {
    Asked.LOOK: "Look there whether these words are there.",
    Asked.CHANGE: "Change the words there to these.",
    Asked.REMOVE: "Take it back there.",
}
_WHERE = {
    Asked.SHARE: "Its address there, once you have shared it",
    Asked.LOOK: "Its address, if it is there",
    Asked.CHANGE: "Its address there",
}
_EMPTY = "Empty: it is written down without one, and your page does not link to it."
_BUTTONS = {
    Asked.SHARE: {Said.DONE: "Done", Said.NEVER: "Don’t share it there"},
    Asked.LOOK: {Said.DONE: "It is there", Said.AGAIN: "It is not: send it again", Said.NEVER: "Let it be"},
    Asked.CHANGE: {Said.DONE: "Done"},
    Asked.REMOVE: {Said.NEVER: "It is gone"},
}


class Slip(NamedTuple):
    """What was said of a post (its key) at a network and cannot be written down, and why."""

    post: str
    network: str
    typed: str
    why: str


def page(rows: Sequence[Row], written: Sequence[str] = (), slip: Slip | None = None) -> str:
    """Return the page for what is left, with what was written down so far, the last thing last."""
    left = f"{counted(len(rows), 'thing')} left for your hand" if rows else "Nothing is left for your hand"
    # Posts in their order; each with what is asked of it.
    posts = [list(group) for _key, group in groupby(enumerate(rows), lambda numbered: numbered[1].post.key)]
    last = [] if slip else written[-1:]
    status = "".join(f'<p role="status">{escape(line)}</p>' for line in last)
    before = "".join(f"<li>{escape(line)}</li>" for line in written[: len(written) - len(last)])
    below = f"<footer><h2>So far</h2><ul>{before}</ul></footer>" if before else ""
    how = (
        "Copy the words, share them there, then say here where that is. Each is written down at once."
        if rows
        else "You can close this page. The next publish puts the addresses on your pages."
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f'<title>{left}</title><link rel="icon" href="data:,"><style>{_STYLE}</style></head>\n'
        f"<body>\n<header><h1>{left}</h1><p>{how}</p></header>\n{status}<main>\n"
        f"{''.join(_post(group, slip) for group in posts)}</main>\n{below}"
        f"<script>{_SCRIPT}</script>\n</body>\n</html>\n"
    )


def _post(numbered: Sequence[tuple[int, Row]], slip: Slip | None) -> str:
    number, first = numbered[0]
    name = _link(first.post.url, f"<bdi>{escape(first.post.name)}</bdi>")
    rows = "".join(_row(at, row, slip) for at, row in numbered)
    return f'<section aria-labelledby="post-{number}">\n<h2 id="post-{number}">{name}</h2>\n{rows}</section>\n'


def _row(number: int, row: Row, slip: Slip | None) -> str:
    """Return what is asked at one account; its parts are told from others' by their number."""
    handle = f" <span><bdi>{escape(row.handle)}</bdi></span>" if row.handle else ""
    told = " ".join(filter(None, (f"{row.why[:1].upper()}{row.why[1:]}." if row.why else "", _TOLD.get(row.asked))))
    why = f'<p class="note">{escape(told)}</p>\n' if told else ""
    there = f'<p class="note">{_link(row.there, escape(row.there))}</p>\n' if row.there else ""
    own = slip if slip and (slip.post, slip.network) == (row.post.key, row.network) else None
    return (
        f'<article aria-labelledby="row-{number}">\n<h3 id="row-{number}">{escape(row.label)}{handle}</h3>\n'
        f"{why}{there}{_words(number, row)}{_form(number, row, own)}</article>\n"
    )


def _words(number: int, row: Row) -> str:
    """Return the words, what goes with them, and the ways to take them along."""
    message, words = row.message, f"words-{number}"
    if message is None:
        return ""
    language = f' lang="{escape(message.language)}"' if message.language else ""
    copies = f'data-words="{words}"'
    # The end of a line after the tag is not part of the text (HTML Standard, 13.1.2.5).
    text = (
        f'<div class="field"><label for="{words}">The words</label>\n'
        f'<textarea id="{words}" rows="6" readonly dir="auto"{language}>\n{escape(message.text)}</textarea>\n'
        f'<p class="length">{row.counting.length(message.text)} of {row.counting.most}</p></div>\n'
    )
    besides = "".join(f'<p class="note">{escape(line)}</p>\n' for line in _besides(message))
    if row.asked is Asked.LOOK:
        return f"{text}{besides}"
    opening, note = "", ""
    if row.link:
        pasting = "" if row.link.worded else f" {copies}"
        opening = (
            f'<a class="open main" href="{escape(row.link.url)}" target="_blank" rel="noopener noreferrer"{pasting}>'
            f"Open {escape(row.label)}</a>"
        )
    if row.link and not row.link.worded:
        note = '<p class="note">Only the address goes along: paste the words there.</p>\n'
    copy = f'<button type="button" {copies} hidden>Copy the words</button>'
    return f'{text}{besides}<p class="row">{opening}{copy}</p>\n{note}'


def _besides(message: Message) -> Iterable[str]:
    if message.warning:
        yield f"Behind the warning: {message.warning}"
    if message.visibility:
        yield f"Seen by: {message.visibility}"
    if message.picture:
        yield f"Picture: {' – '.join(filter(None, (message.picture.alt, message.picture.credit))) or 'without words'}"


def _form(number: int, row: Row, slip: Slip | None) -> str:
    """Return the form in which a person says what is done; a slip stands in it as it was typed."""
    first, *others = ANSWERS[row.asked]
    buttons = {
        said: _button(said, text, quiet=said is Said.NEVER and said is not first)
        for said, text in _BUTTONS[row.asked].items()
    }
    where = _WHERE.get(row.asked)
    lines = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in (("post", row.post.key), ("network", row.network))
    )
    if where:
        typed, marks, alert = row.there if row.asked is Asked.CHANGE else "", "", ""
        if slip:
            typed, marks = slip.typed, ' aria-invalid="true" autofocus'
            alert = f'<p role="alert" id="wrong-{number}">{escape(slip.why)}</p>'
        lines += (
            f'<label for="address-{number}">{where}</label>{alert}<div class="row">'
            f'<input id="address-{number}" name="address" value="{escape(typed)}" inputmode="url" autocomplete="off" '
            f'autocapitalize="none" spellcheck="false" placeholder="https://" '
            f'aria-describedby="{f"wrong-{number} " if slip else ""}empty-{number}"{marks}>{buttons[first]}</div>'
            f'<p class="note" id="empty-{number}">{_EMPTY}</p>'
        )
    else:
        lines += f'<p class="row">{buttons[first]}</p>'
    rest = "".join(buttons[said] for said in others)
    lines += f'<p class="row">{rest}</p>' if rest else ""
    return f'<form method="post" action="/">{lines}</form>\n'


def _button(said: Said, text: str, *, quiet: bool) -> str:
    mark = ' class="quiet"' if quiet else ""
    return f'<button name="said" value="{said}"{mark}>{escape(text)}</button>'


def _link(url: str, inside: str) -> str:
    """Return a link to another site, which learns nothing of this page; what is no address of the web is no link."""
    if not url.startswith(("https://", "http://")):
        return inside
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{inside}</a>'
