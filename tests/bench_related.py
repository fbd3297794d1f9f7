"""How good lists of related posts are, how they stay when posts come or change, what they take: a part of the bench.

Not a test: machines differ, so it prints figures and judges nothing. Real blogs are measured where their files are;
these, with their hidden truth, the links that were taken out of the texts, are no part of Byline.
"""

from __future__ import annotations

import gzip
import json
import pickle
import re
import sys
import tempfile
import time
from functools import cache, partial
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING, NamedTuple

from byline.edges import programs
from byline.edges.console import Console
from byline.related.matches import Choice, Matches
from byline.related.terms import counted
from invented_posts import english, invented
from ndcg import coverage, lists_without_neighbours, mean_ndcg, questions, without_neighbours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from byline.values.post import Post

BLOGS = Path(__file__).resolve().parents[2] / "shared" / "data" / "related"
SUFFIX = ".jsonl.gz"
Lists = dict[str, list[str]]
COUNT = 5
OTHERS = {
    "Hugo, its defaults": {"remysharp": 0.146, "rustblog": 0.0},
    "Hugo, the best configuration found": {"remysharp": 0.289, "rustblog": 0.204},
    "scikit-learn, tf-idf of words and pairs": {"remysharp": 0.433, "rustblog": 0.421},
}
"""What Hugo 0.168 and scikit-learn reached on the same files, measured once, when the ranking was chosen."""
STEPS, EVERY, SAMPLE = 100, 7, 60
PARAGRAPH = 4
FEW, MANY, RENEWED = 1_000, 10_000, 20
CONSOLE = Console()


class Blog(NamedTuple):
    """A real blog: its posts from the oldest on, what each one says by path, whom each one links by number."""

    name: str
    posts: list[Post]
    texts: dict[str, str]
    links: list[list[int]]


class Step(NamedTuple):
    """The path of a post that came or changed, and the lists of some posts, by path, before and after."""

    path: str
    before: Lists
    after: Lists


def main(arguments: list[str]) -> None:
    """Measure all, or, in a child, list what is related to each of so many posts in a folder, and end."""
    if arguments:
        folder, number = arguments
        listed(*furnished(Path(folder), int(number)))
        return
    # First, while this process is small: a child's peak is never less than what its parent held at the start of it.
    with tempfile.TemporaryDirectory(prefix="byline-bench-") as scratch:
        print_costs(Path(scratch))
    CONSOLE.say("")
    blogs = [blog(file) for file in sorted(BLOGS.glob(f"*{SUFFIX}"))]
    if blogs:
        print_quality(blogs)
        print_stability(max(blogs, key=lambda one: len(one.posts)))
    else:
        CONSOLE.say("How good and how stable the lists are was left out: the real blogs are not here.")


