"""`check`: all that `publish` insists on, of the site as it would be published, told at its source.

Not a repair but where `--fix` asks for it: content/ and output/ stay as they are.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from byline.checks import against as replacing
from byline.checks import check, entries
from byline.checks import fix as fixing
from byline.checks.online import Online
from byline.commands.live import live
from byline.edges import files, tokens
from byline.edges.console import DONE, FAILED, Console, answered
from byline.edges.http import Client
from byline.site import stage
from byline.values.problem import Fault, Problem, Severity, structural
from byline.values.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from byline.checks.live_site import LiveSite
    from byline.site.whole import Whole


_NOT_FIXED = Problem(
    "not-fixed",
    "`--fix` has changed nothing, since the site cannot be built.",
    "Mend the errors, then run it again.",
    severity=Severity.EDITORIAL,
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for: the links to other sites too, a live site to replace, `--fix`; and how it is told."""

    online: bool = False
    against: str = ""
    fix: bool = False
    as_json: bool = False


def run(root: Path, *, as_json: bool = False, online: bool = False, against: str = "", fix: bool = False) -> int:
    """Check the site of a folder; return 0, or 1 when there is at least one error.

    `as_json`: a list for programs. `online`: the links to other sites too. `against`: the address of a live site that
    this one is to replace. `fix`: write what is mechanical into content/.
    """
    wishes = Wishes(online, against, fix, as_json)

    def checked(console: Console) -> int:
        with files.lock(root / ".byline" / "lock"):
            stage.recover(root / ".byline" / "live")
            try:
                whole, problems = _looked(root, console, wishes)
                found = check.standard(whole).judged(problems) if as_json else check.standard(whole).told(problems)
            except Fault as fault:
                if not as_json:
                    raise
                found = fault.problems
            if as_json:
                console.say(printed(found))
            else:
                console.problems(found)
                if not found:
                    posts, outputs = len(whole.site.posts), len(whole.release.outputs)
                    console.say(f"Nothing is wrong: {counted(posts, 'post')}, {counted(outputs, 'file')}.")
            return FAILED if structural(found) else DONE

    return answered(checked)


def _looked(root: Path, console: Console, wishes: Wishes) -> tuple[Whole, list[Problem]]:
    """Return the site, mended if that is wished for, and all that is wrong with it, not judged yet."""
    now = datetime.now(UTC)
    try:
        whole = live(root, console, now)
    except Fault as fault:
        raise (Fault(_NOT_FIXED, *fault.problems) if wishes.fix else fault) from fault
    old = _old_site(wishes.against, whole, console) if wishes.against else None
    problems: list[Problem] = []
    if wishes.fix:
        mended = fixing.mend(whole, fixing.missing(whole, _saving(whole, old), lambda: str(uuid.uuid4())))
        problems += mended.problems
        if mended.written:
            if not wishes.as_json:
                posts = counted(len(mended.written), "post")
                console.say(f"{posts} got an `Id`: the one that readers know, or a new one for a draft.")
            whole = live(root, console, now)
    problems += _problems(whole)
    for name, there in entries.known(root).items():
        if name in whole.site.own.deploy:
            problems += entries.lost(whole, there.manifest, there.paths)
    if old is not None:
        problems += replacing.Against(whole, old).problems()
    if wishes.online:
        with Client(private=False) as client:
            problems += Online(whole, client, now).problems(console.progress)
    return whole, problems


def _old_site(url: str, whole: Whole, console: Console) -> LiveSite:
    with Client(private=True) as client:
        return replacing.read(client, url, whole.release.site_url, console.progress)


def _saving(whole: Whole, old: LiveSite | None) -> dict[str, str]:
    """Return the `Id` that keeps what readers know, by source: of what is live here, or of the site to be replaced."""
    found: dict[str, str] = {}
    for there in entries.known(whole.site.root).values():
        found |= entries.saving(whole, there.manifest, there.paths)
    return found | (replacing.Against(whole, old).saving() if old is not None else {})


def judged_problems(whole: Whole) -> tuple[Problem, ...]:
    """Return what is wrong with a built site as a person is told it: warnings of older posts are one, counted."""
    return check.standard(whole).told(_problems(whole))


def printed(problems: Iterable[Problem]) -> str:
    """Return Problems as a JSON array, for programs: `severity` is `error` or `warning`, `line` may be null."""
    rows = [
        {
            "code": problem.code,
            "severity": "error" if problem.structural else "warning",
            "path": problem.place.path if problem.place else None,
            "line": problem.place.line if problem.place else None,
            "what": problem.what,
            "remedy": problem.remedy,
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _problems(whole: Whole) -> tuple[Problem, ...]:
    secrets = {name: value.encode() for name, value in tokens.named(whole.site.root).items()}
    # An address or a name that the settings publish anyway is no secret, though `.env` may say it too.
    public = {whole.site.url, f"{whole.site.url}/", whole.site.author}
    return check.problems(whole, {name: value for name, value in secrets.items() if value.decode() not in public})
