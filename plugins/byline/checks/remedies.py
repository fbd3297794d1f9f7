"""Losses in words: what readers know, and the very line that saves it, at the source that needs it.

Not the finding of them: that is `losses`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from byline.checks.fitting import slug
from byline.checks.sources import STATES
from byline.edges.from_pelican import feed_id
from byline.site.redirects import output_path
from byline.values.manifest import hashed
from byline.values.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from byline.checks.fitting import Known
    from byline.checks.losses import Loss, Ours
    from byline.values.post import Post


def problems(found: Iterable[Loss], ours: Ours, *, allowed: int | None) -> Iterator[Problem]:
    """Yield a Problem for each post that loses something, and for each thing that no post is now.

    Posts that are gone are none if there are at most `allowed`; None: nobody asked.
    """
    found = list(found)
    gone = [loss for loss in found if not loss.post and loss.id]
    saved: dict[str, list[Loss]] = {}
    for loss in found:
        if loss.post:
            saved.setdefault(loss.post.path, []).append(loss)
    for losses in saved.values():
        if losses[0].post:
            yield _saved(losses, losses[0].post, ours)
    for loss in found:
        if loss.post:
            continue
        if not loss.id:
            what = f"Readers know /{loss.known.address}, where nothing would be any more, and no post of yours fits."
            remedy = "Add it to the `Aliases` of the post or page that takes its place."
            yield Problem("lost-page", what, remedy, None, Severity.EDITORIAL)
        elif allowed is None:
            yield _gone(loss.known, ours)
        elif len(gone) > allowed:
            them = "it" if len(gone) == 1 else f"all {len(gone)}"
            yield _gone(loss.known, ours, f"; to let {them} go, publish with `--allow-deletes {len(gone)}`")


def _saved(losses: list[Loss], post: Post, ours: Ours) -> Problem:
    """Return the Problem of the losses that lines in a post prevent: at most one id, any number of addresses."""
    known = next((loss.known for loss in losses if loss.id), None)
    addresses = [loss.known for loss in losses if loss.address]
    lines = [f"`Id: {written_id(known.id)}`"] if known and saves(known) else []
    # An alias stands for an address with its slash and without.
    aliases = {output_path(f"/{one.address}"): f"/{one.address}" for one in reversed(addresses) if has_alias(one)}
    if aliases:
        lines.append(f"`Aliases: {', '.join((*post.aliases, *reversed(aliases.values())))}`")
    remedies = [f"Give it {'the lines' if len(lines) > 1 else 'the line'} {' and '.join(lines)}."] if lines else []
    if any(one.address is None for one in addresses) and not known:
        remedies.append("Give it its old `Slug`, or a line `Aliases:` with its old address.")
    if any(one.address is not None and not has_alias(one) for one in addresses):
        remedies.append("Static hosting answers no `?`: lead that address on where your host lets you.")
    where = " and ".join(f"/{one.address}" for one in addresses if one.address is not None)
    if known is None:
        what = f"Readers know it at {where or 'another address'}, where nothing would be any more; "
        what += f"now it is at /{post.address}."
        return Problem("lost-address", what, " ".join(remedies), ours.sources.place(post.path, "aliases"))
    if not known.id:
        remedies.insert(0, "Give it back the date, address or `Id` that it had.")
    elif not saves(known):
        remedies.insert(0, "That id is no URI, so it cannot be kept: readers will see the post twice.")
    old = f"by the feed id {known.id}" if known.id else "by another feed id"
    what = f"Readers know it {old}{where and f' at {where}'}; with {post.id} they would see it once more, as new."
    return Problem("lost-id", what, " ".join(remedies), ours.sources.place(post.path, "id"))


def _gone(known: Known, ours: Ours, otherwise: str = "") -> Problem:
    """Return the Problem of a post that is not there any more; `otherwise` is a last way out."""
    name = f"“{known.title}”" if known.title else "a post"
    where = f" at /{known.address}" if known.address is not None else ""
    keep = f"`Id: {written_id(known.id)}`" if saves(known) else "its `Id`"
    alias = f"`Aliases: /{known.address}`" if has_alias(known) else "its old address in `Aliases`"
    unlisted = next((post for post in ours.whole.site.listing.unlisted if _is(post, known)), None)
    if unlisted:
        what = f"Readers know it{where}, and now it is {STATES[unlisted.status]}."
        remedy = "Publish it again, or move"
    else:
        what = f"Readers know {name}{where}, and it is gone: no post of yours fits."
        remedy = "Bring it back, or move"
    remedy = f"{remedy} {keep} and {alias} to the post that replaces it{otherwise}."
    return Problem("lost-post", what, remedy, ours.sources.place(unlisted.path, "status") if unlisted else None)


def _is(post: Post, known: Known) -> bool:
    same_slug = bool(known.address) and slug(post.address) == slug(known.address or "")
    return hashed(post.id) == known.id_hash or (bool(known.source) and post.path == known.source) or same_slug


def has_alias(known: Known) -> bool:
    """Tell whether `Aliases` can keep the address: it is known, and a path."""
    return known.address is not None and output_path(f"/{known.address}") is not None


def saves(known: Known) -> bool:
    """Tell whether a line `Id` can keep the feed id: it is known, and a URI."""
    return bool(feed_id(written_id(known.id)))


def written_id(identity: str) -> str:
    """Return a feed id as `Id` has it: a UUID without its prefix."""
    return identity.removeprefix("urn:uuid:")
