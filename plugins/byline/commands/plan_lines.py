"""A plan of sharing as a person reads it: for each account what would be sent, in the very words, and what waits.

Not the plan: nothing is decided here.
"""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from byline.sharing.counting import counting
from byline.sharing.plan import Do
from byline.sharing.sheet import Asked, asked
from byline.values.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from byline.sharing.message import Message
    from byline.sharing.plan import Plan, Step
    from byline.values.settings import Account as Setting

_SAID = {
    Do.CREATE: "to create",
    Do.UPDATE: "to update",
    Do.WITHDRAW: "to withdraw",
    Do.WAITING: "waiting",
    Do.MANUAL: "by hand",
    Do.ASK: "to be asked about",
    Do.REJECTED: "rejected",
    Do.UNCHANGED: "unchanged",
}
_HASH = 16
"""How much of a message's hash is shown."""
SHEET = "./byline share --sheet"


def sent(steps: Sequence[Step], settings: Mapping[str, Setting], *, by_hand: bool = False) -> Iterator[str]:
    """Yield, for each account to which something would be sent, how much there is to do, and each message whole.

    With `by_hand`, those that a person is to send, too.
    """
    for name in dict.fromkeys(step.account.name for step in steps):
        own = [step for step in steps if step.account.name == name]
        shown = [step for step in own if step.do.sent or (by_hand and step.do is Do.MANUAL)]
        if not shown:
            continue
        yield f"{name} ({settings[name].account or name}): {counts(own)}."
        for step in shown:
            yield from _step(step, settings[name].kind(name))


def counts(steps: Sequence[Step]) -> str:
    """Return how many steps there are of each sort, in words."""
    number = Counter(step.do for step in steps)
    return ", ".join(f"{number[do]} {said}" for do, said in _SAID.items() if number[do])


def left(steps: Sequence[Step]) -> Iterator[str]:
    """Yield a line for each step that is not sent now and wants to be known of; last, what a person is to share.

    Where something is left to a person's hand, how the sheet is opened.
    """
    by_hand: dict[str, list[Step]] = {}
    for step in steps:
        if step.do is Do.MANUAL:
            by_hand.setdefault(step.post.key, []).append(step)
        else:
            yield from _left(step)
    for own in by_hand.values():
        names = [step.account.name for step in own]
        one = len(names) == 1
        command = f"{_command(own[0], names[0] if one else 'NAME')} --done ADDRESS"
        yield f"By hand: {own[0].post.name} at {', '.join(names)}. Then{'' if one else ', for each'}: {command}"
    if any(map(asked, steps)):
        yield f"With the words ready, a tap each: {SHEET}"


def adopted(made: Plan) -> Iterator[str]:
    """Yield a line for each account that is known from now on."""
    for account, keys in made.adopted.items():
        if keys:
            yield f"{account} is told of new posts from now on; {counted(len(keys), 'older post')} count as told."


def _left(step: Step) -> Iterator[str]:
    where = f"{step.post.name} at {step.account.name}"
    command = _command(step, step.account.name)
    if step.do is Do.WAITING:
        until = f", until {step.at:%Y-%m-%d %H:%M}" if step.at else ""
        yield f"Waits: {where}: {step.why or 'it is busy'}{until}."
    elif asked(step) is Asked.LOOK:
        yield f"Unknown: {where}: {step.why}. Look there. If it is there: {command} --done ADDRESS"
        yield f"  If it is not: {command} --resolve again"
    elif step.do is Do.ASK:
        yield f"Not taken back: {where}: {step.why}. If you want it: ./byline publish --allow-deletes NUMBER"
    elif step.do is Do.REJECTED:
        yield f"Rejected: {where}: {step.why}. Change its words, or: {command} --resolve again"
    elif step.why:
        said = "done ADDRESS" if step.message else "resolve never"
        yield f"As it is: {where}: {step.why}. When you have: {command} --{said}"


def _command(step: Step, network: str) -> str:
    """Return what is typed to speak of a step's post at a network."""
    slug = PurePosixPath(unquote(urlsplit(step.post.url).path)).stem
    return f"./byline share --post {slug} --network {network}"


def _step(step: Step, kind: str) -> Iterator[str]:
    if step.message is None:
        yield f"  {step.do} {step.post.name}: {step.copy.url if step.copy else ''}"
        return
    message, most = step.message, counting(kind)
    again = f" ({step.why})" if step.why else ""
    yield f"  {step.do} {step.post.name}: {most.length(message.text)} of {most.most}{again}"
    yield from (f"    | {line}".rstrip() for line in message.text.splitlines())
    yield from _besides(message)
    yield f"    payload {message.digest[:_HASH]}"


def _besides(message: Message) -> Iterator[str]:
    if message.warning:
        yield f"    behind the warning: {message.warning}"
    if message.visibility:
        yield f"    seen by: {message.visibility}"
    if message.picture:
        shown = message.picture
        size = f", {shown.width}x{shown.height}" if shown.width else ""
        yield f"    picture ({shown.media_type}{size}): {shown.alt or 'without words'}"
        if shown.credit:
            yield f"    picture's credit: {shown.credit}"
