"""What posts must keep among each other: their own ids and addresses, links that lead somewhere, tags told apart.

Not a post's own faults, which its Reading holds, and not a check of made pages.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from byline.edges.from_pelican import feed_id, lead_picture, lead_picture_key
from byline.site.reader import SOURCES
from byline.values.html import attributes, tokens
from byline.values.problem import Place, Problem, Severity, editorial
from byline.values.text import meant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pelican.contents import Content

    from byline.values.post import Post, Reading

_DRAFTS = ("drafts", "drafts_translations", "draft_pages", "draft_translations")
CONTENTS = ("articles", "translations", "hidden_articles", "hidden_translations", "pages", "hidden_pages", *_DRAFTS)


@dataclass(frozen=True)
class Checked:
    """All contents of a listing, their Readings and Posts by source path, and all files, templates and static files.

    `networks` are the names of those in the settings.
    """

    contents: list[Content]
    readings: Mapping[str, Reading]
    posts: Mapping[str, Post]
    found: Collection[str]
    templates: Collection[str]
    statics: Collection[str]
    networks: Collection[str] = ()

    def together(self) -> Iterator[Problem]:
        """Yield what is wrong with the contents as a whole."""
        identities: dict[str, str] = {}
        for content in self.contents:
            path = str(content.relative_source_path)
            yield from _wrong_id(self.readings[path], self.posts[path], identities)
        yield from self._tags_alike()

    def of(self, content: Content) -> Iterator[Problem]:
        """Yield what is wrong with one of them; links of published posts to unpublished ones are taken from its HTML.

        It stays as long as the content itself does, and the others keep their ids, addresses, tags and status.
        """
        path = str(content.relative_source_path)
        reading, post = self.readings[path], self.posts[path]
        yield from self._wrong_links(reading, post)
        yield from self._wrong_picture(reading)
        yield from self._wrong_networks(reading, post)
        if not content.slug:
            place = Place(path, reading.lines.get("slug") or reading.lines.get("title") or 1)
            yield Problem("no-slug", "Its title gives no address.", "Add a line `Slug: some-words`.", place)
        if not self._has_template(content):
            what = f"There is no template {content.template}.html."
            remedy = f"Name another.{meant(f'{content.template}.html', self.templates)}"
            yield Problem("unknown-template", what, remedy, Place(path, reading.lines.get("template") or 1))
        if post.status.public:
            self._unlink_unpublished(content, reading)

    def kept(self, generator: Any, *, unpublished: bool) -> Iterator[tuple[str, list[Content]]]:  # noqa: ANN401  any generator
        """Yield a generator's lists of contents that can be written, where some cannot: drafts in a preview only."""
        for name in CONTENTS:
            listed = getattr(generator, name, None)
            if isinstance(listed, list) and listed:
                hide = name in _DRAFTS and not unpublished
                kept = [] if hide else [content for content in listed if content.slug and self._has_template(content)]
                if len(kept) != len(listed):
                    yield name, kept

    def _has_template(self, content: Content) -> bool:
        return "template" not in content.metadata or f"{content.template}.html" in self.templates

    def _wrong_links(self, reading: Reading, post: Post) -> Iterator[Problem]:
        for internal in reading.internal:
            place = Place(reading.path, internal.line or None)
            other = self.posts.get(internal.target)
            if not internal.there:
                what = f"The file {internal.target} is not there."
                remedy = f"Mend the address {internal.url}.{near(internal.target, self.found)}"
                yield Problem("missing-file", what, remedy, place, Severity.EDITORIAL)
            elif self._is_no_post(internal.target):
                what = f"It links {internal.target}, which is no post of this site."
                remedy = "Link a post or a picture; or mend that one, if a problem of its own is told here."
                yield Problem("link-to-unpublished", what, remedy, place, Severity.EDITORIAL)
            elif other and post.status.public and not other.status.public:
                what = f"It links {internal.target}, which is not published."
                remedy = "Publish that first, or take the link out; until then the words stand without it."
                yield Problem("link-to-unpublished", what, remedy, place, Severity.EDITORIAL)

    def _wrong_picture(self, reading: Reading) -> Iterator[Problem]:
        key = lead_picture_key(reading.front)
        if not key:
            return
        path, place = lead_picture(reading.path, reading.front, self.found), Place(reading.path, reading.lines.get(key))
        if path and path not in self.found:
            what = f"The lead picture {path} is not there."
            yield editorial(
                "missing-picture", what, f"Mend the line `{key.capitalize()}`.{near(path, self.found)}", place
            )
        elif not path:
            what = f"The lead picture {reading.front[key]} is on another site, and is not shown."
            yield editorial("missing-picture", what, "Put a copy into content/images/, and name that.", place)

    def _wrong_networks(self, reading: Reading, post: Post) -> Iterator[Problem]:
        said = [("networks", name) for name in post.share.networks or ()]
        said += [(f"share_{name}", name) for name, _ in post.share.by_network]
        for key, name in said:
            if name not in self.networks:
                what = f"{key.capitalize()} means {name}, which is no network in BYLINE_NETWORKS."
                remedy = f"Mend the name, or set that network up.{meant(name, self.networks)}"
                yield editorial("unknown-network", what, remedy, Place(reading.path, reading.lines.get(key)))

    def _unlink_unpublished(self, content: Content, reading: Reading) -> None:
        """Take links to unpublished posts out of a public post, so that a draft's address is not given away."""
        secret = {
            internal.target
            for internal in reading.internal
            if self._is_no_post(internal.target)
            or (internal.target in self.posts and not self.posts[internal.target].status.public)
        }
        if secret and content.status != "draft":
            content._content = without_links(content._content, secret)  # noqa: SLF001  Pelican's own name for what was read

    def _is_no_post(self, target: str) -> bool:
        """Tell whether a source is there but not published as a post, page or static file."""
        source = target.rpartition(".")[2].lower() in SOURCES and target in self.found
        return source and target not in self.posts and target not in self.statics

    def _tags_alike(self) -> Iterator[Problem]:
        """Yield a Problem for tags, categories and authors that differ in more than case but share an address."""
        names: dict[tuple[str, str], str] = {}
        told: set[tuple[str, str]] = set()
        for content in self.contents:
            path = str(content.relative_source_path)
            for kind in ("tags", "category", "authors"):
                value: Any = getattr(content, kind, ())
                for wrapper in value if isinstance(value, list) else [value]:
                    name = getattr(wrapper, "name", None)
                    if name is None or (kind, name) in told:
                        continue
                    told.add((kind, name))
                    place = Place(path, self.readings[path].lines.get(kind))
                    first = names.setdefault((kind, wrapper.slug), name)
                    if not wrapper.slug:
                        remedy = f"Rename it, or give it one in {kind.rstrip('s').upper()}_REGEX_SUBSTITUTIONS."
                        yield Problem("no-slug", f"{kind.capitalize()}: {name!r} gives no address.", remedy, place)
                    elif first.casefold() != name.casefold():
                        what = f"{kind.capitalize()}: {name!r} has the address of {first!r}, so they are taken for one."
                        remedy = f"Spell them alike, or part them in {kind.rstrip('s').upper()}_REGEX_SUBSTITUTIONS."
                        yield Problem("shared-slug", what, remedy, place, Severity.EDITORIAL)


