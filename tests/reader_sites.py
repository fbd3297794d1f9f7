"""The two sites whose pages are judged: the demo, and one with a post in which stands all that Markdown can.

Not a judgement: the tests in tests/quality/ make it. nginx serves both with Byline's own snippet, so that the policy is
in force, texts travel compressed, and a page that is not there is the 404 page.
"""

from __future__ import annotations

import http.client
import io
import shutil
import wave
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import nginx
from blog import Blog
from byline.commands.begin import demo_files
from byline.deploy.compressed import SUFFIX, compressed, compressible
from byline.site.nginx import snippet
from live_blog import SETTINGS
from photographs import picture
from wholes import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.site.whole import Whole

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "tests" / "fixtures" / "reader"
NOW = datetime(2027, 1, 1, tzinfo=UTC)
SITES = ("the demo", "every feature")
PAGES = {
    "home": ("", ""),
    "home, page 2": ("", "page/2/"),
    "post": ("the-contacts-file/", "every-feature/"),
    "post without a picture": ("that-line-was-oskars/", "other-half/"),
    "page": ("about/", "about/"),
    "tag": ("tag/writing/", "tag/typography/"),
    "category": ("category/people/", "category/craft/"),
    "author": ("author/maren-holt/", "author/ines-faria/"),
    "archives": ("archives/", "archives/"),
    "year": ("archives/2026/", "archives/2026/"),
    "tags": ("tag/", "tag/"),
    "series": ("series/keeping-in-touch/", "series/all-of-it/"),
    "credits": ("credits/", "credits/"),
    "subscribe": ("subscribe/", "subscribe/"),
    "share": ("share/", "share/"),
    "search": ("search/", "search/"),
    "404": ("nothing/here/", "nothing/here/"),
}
"""Every page type, and where one of it is on each site."""
SCRIPTED = {"search": ("every feature",), "share": SITES}
"""The page types that have a script, and on which sites: nobody reads there."""
MORE = """
BYLINE_AUTHOR = {
    **BYLINE_AUTHOR,
    "portrait": "images/me.jpg",
    "email": "ada@ada.pub",
    "fediverse": "@ada@social.pub",
    "offer": {"text": "I can be hired.", "url": "about/"},
}
BYLINE_THEME = {"accent": "green", "search": True, "share": ["mastodon", "bluesky", "linkedin", "pinterest", "mail"]}
DEFAULT_PAGINATION = 2
DATE_FORMATS = {"en-gb": "%-d %B %Y"}
IGNORE_FILES = [".*", "_*"]
TYPOGRIFY = True
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {"footnotes": {"BACKLINK_TEXT": "↩\\ufe0e"}},
        "markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False},
        "markdown.extensions.meta": {},
        "markdown.extensions.sane_lists": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}
DIRECT_TEMPLATES += ["credits", "search"]
CREDITS_URL, CREDITS_SAVE_AS = "credits/", "credits/index.html"
SERIES_URL, SERIES_SAVE_AS = "series/{slug}/", "series/{slug}/index.html"
SHARE_URL, SHARE_SAVE_AS = "share/", "share/index.html"
SEARCH_URL, SEARCH_SAVE_AS = "search/", "search/index.html"
YEAR_ARCHIVE_URL, YEAR_ARCHIVE_SAVE_AS = "archives/{date:%Y}/", "archives/{date:%Y}/index.html"
PAGINATION_PATTERNS = [
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]
BYLINE_FEEDS = {"json": "feeds/feed.json"}
BYLINE_PODCAST = {"description": "Posts, read aloud.", "category": "Arts", "image": "images/show.png"}
"""


@dataclass(frozen=True)
class JudgedSite:
    """A site as it is served: its name, its files and Release, its address without a slash at the end."""

    name: str
    whole: Whole = field(repr=False)
    address: str

    def page(self, kind: str) -> str:
        """Return the address of a page of a type."""
        return f"{self.address}/{PAGES[kind][SITES.index(self.name)]}"

    def answer(self, address: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Return status, headers and body, as they travel to a browser."""
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.netloc, timeout=10)
        connection.request("GET", parts.path, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        found = response.status, response.headers, response.read()
        connection.close()
        return found


def demo(folder: Path) -> Blog | None:
    """Return a copy of this folder's blog, while it is the demo."""
    listed = (ROOT / "plugins/byline/commands/demo.sha256").read_text("utf-8").splitlines()
    if len(list(demo_files(ROOT))) != len(listed):
        return None
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pelicanconf.py", folder)
    return Blog(folder)


def every_feature(folder: Path) -> Blog:
    """Return a blog with the texts of tests/fixtures/reader/, and pictures that are made on the spot."""
    blog = Blog(folder)
    shutil.copytree(TEXTS, folder / "content")
    blog.write("pelicanconf.py", SETTINGS + MORE)
    for name, size in {"lead": (1800, 1200), "text": (1700, 1100), "me": (900, 900)}.items():
        blog.write(f"content/images/{name}.jpg", picture(size=size))
    blog.write("content/images/small.png", picture("PNG", (40, 40)))
    blog.write("content/images/show.png", picture("PNG", (1400, 1400)))
    blog.write("content/sounds/tone.wav", tone())
    return blog


def tone() -> bytes:
    """Return a quarter of a second of a tone (RIFF WAVE)."""
    body = io.BytesIO()
    with wave.open(body, "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(128 + 100 * (at // 10 % 2) for at in range(2000)))
    return body.getvalue()


@contextmanager
def served(name: str, blog: Blog, program: Path) -> Iterator[JudgedSite]:
    """Build a blog and serve it by nginx."""
    made = whole(blog, NOW)
    for path in made.release.outputs:
        if compressible(path):
            (made.folder / f"{path}{SUFFIX}").write_bytes(compressed(made.body(path)))
    with nginx.served(program, blog.root / "nginx", made.folder, snippet(made.release, made.body)) as address:
        yield JudgedSite(name, made, address)
