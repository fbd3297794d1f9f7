"""One picture as a post shows it: where it stands, words for it, whose it is, and in which sizes it can be had.

Not the file: a Photo holds none of its bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from byline.values.credit import Credit


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture in another size or format: an output, named by what it is made of.

    `path` is POSIX below output/; `media_type` as in `image/avif`; `crop` the part of the upright picture that is
    shown, as left, top, right, bottom in its pixels, or None for all of it.
    """

    path: str
    width: int
    height: int
    media_type: str
    crop: tuple[int, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture: its POSIX path below content/, where its file stands below the site's root, words for it, its pixels.

    A picture of another site has no path, and its whole address. `width` and `height` are of what is shown, after a
    crop; None: unknown. `crop` is the ratio that was asked for and kept ("16:9"), empty for the whole picture.
    `renditions` go from small to large, a format after the other; the last ones have the format of the file itself.
    `original` is a digest of the file, empty where it was not looked at.
    """

    path: str
    url: str
    alt: str = ""
    decorative: bool = False
    caption: str = ""
    width: int | None = None
    height: int | None = None
    crop: str = ""
    credit: Credit | None = None
    renditions: tuple[Rendition, ...] = ()
    original: str = ""

    @property
    def title(self) -> str:
        """Return the picture's own title; empty for none."""
        return self.credit.title if self.credit else ""

    @property
    def shown(self) -> Rendition | None:
        """Return the rendition that stands for the picture wherever one address is wanted; None: the file itself.

        It is the largest in the file's own format, which every reader can show.
        """
        return self.renditions[-1] if self.renditions else None

    @property
    def output(self) -> str:
        """Return where the picture as it is shown stands, below output/; empty for another site's."""
        return self.shown.path if self.shown else self.url if self.path else ""

    @property
    def address(self) -> str:
        """Return the address of the picture as it is shown, below the site's root; whole for another site's."""
        return self.shown.path if self.shown else quote(self.url) if self.path else self.url