def near(path: str, found: Collection[str]) -> str:
    """Return a hint at a file of nearly that name in the same folder, or of that very name elsewhere."""
    folder, name = posixpath.split(path)
    beside = [other for other in found if posixpath.dirname(other) == folder]
    elsewhere = sorted(other for other in found if posixpath.basename(other).lower() == name.lower())
    return f" Did you mean {elsewhere[0]}?" if elsewhere else meant(path, sorted(beside))


def _wrong_id(reading: Reading, post: Post, identities: dict[str, str]) -> Iterator[Problem]:
    written = str(reading.front.get("id", "") or "")
    if not written:
        return
    place = Place(reading.path, reading.lines.get("id"))
    if not feed_id(written):
        what = f"The Id {written!r} is neither a UUID nor an absolute URI."
        yield Problem("bad-id", what, "Take the one that `new` writes, or the entry's old feed id.", place)
    elif post.id in identities:
        what = f"Its Id is also that of {identities[post.id]}."
        yield Problem("double-id", what, "Keep the older one's; give this post another UUID.", place)
    identities.setdefault(post.id, post.path)


def without_links(html: str, targets: set[str]) -> str:
    """Return the HTML with `href` taken from the links to these files below content/; their words stay."""
    kept = []
    for token in tokens(html):
        raw = token.raw
        if token.kind == "open" and token.name == "a":
            address = attributes(token.attributes).get("href", "")
            target = unquote(address.partition("}/")[2].partition("#")[0].partition("?")[0])
            if address.startswith("{filename}/") and target in targets:
                raw = raw.replace(token.attributes, "")
        kept.append(raw)
    return "".join(kept)
