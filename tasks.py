"""Byline: a post is written once, credited always, and shared only after it is live.

Every day:

  ./byline new "Title"   start a draft in content/posts/
  ./byline serve         see the blog as you write it, on 127.0.0.1
  ./byline check         see what is wrong with it, and how to mend it
  ./byline publish       check the site, deploy it, look until it is live, tell your network

All tasks: ./byline --list     One task: ./byline --help new     On Windows: py byline TASK
"""

import sys
from pathlib import Path

from invoke import Context, task

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "plugins"))

from byline.commands import hand_over  # noqa: E402 - found on the path above

hand_over.to_environment(ROOT)

from byline.commands.exit_code import Command  # noqa: E402 - only once we are in the environment


@task(
    klass=Command,
    auto_shortflags=False,
    help={
        "title": "what the post is called",
        "photo": "its picture, copied to content/images/ with the rights that its file names",
        "edit": "open it in your editor",
    },
)
def new(_: Context, title: str, photo: str = "", edit: bool = False) -> int:
    """Start a draft in content/posts/."""
    from byline.commands.new import run

    return run(ROOT, title, photo=photo, edit=edit)


@task(
    klass=Command,
    auto_shortflags=False,
    help={
        "port": "where to listen on 127.0.0.1",
        "open": "open it in your browser",
        "published": "exactly the site: no drafts, no future posts",
    },
)
def serve(_: Context, port: int = 8000, open: bool = False, published: bool = False) -> int:  # noqa: A002 - the flag is --open
    """See the blog as you write it: drafts and future posts shown and marked."""
    from byline.commands.serve import run

    return run(ROOT, port=port, open_browser=open, published=published)


@task(
    klass=Command,
    auto_shortflags=False,
    help={
        "post": "a draft that ends now: its slug or file",
        "dry-run": "show what would be done, and write nowhere",
        "yes": "don't ask",
        "share": "tell your network once it is live (--no-share: don't)",
        "target": "only the target of this name",
        "allow-deletes": "how many pages may be deleted without being asked for",
    },
)
def publish(  # noqa: PLR0913, PLR0917  its flags
    _: Context,
    post: str = "",
    dry_run: bool = False,
    yes: bool = False,
    share: bool = True,
    target: str = "",
    allow_deletes: int = 0,
) -> int:
    """Build, check, deploy, look until it is live, tell your network; run it again to go on."""
    from byline.commands.publish import Wishes, run

    return run(ROOT, Wishes(post, dry_run, yes, share, target, allow_deletes))


@task(
    klass=Command,
    auto_shortflags=False,
    help={
        "dry-run": "show the exact words, and send and write nothing",
        "yes": "don't ask",
        "post": "only this post: its slug or file",
        "network": "only the network of this name in the settings",
        "done": "you shared it by hand: the address of the copy, or none",
        "resolve": "of a copy that nobody knows of: again (send it) or never",
        "sheet": "what is left for your hand, on a page of this machine: words ready, a tap each",
    },
)
def share(  # noqa: PLR0913, PLR0917  its flags
    _: Context,
    dry_run: bool = False,
    yes: bool = False,
    post: str = "",
    network: str = "",
    done: str = "",
    resolve: str = "",
    sheet: bool = False,
) -> int:
    """Tell your network of what is live; publish does it, too."""
    from byline.commands.share import Wishes, run

    return run(ROOT, Wishes(dry_run, yes, post, network, done, resolve, sheet))


@task(klass=Command, auto_shortflags=False)
def networks(_: Context) -> int:
    """List your networks: who tells them, and whether their tokens are good."""
    from byline.commands.networks import run

    return run(ROOT)


@task(
    klass=Command,
    auto_shortflags=False,
    help={"target": "only the target of this name", "yes": "don't ask"},
)
def rollback(_: Context, target: str = "", yes: bool = False) -> int:
    """Go back to the last good release, on every target."""
    from byline.commands.rollback import run

    return run(ROOT, name=target, yes=yes)


@task(klass=Command, auto_shortflags=False, help={"json": "for programs"})
def due(_: Context, json: bool = False) -> int:
    """Tell when the next post dated in the future comes due."""
    from byline.commands.due import run

    return run(ROOT, as_json=json)


@task(
    klass=Command,
    auto_shortflags=False,
    help={"name": "your name", "title": "the blog's title", "url": "its public address"},
)
def begin(_: Context, name: str, title: str = "", url: str = "") -> int:
    """Make the blog yours: remove the demo, write name, title and address into the settings."""
    from byline.commands.begin import run

    return run(ROOT, name, title=title, url=url)


@task(klass=Command, auto_shortflags=False, help={"keep-going": "write what can be written, and still exit 1"})
def build(_: Context, keep_going: bool = False) -> int:
    """Make output/ from content/; a fault leaves the last good output in place."""
    from byline.commands.build import run

    return run(ROOT, keep_going=keep_going)


@task(
    klass=Command,
    auto_shortflags=False,
    help={
        "online": "the links to other sites too",
        "against": "the address of a live site that this one is to replace",
        "fix": "write what is mechanical, such as a missing Id",
        "json": "for programs",
    },
)
def check(_: Context, online: bool = False, against: str = "", fix: bool = False, json: bool = False) -> int:
    """Tell what is wrong with the site as it would be published, and how to mend it."""
    from byline.commands.check import run

    return run(ROOT, as_json=json, online=online, against=against, fix=fix)


@task(
    klass=Command,
    auto_shortflags=False,
    help={
        "picture": "a picture below content/",
        "url": "its page at Openverse, Wikimedia Commons or Flickr; without it, the picture's own file is read",
        "from-post": 'a post whose old line "Photo credit: NAME" becomes a record: its slug or file',
        "yes": "don't ask",
    },
)
def credit(_: Context, picture: str = "", url: str = "", from_post: str = "", yes: bool = False) -> int:
    """Find out whose a picture is, and write its record into content/photos.toml."""
    from byline.commands.credit import Wishes, run

    return run(ROOT, Wishes(picture, url, from_post, yes))


@task(klass=Command, auto_shortflags=False, help={"all": "no skips, and coverage measured"})
def test(_: Context, all: bool = False) -> int:  # noqa: A002 - the flag is --all
    """Lint, check the types, run the tests."""
    from byline.commands.test import run

    return run(ROOT, all_tests=all)


@task(
    klass=Command,
    auto_shortflags=False,
    help={
        "related": "only related posts: how good they are, and their cost",
        "kill": "only sharing, killed 300 times at any request: is each post told once?",
        "engines": "only builds and previews, beside those of stock Pelican, Hugo and Eleventy",
        "profile": "only where the time of a build goes",
        "posts": "how many, for engines and profile; for engines, also several: 1000,10000",
        "rounds": "how often engines take turns",
        "growth": "engines build 100 to 50,000 posts, too: it takes an hour",
        "figures": "a paper to write the engines' figures into, and their chart beside it: docs/performance.md",
    },
)
def bench(  # noqa: PLR0913, PLR0917  its flags
    _: Context,
    related: bool = False,
    kill: bool = False,
    engines: bool = False,
    profile: bool = False,
    posts: str = "1000",
    rounds: int = 3,
    growth: bool = False,
    figures: str = "",
) -> int:
    """Measure how long building, pictures, checking, deploying, sharing and related posts take."""
    from byline.commands.bench import Race, run

    race = Race(posts, rounds, growth, figures)
    return run(ROOT, related=related, kill=kill, engines=engines, profile=profile, race=race)


@task(klass=Command, auto_shortflags=False)
def clean(_: Context) -> int:
    """Remove generated files."""
    from byline.commands.clean import run

    return run(ROOT)
