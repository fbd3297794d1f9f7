"""`rollback`: every target returns to the last good release before the present one.

Not a new build: what was live is made live again, and the next `publish` puts there what content/ says.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from byline.deploy import state, verify
from byline.deploy.destinations import chosen, target
from byline.edges import files
from byline.edges.console import AGAIN, DONE, FAILED, Console, answered
from byline.edges.http import Client
from byline.site.configuration import load
from byline.values.problem import Fault, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from byline.deploy.target import Target
    from byline.values.settings import Destination


@dataclass(frozen=True)
class _Return:
    """One target and the release it goes back to."""

    name: str
    destination: Destination
    target: Target
    present: str
    release: str


def run(root: Path, *, name: str, yes: bool) -> int:
    """Take every target of a folder's blog, or the one named, one good release back; return the exit code."""

    def rollback(console: Console) -> int:
        configuration = load(root / "publishconf.py")
        home, url = root / ".byline", str(configuration.pelican["SITEURL"])
        with files.lock(home / "lock"):
            known = state.load(home)
            returns: list[_Return] = []
            problems: list[Problem] = []
            for one, destination in chosen(configuration.own.deploy, name).items():
                try:
                    place = target(one, destination, home, url)
                    returns.append(_planned(one, destination, place, known.get(one, state.Known())))
                except Fault as fault:
                    problems.extend(fault.problems)
            for back in returns:
                console.say(f"{back.name} ({back.destination.to}): from {back.present} back to {back.release}.")
            console.problems(problems)
            if returns and not (yes or not console.interactive or console.asked("Go back?")):
                console.say("Nothing was changed.")
                return AGAIN
            for back in returns:
                problems.extend(_taken_back(back, home, url, known.get(back.name, state.Known()), console))
        return FAILED if problems else DONE

    return answered(rollback)


def _planned(name: str, destination: Destination, place: Target, known: state.Known) -> _Return:
    """Return where to go back to: the newest release before the present one that was seen live, where that is known."""
    present, *earlier = place.releases() or ("",)
    good = [release for release in earlier if release in known.good]
    if not earlier:
        what = f"There is no earlier release at {name} ({destination.to})."
        raise Fault(Problem("no-release", what, "Mend the post, or take it out, and publish."))
    return _Return(name, destination, place, present, (good or earlier)[0])


def _taken_back(back: _Return, home: Path, url: str, known: state.Known, console: Console) -> list[Problem]:
    """Take one target back and look at it; return what went wrong."""
    try:
        back.target.rollback(back.release, console.progress)
        state.save(home, back.name, known.deployed(back.release, ()))
        if back.destination.verify is not False:
            address = back.destination.verify if isinstance(back.destination.verify, str) else url
            with Client(private=True) as client:
                verify.returned(
                    client,
                    address,
                    back.release,
                    deadline=back.destination.deadline,
                    clock=time.monotonic,
                    pause=time.sleep,
                    report=console.progress,
                )
            state.save(home, back.name, known.deployed(back.release, ()).found_live())
    except Fault as fault:
        console.problems(fault.problems)
        return list(fault.problems)
    console.say(f"{back.name} is back at {back.release}. The next publish puts there what content/ says.")
    return []
