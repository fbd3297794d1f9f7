"""Audio: a sound file that belongs to a post, mf2 `u-audio`, RSS `enclosure`, schema.org `AudioObject`.

Not the sound itself: nobody here opens the file.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Audio:
    """A sound file at an absolute address; `address` is the part below the site's root, empty for one elsewhere.

    `size` is in bytes and `seconds` how long it plays; 0 where that is not known.
    """

    url: str
    address: str
    media_type: str
    size: int = 0
    seconds: int = 0

    @property
    def clock(self) -> str:
        """Return how long it plays as players show it: `41:07`, `1:02:03`; empty where that is not known."""
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        shown = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
        return shown if self.seconds else ""
