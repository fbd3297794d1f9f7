"""What holds for any file that calls itself a catalogue: it is read, or told; and what is read can be filled."""

from __future__ import annotations

import contextlib

from byline.site.catalogue import BrokenError, catalogue
from hypothesis import given
from hypothesis import strategies as st

PIECES = st.sampled_from(
    [
        *('msgid "', 'msgid_plural "', 'msgstr "', 'msgstr[0] "', 'msgstr[1] "', 'msgstr[9] "', 'msgctxt "', '"', "\n"),
        *(
            "#",
            "#, fuzzy\n",
            "#~ ",
            "Share",
            "%(site)s",
            "%",
            "\\",
            "\\n",
            "Plural-Forms: nplurals=",
            "Language: ",
            "ä",
            " ",
        ),
    ]
)
SLOTS = {"site": "here", "num": 1}


@given(st.one_of(st.binary(), st.text().map(str.encode), st.lists(PIECES).map(lambda it: "".join(it).encode())))
def test_any_file_is_read_or_told_at_one_of_its_lines(body: bytes) -> None:
    line = 1

    try:
        catalogue(body, "de")
    except BrokenError as error:
        line = error.line

    assert 1 <= line <= body.count(b"\n") + 1


@given(st.lists(st.sampled_from(["%", "%%", "%(site)s", "%(num)s", "%(no)s", " ", "s", "(", "Wort"])).map("".join))
def test_what_is_read_can_be_filled(translated: str) -> None:
    body = f'msgid "on %(site)s"\nmsgstr "{translated}"\n'.encode()

    with contextlib.suppress(BrokenError):
        assert isinstance(catalogue(body, "de").gettext("on %(site)s") % SLOTS, str)
