"""A message: what one account is told of one post, in the very words, and the picture that goes with them.

Not a request: how a network wants it is for `networks/`. It is frozen: it is sent again as it was, or not at all.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a message: the SHA-256 (hex) of its bytes in the store, `image/jpeg`, its words, its pixels.

    `credit` are the words that name whose it is, empty where nobody is to be named.
    """

    digest: str
    media_type: str
    alt: str
    credit: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """What an account is told: `text` with the address in it, and what a network makes a card of.

    `id` is the post's feed id, `url` its canonical address, `language` a BCP 47 tag, `published` an instant in ISO
    8601. `visibility` and `warning` (a content warning) are what the writer set for the account; empty: the network's
    own default. `made_of` is the digest of what the writer gave for it: where that stays, other words or other bytes of
    the picture are no edit of theirs, but of the program that made them.
    """

    url: str
    text: str
    title: str
    description: str = ""
    language: str = ""
    published: str = ""
    tags: tuple[str, ...] = ()
    visibility: str = ""
    warning: str = ""
    picture: Picture | None = None
    id: str = ""
    made_of: str = ""

    @property
    def card(self) -> str:
        """Return what a card says below its title, and whose its picture is where the words have not room for that."""
        credit = self.picture.credit if self.picture else ""
        return " ".join(filter(None, (self.description, "" if credit in self.text else credit)))

    @property
    def digest(self) -> str:
        """Return the SHA-256 (hex) of the message, which is another one for each other message."""
        return hashlib.sha256(dumped(self).encode()).hexdigest()


def dumped(message: Message) -> str:
    """Return a message as JSON, the same bytes for the same message: keys sorted, no spaces."""
    return json.dumps(dataclasses.asdict(message), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def loaded(text: str) -> Message:
    """Return the message that was dumped. Raises ValueError for anything else."""
    try:
        fields = json.loads(text)
        picture = Picture(**fields.pop("picture")) if fields["picture"] else fields.pop("picture")
        return Message(**{**fields, "tags": tuple(fields["tags"])}, picture=picture)
    except (KeyError, TypeError, AttributeError) as error:
        message = "no message"
        raise ValueError(message) from error
