"""What holds for any old address: nginx reads it as one word, and nothing in it is a directive."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from byline.site import nginx, redirects
from byline.values.output import Kind, Release
from byline.values.post import Post, Status
from hypothesis import example, given
from hypothesis import strategies as st

NOW = datetime(2026, 1, 1, tzinfo=UTC)
POST = Post("urn:a", "a", "https://me.example/new/", "new/", "new.md", Status.PUBLISHED, "en", "New", "", None, None)
ODD = st.text(alphabet=st.sampled_from("ab/.{}$;\"'\\ \t\n\r#%20?*:=~é\u2028\0"), max_size=20)
ESCAPED = {"\\": "\\", '"': '"', "'": "'", "t": "\t", "r": "\r", "n": "\n"}


def words(text: str) -> list[str]:
    """Return a configuration as nginx's own reader takes it apart (ngx_conf_read_token); signs between words too."""
    found: list[str] = []
    position = 0
    while position < len(text):
        letter = text[position]
        if letter in " \t\r\n":
            position += 1
        elif letter in "{};":
            found.append(letter)
            position += 1
        elif letter == "#":
            position = text.index("\n", position)
        else:
            word, position = _word(text, position)
            # A sign in quotes is a word, and no sign.
            found.append(f"the word {word}" if word in {"{", "}", ";"} else word)
    return found


def _word(text: str, position: int) -> tuple[str, int]:
    quote = text[position] if text[position] in "\"'" else ""
    position += len(quote)
    word = ""
    while not (text[position] == quote if quote else text[position] in " \t\r\n;{"):
        if text[position] == "\\":
            word += ESCAPED.get(text[position + 1], text[position : position + 2])
            position += 2
        else:
            word += text[position]
            position += 1
    return word, position + len(quote)


def snippet(rules: bytes, site_url: str = "https://me.example") -> str:
    """Return the snippet for a site with these redirects."""
    digest = hashlib.sha256(rules).hexdigest()
    release = Release("1", site_url, NOW, {redirects.PATH: digest}, {redirects.PATH: Kind.TEXT}, ())
    return nginx.snippet(release, {redirects.PATH: rules}.__getitem__).decode()


PLAIN = words(snippet(b""))


@given(st.lists(ODD | st.text(max_size=20), max_size=3))
@example(['/old/"; return 200 "', "/${host}/", "/a b/", "/'/"])
def test_old_addresses_are_words_and_nothing_else(aliases: list[str]) -> None:
    post = replace(POST, aliases=tuple(aliases))

    found = words(snippet(redirects.rules([post], "")))

    assert found[: len(PLAIN)] == PLAIN
    blocks = found[len(PLAIN) :]
    old = blocks[2::9]
    begin, end = ["location", "="], ["{", "return", "301", "/new/$is_args$args", ";", "}"]
    assert blocks == [word for path in old for word in (*begin, path, *end)]
    assert len(set(old)) == len(old)


@given(st.lists(ODD | st.text(max_size=20), max_size=3))
@example(['over/"; return 200 "', "${host}/", "a b/", "old.html", ""])
def test_addresses_of_posts_that_are_gone_are_words_and_nothing_else(gone: list[str]) -> None:
    release = Release("1", "https://me.example", NOW, {}, {}, ())

    made = nginx.snippet(release, dict[str, bytes]().__getitem__, [f"https://me.example/{path}" for path in gone])

    found = words(made.decode(errors="surrogateescape"))
    assert found[: len(PLAIN)] == PLAIN
    for start in range(len(PLAIN), len(found), 9):
        block = found[start : start + 9]
        assert block[:2] + block[3:5] + block[6:] == ["location", "=", "{", "try_files", "=410", ";", "}"]
        assert block[2].startswith("/")
        assert block[5] in {"$uri", "${uri}index.html", "$uri/index.html"}


@given(ODD | st.text(max_size=20), ODD)
def test_rules_that_a_writer_made_are_words_and_nothing_else(old: str, new: str) -> None:
    found = words(snippet(f"/a{old} /b{new} 302\n".encode("utf-8", "replace")))

    assert found[: len(PLAIN)] == PLAIN
    for start in range(len(PLAIN), len(found), 9):
        block = found[start : start + 9]
        assert block[:2] + block[3:5] + block[7:] == ["location", "=", "{", "return", ";", "}"]
        assert block[5] in {"301", "302", "303", "307", "308"}
        assert "$" not in block[6].removesuffix("$is_args$args")


@given(st.text(max_size=40), st.text(max_size=40))
@example(name="", value="{")
def test_headers_that_a_writer_made_are_words_and_nothing_else(name: str, value: str) -> None:
    own = f"/*\n  X-{name}: {value}\n".encode("utf-8", "replace")
    outputs = {"_headers": hashlib.sha256(own).hexdigest()}
    release = Release("1", "https://me.example", NOW, outputs, {"_headers": Kind.TEXT}, ())

    found = words(nginx.snippet(release, {"_headers": own}.__getitem__).decode())

    added = [position for position, word in enumerate(found) if word == "add_header"]
    assert len(added) <= 2
    assert [word for word in found if word in "{};"].count("{") == PLAIN.count("{")
    for position in added[:-1]:
        assert found[position + 1].startswith("x-")
        assert found[position + 3 : position + 5] == ["always", ";"]
        assert "$" not in found[position + 2]
