"""Whatever a source holds: with an Id written it reads as before but for the Id, and keeps every byte it had."""

from __future__ import annotations

from byline.checks.fix import with_id
from byline.site.front_matter import split
from hypothesis import given
from hypothesis import strategies as st

KEYS = st.sampled_from(["Title", "date", "Tags", "summary", "Photo_alt", "слово", "a-b"])
WORDS = st.text(st.sampled_from("ab :#-'\"[]{},|>&*!%@\\\téж\U0001f600+=."), max_size=12)
LINES = st.one_of(
    st.builds("{}: {}".format, KEYS, WORDS),
    st.builds("{} = {!r}".format, KEYS, WORDS),
    st.builds("    {}".format, WORDS),
    st.sampled_from(["", "---", "+++", "...", "# no key", "  - a", "- a", "[table]", "summary: |", 's = """', '"""']),
    WORDS,
)
SOURCES = st.builds(
    lambda mark, fence, lines, end, last: mark + end.join([*fence, *lines]) + (end if last else ""),
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from([[], ["---"], ["+++"]]),
    st.lists(LINES, max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
IDENTITY = "tag:me.example,2020-01-02:/слово/#x"


def reading(source: bytes) -> tuple[dict[str, object], str]:
    """Return keys and body of a source as the reader has them."""
    text = source.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    front = split(text, "a.md")
    return dict(front.values), front.body


@given(SOURCES)
def test_an_id_changes_nothing_but_itself(text: str) -> None:
    source = text.encode()
    written = with_id(source, "md", IDENTITY)
    if written is None:
        return

    values, body = reading(source)
    assert reading(written) == ({**values, "id": IDENTITY}, body)
    assert with_id(written, "md", IDENTITY) == written
    added = len(written) - len(source)
    assert any(written[:start] + written[start + added :] == source for start in range(len(source) + 1))


@given(st.lists(st.tuples(st.sampled_from(["Title", "Date", "Slug"]), st.sampled_from(["a", "b c"])), min_size=1))
def test_ordinary_front_matter_is_never_refused(pairs: list[tuple[str, str]]) -> None:
    lines = "".join(f"{key}: {value}\n" for key, value in dict(pairs).items())

    for source in (f"{lines}\nWords.\n", f"---\n{lines}---\nWords.\n", lines):
        assert with_id(source.encode(), "md", IDENTITY) is not None
