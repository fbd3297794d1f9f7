"""A small site in which all is done that Byline does, edits of it as a writer makes them, and all that is seen of it.

Not a test: what is compared, and how often, is theirs.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from blog import Blog
from byline.site.site import Site
from byline.values.problem import Fault
from photographs import picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from random import Random

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = f"""\
AUTHOR = "Ada Example"
SITENAME = "Small site"
SITEURL = "https://me.example/blog"
PATH = "content"
TIMEZONE = "Europe/Oslo"
DEFAULT_LANG = "en"
THEME = {str(ROOT / "theme")!r}
PLUGINS = []
IGNORE_FILES = [".*", "_*"]
ARTICLE_EXCLUDES = ["pages", "images", "theme", "copies"]
STATIC_PATHS = ["images"]
DEFAULT_PAGINATION = 3
DIRECT_TEMPLATES = ["index", "archives", "tags", "credits", "404"]
CREDITS_SAVE_AS = "credits/index.html"
YEAR_ARCHIVE_SAVE_AS = "archives/{{date:%Y}}/index.html"
FEED_ALL_ATOM = "feeds/atom.xml"
FEED_ALL_RSS = "feeds/rss.xml"
TAG_FEED_ATOM = "feeds/tag/{{slug}}.atom.xml"
BYLINE_FEEDS = {{"json": "feeds/feed.json", "archive": "feeds/{{year}}.xml", "limit": 3}}
BYLINE_RELATED = {{"count": 3, "in_feed": True}}
BYLINE_THEME = {{"share": ["mastodon", "pinterest", "mail"]}}
BYLINE_PHOTOS = {{"widths": [120], "formats": ["webp"]}}
BYLINE_NETWORKS = {{"mastodon": "@ada@social.example"}}
BYLINE_PODCAST = {{"feed": "feeds/podcast.xml"}}
"""
NAMES = ("harbour", "bread", "letters", "old", "teil", "secret", "coming", "quiet", "spoken")
SENTENCES = (
    "The ferry leaves at noon, and the captain of the ferry waits for nobody in the harbour.",
    "Flour, water and salt make a sourdough; a sourdough wants time.",
    "See [what I wrote of bread](bread.md) and [the letters](letters.md), and [nothing](nowhere.md).",
    "It is at [the harbour](https://me.example/blog/harbour.html), and [coming](coming.md).",
    "![A boat](../images/boat.jpg)",
    '![A boat](../images/boat.jpg "At noon"){crop=1:1}',
    "![Gone](../images/gone.jpg)",
    "![Far](https://far.example/picture.jpg)",
    "[A file](../images/paper.pdf)",
    '<iframe src="https://video.example/1"></iframe>',
    "<script>let here = 1;</script>",
    "> Said by somebody.[^1]\n\n[^1]: In a note.",
    "What would you do?\n{.question}",
    "[Theirs](https://they.example/post){.further}",
    "## A heading\n\n- a list\n- of two",
    "[Attached]({attach}../images/boat.jpg)",
)
FRONT = (
    ("Title", ("Another name", "Bread & butter", "*Starred*", "")),
    ("Summary", ("In short, [bread]({filename}bread.md).", "Short.", "")),
    ("Question", ("And you?", "")),
    ("Description", ("What it is.", "")),
    ("Share", ("Read this!", "")),
    ("Share_mastodon", ("Toot.", "")),
    ("Networks", ("none", "mastodon", "bluesky", "")),
    ("Further_reading", ("[Theirs](https://they.example/) by Tim", "no link", "")),
    ("Tags", ("One, Two", "one", "C++, C", "")),
    ("Category", ("Notes", "Other")),
    ("Date", ("2020-02-02", "2024-12-31 23:30", "yesterday", "2999-01-01", "")),
    ("Modified", ("2025-01-01", "")),
    ("Status", ("draft", "hidden", "published", "unheard-of")),
    ("Slug", ("fixed", "bread", "")),
    ("Series", ("On water", "on Water", "")),
    ("Series_index", ("1", "2", "two", "")),
    ("Related", ("bread", "-letters", "nobody", "")),
    ("Aliases", ("/old/address/", "/bread.html", "")),
    ("Lang", ("de", "en", "")),
    ("Photo", ("images/boat.jpg", "images/gone.jpg", "")),
    ("Photo_alt", ("A small boat", "")),
    ("Id", ("123e4567-e89b-42d3-a456-426614174000", "nonsense", "")),
    ("Audio", ("https://sound.example/1.mp3", "images/boat.jpg", "")),
    ("Template", ("page", "nowhere", "")),
    ("Authors", ("Ada Example", "Bob", "")),
    ("Save_as", ("elsewhere/index.html", "../out.html", "")),
    ("Unheard_of", ("by anybody", "")),
)
WORDS = ("Title", "Summary", "Question", "Description", "Share", "Share_mastodon", "Networks", "Further_reading")
"""The keys of front matter that decide nothing."""
RECORD = (
    '["images/boat.jpg"]\nalt = "A boat"\ncreator = "{}"\nsource = "https://photos.example/1"\nlicense = "CC-BY-4.0"\n'
)


class Seen(NamedTuple):
    """All that is seen of a site: outputs with their bytes, or what keeps them from being made; and what is wrong."""

    made: dict[str, bytes | str]
    traces: dict[str, object]
    problems: tuple[str, ...]
    posts: tuple[object, ...]
    unlisted: tuple[object, ...]


def seen(site: Site) -> Seen:
    """Return all that can be seen of a site."""
    made: dict[str, bytes | str] = {}
    traces: dict[str, object] = {}
    for path, output in site.outputs.items():
        try:
            one = site.traced(path)
            made[path], traces[path] = one.body, (one.trace(), output.listed, output.updated, output.place)
        except Fault as fault:
            made[path] = "\n".join(map(str, fault.problems))
    listing = site.listing
    return Seen(made, traces, tuple(map(str, site.problems)), (*listing.posts, *listing.pages), listing.unlisted)


def differing(one: Seen, other: Seen) -> list[str]:
    """Return what is not the same, for a person to read."""
    found = [f"order of outputs: {list(one.made)} {list(other.made)}"] if list(one.made) != list(other.made) else []
    for name in ("made", "traces"):
        ours, theirs = getattr(one, name), getattr(other, name)
        found += [
            f"{name} {path}: {ours.get(path)!r}\n{value!r}" for path, value in theirs.items() if ours.get(path) != value
        ]
    found += [
        f"{name}: {getattr(one, name)}\n{getattr(other, name)}"
        for name in ("problems", "posts", "unlisted")
        if getattr(one, name) != getattr(other, name)
    ]
    return found


def fresh(root: Path, now: datetime, *, unpublished: bool) -> Seen:
    """Return all that can be seen of a site that is listed now, of which nothing was known before."""
    site = Site(root / "pelicanconf.py", now, unpublished=unpublished)
    try:
        return seen(site)
    finally:
        site.close()


def begun(root: Path) -> Blog:
    """Write the small site."""
    blog = Blog(root)
    blog.write("pelicanconf.py", SETTINGS)
    blog.write("content/images/boat.jpg", picture(size=(240, 160)))
    blog.write("content/images/paper.pdf", b"%PDF-1.4")
    blog.write("content/photos.toml", RECORD.format("Tim"))
    blog.post("harbour", f"{SENTENCES[0]} {SENTENCES[2]}", Tags="One, Two", Photo="images/boat.jpg", Slug="harbour")
    blog.post(
        "bread", f"{SENTENCES[1]}\n\n{SENTENCES[4]}", Date="2021-03-01", Tags="Two", Series="On water", Series_index="1"
    )
    blog.post("letters", SENTENCES[3], Date="2021-04-01", Series="On water", Series_index="2", Related="bread")
    blog.post(
        "old", SENTENCES[0], Date="2019-01-01", Aliases="/was/here/", Further_reading="[T](https://t.example/) by T"
    )
    blog.post("teil", "Das Boot fährt am Mittag.", Title="Brot", Slug="bread", Lang="de", Date="2021-03-01")
    blog.post("secret", SENTENCES[1], Status="draft", Date="")
    blog.post("coming", SENTENCES[0], Date="2999-05-01", Tags="Two")
    blog.post("quiet", SENTENCES[1], Status="hidden")
    blog.post("spoken", "Listen.", Audio="https://sound.example/2.mp3", Audio_length="12", Date="2022-01-01")
    blog.write(
        "content/pages/about.md",
        f"Title: About\nSummary: Of [bread]({{filename}}../posts/bread.md).\n\n{SENTENCES[2]}\n",
    )
    return blog


class Writer:
    """Somebody who edits the site, at random; each edit is the paths that it changed."""

    def __init__(self, blog: Blog, random: Random) -> None:
        """Write in this blog."""
        self._blog = blog
        self._random = random
        self._content = blog.root / "content"

    def edit(self) -> list[Path]:
        """Make one edit, or save two posts at once; return the paths."""
        one = self._random.choice([self._words] * 4 + [self._front] * 3 + [self._other])
        paths = list(one())
        if self._random.random() < 0.15:
            paths += self._words()
        return paths

    def _sources(self) -> list[Path]:
        return sorted(path for path in self._content.rglob("*.md"))

    def _source(self) -> Path:
        return self._random.choice(self._sources() or [self._new()])

    def _new(self) -> Path:
        return self._blog.post(f"new{self._random.randrange(100)}", self._random.choice(SENTENCES), Date="2023-01-01")

    def _words(self) -> Iterator[Path]:
        """Write one more paragraph, leave one out, or change the words of one."""
        file = self._source()
        head, _, body = file.read_text("utf-8").partition("\n\n")
        parts = body.strip().split("\n\n")
        what = self._random.randrange(3)
        if what == 0:
            parts.insert(self._random.randrange(len(parts) + 1), self._random.choice(SENTENCES))
        elif what == 1:
            parts.pop(self._random.randrange(len(parts)))
        else:
            parts[0] = f"{parts[0]} And more words, {self._random.randrange(1000)}."
        file.write_text(head + "\n\n" + "\n\n".join(parts) + "\n", "utf-8")
        yield file

    def _front(self) -> Iterator[Path]:
        """Change a line of front matter, one that decides nothing as often as any other."""
        file = self._source()
        head, _, body = file.read_text("utf-8").partition("\n\n")
        fit = [one for one in FRONT if one[0] in WORDS]
        key, values = self._random.choice(self._random.choice((FRONT, fit)))
        value = self._random.choice(values)
        lines = [line for line in head.splitlines() if not line.startswith(f"{key}:")]
        if value:
            lines.insert(self._random.randrange(len(lines) + 1), f"{key}: {value}")
        file.write_text("\n".join(lines) + "\n\n" + body, "utf-8")
        yield file

    def _other(self) -> Iterator[Path]:
        """Do what is no edit of one source: add, delete, rename, save half of it, change pictures and records."""
        random, content = self._random, self._content
        what = random.randrange(8)
        file = self._source()
        if what == 0:
            yield self._new()
        elif what == 1:
            file.unlink()
            yield file
        elif what == 2:
            moved = file.with_name(f"moved{random.randrange(100)}.md")
            yield file
            yield file.rename(moved)
        elif what == 3:
            text = file.read_bytes()
            file.write_bytes(text[: random.randrange(len(text) + 1)])
            yield file
        elif what == 4:
            yield self._blog.write(
                "content/photos.toml", random.choice((RECORD.format("Tom"), RECORD.format("Tim"), "[[", ""))
            )
        elif what == 5:
            yield self._blog.write("content/images/boat.jpg", picture(size=(random.choice((200, 240)), 160)))
        elif what == 6:
            there = content / "images/gone.jpg"
            if there.exists():
                there.unlink()
            else:
                there.write_bytes(picture(size=(240, 160)))
            yield there
        else:
            file.touch()
            yield file
