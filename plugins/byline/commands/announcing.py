"""Announcing: the feeds of a live release that changed are announced to the hub of the settings (WebSub).

Not the asking and telling, which are in `sharing/websub`. What was announced is kept in `.byline/`, and can be thrown
away: then all feeds are announced once more, which does no harm.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from byline.commands.sharing_step import Shared
from byline.edges import files
from byline.edges.http import Client
from byline.sharing import websub
from byline.values.output import Kind
from byline.values.problem import editorial
from byline.values.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from byline.values.output import Release
    from byline.values.problem import Problem
    from byline.values.settings import Settings

_MOST = 50
"""How many feeds one run announces, the blog's own before those of its tags; the next run goes on."""
_NAMED = 3
"""How many of them are named."""
_PAUSES = (0.0, 2.0, 5.0)
"""Seconds before each look at the feeds: a cache in between may lag."""


@dataclass(frozen=True, slots=True)
class Announcing:
    """Announces the feeds; without a hub in the settings, none. `wait` waits for the seconds of `pauses`."""

    root: Path
    own: Settings
    wait: Callable[[float], None] = time.sleep
    pauses: tuple[float, ...] = _PAUSES

    def preview(self, release: Release, now: datetime) -> Sequence[str]:  # noqa: ARG002  a feed has no quiet hours
        """Return a line that says which feeds would be announced; none is, and nobody is asked."""
        paths = self._changed(release)
        return [f"websub: {self._host} of {_named(paths)}"] if paths else []

    def share(self, release: Release, now: datetime) -> Shared:  # noqa: ARG002  a feed has no quiet hours
        """Announce what changed and is seen to be live; the rest is left to the next run."""
        paths = self._changed(release)
        if not paths:
            return Shared(shown=False)
        with Client(private=True) as client:
            fresh = self._seen(client, release, paths)
            told, why = self._announced(client, fresh)
        self._keep(release, told)
        lines = [f"websub: {self._host} is told of {_named(told)}."] if told else []
        return Shared(tuple(lines), problems=self._left(paths, fresh, told, why), shown=False)

    @property
    def _host(self) -> str:
        return urlsplit(self.own.feeds.hub).hostname or self.own.feeds.hub

    def _changed(self, release: Release) -> list[str]:
        """Return the paths of the feeds that are others than those that were announced, the blog's own first.

        A copy at an old address is none: whoever reads it there has subscribed to the present one (`rel=self`). Nor is
        an archive: nobody subscribes to it.
        """
        if not self.own.feeds.hub:
            return []
        before = self._known()
        own = self.own.feeds
        feeds = (path for path, kind in release.kinds.items() if kind is Kind.FEED and path not in own.aliases)
        taken = (path for path in feeds if not own.is_archive(path))
        changed = (path for path in taken if before.get(path) != release.outputs[path])
        return sorted(changed, key=lambda path: (path.count("/"), path))[:_MOST]

    def _seen(self, client: Client, release: Release, paths: Sequence[str]) -> dict[str, bytes]:
        """Return the feeds that every address shows as they are in the release; who shows one late is asked no more."""
        addresses = {one.looked_at(release.site_url) for one in self.own.deploy.values()} - {""}
        found: dict[str, bytes] = {}
        for pause in self.pauses if addresses else ():
            self.wait(pause)
            for path in (path for path in paths if path not in found):
                bodies = [websub.seen(client, address, path, release.outputs[path]) for address in sorted(addresses)]
                if None in bodies:
                    break
                found[path] = bodies[0] or b""
            if len(found) == len(paths):
                break
        return found

    def _announced(self, client: Client, fresh: Mapping[str, bytes]) -> tuple[list[str], str]:
        """Announce feeds until the hub takes no more; return their paths, and why it took no more.

        One that does not name the hub, as a plugin's, has nobody to be told of it.
        """
        told: list[str] = []
        for path, body in fresh.items():
            topic = websub.topic(body, self.own.feeds.hub)
            if topic and (why := websub.announce(client, self.own.feeds.hub, topic)):
                return told, why
            told.append(path)
        return told, ""

    def _left(
        self, paths: Sequence[str], fresh: Mapping[str, bytes], told: Sequence[str], why: str
    ) -> tuple[Problem, ...]:
        """Return what a person should know where a feed was not announced."""
        left = counted(len(paths) - len(told), "feed")
        if why:
            what = f"{self._host} was not told of {left}: {why}."
            remedy = "Look at `hub` in BYLINE_FEEDS; the next run tries again."
        elif late := [path for path in paths if path not in fresh]:
            what = f"{self._host} was not told of {left}: {late[0]} is not seen yet as it was published."
            remedy = "A cache in between may keep the old one: run ./byline share in some minutes."
        else:
            return ()
        return (editorial("feed-not-announced", what, remedy),)

    def _known(self) -> Mapping[str, str]:
        """Return the SHA-256 of each feed that was announced to this hub; nothing where that is not known."""
        try:
            written = json.loads(files.read_if_there(self._file) or b"{}")
            return dict(written["feeds"]) if written["hub"] == self.own.feeds.hub else {}
        except (ValueError, KeyError, TypeError):
            return {}

    def _keep(self, release: Release, told: Sequence[str]) -> None:
        known = {**self._known(), **{path: release.outputs[path] for path in told}}
        feeds = {path: digest for path, digest in sorted(known.items()) if path in release.outputs}
        files.write(self._file, (json.dumps({"hub": self.own.feeds.hub, "feeds": feeds}, indent=1) + "\n").encode())

    @property
    def _file(self) -> Path:
        return self.root / ".byline" / "announced.json"


def _named(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    return ", ".join(paths[:_NAMED]) + more
