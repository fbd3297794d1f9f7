"""The social cards of a site's posts, planned as the posts are listed.

Not their look: that is `credits/card` and `edges/card_drawing`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from byline.credits import words, xmp
from byline.credits.card import Lead, Words, as_shown, planned
from byline.credits.darkroom import Job
from byline.edges.lettering import Lettering
from byline.values.card import HEIGHT, WIDTH
from byline.values.photo import Photo
from byline.values.picture_format import SVG

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from byline.credits.darkroom import Darkroom
    from byline.values.post import Post
    from byline.values.problem import Place, Problem
    from byline.values.settings import Settings


class Cards:
    """The cards that were planned, as jobs for the darkroom by source path; `problems` is what is wrong with them."""

    def __init__(self, pelican: Mapping[str, Any], own: Settings, root: Path, darkroom: Darkroom) -> None:
        """Plan for a site of these settings, in the folder `root`."""
        self.jobs: dict[str, Job] = {}
        self._site_name = str(pelican["SITENAME"])
        self._author = str(pelican.get("AUTHOR", ""))
        self._own = own
        self._darkroom = darkroom
        font = own.photos.font
        self._lettering = Lettering(root / font if font else None, font)
        self.problems: list[Problem] = list(self._lettering.problems)

    def card(self, post: Post, place: Place) -> Photo | None:
        """Return a post's card as a picture of the site, and note how it is made; None where it has none.

        `place` is where the post says its title.
        """
        if not self._own.photos.cards:
            return None
        author = ", ".join(person.name for person in post.authors) or self._author
        lead, credit = self._lead(post)
        text = Words(post.name, author, self._site_name, credit, post.language)
        name = post.path.rpartition("/")[2].partition(".")[0]
        card, problems = planned(name, text, lead, self._own.theme.accent, self._lettering)
        self.problems.extend(replace(problem, place=place) for problem in problems)
        if card is None:
            return None
        picture = lead.photo if lead else None
        self.jobs[post.path] = Job(picture.path if picture else "", card, place)
        alt = ": ".join(filter(None, (post.name, picture.alt if picture else "")))
        return Photo(card.path, card.path, alt, width=WIDTH, height=HEIGHT, credit=picture.credit if picture else None)

    def forget(self, path: str) -> None:
        """Let go of the card of a source, and of what is wrong with it."""
        self.jobs.pop(path, None)
        self.problems = [problem for problem in self.problems if not (problem.place and problem.place.path == path)]

    def _lead(self, post: Post) -> tuple[Lead | None, str]:
        """Return the picture of a post's card, with its credit in words; none that moves, is drawn, or is faulty."""
        if post.photo is None:
            return None, ""
        head = self._darkroom.measures.of(post.photo.path)
        if head.fault or not head.still or head.media_type == SVG.media_type:
            return None, ""
        shown = as_shown(post.photo)
        said = words.plain(words.parts(shown, post.language, self._own.photos.words))
        return Lead(post.photo, head.digest, xmp.packet(shown)), said
