"""With `site/block_markup` and `site/inline_markup` Markdown makes of any texts what it makes without."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from byline.site.block_markup import BlockMarkup
from byline.site.converters import Converters
from byline.site.front_matter import split
from byline.site.inline_markup import InlineMarkup
from byline.site.passes import Passes
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension

ROOT = Path(__file__).parents[2]
WRITTEN = sorted([*(ROOT / "content").rglob("*.md"), *(ROOT / "tests/fixtures/site/content").rglob("*.md")])

USUAL = ("extra", "codehilite", "toc", "sane_lists", "meta")
EXTENSIONS = st.sets(
    st.sampled_from(["abbr", "attr_list", "extra", "footnotes", "legacy_em", "nl2br", "smarty", "toc", "wikilinks"])
)
PIECES = (
    st.sampled_from(
        r"""* ** *** _ __ ` `` ``` \ \* \\ \[ \` [ ] ( ) [a] [b] [^1] [^ ![ ! [a](b) [a][b] ![a](b.png "c") ![a] < >
<a> </a> <b> <br/> <!-- --> <? ?> <![CDATA[ ]]> <https://a.example/> <a@b.example> :// @ & &amp; &#38; &x; && ; "  \n"
word Word a 1 x_y_z HTML *a* **b** ~ ^ {.c} {#d} ' " -- ... :[[page]] klzzwxh:0000 Слово""".split(" ")
    )
    | st.sampled_from(
        [" ", " ", "  \n", "\n", "\n\n", "\n> ", "\n- ", "\n1. ", "\n# ", "\n    ", "\n[a]: b.md\n", "\n[^1]: c\n"]
    )
    | st.sampled_from(
        [
            "\n```python\na = 1\n```\n",
            "\n~~~ {.b hl_lines=1}\nc\n~~~\n",
            "\n[TOC]\n",
            "\n*[HTML]: d\n",
            "|a|b|\n|-|-|\n|c|d|",
        ]
    )
    | st.sampled_from(
        [
            "\n---\n",
            "\n * *  *",
            "\n___",
            "   ***\n",
            "\n===\n",
            "\n-\n",
            "\n## a {#a}\n\n## a\n",
            "\n: ",
            "  :   ",
            ":",
            "  > ",
            "###",
            "]:\n",
        ]
    )
)
SIGNS = st.sampled_from([*"**_[]()!`<'\"\\ \n", "[a](", "](b)", "**", "a", "b c", "\xa0", "é"])
PLAIN = st.sampled_from(
    r"""a b_c ! ] ) ` * ** `d` `e*` `[` `]` ` ` `\` [f](g) [](h) [`i`](j*_k) [*l*](m&amp;n) [**`o`**]() *p* **q** *`r`*
**[s](t_)** *[`u`](v) w* *x*y *z **a* **b*c** [d][e] [^1] \ < > & _
***f*** ***[`g`](h)*** ***i > {.j} !
![f](g.png) ![](h) ![i*](j) ![k]( *![l](m)* [![n](o)](p) ![^1](q) ![ ![`r`](s) ![t][e]
\* \_ \[ \] \! \a \` \\ \< \^ \" [\*f\]](g) *\*h\*i* [\^1] [*\_j*](k) ![\*l](m) *[n\*](o)* *\p*""".split()
) | st.sampled_from(
    [
        " ",
        "\n",
        "  \n",
        "\n\n",
        "`f\ng`",
        "[h\ni](j)",
        "*k\nl*",
        "\n\n[e]: m\n\n",
        "\n\n[^1]: `n`\n\n",
        "\xa0",
        "\\ ",
        "\\\n",
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=40).map("".join),
    st.text(),
    st.lists(SIGNS, min_size=5, max_size=40).map("".join),
    st.lists(PLAIN, max_size=12).map("".join),
)


class Struck(Extension):
    """Emphasis by another sign, too, and other elements for asterisks."""

    def __init__(self, tags: str) -> None:
        super().__init__()
        self.tags = tags

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
        """Say so."""
        assert md.delimiters
        md.delimiters.add("~", "del")
        md.delimiters.add("*", self.tags)


def converted(text: str, names: tuple[str, ...], output: Literal["html", "xhtml"] = "html") -> str:
    return Markdown(extensions=[f"markdown.extensions.{name}" for name in names], output_format=output).convert(text)


def spared(text: str, names: tuple[str, ...], output: Literal["html", "xhtml"] = "html") -> str:
    theirs = (f"markdown.extensions.{name}" for name in names)
    return Markdown(extensions=[InlineMarkup(), *theirs, BlockMarkup(), Passes()], output_format=output).convert(text)


@given(TEXTS, EXTENSIONS, st.sampled_from(["html", "xhtml"]))
@example("*a*\n\n*b**c*\\.", set(), "html")
@example("a\\*b  \nc &amp; `d` [e](f) ![g](h) <i> <j@k.l> <m://n> *o* __p__ [^1]\n\n[^1]: q", {"extra"}, "html")
@example("*[HTML]: a\n\n*HTML*\n\n- *b*{.c}\n- *d*\n    - e\n{.f}", {"extra"}, "html")
@example("***a*** \x02klzzwxh:0001\x03 [***b***](c) klzzwxh:0002 <d> *e", set(), "html")
def test_any_text_becomes_the_same(text: str, names: set[str], output: Literal["html", "xhtml"]) -> None:
    chosen = tuple(sorted(names))
    assert spared(text, chosen, output) == converted(text, chosen, output)


@given(st.lists(TEXTS, min_size=2, max_size=6), EXTENSIONS | st.just({*USUAL, "admonition", "legacy_attrs", "smarty"}))
@example(["[^a]\n\n[^a]: b\n", "[^a]", "# a\n\n# a\n", "# a"], {"footnotes", "toc"})
@example(["*[HTML]: b\n\nHTML\n\n[a]: b.md\n", "HTML [a]", "3. a\n", "<p>\n\n- *a", "* a"], {"abbr", "extra"})
def test_a_converter_of_many_texts_remembers_none(texts: list[str], names: set[str]) -> None:
    chosen = tuple(sorted(names))
    theirs = [f"markdown.extensions.{name}" for name in chosen]
    converters = Converters({"extensions": theirs, "output_format": "html5"})
    for text in texts:
        converter = converters.take()
        assert converter.convert(text) == converted(text, chosen)
        converters.give_back(converter)


@given(st.lists(SIGNS | st.just("~"), max_size=30).map("".join), st.sampled_from(["strong,em", "b,i", "i"]))
@example("*a ~b* c~", "strong,em")
@example("**a**", "i")
def test_emphasis_that_an_extension_changes_stays_as_it_has_it(text: str, tags: str) -> None:
    assert Markdown(extensions=[InlineMarkup(), Struck(tags)]).convert(text) == Markdown(
        extensions=[Struck(tags)]
    ).convert(text)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_a_post_becomes_the_same(path: Path) -> None:
    body = split(path.read_text("utf-8", "replace"), path.name).body
    assert spared(body, USUAL) == converted(body, USUAL)
