"""`credit --from-post`: the credits that an old post says in words become records, and are said there no more.

Not a reading of prose: what is not clear is named, and stays in the post.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote

from byline.commands.agreement import declined
from byline.commands.called import called
from byline.credits.album import RECORDS
from byline.credits.lookup import known
from byline.credits.old_lines import old_lines, without
from byline.credits.record_writing import merged, record, shown, with_record
from byline.credits.records import from_front
from byline.edges import files, folders
from byline.edges.console import DONE
from byline.edges.from_pelican import lead_picture
from byline.site.front_matter import split
from byline.site.reader import MARKDOWN
from byline.site.site import Site
from byline.values.problem import Fault, Place, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from byline.credits.old_lines import OldLine
    from byline.edges.console import Console
    from byline.values.post import Reading

_STATIC = "{static}/"


def from_post(root: Path, name: str, console: Console, *, yes: bool) -> int:
    """Make records of what a post (a slug, or a file) says in old lines; return the exit code.

    The records are written first: whoever is interrupted runs this again, and the lines go out. Raises Fault when there
    is no such post, or no such line in it.
    """
    site = Site(root / "pelicanconf.py", datetime.now(UTC))
    try:
        turned = _Turned(site.listing.readings[called(name, site).path], site.content, root)
    finally:
        site.close()
    turned.turn()
    for line in turned.lines():
        console.say(line)
    if not turned.gone:
        what = "No line of it is clearly a credit."
        raise Fault(Problem("no-old-credit", what, "Write the record by hand.", Place(turned.post)))
    question = f"Write this to {turned.records}, and take the old words out of {turned.post}?"
    if (code := declined(console, question, yes=yes)) is not None:
        return code
    turned.write()
    for line in turned.outlook():
        console.say(line)
    return DONE


@dataclass
class _Turned:
    """A post whose old lines turn into records: the file of records as it becomes, the lines that go, and that stay."""

    reading: Reading
    content: Path
    root: Path
    made: dict[str, dict[str, object]] = field(default_factory=dict)
    gone: list[OldLine] = field(default_factory=list)
    left: list[tuple[int, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.file = self.content / RECORDS
        self.source = (self.content / self.reading.path).read_bytes()
        self.before = self.after = files.read_if_there(self.file)
        self.records, self.post = self._named(RECORDS), self._named(self.reading.path)
        found = frozenset(folders.tree_names(str(self.content), (".*", "_*")))
        lead = lead_picture(self.reading.path, self.reading.front, found)
        self.lead = lead if lead in found else ""

    def turn(self) -> None:
        """Find the lines, and the pictures that they stand for."""
        if self.reading.path.rpartition(".")[2].lower() not in MARKDOWN:
            return
        text = self.source.decode()
        body_line = split(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), "").body_line
        found = old_lines(text, body_line, known)
        self.left += [(number, words, "it is not clear what it says") for number, words in found.unclear]
        for line in found.clear:
            if why := self._kept(line):
                self.left.append((line.line, line.words, why))
            else:
                self.gone.append(line)

    def lines(self) -> Iterator[str]:
        """Yield what will change, and what will not."""
        for path, fields in self.made.items():
            yield shown(path, fields)
        for line in self.gone:
            yield f"{self.post}:{line.line}: taken out: {line.words}"
        for number, words, why in sorted(self.left):
            yield f"{self.post}:{number}: left as it is, since {why}: {words}"

    def write(self) -> None:
        """Write the records, then the post. Raises Refused when the post was changed meanwhile."""
        post = self.content / self.reading.path
        if post.read_bytes() != self.source:
            what = "The post was changed while this ran."
            raise Refused(Problem("post-changed", what, "Run this again.", Place(self.post)))
        if self.after is not None and self.after != self.before:
            files.write(self.file.resolve(), self.after)
        files.write(post.resolve(), without(self.source.decode(), self.gone).encode())

    def outlook(self) -> Iterator[str]:
        """Yield what was done, and how the licence of a picture may be found."""
        yield f"{self.post} no longer says it in its own words; {self.records} does."
        for path, fields in self.made.items():
            source = str(fields.get("source", ""))
            if known(source):
                yield f"Its licence can be looked up: ./byline credit --picture {path} --url {source}"

    def _kept(self, line: OldLine) -> str:
        """Turn a line into a record; return why it stays in the post instead, empty when it does not."""
        path = self._picture(line)
        if not path:
            return "its picture is not known"
        there = record(self.after, path, self.records)
        if path == self.lead:
            there |= from_front(self.reading.front, self.reading.lines, self.reading.path)[0].fields
        fit = merged(there, line.fields)
        if fit.otherwise:
            return f"the record of {path} says otherwise"
        if fit.new:
            self.after = with_record(self.after, path, fit.new, self.records)
            self.made[path] = {**self.made.get(path, {}), **fit.new}
        return ""

    def _picture(self, line: OldLine) -> str:
        """Return the path below content/ of the picture that a line stands for; empty when that is not there.

        A line that closes the post stands for its lead picture, or else for the last one in its text.
        """
        if line.picture:
            internal = self.reading.internal
            return next((one.target for one in internal if one.url == line.picture and one.there), "")
        urls = [picture.url for picture in self.reading.content.pictures if picture.url.startswith(_STATIC)]
        return self.lead or (unquote(urls[-1].removeprefix(_STATIC)) if urls else "")

    def _named(self, path: str) -> str:
        """Return how a file below content/ is named from the project's folder."""
        file = self.content / path
        return file.relative_to(self.root).as_posix() if file.is_relative_to(self.root) else str(file)
