"""HTML read and rewritten where no golden case says it."""

from __future__ import annotations

import pytest
from byline.values.html import attributes, candidates, escape, outside_code, plain, rewrite_addresses, tokens


def test_attributes_fold_case_and_the_first_of_two_counts() -> None:
    assert attributes(' A="1" a=2 b = \'3\' c d="" / e=x"y') == {"a": "1", "b": "3", "c": "", "d": "", "e": 'x"y'}


def test_attributes_resolve_references_but_not_parts_of_an_address() -> None:
    assert attributes('a="&lt;&#65;&copy;&amp;b" b="?x=1&region=eu&copy=2&not"') == {
        "a": "<A©&b",
        "b": "?x=1&region=eu&copy=2¬",
    }


def test_candidates_are_addresses_with_their_sizes() -> None:
    assert list(candidates(" a.jpg 1x, b,c.jpg 480w ,d.jpg,, data:image/png;base64,AA== 2x")) == [
        ("a.jpg", "1x"),
        ("b,c.jpg", "480w"),
        ("d.jpg", ""),
        ("data:image/png;base64,AA==", "2x"),
    ]


def test_a_rewriting_gets_names_in_lower_case_and_values_without_entities() -> None:
    met: list[tuple[str, str, str]] = []

    rewrite_addresses("<A HREF='a?b=1&amp;c'>x</A><img alt='src' src=d>", lambda *found: met.append(found))

    assert met == [("a", "href", "a?b=1&c"), ("img", "src", "d")]


def test_a_rewritten_address_is_escaped_and_quoted() -> None:
    rewritten = rewrite_addresses("<a class='x' href=a title=\"it's\">b</a>", lambda *_: "\"'<&>")

    assert rewritten == '<a class=\'x\' href="&#34;&#39;&lt;&amp;&gt;" title="it\'s">b</a>'


def test_escaped_text_is_fit_for_content_and_attributes() -> None:
    assert escape('</script> & "it\'s"') == "&lt;/script&gt; &amp; &#34;it&#39;s&#34;"


def test_text_outside_code_is_found() -> None:
    html = "a<pre><code>b</code> c</pre>d<code>e</code><kbd>f</kbd></code>g<!-- h -->"

    assert list(outside_code(html)) == ["a", "d", "g"]


@pytest.mark.parametrize(
    "piece", ["<", "</", "<a ", "<a =", "<a ='", '<a b="', "<!--", "<!", "<script>", "<p>", "&", "="]
)
def test_hostile_html_costs_no_more_than_its_length(piece: str) -> None:
    html = piece * 100_000

    assert "".join(token.raw for token in tokens(html)) == html
    assert rewrite_addresses(html, lambda *_: None) == html
    assert len(plain(html)) <= len(html)
