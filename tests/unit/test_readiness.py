"""Whether a blog may go public from here: the lines to paste are guessed from where the repository comes from."""

from __future__ import annotations

import pytest
from byline.commands.readiness import guess

GUESSES = {
    "git@github.com:ada/ada.github.io.git": (
        'SITEURL = "https://ada.github.io"',
        'BYLINE_DEPLOY = "git@github.com:ada/ada.github.io.git#pages"',
    ),
    "https://github.com/Ada/notes": (
        'SITEURL = "https://ada.github.io/notes"',
        'BYLINE_DEPLOY = "https://github.com/Ada/notes#pages"',
    ),
    "ssh://git@codeberg.org/ada/pages.git": (
        'SITEURL = "https://ada.codeberg.page"',
        'BYLINE_DEPLOY = "ssh://git@codeberg.org/ada/pages.git#pages"',
    ),
    "git@gitlab.com:ada/blog.git": (
        'SITEURL = "https://ada.gitlab.io/blog"',
        'BYLINE_DEPLOY = "git@gitlab.com:ada/blog.git#pages"',
    ),
    "ada@git.ada.example:blog.git": (
        'SITEURL = "https://YOUR.ADDRESS"',
        'BYLINE_DEPLOY = "ada@git.ada.example:blog.git#pages"',
    ),
    "": ('SITEURL = "https://YOUR.ADDRESS"', 'BYLINE_DEPLOY = "git@github.com:YOU/YOU.github.io.git#pages"'),
}


@pytest.mark.parametrize("origin", GUESSES)
def test_address_and_target_are_guessed_from_the_origin(origin: str) -> None:
    lines = guess(origin)

    assert (lines["SITEURL"], lines["BYLINE_DEPLOY"]) == GUESSES[origin]
