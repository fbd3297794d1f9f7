"""A build after any edits leaves the same bytes as a first build of the same blog: 500 random sequences of edits.

Both blogs have the theme that comes along, whose pages look at one another in every way there is.
"""

from __future__ import annotations

import random
import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from blog import Blog
from byline.edges import files
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

THEME = Path(__file__).parents[2] / "theme"
SEQUENCES, AT_ONCE = 500, 20
SETTINGS = f"""
THEME = {str(THEME)!r}
THEME_TEMPLATES_OVERRIDES = ["content/theme/templates"]
STATIC_PATHS = ["images"]
ARTICLE_EXCLUDES = ["pages", "images", "theme"]
DEFAULT_PAGINATION = 2
YEAR_ARCHIVE_SAVE_AS = "{{date:%Y}}.html"
DIRECT_TEMPLATES = ["index", "archives", "categories", "tags", "authors", "credits"]
TAG_FEED_ATOM = "feeds/tag/{{slug}}.atom.xml"
BYLINE_FEEDS = {{"json": "feeds/feed.json", "limit": 3}}
BYLINE_THEME = {{"share": ["mail", "pinterest"]}}
"""
OTHER_SETTINGS = (
    "",
    'SITENAME = "Renamed"\n',
    'BYLINE_RELATED = {"count": 1, "in_feed": True}\n',
    'BYLINE_PHOTOS = {"cards": False, "credit": "end"}\n',
    'MENUITEMS = [("Tags", "tags.html")]\n',
    "TYPOGRIFY = True\n",
)
UNRELATED = 'BYLINE_RELATED = {"count": 0}\n'
WORDS = "harbour letter morning switch table window almost nobody wrote kept asked three small quiet answer".split()
KEYS: dict[str, tuple[str, ...]] = {
    "Title": ("Harbours", "Letters & more", "A third title"),
    "Date": ("2019-05-05", "2020-01-01 09:30", "2021-12-31", "2999-01-01"),
    "Modified": ("", "2022-02-02"),
    "Tags": ("", "One", "One, Two", "two, Three"),
    "Category": ("", "Notes", "Tools"),
    "Authors": ("", "Ada Example", "Bob; Ada Example"),
    "Lang": ("", "de"),
    "Status": ("", "", "", "draft", "hidden"),
    "Series": ("", "", "Walks"),
    "Summary": ("", "Said *shortly*."),
    "Slug": ("", "", "another-address"),
    "Photo": ("", "", "images/boat.png"),
    "Further_reading": ("", "https://other.example/post Other words by Carla"),
    "Related": ("", "", "harbours"),
}


PLUGIN = """\
from pelican.plugins import signals

def say(content):
    if content._content:
        content._content += "<p>{word}</p>"

def register():
    signals.content_object_init.connect(say)
"""


