"""Byline's own settings: plain data in a few groups, each field with its type, default and meaning.

Not a place for what Pelican has a setting for: that is read from Pelican's; and not the reading, which is
`settings_reading`. docs/settings.md is printed from here. Long, as every group stands here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003  read at run time, as the type of a field
from dataclasses import dataclass, field
from typing import Annotated, Literal, NewType

Count = NewType("Count", int)
"""How many of something: a whole number that is not negative."""
ByYear = NewType("ByYear", str)
"""An address with `{year}` in it, or nothing."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a reader can hire or ask the writer for."""

    text: Annotated[str, "One sentence; empty: no offer is shown."] = ""
    url: Annotated[str, "Where it leads: a page of this site, or any address."] = ""


@dataclass(frozen=True, slots=True)
class Author:
    """`BYLINE_AUTHOR`: who writes here, on the home page and after each post."""

    line: Annotated[str, "One line about who this is."] = ""
    bio: Annotated[str, "A paragraph more, for the home page."] = ""
    portrait: Annotated[str, "A picture below content/."] = ""
    email: Annotated[str, "An address that readers may write to."] = ""
    profiles: Annotated[list[str], "Addresses of the writer's pages elsewhere, as `rel=me`."] = field(
        default_factory=list
    )
    fediverse: Annotated[str, "`@name@host`: named as the author when a post is shown on Mastodon."] = ""
    offer: Annotated[Offer, "What a reader can hire or ask the writer for."] = Offer()


@dataclass(frozen=True, slots=True)
class Photos:
    """`BYLINE_PHOTOS`: in which sizes pictures are shown, and how they are credited."""

    widths: Annotated[list[int], "How wide the pictures are made, in pixels, where they have as many."] = field(
        default_factory=lambda: [480, 960, 1600]
    )
    formats: Annotated[
        list[Literal["avif", "webp"]],
        "Formats beside the picture's own, the smallest first: `avif`, `webp`; an empty list: none.",
    ] = field(default_factory=lambda: ["avif", "webp"])
    sizes: Annotated[str, "How wide a picture stands on the page (HTML's `sizes`); yours where your theme differs."] = (
        "(min-width: 42rem) 40rem, calc(100vw - 2.5rem)"
    )
    lead_sizes: Annotated[str, "The same for a post's lead picture, which stands wider."] = (
        "(min-width: 64rem) 60rem, 100vw"
    )
    credit: Annotated[
        Literal["picture", "end", "both"],
        "Where the credit stands: `picture`, at each; `end`, in one block that closes the post; or `both`.",
    ] = "picture"
    own_license: Annotated[str, "The licence of your own pictures, unless their record names another."] = "ARR"
    commercial: Annotated[bool, "Whether the site earns money: then pictures for non-commercial use are faults."] = (
        False
    )
    cards: Annotated[bool, "Whether each post gets a picture of its own for the networks."] = True
    font: Annotated[
        str, "A font file for those pictures, from the project's folder on, where the one that comes along won't do."
    ] = ""
    words: Annotated[dict[str, str], "Your own words for the credits, by name: docs/credits.md lists them."] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class Related:
    """`BYLINE_RELATED`: which posts a reader is shown next."""

    count: Annotated[Count, "How many related posts a post leads on to; 0: none."] = Count(5)
    in_feed: Annotated[bool, "Whether a post ends with them in the feeds, too."] = False
    numpy: Annotated[
        bool, "Whether NumPy finds them where there are many: the same, sooner. `./byline` installs it, some 70 MB."
    ] = False


@dataclass(frozen=True, slots=True)
class Feeds:
    """`BYLINE_FEEDS`: what Pelican has no setting for; `FEED_ATOM`, `FEED_RSS` and the rest decide the addresses."""

    json: Annotated[str, "Where the JSON Feed is written; empty: none."] = "feeds/feed.json"
    limit: Annotated[int, "How many posts a feed holds, unless `FEED_MAX_ITEMS` is set."] = 20
    archive: Annotated[
        ByYear, "Where the entries that the Atom feed shows no more are kept, by year; empty: nowhere."
    ] = ByYear("feeds/archive/{year}.atom.xml")
    hub: Annotated[str, "A WebSub hub that tells readers at once."] = ""
    aliases: Annotated[
        dict[str, str], "Old feed address: the feed written there as a whole copy, for readers who stayed."
    ] = field(default_factory=dict)

    def is_archive(self, path: str) -> bool:
        """Tell whether a path is that of an archive, which nobody subscribes to."""
        before, year, after = map(re.escape, self.archive.partition("{year}"))
        return bool(year and re.fullmatch(rf"{before}\d{{4}}(?:-\d+)?{after}", path))


@dataclass(frozen=True, slots=True)
class Podcast:
    """`BYLINE_PODCAST`: the feed of the posts that have `Audio`, as podcast apps take it; docs/feeds.md says more."""

    feed: Annotated[str, "Where it is written, once a post has `Audio`; empty: nowhere."] = "feeds/podcast.xml"
    title: Annotated[str, "What it is called; empty: as the blog is."] = ""
    description: Annotated[str, "What it is about; empty: `SITESUBTITLE`."] = ""
    image: Annotated[str, "Its picture below content/: a square JPEG or PNG, 1400 to 3000 pixels wide."] = ""
    category: Annotated[str, "One of Apple's categories, with or without a subcategory: `Arts > Books`."] = ""
    explicit: Annotated[bool, "Whether it is not for children's ears."] = False
    email: Annotated[str, "Who owns it, for directories; the feed shows it to everybody."] = ""


