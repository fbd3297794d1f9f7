"""Networks that a post names are those of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from blog import Blog

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = 'BYLINE_NETWORKS = {"mastodon": "@me@a.example", "studio": {"network": "bluesky"}}\n'


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    blog = Blog(tmp_path)
    blog.settings(SETTINGS)
    return blog


def told(blog: Blog) -> list[str]:
    """Return what a build tells, which it does not fail for."""
    assert blog.build() == 0, blog.told
    return [line for line in blog.told.splitlines() if "content/" in line]


def test_names_of_the_settings_are_right_however_they_are_spelled(blog: Blog) -> None:
    blog.post("a", Networks="Mastodon, studio", Share="Words.", Share_Mastodon="Other words.")
    blog.post("b", Networks="none")
    blog.write(
        "content/posts/c.md", "---\nTitle: C\nDate: 2020-01-01\nNetworks: [studio]\nShare_studio: Hear.\n---\nWords.\n"
    )

    assert told(blog) == []


def test_a_name_that_no_network_has_is_told_with_its_line_and_what_was_meant(blog: Blog) -> None:
    blog.post("a", Networks="mastodn, studio, myspace", Share_studo="Words.")

    found = told(blog)

    unknown = "which is no network in BYLINE_NETWORKS. Mend the name, or set that network up."
    assert len(found) == 3
    assert f"content/posts/a.md:3: warning: Networks means mastodn, {unknown} Did you mean mastodon?" in found[0]
    assert found[1].endswith(f"content/posts/a.md:3: warning: Networks means myspace, {unknown}")
    assert f"content/posts/a.md:4: warning: Share_studo means studo, {unknown} Did you mean studio?" in found[2]


def test_where_no_network_is_set_up_each_name_is_unknown(blog: Blog) -> None:
    blog.settings("")
    blog.post("a", Networks="mastodon")
    blog.post("b", Share="Words.", Networks="none")

    [found] = told(blog)

    assert "content/posts/a.md:3: warning: Networks means mastodon, which is no network" in found
