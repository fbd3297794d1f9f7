"""Compose links: for each network the address at which a writer finds a new post of their own, with the words ready.

Not a reader's link: those are `share_links`. Some networks take no words, only the address; there they are pasted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from byline.sharing import share_links
from byline.sharing.networks.mastodon import server_of
from byline.sharing.share_links import Shared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from byline.sharing.message import Message
    from byline.values.settings import Account, ShareName

_WITH_WORDS: Mapping[str, str] = {
    "bluesky": "https://bsky.app/intent/compose?text={text}",
    "mail": "mailto:?subject={title}&body={lines}",
    "mastodon": "{server}/share?text={text}",
    "telegram": "https://t.me/share/url?url={url}&text={words}",
    "threads": "https://www.threads.net/intent/post?text={text}",
    "whatsapp": "https://wa.me/?text={text}",
    "x": "https://x.com/intent/tweet?text={text}",
}
"""Addresses with slots for what is percent-encoded: `lines` are the text's, ended as in mail (RFC 6068, 5)."""
_WITH_THE_ADDRESS: tuple[ShareName, ...] = ("facebook", "hackernews", "linkedin", "reddit")


class ComposeLink(NamedTuple):
    """Where a new post begins; `worded`: with the words in it, else with no more than the address and the title."""

    url: str
    worded: bool


def compose_link(kind: str, setting: Account, message: Message) -> ComposeLink | None:
    """Return where a message is sent by hand from a kind of network's account; None where no address is known."""
    for name in _WITH_THE_ADDRESS:
        if kind == name:
            return ComposeLink(share_links.address(name, Shared(message.title, message.url)), worded=False)
    server = setting.server or server_of(setting.account)
    if kind not in _WITH_WORDS or (kind == "mastodon" and not server.startswith(("https://", "http://"))):
        return None
    slots = {
        "lines": message.text.replace("\n", "\r\n"),
        "text": message.text,
        "title": message.title,
        "url": message.url,
        "words": message.text.removesuffix(message.url).rstrip(),
    }
    encoded = {slot: quote(text, safe="") for slot, text in slots.items()}
    return ComposeLink(_WITH_WORDS[kind].format(server=server.rstrip("/"), **encoded), worded=True)
