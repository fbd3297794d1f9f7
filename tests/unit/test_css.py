"""A stylesheet as it travels: the same rules, fewer characters."""

from __future__ import annotations

import pytest
from byline.values.css import squeezed


@pytest.mark.parametrize(
    ("written", "travels"),
    [
        ("/* Why. */\n@layer a, b;\n\na , b {\n  color : red ;\n}\n", "@layer a,b;a ,b{color :red}"),
        ('a::after { content: " ; { /* kept */ \\" "; }', 'a::after{content:" ; { /* kept */ \\" "}'),
        ("a { content: ' ; \\' ' }", "a{content:' ; \\' '}"),
        ("a { background: url( a ;b.png ) }", "a{background:url( a ;b.png )}"),
        (".a\\; b { }", ".a\\; b{}"),
        ("a /* one */ /* two */ b { }", "a b{}"),
        ("a/* parts two names */b { }", "a/**/b{}"),
        ("a { --empty: ; }", "a{--empty:}"),
        ("a { b: c; ; d: e;; } f {}", "a{b:c;d:e}f{}"),
        ("@media (width > 1px) { a :hover { b: c } ; }", "@media (width > 1px){a :hover{b:c}}"),
        ("a { } /* without an end", "a{}"),
        ('a { content: "without an end ;', 'a{content:"without an end ;'),
        ("", ""),
    ],
)
def test_only_comments_and_what_says_nothing_are_left_out(written: str, travels: str) -> None:
    assert squeezed(written) == travels
    assert squeezed(travels) == travels
