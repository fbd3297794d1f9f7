"""Which addresses of a text may be links to posts of a site.

Not which post each of them means: that is asked of `targets`, when all posts are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from byline.related.targets import without_scheme

if TYPE_CHECKING:
    from byline.values.content import Content

_LINKED = ("a", "href")
_WITH_HOST = re.compile(r"(?:https?:)?//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Linking:
    """Finds the addresses a text links that may be on a site, given by its address; None: every address may."""

    site_url: str | None = None

    def __call__(self, content: Content) -> tuple[str, ...]:
        """Return the addresses, in their order."""
        linked = [link.url for link in content.links if (link.tag, link.attribute) == _LINKED]
        if self.site_url is None:
            return tuple(linked)
        site = without_scheme(self.site_url)
        return tuple(
            url for url in linked if not _WITH_HOST.match(url) or (site and without_scheme(url).startswith(f"{site}/"))
        )
