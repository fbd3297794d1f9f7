"""`credit`: finds out whose a picture is, at its page or in its own file, and writes the record when a person agrees.

Not a guess: what nobody says stays unsaid, what the writer wrote stays, and a look-up that fails changes nothing.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from byline.commands.agreement import declined
from byline.commands.old_credits import from_post
from byline.commands.picture_file import picture_file
from byline.credits import embedded
from byline.credits.album import RECORDS
from byline.credits.licenses import UNKNOWN, versions
from byline.credits.lookup import LIMIT, look_up
from byline.credits.record_writing import merged, record, shown, with_record
from byline.credits.sources.found import of_file
from byline.edges import files, pictures
from byline.edges.console import DONE, Console, answered
from byline.edges.http import Client
from byline.site.configuration import load
from byline.values.problem import Fault, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from byline.credits.record_writing import Merged
    from byline.credits.sources.found import Found
    from byline.site.configuration import Configuration


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line."""

    picture: str = ""
    url: str = ""
    from_post: str = ""
    yes: bool = False


def run(root: Path, wishes: Wishes, client: Client | None = None, homes: Mapping[str, str] | None = None) -> int:
    """Find a credit and write it into the records of a folder's blog; return the exit code.

    `client` asks, by default the public network alone; `homes` are addresses to ask in place of the services' own, by
    their names.
    """

    def credit(console: Console) -> int:
        _refuse_unclear(wishes)
        with files.lock(root / ".byline" / "lock"):
            if wishes.from_post:
                return from_post(root, wishes.from_post, console, yes=wishes.yes)
            with client or Client(private=False, limit=LIMIT) as asking:
                return _of_picture(load(root / "pelicanconf.py"), wishes, console, asking, homes)

    return answered(credit)


def _refuse_unclear(wishes: Wishes) -> None:
    """Raise Fault unless a picture or a post is named, and only one of them."""
    if bool(wishes.picture) != bool(wishes.from_post) and not (wishes.from_post and wishes.url):
        return
    what = (
        "A post's old line needs neither --picture nor --url." if wishes.from_post else "It is not said which picture."
    )
    remedy = "Type `credit --picture FILE`, with `--url PAGE` where it comes from one, or `credit --from-post POST`."
    raise Fault(Problem("unclear-command", what, remedy))


def _of_picture(
    configuration: Configuration,
    wishes: Wishes,
    console: Console,
    client: Client,
    homes: Mapping[str, str] | None,
) -> int:
    """Find out whose the picture is, show it, and write it when that is agreed to."""
    root, content = configuration.file.parent, Path(configuration.pelican["PATH"])
    path = picture_file(wishes.picture, root, content)
    head = pictures.measured(content / path, path)
    if head.fault:
        raise Fault(dataclasses.replace(head.fault, severity=Severity.STRUCTURAL))
    if wishes.url:
        found = look_up(wishes.url, client, str(configuration.pelican["SITEURL"]), homes)
    else:
        found = of_file(embedded.fields(head.xmp, head.iim))
        if not found.fields:
            what = f"The file of {path} does not say whose it is."
            remedy = "Give the page it comes from with --url, or write the record by hand."
            raise Fault(Problem("no-credit", what, remedy))
    return _recorded(configuration, path, found, console, yes=wishes.yes)


def _recorded(configuration: Configuration, path: str, found: Found, console: Console, *, yes: bool) -> int:
    """Show what is found beside what the record says, ask, and write it."""
    root, file = configuration.file.parent, Path(configuration.pelican["PATH"]) / RECORDS
    name = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
    body = files.read_if_there(file)
    there = record(body, path, name)
    fields = dict(found.fields)
    if fields.get("license", UNKNOWN.code) != UNKNOWN.code:
        zone = ZoneInfo(configuration.pelican.get("TIMEZONE", "UTC"))
        fields["seen"] = datetime.now(UTC).astimezone(zone).date().isoformat()
    fit = merged(there, fields)
    for line in (*_told(name, path, there, fit), *_remarks(found)):
        console.say(line)
    write = dict(fit.new)
    if fit.new and (code := declined(console, f"Write this to {name}?", yes=yes)) is not None:
        return code
    if fit.otherwise:
        if not yes and console.interactive and console.asked(f"Replace what {name} says otherwise?"):
            write |= fit.otherwise
        else:
            console.say(f"What {name} says otherwise stays.")
    if write:
        files.write(file.resolve(), with_record(body, path, write, name))
        console.say(f"{name} has the record of {path}.")
        if not (there.get("alt") or there.get("decorative")):
            console.say("It has no `alt` yet: say in it what the picture shows, or say it where the post shows it.")
    return DONE


def _told(name: str, path: str, there: Mapping[str, object], fit: Merged) -> Iterator[str]:
    """Yield the lines that will stand in the file of records, and those that it has otherwise."""
    if fit.new:
        yield shown(path, fit.new).rstrip()
    elif not fit.otherwise:
        yield f"{name} says all of this already."
    for field, value in fit.otherwise.items():
        line = shown(path, {field: value}).splitlines()[1]
        present = {field: there[field]} if field in there else {"license_url": there.get("license_url")}
        if all(present.values()):
            yield f"{name} has {shown(path, present).splitlines()[1]}, and this was found: {line}"
        else:
            yield f"This was found, and goes with another creator: {line}"


def _remarks(found: Found) -> Iterator[str]:
    """Yield what a person should know of what was found."""
    if found.unclear:
        named = f" It may be {' or '.join(codes)}." if (codes := versions(found.unclear)) else ""
        yield f"The terms there are “{found.unclear}”, which name no licence that lets you show the picture.{named}"
        yield "Where you know the licence, or were given leave (ARR), write that as `license`."
    if "creator" not in found.fields:
        yield "Nobody is named as its creator there."