def blog(file: Path) -> Blog:
    """Read a blog: a JSON object a line, the oldest first."""
    lines = [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    posts = [english(line["id"], line["title"], f"{line['date']}T00:00Z", line["tags"]) for line in lines]
    texts = {line["id"]: f"{line['text']}\n{line['code']}" for line in lines}
    return Blog(file.name.removesuffix(SUFFIX), posts, texts, [line["links"] for line in lines])


def listed(matches: Matches, posts: Sequence[Post], count: int = COUNT) -> Lists:
    """Ask for what is related to these posts, with the reasons; return the lists by path."""
    return {post.path: [match.post.path for match in matches.of(post, count)] for post in posts}


def print_quality(blogs: Sequence[Blog]) -> None:
    """Print how many of the links that were taken out the lists find, beside others, and how the lists spread."""
    columns = [quality(one) for one in blogs]
    CONSOLE.say(f"{'Related posts of real blogs':48}" + "".join(f"{one.name:>12}" for one in blogs))
    for name in columns[0]:
        CONSOLE.say(f"{name:48}" + "".join(f"{column[name]:>12}" for column in columns))


def quality(blog: Blog) -> dict[str, str]:
    """Return what is to be said of a blog's lists."""
    cpu = time.process_time()
    # Two more than are shown: without the neighbours in time others move up.
    found = listed(Matches(Choice(blog.posts, lambda post: blog.texts[post.path])), blog.posts, COUNT + 2)
    cpu = time.process_time() - cpu
    numbers = {post.path: number for number, post in enumerate(blog.posts)}
    longer = {numbers[path]: [numbers[other] for other in others] for path, others in found.items()}
    lists = {number: others[:COUNT] for number, others in longer.items()}
    asked = questions(blog.links)
    apart = mean_ndcg(lists_without_neighbours(longer, range(len(lists))), without_neighbours(asked, range(len(lists))))
    spread = coverage(lists)
    return {
        "posts": f"{len(lists)}",
        "of these, ask for the links taken out": f"{len(asked)}",
        f"nDCG@{COUNT}": f"{mean_ndcg(lists, asked):.3f}",
        "of that, without the neighbours in time": f"{apart:.3f}",
        **{name: f"{known[blog.name]:.3f}" if blog.name in known else "" for name, known in OTHERS.items()},
        "posts that some list has": f"{spread.listed:.1%}",
        "lists that have one and the same post, at most": f"{spread.most:.1%}",
        f"lists shorter than {COUNT}": f"{sum(len(others) < COUNT for others in lists.values())}",
        "CPU s, with reasons": f"{cpu:.2f}",
    }


def print_stability(blog: Blog) -> None:
    """Print how many lists of other posts change when one post comes or changes."""
    CONSOLE.say("")
    heading = f"Of {SAMPLE} lists of {blog.name}, a sample, change:"
    CONSOLE.say(f"{heading:48}{'mean':>12}{'at most':>8}{'without it':>12}{'CPU s':>8}")
    for name, steps in (("with one more post", additions(blog)), ("with another post edited", edits(blog))):
        cpu = time.process_time()
        shares = [changed(step) for step in steps]
        cpu = time.process_time() - cpu
        lists, without = zip(*shares, strict=True)
        CONSOLE.say(
            f"{f'{name}, {STEPS} in a row':48}{fmean(lists):12.1%}{max(lists):8.1%}{fmean(without):12.1%}{cpu:8.1f}"
        )


def changed(step: Step) -> tuple[float, float]:
    """Return the share of the other lists that are not what they were, and of those that never had the post itself."""
    pairs = [(old, step.after[path]) for path, old in step.before.items() if path != step.path]
    differ = [{*old, *new} for old, new in pairs if old != new]
    return len(differ) / len(pairs), sum(step.path not in either for either in differ) / len(pairs)


def additions(blog: Blog) -> Iterator[Step]:
    """Yield the last posts as they come, one after another: each time all is indexed anew, counts are kept."""
    counted_once = cache(counted)
    start = len(blog.posts) - STEPS
    sample = spread(blog.posts[:start], SAMPLE)
    before: Lists = {}
    for number in range(start, len(blog.posts) + 1):
        choice = Choice(
            blog.posts[:number],
            lambda post: blog.texts[post.path],
            counts=lambda post: counted_once(post.name, blog.texts[post.path], post.language),
        )
        after = listed(Matches(choice), sample)
        if before:
            yield Step(blog.posts[number - 1].path, before, after)
        before = after


def edits(blog: Blog) -> Iterator[Step]:
    """Yield edits in a row, each in the place of what the post was."""
    texts = dict(blog.texts)
    matches = Matches(Choice(blog.posts, lambda post: texts[post.path]))
    sample = spread(blog.posts, SAMPLE)
    before = listed(matches, sample)
    for step in range(STEPS):
        post, other = (blog.posts[place % len(blog.posts)] for place in (EVERY * step, EVERY * step + 3))
        texts[post.path] = edited(texts[post.path], texts[other.path], step)
        matches.renew(post)
        after = listed(matches, sample)
        yield Step(post.path, before, after)
        before = after


def edited(text: str, other: str, step: int) -> str:
    """Return a text with a paragraph taken out of its middle, or, every second time, with another's sentence added."""
    sentences, others = (re.split(r"(?<=[.!?])\s+", one) for one in (text, other))
    middle = len(sentences) // 2
    if step % 2:
        return f"{text} {others[len(others) // 2]}"
    return " ".join([*sentences[:middle], *sentences[middle + PARAGRAPH :]])


def spread(posts: Sequence[Post], number: int) -> Sequence[Post]:
    """Return so many of these posts, at even distances."""
    return [posts[place * len(posts) // number] for place in range(number)]


def print_costs(home: Path) -> None:
    """Print what all lists of invented posts take, and one list of a post that changed."""
    furnish(home)
    CONSOLE.say(f"{'All lists of invented posts, from cold':48}{'CPU s':>12}{'wall s':>8}{'peak MiB':>10}")
    usages = []
    for number in (FEW, MANY):
        usages.append(programs.measured([sys.executable, __file__, str(home), str(number)], cwd=home))
        CONSOLE.say(f"{f'{number} posts':48}{usages[-1].cpu:12.2f}{usages[-1].wall:8.2f}{usages[-1].peak:10.0f}")
    CONSOLE.say(f"{'times as much':48}{usages[1].cpu / usages[0].cpu:12.1f}")
    matches, posts = furnished(home, MANY)
    matches.of(posts[0], COUNT)
    CONSOLE.say("")
    CONSOLE.say(f"{f'One of {MANY} posts changed: its list':48}{'CPU ms':>12}{'most':>8}")
    for name, some in (("an old post", posts[: -2 * STEPS]), ("a new post", posts[-STEPS:])):
        taken = sorted(renewed(home, matches, post) for post in spread(some, RENEWED))
        CONSOLE.say(f"{f'{name}, median of {RENEWED}':48}{median(taken) * 1000:12.0f}{taken[-1] * 1000:8.0f}")


def furnish(home: Path) -> None:
    """Write invented posts, and a file with what each one says."""
    posts = []
    for post, text in invented(MANY):
        (home / post.path).write_text(text, "utf-8")
        posts.append(post)
    for number in (FEW, MANY):
        (home / f"{number}.posts").write_bytes(pickle.dumps(posts[:number]))


def furnished(home: Path, number: int) -> tuple[Matches, list[Post]]:
    """Return these posts, with nothing indexed yet."""
    posts: list[Post] = pickle.loads((home / f"{number}.posts").read_bytes())  # noqa: S301  written by the parent
    return Matches(Choice(posts, partial(said, home))), posts


def said(home: Path, post: Post) -> str:
    """Return what a post says."""
    return (home / post.path).read_text("utf-8")


def renewed(home: Path, matches: Matches, post: Post) -> float:
    """Edit a post; return the CPU seconds until its list is there."""
    text = said(home, post)
    (home / post.path).write_text(edited(text, text, step=0), "utf-8")
    cpu = time.process_time()
    matches.renew(post)
    matches.of(post, COUNT)
    return time.process_time() - cpu


if __name__ == "__main__":
    main(sys.argv[1:])
