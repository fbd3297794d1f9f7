"""What holds for the words of any post at any network: they fit, and the address stands in them, once and whole."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate

from byline.sharing.counting import counting, grapheme_count, graphemes
from byline.sharing.cutting import shortened
from byline.sharing.hashtags import hashtags
from byline.sharing.words import composed
from byline.values.credit import Credit, License
from byline.values.person import Person
from byline.values.photo import Photo
from byline.values.post import Post, Share
from hypothesis import given
from hypothesis import strategies as st
from invented_posts import english

KINDS = ["bluesky", "linkedin", "mail", "mastodon", "micropub", "mine", "threads", "whatsapp", "x"]
URLS = [
    "https://me.example/",
    "https://me.example/ties/",
    "https://me.example/a-long-way-to-say/what-weak-ties-are-for/?a=1&b=_(2)#end",
    "http://localhost:8000/ties",
    "https://me.example/слабые/связи/",
]
ODD = [
    "👨‍👩‍👧‍👦",
    "🇩🇪",
    "👩🏽",
    "1️⃣",
    "e\u0301",
    "क्षे",
    "น้ำ",
    "\u1112\u1161\u11ab",
    "\u2067",
    "\u2069",
    "\u202e",
    "日本",
    "“",
    "”",
]
PIECES = st.one_of(
    st.sampled_from(
        [*ODD, *URLS, " ", "\n", "\u2028", "#tag", "@me", "&amp;", "README.md", "word ", "\u200d", "\0", "…"]
    ),
    st.text(max_size=8),
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)
SPACED = st.lists(st.sampled_from(["one", "two,", "“three”", "日本語", "four.", *ODD[:6]]), max_size=60).map(" ".join)
ANY = st.one_of(TEXTS, SPACED)
LINKED = re.compile(r"https://\S+|#\w+")


def whole(url: str) -> re.Pattern[str]:
    """Return what finds an address that does not go on."""
    return re.compile(rf"(?<!\w){re.escape(url)}(?![\w/#%&=~+@-]|[?.,:;!]\w)")


@st.composite
def posts(draw: st.DrawFn) -> Post:
    named = Credit(License("CC-BY-4.0", "CC BY"), (Person(draw(ANY)),))
    return replace(
        english("ties.md", draw(ANY), "2026-05-01T08:00Z", draw(st.lists(ANY, max_size=6))),
        url=draw(st.sampled_from(URLS)),
        summary=draw(ANY),
        question=draw(ANY),
        photo=draw(st.sampled_from([None, Photo("a.jpg", "a.jpg", credit=named)])),
    )


@given(posts(), st.sampled_from(KINDS), st.integers(min_value=0, max_value=400))
def test_words_fit_and_end_with_the_address_on_its_own_line(post: Post, kind: str, more: int) -> None:
    limit = counting(kind)
    limit = replace(limit, most=limit.length(post.url) + more)

    words = composed(post, kind, limit)

    assert limit.fits(words.text)
    assert not words.cut
    assert words.text.split("\n")[-1] == post.url
    assert len(whole(post.url).findall(words.text)) == 1
    assert composed(post, kind, limit) == words
    assert all(line == line.strip() for line in words.text.split("\n"))
    assert not re.search("[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|\n\n\n", words.text)


@given(posts(), ANY, st.sampled_from(KINDS), st.integers(min_value=0, max_value=400))
def test_own_words_fit_and_are_begun_with(post: Post, own: str, kind: str, more: int) -> None:
    limit = counting(kind)
    limit = replace(limit, most=limit.length(post.url) + more)
    wished = replace(post, share=Share(by_network=((kind, f"I {own}"),)))
    uncut = composed(wished, kind, replace(limit, most=10**6, octets=None))

    words = composed(wished, kind, limit)

    assert limit.fits(words.text)
    assert whole(post.url).search(words.text)
    assert words.cut == (words.text != uncut.text)
    assert uncut.text.startswith(re.split(r"\s?…[\u202c\u2069]*(?:\s|$)|https?://", words.text)[0].rstrip())
    assert composed(wished, kind, limit) == words


@given(
    st.lists(st.sampled_from(["one", "two,", "日本語", "“three”", *ODD[:6], "four\nfive"]), min_size=1).map(" ".join)
)
def test_own_words_are_as_the_writer_wrote_them(own: str) -> None:
    post = replace(english("ties.md", "Ties", "2026-05-01T08:00Z"), url=URLS[1], share=Share(own))

    assert composed(post, "mine", replace(counting("mine"), most=10**6)).text == f"{own}\n\n{URLS[1]}"


@given(ANY.map(lambda text: re.sub(r"\u200d(?=\s)", "", text)), st.integers(min_value=0, max_value=60))
def test_a_cut_parts_no_grapheme_no_address_and_no_hashtag(text: str, most: int) -> None:
    kept = shortened(text, lambda cut: len(cut) <= most, most)

    assert len(kept) <= most
    if kept == text or not kept:
        return
    head = kept[: kept.rindex("…")].removesuffix(" ")
    assert text.startswith(head)
    ends = {0, *accumulate(map(len, graphemes(text)))}
    rest = re.match("[\u200b-\u200d]*", text[len(head) :])
    assert rest
    assert ends & {len(head), len(head) + rest.end()}
    assert not any(found.start() < len(head) < found.end() for found in LINKED.finditer(text))
    assert kept.count("\u2067") + kept.count("\u2066") + kept.count("\u2068") <= kept.count("\u2069")


@given(ANY)
def test_graphemes_are_the_text_and_counted_as_no_less(text: str) -> None:
    assert "".join(graphemes(text)) == text
    assert grapheme_count(text) >= len(graphemes(text))


@given(st.lists(ANY, max_size=8), ANY)
def test_hashtags_are_few_different_and_one_word_each(tags: list[str], words: str) -> None:
    found = hashtags(tags, words)

    assert len(found) == len({tag.casefold() for tag in found}) <= 4
    for tag in found:
        assert tag[0] == "#"
        assert not re.search(r"\s|#", tag[1:])
        assert any(char.isalpha() for char in tag)
