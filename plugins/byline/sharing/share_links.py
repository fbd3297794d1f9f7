"""Share links: for each network the address at which a reader finds a new post of their own, begun with ours.

Not our own sharing, and no token: a reader follows a plain link, and decides there what is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from byline.values.settings import ShareName

_NETWORKS: Mapping[ShareName, tuple[str, str]] = {
    "bluesky": ("Bluesky", "https://bsky.app/intent/compose?text={title}%20{url}"),
    "facebook": ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    "hackernews": ("Hacker News", "https://news.ycombinator.com/submitlink?t={title}&u={url}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
    "mail": ("E-mail", "mailto:?subject={title}&body={url}"),
    "mastodon": ("Mastodon", "{page}?text={title}%20{url}"),
    "pinterest": (
        "Pinterest",
        "https://www.pinterest.com/pin/create/button/?url={url}&media={picture}&description={description}",
    ),
    "reddit": ("Reddit", "https://www.reddit.com/submit?url={url}&title={title}"),
    "telegram": ("Telegram", "https://t.me/share/url?url={url}&text={title}"),
    "threads": ("Threads", "https://www.threads.net/intent/post?text={title}&url={url}"),
    "whatsapp": ("WhatsApp", "https://wa.me/?text={title}%20{url}"),
    "x": ("X", "https://x.com/intent/tweet?text={title}&url={url}"),
}
"""What people call each network, and its address with slots for what is percent-encoded (RFC 3986, 2.1; 6068, 2)."""


class Shared(NamedTuple):
    """What a reader passes on: a post's title as plain text, and its canonical address.

    `picture` is the absolute address of one of its pictures, `description` what is said of it, its credit too.
    """

    title: str
    url: str
    picture: str = ""
    description: str = ""


class ShareLink(NamedTuple):
    """A link that passes a post on: the network as the settings name it, and as people do; its address.

    The address is absolute, but for a page of this site: that is given from the site's root on, without a slash.
    """

    name: ShareName
    label: str
    url: str

    @property
    def phrase(self) -> str:
        """Return what the link does, in words that hold without those around it."""
        return f"Share by {self.label.lower()}" if self.name == "mail" else f"Share on {self.label}"


def label(kind: str) -> str:
    """Return what people call a kind of network; empty for one that is not known here."""
    return next((called for name, (called, _address) in _NETWORKS.items() if name == kind), "")


def share_links(names: Iterable[ShareName], shared: Shared, page: str) -> Iterator[ShareLink]:
    """Yield the links for these networks, in their order.

    `page` is the address below the site's root of the page that asks for a reader's Mastodon server. Without it there
    is no link for Mastodon, as there is none for Pinterest without a picture.
    """
    needed = {"mastodon": page, "pinterest": shared.picture}
    slots = _slots(shared, page)
    for name in names:
        if needed.get(name, name):
            called, pattern = _NETWORKS[name]
            yield ShareLink(name, called, pattern.format_map(slots))


def address(name: ShareName, shared: Shared, page: str = "") -> str:
    """Return the address of a link for one network; `page` is Mastodon's, as above."""
    return _NETWORKS[name][1].format_map(_slots(shared, page))


def _slots(shared: Shared, page: str) -> dict[str, str]:
    """Return what stands in the slots of addresses."""
    return {"page": page, **{slot: quote(text, safe="") for slot, text in shared._asdict().items()}}
