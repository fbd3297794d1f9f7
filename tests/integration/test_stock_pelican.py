"""Hosted Pelican is Pelican: with its default settings and theme, every page has the bytes that it writes itself.

Pictures in a text are the one thing that Byline draws, and have their own tests.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blog import Blog

OWN = ("cards/", "feeds/", "sitemap.xml", "robots.txt", "_headers")
BODY = """\
A *first* paragraph with `code`, an [internal link]({filename}/posts/first.md#more), a {0}.

[A picture]({static}/images/dot.png)

```python
print("fenced")
```

| a | b |
| - | - |
| 1 | 2 |

Term
:   Definition[^1]

[^1]: A footnote.
"""
REST = """\
A reST post
###########

:date: 2020-03-01 10:00
:tags: rest, Two
:summary: In *another* markup.

Words, and a link_.

.. _link: https://other.example/

.. code-block:: python

   print("rest")
"""
HTML = """\
<html><head><title>An HTML post</title><meta name="date" content="2020-03-02"><meta name="tags" content="Two">
</head><body><p>As <b>written</b> &amp; kept.</p></body></html>
"""


def furnish(blog: Blog) -> None:
    """Write posts in every markup, tags and categories that share posts, pages, a translation, a hidden post."""
    blog.settings('DEFAULT_PAGINATION = 3\nSITEURL = ""\n')
    # Links as any editor writes them are Byline's own; Pelican leaves them broken.
    blog.post("first", "Words, and a [link]({filename}second.md).", Tags="One, Two")
    for number in range(8):
        blog.post(
            f"post-{number}",
            BODY.replace("{0}", f"number {number}"),
            Date=f"2020-02-{number + 1:02d} 08:00",
            Tags=f"One, Tag {number % 3}",
            Category=("Work", "Life")[number % 2],
            Authors="Ada Example; Grace Example" if number % 4 else "Ada Example",
        )
    blog.post("post-1-de", "Auf Deutsch.", Slug="post-1", Lang="de", Date="2020-02-02", Title="Post 1 auf Deutsch")
    blog.post("hidden", Status="hidden", Date="2020-02-20", Modified="2020-02-21 12:00")
    blog.write("content/posts/rest.rst", REST)
    blog.write("content/posts/document.html", HTML)
    blog.write("content/pages/about.md", "Title: About\nSave_as: about/index.html\nUrl: about/\n\n[Home]({index})\n")
    blog.write("content/images/dot.png", b"\x89PNG not really")


def test_every_page_is_that_of_stock_pelican(blog: Blog, environment: dict[str, str]) -> None:
    furnish(blog)
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-o", "stock", "-q", "content"]
    subprocess.run(command, cwd=blog.root, env=environment, check=True, capture_output=True)
    stock = {
        str(path.relative_to(blog.root / "stock")): path.read_bytes()
        for path in (blog.root / "stock").rglob("*")
        if path.is_file()
    }

    assert blog.build() == 0, blog.told

    ours = {path: (blog.output / path).read_bytes() for path in blog.made()}
    assert {path for path in stock if not path.startswith(OWN)} == {p for p in ours if not p.startswith(OWN)}
    assert [path for path in stock if not path.startswith(OWN) and stock[path] != ours[path]] == []
    assert sum(path.endswith(".html") for path in stock) > 30
    assert {path for path in stock if path.startswith("feeds/")} <= ours.keys()


def test_a_build_writes_only_below_its_output_and_its_own_folder(blog: Blog) -> None:
    furnish(blog)
    before = {path for path in blog.root.rglob("*") if path.is_file()}

    assert blog.build() == 0, blog.told

    written = {path.relative_to(blog.root).parts[0] for path in blog.root.rglob("*") if path.is_file()} - {
        path.relative_to(blog.root).parts[0] for path in before
    }
    assert written == {"output", ".byline"}
