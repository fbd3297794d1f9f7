"""Who made a picture, and on what terms it is shown: one Credit, of which figure, feed and file are drawings.

Not its words: those are `credits/words`; not a judgement of the terms: that is `credits/rules`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from byline.values.person import Person


@dataclass(frozen=True, slots=True)
class License:
    """The terms of a picture: an SPDX id or one of Byline's own, the name people know, the deed's address.

    `version` is "4.0", or empty. What it obliges: to `attribute` the creator, to say the `title` where there is one,
    to link the `source`, not to change the picture (`no_derivatives`), not to earn with it (`non_commercial`), to pass
    a changed one on under the same terms (`share_alike`). `free` ones give up or lack copyright: never "©". `platform`
    is the one place whose pictures have these terms, and which wants to be named with their creators.
    """

    code: str
    name: str
    url: str = ""
    version: str = ""
    attribute: bool = False
    title: bool = False
    source: bool = False
    no_derivatives: bool = False
    non_commercial: bool = False
    share_alike: bool = False
    free: bool = False
    platform: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """What is said of a picture's origin: title, author, source, licence (TASL) and what goes with them.

    `creators` may be empty; `credit_line` is how they ask to be named; `copyright` the whole notice ("© 2024 Jane
    Roe"); `changes` what the writer changed; `acquire` where a licence can be had; `own` whether the writer made the
    picture; `digital_source_type` is IPTC's term for how it came to be. Texts are plain, addresses absolute.
    """

    license: License
    creators: tuple[Person, ...] = ()
    title: str = ""
    credit_line: str = ""
    source: str = ""
    copyright: str = ""
    changes: str = ""
    acquire: str = ""
    own: bool = False
    digital_source_type: str = ""

    @property
    def named(self) -> str:
        """Return the words that name the creators: as they ask to be named, else their names (IPTC Credit Line)."""
        return self.credit_line or ", ".join(person.name for person in self.creators)

    @property
    def line(self) -> str:
        """Return the Credit Line for programs (IPTC Photo Metadata 2023.2, 7.6): whom to name, and the platform."""
        platform = "" if self.license.platform in self.named else self.license.platform
        return " / ".join(filter(None, (self.named, platform)))