class Writer:
    """Somebody who edits a blog, at random but the same each time for the same number."""

    def __init__(self, blog: Blog, number: int) -> None:
        """Begin a blog with a few posts, a page and a picture."""
        self.blog = blog
        self.draw = random.Random(number)  # noqa: S311  edits, no secret
        self.fronts: dict[str, dict[str, str]] = {}
        self.done: list[str] = []
        # Related posts are others after nearly any edit, and so would hide what else tells of it.
        self.more, self.plugged = self.draw.choice([*OTHER_SETTINGS, UNRELATED, UNRELATED, UNRELATED]), ""
        blog.settings(SETTINGS + self.more)
        picture = blog.root / "content/images/boat.png"
        picture.parent.mkdir(parents=True)
        Image.new("RGB", (40, 30), "navy").save(picture)
        blog.write("content/pages/about.md", "Title: About\n\nThat is me. {filename}")
        for _ in range(4):
            self.add()

    def edit(self) -> None:
        """Do one thing, and keep its name."""
        edits: list[Callable[[], str]] = [self.say, self.say, self.turn, self.turn, self.turn, self.add, self.delete]
        edits += [self.rename, self.set, self.override, self.style, self.credit, self.spoil, self.lose, self.plug]
        self.done.append(self.draw.choice(edits)())

    def add(self) -> str:
        """Begin a post."""
        name = f"post-{self.draw.randrange(10_000)}"
        self.fronts[name] = {"Title": name, "Date": self.draw.choice(KEYS["Date"][:3])}
        return f"add {name}: {self.write(name)}"

    def say(self) -> str:
        """Say something else in a post."""
        name = self.some()
        return f"say in {name}: {self.write(name)}"

    def turn(self) -> str:
        """Set a key of a post to another value."""
        name, key = self.some(), self.draw.choice(sorted(KEYS))
        self.fronts[name][key] = self.draw.choice(KEYS[key])
        return f"{key} of {name} is {self.fronts[name][key]}, {self.write(name)}"

    def delete(self) -> str:
        """Delete a post."""
        name = self.some()
        self.file(name).unlink()
        del self.fronts[name]
        return f"delete {name}"

    def rename(self) -> str:
        """Give a post another file name; links to it lead nowhere now."""
        name, new = self.some(), f"renamed-{self.draw.randrange(10_000)}"
        self.file(name).rename(self.file(new))
        self.fronts[new] = self.fronts.pop(name)
        return f"rename {name} to {new}"

    def set(self) -> str:
        """Change the settings."""
        self.more = self.draw.choice(OTHER_SETTINGS)
        self.blog.settings(SETTINGS + self.more + self.plugged)
        return f"set {self.more}"

    def plug(self) -> str:
        """Take a plugin of one's own in, or change it, or take it out."""
        word = self.draw.choice(["", *WORDS[:2]])
        self.plugged = 'PLUGIN_PATHS, PLUGINS = ["."], ["mine"]\n' if word else ""
        self.blog.write("mine.py", PLUGIN.format(word=word))
        self.blog.settings(SETTINGS + self.more + self.plugged)
        return f"plug in {word}"

    def override(self) -> str:
        """Fill one of the theme's hooks."""
        hook, word = self.draw.choice(["head", "after_post", "footer"]), self.draw.choice(WORDS)
        self.blog.write(f"content/theme/templates/hooks/{hook}.html", f"<!-- {word} {{{{ SITENAME }}}} -->")
        return f"override {hook} with {word}"

    def style(self) -> str:
        """Write a stylesheet."""
        word = self.draw.choice(WORDS)
        self.blog.write("content/theme/user.css", f".{word} {{ color: red }}")
        return f"style {word}"

    def credit(self) -> str:
        """Give the picture a record."""
        word = self.draw.choice(WORDS)
        said = f'alt = "A {word}"\ntitle = "{word}"\ncreator = "Dan"\nlicense = "CC-BY-4.0"\n'
        self.blog.write("content/photos.toml", f'["images/boat.png"]\n{said}')
        return f"credit {word}"

    def spoil(self) -> str:
        """Write into a made page, as nobody should."""
        page = self.draw.choice([*sorted(self.blog.output.rglob("*.html")), self.blog.output / "index.html"])
        self.blog.write(str(page.relative_to(self.blog.root)), "Spoilt.")
        return f"spoil {page.name}"

    def lose(self) -> str:
        """Lose what is kept of pages, or of how sources stand, or all but half of it, or one made file."""
        kept = self.blog.root / ".byline" / self.draw.choice(["pages.json", "sources.json"])
        what = self.draw.choice(["half", "all", "page"])
        if what == "page":
            self.draw.choice(sorted(self.blog.output.rglob("*.*"))).unlink()
        elif kept.exists():
            body = kept.read_bytes()
            kept.write_bytes(body[: len(body) // 2] if what == "half" else b"")
        return f"lose {what} ({kept.name})"

    def some(self) -> str:
        """Return a post that is there."""
        if len(self.fronts) < 2:
            self.add()
        return self.draw.choice(sorted(self.fronts))

    def file(self, name: str) -> Path:
        """Return where a post is."""
        return self.blog.root / f"content/posts/{name}.md"

    def write(self, name: str) -> str:
        """Write a post with new words, and perhaps a link, code or a picture."""
        words = " ".join(self.draw.choices(WORDS, k=30))
        link = f"[another]({self.draw.choice(sorted(self.fronts))}.md)" if self.draw.random() < 0.5 else ""
        more = self.draw.choice(["", "    code = 1\n", "![A boat](../images/boat.png)", '## Part {x}\n\nIt\'s "so".'])
        # The summary, which is made of the first words, stays most often: then the rest alone tells of an edit.
        opening = " ".join(WORDS * 2 if self.draw.random() < 0.8 else words.split())
        body = f"{opening}\n\n{words} {link}\n\n{more}\n"
        front = "".join(f"{key}: {value}\n" for key, value in self.fronts[name].items() if value)
        self.blog.write(f"content/posts/{name}.md", f"{front}\n{body}")
        return body.replace("\n", " ")[-60:]


@pytest.mark.parametrize("first", range(0, SEQUENCES, AT_ONCE))
def test_a_build_after_any_edits_is_that_of_a_blog_that_was_never_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    for number in range(first, first + AT_ONCE):
        # Every other writer waits long enough before each build for the times of files to be believed.
        monkeypatch.setattr(files, "TICK", timedelta(seconds=2 * (number % 2)))
        writer = Writer(Blog(tmp_path / str(number)), number)
        writer.blog.build()
        for _ in range(writer.draw.choice([1, 2, 2, 3])):
            for _ in range(writer.draw.choice([1, 1, 2])):
                writer.edit()
            code = writer.blog.build()
        clean = Blog(tmp_path / "clean")
        shutil.copytree(writer.blog.root, clean.root, ignore=shutil.ignore_patterns(".byline", "output"))

        assert (clean.build(), clean.told) == (code, writer.blog.told), (number, writer.done)
        if code == 0:
            assert writer.blog.made() == clean.made(), (number, writer.done)
        shutil.rmtree(clean.root)
        shutil.rmtree(writer.blog.root)
