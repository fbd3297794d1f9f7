"""What pictures cost a build: a part of `./byline bench`.

Not a test: machines differ, so it prints seconds, shares and memory and judges nothing.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from byline.commands.bench import BUILD
from byline.credits.renditions import planned
from byline.edges import programs
from byline.edges.console import Console
from byline.edges.encoding import Encoder
from byline.edges.pictures import measured
from byline.values.settings import Photos
from photographs import encoded, noisy
from PIL import Image, ImageFilter

if TYPE_CHECKING:
    from byline.edges.programs import Usage

FEW, MORE, MANY = 20, 40, 1000
TIMES = 5
TICK = 2.5
"""Seconds after which a build trusts the times of what was written before it."""
CONSOLE = Console()
SETTINGS = """\
AUTHOR = "Bench"
SITENAME = "Bench"
SITEURL = "https://bench.example"
PATH = "content"
ARTICLE_EXCLUDES = ["images"]
TIMEZONE = "UTC"
PLUGINS = []
TYPOGRIFY = False
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
"""
WIDTHS = [320, 321, 322]
PHOTOS = 'BYLINE_PHOTOS = {{"widths": {}, "cards": False}}\n'
RECORD = """\
["images/{0}.jpg"]
alt = "Picture {0}"
title = "Number {0}"
creator = "Ana Ruiz"
source = "https://photos.example/{0}"
license = "CC-BY-4.0"

"""


def main() -> None:
    """Measure all."""
    with tempfile.TemporaryDirectory(prefix="byline-bench-") as scratch:
        home = Path(scratch)
        body = photograph()
        CONSOLE.say(
            f"Pictures of 12 megapixels, {len(body) / 2**20:.1f} MB each: {'CPU s':>25}{'wall s':>8}{'peak MiB':>10}"
        )
        print_shares(home, body)
        for number in (FEW, MORE):
            cold = home / f"cold-{number}"
            furnish(cold, number, body, shown=True)
            usage = built(cold)
            told(f"a cold build with {number}, all that is made of one", usage, number)
        small = encoded(noisy(700, 500).filter(ImageFilter.GaussianBlur(2)), "JPEG")
        kinds = {"no picture": ([], False), "a picture in each": ([], True), "and 9 renditions of each": (WIDTHS, True)}
        for name, (widths, shown) in kinds.items():
            furnish(home / name, MANY, small, shown=shown, more=PHOTOS.format(widths))
            built(home / name)
        time.sleep(TICK)
        for name in kinds:
            built(home / name)
        for what, edit in (("nothing", leave), ("one post", edited)):
            CONSOLE.say(f"{MANY} posts, {what} changed, the median of {TIMES}:")
            # In turn, so that a machine that gets slower is as slow for all.
            rounds = [[built(edit(home / name)) for name in kinds] for _ in range(TIMES)]
            for number, name in enumerate(kinds):
                told(name, typical([usages[number] for usages in rounds]), 1)


def leave(blog: Path) -> Path:
    """Return a blog as it is."""
    return blog


def edited(blog: Path) -> Path:
    """Return a blog, one post of which has some words more."""
    post = blog / f"content/posts/{MANY // 2}.md"
    post.write_text(post.read_text("utf-8") + "\nMore words.\n", "utf-8")
    return blog


def photograph() -> bytes:
    """Return a picture of 12 megapixels that is about as hard to encode as a photograph."""
    fine, coarse = noisy(4000, 3000), noisy(250, 188).resize((4000, 3000), Image.Resampling.BICUBIC)
    return encoded(Image.blend(coarse, fine.filter(ImageFilter.GaussianBlur(1)), 0.4), "JPEG", quality=88)


def distinct(body: bytes, number: int) -> bytes:
    """Return a JPEG that is another file: with a comment (ITU T.81, B.2.4.5)."""
    comment = f"number {number}".encode()
    return body[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + body[2:]


def furnish(blog: Path, number: int, body: bytes, *, shown: bool, more: str = "") -> None:
    """Write a blog with so many posts, each with a picture and its record, or without."""
    for folder in ("content/images", "content/posts"):
        (blog / folder).mkdir(parents=True)
    (blog / "pelicanconf.py").write_text(SETTINGS + more, "utf-8")
    for index in range(number):
        picture = f"![Picture {index}](../images/{index}.jpg)" if shown else "A picture was here."
        post = f"Title: Post {index}\nDate: 2026-01-01 10:00\n\nSome words.\n\n{picture}\n"
        (blog / f"content/posts/{index}.md").write_text(post, "utf-8")
        if shown:
            (blog / f"content/images/{index}.jpg").write_bytes(distinct(body, index))
    if shown:
        records = "".join(map(RECORD.format, range(number)))
        (blog / "content/photos.toml").write_text(records, "utf-8")


def built(blog: Path) -> Usage:
    """Build a blog in a child of its own."""
    rooms = str(Path(__file__).resolve().parents[1] / "plugins")
    return programs.measured([sys.executable, "-c", BUILD], cwd=blog, environment={"PYTHONPATH": rooms})


def typical(usages: list[Usage]) -> Usage:
    """Return the usage with the median of CPU seconds."""
    middle = statistics.median_low(usage.cpu for usage in usages)
    return next(usage for usage in usages if usage.cpu == middle)


def told(name: str, usage: Usage, number: int) -> None:
    """Print what something took, divided by a number."""
    CONSOLE.say(f"{name:48}{usage.cpu / number:14.2f}{usage.wall / number:8.2f}{usage.peak:10.0f}")


def print_shares(home: Path, body: bytes) -> None:
    """Print what the renditions of one picture take by themselves, and how much of it is encoding."""
    file = home / "one.jpg"
    file.write_bytes(body)
    renditions = planned("one", measured(file), Photos(), "", b"")
    encoders = [Encoder(home) for _ in range(TIMES)]

    def taken(encoder: Encoder) -> float:
        cpu = time.process_time()
        for rendition in renditions:
            encoder.encoded(file, rendition, b"")
        return time.process_time() - cpu

    first = statistics.median(map(taken, encoders))
    # Once more: decoded and resized they are there already, so all that is left is to encode them.
    again = statistics.median(map(taken, encoders))
    CONSOLE.say(f"{f'its {len(renditions)} renditions alone':48}{first:14.2f}")
    CONSOLE.say(f"{'of that, encoding':48}{again:14.2f}  ({again / first:.0%})")


if __name__ == "__main__":
    main()