ShareName = Literal[
    "bluesky",
    "facebook",
    "hackernews",
    "linkedin",
    "mail",
    "mastodon",
    "pinterest",
    "reddit",
    "telegram",
    "threads",
    "whatsapp",
    "x",
]
"""Where readers can be helped to share a post."""


@dataclass(frozen=True, slots=True)
class Theme:
    """`BYLINE_THEME`: how the pages look."""

    accent: Annotated[str, "The colour of links and marks: blue, green, red, violet or ochre."] = "blue"
    share: Annotated[
        list[ShareName],
        "Where a post helps its readers to share it, in this order; an empty list: nowhere. docs/sharing.md says more.",
    ] = field(default_factory=lambda: ["mastodon", "bluesky", "linkedin", "mail"])
    search: Annotated[bool, "Whether the search page searches; docs/search.md says what that takes."] = False


@dataclass(frozen=True, slots=True)
class Robots:
    """`BYLINE_ROBOTS`: whom robots.txt asks to stay away. It is a request, not a wall; docs/robots.md says more."""

    answers: Annotated[
        bool, "Whether services that answer people's questions, and name and link what they read, may read here."
    ] = True
    training: Annotated[bool, "Whether texts may be gathered to train models, which name nobody."] = False


@dataclass(frozen=True, slots=True)
class Checks:
    """`BYLINE_CHECKS`: how strict `check` and `publish` are."""

    strict_since: Annotated[str, "Posts dated before this day (ISO 8601) get warnings, counted in one line."] = (
        "2026-01-01"
    )


@dataclass(frozen=True, slots=True)
class Publish:
    """`BYLINE_PUBLISH`: who publishes, so that one place does."""

    from_: Annotated[str, "`here`: this machine, and the forge's workflow only tests; `forge`: the workflow."] = "here"
    commit: Annotated[
        bool, "Whether Byline commits its own files in content/ (the ledger of copies); on the forge it does."
    ] = False
    mentions: Annotated[bool, "Whether the pages that a post links or credits are told of that (Webmention)."] = True


@dataclass(frozen=True, slots=True)
class Destination:
    """`BYLINE_DEPLOY`: where the site goes: one address as a text, or several by name, each a text or such a dict."""

    to: Annotated[
        str, "A git remote or path with `#branch`; `rsync://me@host/folder`; `s3://bucket?endpoint=…`; a folder."
    ] = ""
    verify: Annotated[
        bool | str, "Look at `SITEURL` until it is live; an address: look there; False: don't look, and share nothing."
    ] = True
    deadline: Annotated[int, "How many seconds to wait until it is live."] = 600
    keep: Annotated[int, "How many releases stay there, to go back to; their fingerprinted assets stay as long."] = 5
    compress: Annotated[
        bool | None, "Put compressed texts there for the host to serve; None: as is usual for the kind of target."
    ] = None

    def looked_at(self, site_url: str) -> str:
        """Return the address where a release must be seen live; empty: none is looked at."""
        return self.verify if isinstance(self.verify, str) else site_url if self.verify else ""


NETWORKS = (
    "mastodon bluesky linkedin micropub x threads pinterest facebook reddit hackernews whatsapp telegram devto "
    "buttondown"
).split()
"""The kinds of networks that Byline knows, to send to or to have a person share by hand."""


@dataclass(frozen=True, slots=True)
class Account:
    """`BYLINE_NETWORKS`: where the writer's posts are told: by a name in small letters, an account or such a dict."""

    account: Annotated[str, "How the network knows you: `@me@host`, `me.example`; empty: there is one account."] = ""
    network: Annotated[
        str, "Which network it is, where the name is one of your own; a dotted name: code of your own. Empty: the name."
    ] = ""
    server: Annotated[str, "The address of its server, where that is not what the account says."] = ""
    visibility: Annotated[
        Literal["", "public", "unlisted", "private"], "Who sees it there; empty: as the network does by itself."
    ] = ""
    warning: Annotated[str, "A content warning above each post; empty: none."] = ""
    most: Annotated[Count, "How many copies one run makes or changes there at most."] = Count(5)
    pace: Annotated[Count, "How many minutes lie between two posts at least."] = Count(0)
    quiet: Annotated[
        str,
        "The hours, in `TIMEZONE`, in which nothing is sent: `22-7`, from ten in the evening to seven; empty: none.",
    ] = ""

    def kind(self, name: str) -> str:
        """Return which network it is; `name` is the account's in the settings."""
        return self.network or name

    def identity(self, name: str) -> str:
        """Return the account's id in the ledger: `mastodon:@me@host`, whatever its name in the settings is."""
        return f"{self.kind(name)}:{self.account or name}"

    @property
    def silence(self) -> tuple[int, int] | None:
        """Return the hours in which nothing is sent, the first and the one that ends them; None for none."""
        begin, _, end = self.quiet.partition("-")
        return (int(begin), int(end)) if self.quiet else None


@dataclass(frozen=True, slots=True)
class Settings:
    """All groups; each is a dict in `pelicanconf.py` named `BYLINE_` and the group in capitals.

    `deploy` holds the Destinations by name; a single one is named `live`. `networks` holds the Accounts by name.
    """

    author: Author = Author()
    photos: Photos = field(default_factory=Photos)
    related: Related = Related()
    feeds: Feeds = Feeds()
    podcast: Podcast = Podcast()
    theme: Theme = field(default_factory=Theme)
    robots: Robots = Robots()
    checks: Checks = Checks()
    publish: Publish = Publish()
    deploy: Mapping[str, Destination] = field(default_factory=dict)
    networks: Mapping[str, Account] = field(default_factory=dict)
