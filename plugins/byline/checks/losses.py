"""What readers know and a new release would take from them: feed ids and addresses, and the posts that they are now.

Not where the knowledge comes from: that is `entries` (a target's manifest) and `against` (a live site).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from byline.checks.addresses import served
from byline.checks.fitting import Candidates, Known
from byline.checks.sources import Sources
from byline.site.redirects import output_path
from byline.values.manifest import hashed
from byline.values.post import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from byline.site.whole import Whole
    from byline.values.post import Post

_LISTS = frozenset("archive archives author authors categories category page tag tags topic topics".split())
"""Folders below which blogs have lists of posts."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A known feed id, or address, or both, that the new release would lose; the post that it is now, if one fits."""

    known: Known
    post: Post | None
    id: bool = False
    address: bool = False


@dataclass(frozen=True)
class Ours:
    """A new release as its readers will have it."""

    whole: Whole

    @cached_property
    def sources(self) -> Sources:
        """Return where posts are written."""
        return Sources(self.whole.site)

    @cached_property
    def published(self) -> tuple[Post, ...]:
        """Return the posts that stand in feeds."""
        return tuple(post for post in self.whole.release.posts if post.status is Status.PUBLISHED)

    @cached_property
    def pages(self) -> tuple[Post, ...]:
        """Return the pages that anybody may see."""
        return tuple(page for page in self.whole.site.listing.pages if page.status is Status.PUBLISHED)

    @cached_property
    def ids(self) -> dict[str, Post]:
        """Return the published posts by the hash of their feed id."""
        return {hashed(post.id): post for post in self.published}

    @cached_property
    def addresses(self) -> dict[str, Post]:
        """Return the published posts by the hash of their address."""
        return {hashed(post.address): post for post in self.published}

    @cached_property
    def moved(self) -> dict[str, Post]:
        """Return the published posts by the hashes of their old addresses."""
        paths = ((output_path(alias), post) for post in self.published for alias in post.aliases)
        return {name: post for path, post in paths if path for name in _served([path])}

    @cached_property
    def served(self) -> frozenset[str]:
        """Return the hashes of all addresses that answer."""
        return _served(self.whole.release.outputs) | self.addresses.keys()

    def serves(self, known: Known) -> bool:
        """Tell whether something answers at a known address."""
        return known.address_hash in self.served

    def heir(self, known: Known) -> Post | None:
        """Return the post that says it once was at a known address."""
        return self.moved.get(known.address_hash)


def _served(paths: Iterable[str]) -> frozenset[str]:
    """Return the hashes of the addresses below the site's root at which hosts serve these outputs."""
    return frozenset(hashed(one[1:]) for one in served(paths))


def losses(known: Iterable[Known], ours: Ours) -> list[Loss]:
    """Return what would be lost, in the order given."""
    known = list(known)
    ids = {one.id_hash for one in known if one.id_hash}
    addresses = {one.address_hash for one in known if one.id_hash}
    free = Candidates(
        post for post in ours.published if hashed(post.id) not in ids and hashed(post.address) not in addresses
    )
    everything = Candidates((*ours.published, *ours.pages))
    found = []
    for one in known:
        loss = _entry(one, ours, ids, free) if one.id_hash else _address(one, ours, everything)
        if loss:
            found.append(loss)
            if loss.post and loss.id:
                free.take(loss.post)
    return found


def _address(one: Known, ours: Ours, candidates: Candidates) -> Loss | None:
    """Return what is lost of an address; that of a list of posts is none of a post's."""
    of_list = not _LISTS.isdisjoint((one.address or "").casefold().split("/")[:-1])
    if of_list:
        return None if ours.serves(one) else Loss(one, None, address=True)
    return None if ours.serves(one) else Loss(one, candidates.fitting(one), address=True)


def _entry(one: Known, ours: Ours, ids: Collection[str], candidates: Candidates) -> Loss | None:
    """Return what is lost of a post that readers know; `ids` are all they know, by hash."""
    served = ours.serves(one)
    if kept := ours.ids.get(one.id_hash):
        return None if served else Loss(one, kept, address=True)
    at = ours.addresses.get(one.address_hash)
    if at and hashed(at.id) not in ids:
        return Loss(one, at, id=True)
    if served and not at:
        # A page or a hidden post stands there; or a post that says it was there, and must then keep the id as well,
        # unless readers know it by one of its own.
        heir = ours.heir(one)
        return Loss(one, heir, id=True) if heir and hashed(heir.id) not in ids else None
    return Loss(one, candidates.fitting(one), id=True, address=not served)
