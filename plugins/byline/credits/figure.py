"""A picture as HTML: alone in all its sizes and formats, as a figure with caption and credit, and the closing credits.

Not a template's business: the figure is part of a post's content, and travels with it into feeds.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from byline.credits import words
from byline.credits.wording import wording
from byline.values.html import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from byline.values.photo import Photo, Rendition


def _toneless(_photo: Photo) -> str:
    return ""


def unpinned(_photo: Photo, _credit: str) -> str:
    """Return that a picture is pinned nowhere."""
    return ""


@dataclass(frozen=True, slots=True)
class Look:
    """How pictures are drawn on a page: what goes before addresses below the site's root, how wide they stand.

    `sizes` as HTML's, `lead_sizes` a lead picture's; `words` are the writer's own; `tone` answers the class of a
    picture's colour, empty for none; `credit` is where it stands: "picture", "end" or "both". `pin` gets a picture and
    its credit in words, and answers the address at which a reader pins it, empty for none.
    """

    root: str = ""
    sizes: str = ""
    lead_sizes: str = ""
    language: str = "en"
    words: Mapping[str, str] = field(default_factory=dict)
    tone: Callable[[Photo], str] = _toneless
    credit: str = "picture"
    pin: Callable[[Photo, str], str] = unpinned


@dataclass(frozen=True, slots=True)
class Manner:
    """How one picture stands: `eager` when it is seen at once, `lead` as its post's own, `link` the `<a>` around it.

    `classes` and `fragment` (its `id`) are of the whole figure; `across` and `down` are the width and height in CSS
    pixels that are asked for, 0 for none. A picture of known size keeps its ratio.
    """

    eager: bool = False
    lead: bool = False
    classes: str = ""
    fragment: str = ""
    link: str = ""
    across: int = 0
    down: int = 0


def picture(photo: Photo, look: Look, manner: Manner) -> str:
    """Return the picture alone: an `img`, in a `picture` where there are newer formats (HTML Standard, 4.8.1).

    The manner's classes and fragment are the `img`'s then.
    """
    *newer, own = [list(group) for _type, group in groupby(photo.renditions, _media_type)] or [[]]
    sizes = look.lead_sizes if manner.lead else look.sizes
    if (width := _size(photo, manner)[0]) != photo.width:
        sizes = f"(min-width: {width}px) {width}px, 100vw"
    image = f"<img{_written(_attributes(photo, own, sizes, look, manner))}>"
    if newer:
        sources = (
            f"<source{_written({'type': group[0].media_type, **_choice(group, sizes, look)})}>" for group in newer
        )
        image = f"<picture>{''.join(sources)}{image}</picture>"
    return f"{manner.link}{image}</a>" if manner.link else image


def figure(photo: Photo, look: Look, manner: Manner) -> str:
    """Return the picture with its caption, then, where it stands at the picture, its credit, and what pins it."""
    caption = f'<span class="caption">{escape(photo.caption)}</span>' if photo.caption else ""
    found = words.parts(photo, look.language, look.words)
    credit = f'<small class="credit">{_line(found)}</small>' if found and look.credit != "end" else ""
    parts = " ".join(filter(None, (caption, credit, _pin(photo, look, words.plain(found)))))
    below = f"<figcaption>{parts}</figcaption>" if parts else ""
    classes = " ".join(filter(None, ("lead" if manner.lead else "", manner.classes)))
    attributes = _written({"id": manner.fragment or None, "class": classes or None})
    alone = replace(manner, classes="", fragment="")
    return f"<figure{attributes}>{picture(photo, look, alone)}{below}</figure>"


def closing(photos: Iterable[Photo], look: Look) -> str:
    """Return the block that closes a post: the credits of these pictures, no words twice; empty for none."""
    found = (_line(words.parts(photo, look.language, look.words, labelled=True)) for photo in photos)
    lines = tuple(dict.fromkeys(filter(None, found)))
    own = wording(look.language, look.words)
    if not lines:
        return ""
    if len(lines) == 1:
        return f'<p class="photo-credits">{escape(own["label"])} <span class="credit">{lines[0]}</span></p>'
    listed = "".join(f'<li class="credit">{line}</li>' for line in lines)
    # In no element around both: reader modes take out a block that is nearly all links, and leave lists.
    return f'<p class="photo-credits">{escape(own["labels"])}</p><ul class="photo-credits">{listed}</ul>'


def _pin(photo: Photo, look: Look, credit: str) -> str:
    """Return the link by which a reader pins the picture; empty where there is no address for it."""
    url = look.pin(photo, credit)
    if not url:
        return ""
    words_ = wording(look.language, look.words)["pin"]
    named = ": ".join(filter(None, (words_, photo.alt)))
    attributes = _written({"class": "pin", "rel": "nofollow", "href": url, "aria-label": named})
    return f"<a{attributes}>{escape(words_)}</a>"


def _line(found: tuple[words.Part, ...]) -> str:
    """Return the credit as HTML. Its links say nothing of the licence of the page: so no `rel=license` (ccREL, 6.1)."""
    pieces = []
    for part in found:
        text = escape(part.text)
        text = f'<a href="{escape(part.url)}">{text}</a>' if part.url.startswith(("http://", "https://")) else text
        pieces.append(f"<cite>{text}</cite>" if part.title else text)
    return "".join(pieces)


def _attributes(
    photo: Photo, own: list[Rendition], sizes: str, look: Look, manner: Manner
) -> dict[str, str | int | None]:
    """Return the attributes of the `img`: what an old browser shows, how large, and when it is fetched."""
    width, height = _size(photo, manner)
    tone = look.tone(photo)
    classes = " ".join(filter(None, (manner.classes, "u-featured" if manner.lead else "", tone and f"tone-{tone}")))
    return {
        "id": manner.fragment or None,
        "class": classes or None,
        "src": _address(photo.address, look),
        **(_choice(own, sizes, look) if len(own) > 1 else {}),
        "alt": photo.alt,
        "width": width,
        "height": height,
        "loading": None if manner.eager else "lazy",
        "fetchpriority": "high" if manner.eager and manner.lead else None,
    }


def _size(photo: Photo, manner: Manner) -> tuple[int | None, int | None]:
    """Return how wide and high a picture stands in CSS pixels, so that the page does not move when it comes."""
    width, height = photo.width, photo.height
    if not (width and height):
        return manner.across or width, manner.down or height
    if manner.across:
        return manner.across, max(1, round(height * manner.across / width))
    if manner.down:
        return max(1, round(width * manner.down / height)), manner.down
    return width, height


def _choice(group: list[Rendition], sizes: str, look: Look) -> dict[str, str]:
    """Return what a browser chooses by: addresses with their widths, and how wide the picture stands; or the one."""
    if len(group) == 1:
        return {"srcset": _address(group[0].path, look)}
    widths = ", ".join(f"{_address(rendition.path, look)} {rendition.width}w" for rendition in group)
    return {"srcset": widths, "sizes": sizes}


def _address(path: str, look: Look) -> str:
    """Return the address in a page; that of a picture on another site is whole already."""
    return path if path.startswith(("http:", "https:", "//")) else f"{look.root}/{path}"


def _media_type(rendition: Rendition) -> str:
    return rendition.media_type


def _written(attributes: Mapping[str, str | int | None]) -> str:
    """Return attributes as HTML; those that are None are left out."""
    return "".join(f' {name}="{escape(str(value))}"' for name, value in attributes.items() if value is not None)
