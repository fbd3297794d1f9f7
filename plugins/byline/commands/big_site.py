"""A made site of any size, without a build: pages, pictures, feed and sitemap, as a Release and its folder.

Not a blog: nobody wrote it, and it is the same for the same number, in any process. Benchmarks check and deploy it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from typing import TYPE_CHECKING

from byline.edges import files
from byline.site import robots, sitemap
from byline.values.output import Kind, Output, Release, address, release_id
from byline.values.seal import EMPTY, sealed
from byline.values.settings import Robots

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

URL = "https://big.example"
_MADE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_WORDS = "harbour letter morning switch table window almost nobody wrote kept asked three small quiet answer".split()
_LINKED = 50
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – Big site</title>
<meta name="description" content="What was written as number {number} of a site that nobody wrote.">
<link rel="canonical" href="{url}/{address}">
<link rel="stylesheet" href="/theme/style.css">
<link rel="icon" href="/favicon.ico" sizes="32x32">
<link rel="alternate" type="application/atom+xml" title="Big site" href="/feeds/atom.xml">
<meta property="og:type" content="article">
<meta property="og:title" content="{title}">
<meta property="og:description" content="What was written as number {number}.">
<meta property="og:url" content="{url}/{address}">
{seal}
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header><nav aria-label="Main"><ul>
<li><a href="/">Home</a></li>
<li><a href="/post-000001/">One</a></li>
</ul></nav></header>
<main id="content">
<article class="h-entry">
<h1 class="p-name">{title}</h1>
<p><a class="u-url" href="/{address}"><time class="dt-published" datetime="2026-01-01">1 January 2026</time></a>
<span class="p-author h-card">Somebody</span></p>
<div class="e-content">
{text}
</div>
</article>
</main>
</body>
</html>
"""


def make(folder: Path, number: int, changed: int = 0) -> Release:
    """Write so many pages of about 10 KB and 60 links each, and what belongs to them; return them as a Release.

    The first `changed` pages have one word more than without.
    """
    outputs: dict[str, str] = {}
    kinds: dict[str, Kind] = {}
    for path, kind, body in _outputs(number, changed):
        files.put(folder / path, body)
        outputs[path] = hashlib.sha256(body).hexdigest()
        kinds[path] = kind
    return Release(release_id(outputs), URL, _MADE, outputs, kinds, ())


def _outputs(number: int, changed: int) -> Iterator[tuple[str, Kind, bytes]]:
    listed = []
    for index in range(number):
        path = f"post-{index:06d}/index.html" if index else "index.html"
        listed.append(Output(path, Kind.PAGE, bytes, listed=True, updated=_MADE))
        yield path, Kind.PAGE, _page(index, path, number, "more " if index < changed else "")
    for index in range(16):
        yield f"images/{index}.png", Kind.ASSET, random.Random(index).randbytes(20_000)  # noqa: S311  a corpus, no secret
    yield "theme/style.css", Kind.ASSET, b"body { background: url(/images/0.png) }\n" * 100
    yield "favicon.ico", Kind.ASSET, b"icon"
    missing = _page(number, "404.html", number, "").replace(
        b"<title>", b'<meta name="robots" content="noindex"><title>'
    )
    yield "404.html", Kind.PAGE, missing
    yield "feeds/atom.xml", Kind.FEED, b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>\n'
    yield "robots.txt", Kind.TEXT, robots.robots(URL, Robots())
    yield "sitemap.xml", Kind.TEXT, sitemap.sitemap(listed, URL)


def _page(index: int, path: str, number: int, word: str) -> bytes:
    draw = random.Random(index)  # noqa: S311  a corpus, no secret
    blocks = []
    for block in range(_LINKED // 5):
        sentences = []
        for _ in range(5):
            words = " ".join(draw.choices(_WORDS, k=18))
            other = draw.randrange(1, number) if number > 1 else 0
            target = f"/post-{other:06d}/" if other else "/"
            sentences.append(f'<em>{words}</em> <a href="{target}">{draw.choice(_WORDS)} {other}</a>.')
        blocks.append(f'<h2 id="part-{block}">Part {block}</h2>\n<p>{word}{" ".join(sentences)}</p>')
        blocks.append(f'<p><img src="/images/{draw.randrange(16)}.png" alt="A picture" width="100" height="100"></p>')
    text, here = "\n".join(blocks), address(path)
    page = _PAGE.format(title=f"Page {index}", number=index, url=URL, address=here, seal=EMPTY.decode(), text=text)
    return sealed(page.encode())
