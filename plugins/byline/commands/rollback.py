"""`rollback`: every target returns to the last good release before the present one.

Not a new build: what was live is made live again, and the next `publish` puts there what content/ says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from byline.commands.live import SETTINGS
from byline.deploy import state, verify
from byline.deploy.destinations import chosen, target
from byline.edges import files
from byline.edges.console import AGAIN, Console, answered, code_of
from byline.edges.http import Client
from byline.site.configuration import load
from byline.values.problem import Fault, Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from byline.deploy.target import Target
    from byline.values.settings import Destination


@dataclass(frozen=True)
class _Return:
    """One target, what is live there, and the release it goes back to."""

    name: str
    destination: Destination
    target: Target
    known: state.Known
    present: str
    release: str

    def __str__(self) -> str:
        where = f"{self.name} ({self.destination.to})"
        if self.release == self.present:
            return f"{where}: {self.present} stays live; the publish after it was not finished."
        return f"{where}: from {self.present} back to {self.release}."


def run(root: Path, *, name: str, yes: bool) -> int:
    """Take every target of a folder's blog, or the one named, one good release back; return the exit code."""

    def rollback(console: Console) -> int:
        configuration = load(root / SETTINGS)
        home, url = root / ".byline", str(configuration.pelican["SITEURL"])
        if not configuration.own.deploy:
            what = "It does not say where the site goes."
            raise Fault(Problem("not-ready", what, "Name the target in BYLINE_DEPLOY.", Place(SETTINGS)))
        with files.lock(home / "lock"):
            known = state.load(home)
            returns: list[_Return] = []
            faults: list[Fault] = []
            for one, destination in chosen(configuration.own.deploy, name).items():
                try:
                    returns.append(_planned(one, destination, home, known.get(one, state.Known())))
                except Fault as fault:
                    faults.append(fault)
            for back in returns:
                console.say(str(back))
            console.problems(problem for fault in faults for problem in fault.problems)
            if returns and not (yes or not console.interactive or console.asked("Go back?")):
                console.say("Nothing was changed.")
                return AGAIN
            for back in returns:
                try:
                    _take_back(back, home, url, console)
                except Fault as fault:
                    console.problems(fault.problems)
                    faults.append(fault)
        return code_of(faults)

    return answered(rollback)


def _planned(name: str, destination: Destination, home: Path, known: state.Known) -> _Return:
    """Look at a target; return what to go back to there. Raises Fault when there is nothing."""
    place = target(name, destination, home)
    releases = place.releases()
    release = known.last_good(releases)
    if not release:
        what = f"There is no earlier release at {name} ({destination.to})."
        raise Fault(Problem("no-release", what, "Mend the post, or take it out, and publish."))
    return _Return(name, destination, place, known, releases[0], release)


def _take_back(back: _Return, home: Path, url: str, console: Console) -> None:
    """Take one target back and look until that is live."""
    back.target.rollback(back.release, console.progress)
    known = back.known.deployed(back.release)
    state.save(home, back.name, known)
    state.save_live(home, back.name, None, ())
    address = back.destination.looked_at(url)
    if address:
        with Client(private=True) as client:
            watch = verify.Watch(back.destination.deadline, console.progress)
            verify.returned(client, address, back.release, watch)
        state.save(home, back.name, known.found_live(address))
    console.say(f"{back.name} is back at {back.release}. The next publish puts there what content/ says.")
