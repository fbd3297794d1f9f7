"""A podcast in RSS, as Apple's directory and the apps that follow it want one: the tags of a show and its episodes.

Not the enclosure, which is RSS's own. "A Podcaster's Guide to RSS" (Apple), required and recommended tags.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.site.feed_xml import add
from byline.values.addresses import uri

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from byline.site.feeds import Show
    from byline.values.audio import Audio

NAMESPACE = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_TYPES = {"audio/mp4": "audio/x-m4a"}
"""What Apple calls a type of sound otherwise than IANA."""


def media_type(audio: Audio) -> str:
    """Return the type of an episode's file, as Apple calls it."""
    return _TYPES.get(audio.media_type, audio.media_type)


def add_show(channel: ET.Element, show: Show) -> None:
    """Add what a podcast says of itself, with prefix `itunes`."""
    add(channel, "itunes:author", show.author)
    add(channel, "itunes:explicit", "true" if show.explicit else "false")
    if show.image:
        add(channel, "itunes:image", href=uri(show.image))
    if show.category:
        category = add(channel, "itunes:category", text=show.category)
        if show.subcategory:
            add(category, "itunes:category", text=show.subcategory)
    if show.email:
        owner = add(channel, "itunes:owner")
        add(owner, "itunes:name", show.author)
        add(owner, "itunes:email", show.email)


def add_episode(item: ET.Element, audio: Audio) -> None:
    """Add how long an episode plays, in seconds, where that is known."""
    if audio.seconds:
        add(item, "itunes:duration", str(audio.seconds))
