"""A bare git repository of Byline's own, through which a branch of a remote is looked at and added to.

Not the writer's repository, which is only asked for names and credentials, and nothing that must last: it is a cache
of what the remote has, and made anew when it is damaged or has grown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from byline.deploy import connection, fast_import
from byline.edges import files, ssh
from byline.edges.programs import captured
from byline.values.problem import Fault, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from byline.edges.programs import Ended

THERE = "refs/byline/there"
"""What the remote's branch was when it was last looked at."""
_MOST_PACKS = 60
_ROLES = ("AUTHOR", "COMMITTER")
_CONFIG = """\
[core]
	repositoryformatversion = 1
	bare = true
	hooksPath = no-hooks
	logAllRefUpdates = false
	bigFileThreshold = 4m
[gc]
	auto = 0
[maintenance]
	auto = false
[fastimport]
	unpackLimit = 0
[fetch]
	unpackLimit = 1
	recurseSubmodules = false
	writeCommitGraph = false
[push]
	followTags = false
	gpgSign = false
	recurseSubmodules = no
[pack]
	windowMemory = 16m
[log]
	showSignature = false
[http]
	lowSpeedLimit = 1
	lowSpeedTime = 60
[remote "there"]
	url = "{url}"
"""
# What git sets for its own children: inherited, it would lead into the writer's repository.
_INHERITED = (
    "GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR "
    "GIT_NAMESPACE GIT_PREFIX GIT_QUARANTINE_PATH GIT_SHALLOW_FILE GIT_GRAFT_FILE GIT_CONFIG_PARAMETERS"
).split()
_QUIET: Mapping[str, str | None] = {
    **dict.fromkeys(_INHERITED),
    "LC_ALL": "C",
    "LANGUAGE": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "GCM_INTERACTIVE": "never",
}
_ACCESS = r"^(credential\.|http\.|url\.|core\.sshcommand$)"
_MISSING = re.compile(
    r"does not appear to be a git repository|[Rr]epository .*not found|returned error: 404|not a git repository"
    r"|could not be found|No such file or directory|does not exist|Not Found"
)


class Broken(Fault):
    """Git failed for a reason that is not the remote's: the scratch repository may be damaged."""


class ScratchRepository:
    """The repository in `folder` for one `branch` of the remote at `url`; `root` is the folder of the writer's blog."""

    def __init__(self, folder: Path, url: str, branch: str, root: Path) -> None:
        """Know where it is; nothing is made or asked yet."""
        self.folder = folder
        self.url = url
        self.ref = f"refs/heads/{branch}"
        self.where = f"{url}#{branch}"
        self._root = root
        self._access: dict[str, str | None] = {}
        self._filter: tuple[str, ...] = ("--filter=blob:none",)

    def begin(self, *, anew: bool = False) -> None:
        """Make the repository if it is not there, holds another remote's objects or has grown, or when `anew`.

        A new one made because the old one failed fetches files whole: there are servers that leave contents out and
        then don't give them.
        """
        config = _CONFIG.format(url=self.url.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")).encode()
        written = files.read_if_there(self.folder / "config") or b""
        many = len(list((self.folder / "objects/pack").glob("*.pack"))) > _MOST_PACKS
        self._filter = () if anew else self._filter
        if anew or many or not written.startswith(config):
            files.remove_tree(self.folder)
            files.put(self.folder / "byline", b"")
            self.git("init", "--bare", "--quiet", "--template=")
            files.write(self.folder / "config", config)
        if not self._access:
            self._access = self._accesses()

    def tip(self) -> str:
        """Return the commit that the remote's branch is at; an empty text when there is no such branch."""
        listed = self.remote("ls-remote", "there", self.ref).output.decode().splitlines()
        return next((line.split("\t")[0] for line in listed if line.endswith(f"\t{self.ref}")), "")

    def known(self) -> str:
        """Return the commit that the branch was at when it was last looked at; an empty text when it never was."""
        # Read as a file: git would ask the remote for an object that is not here.
        return (files.read_if_there(self.folder / THERE) or b"").decode(errors="replace").strip()

    def fetch(self, depth: int) -> None:
        """Fetch the branch with so many commits, without the files' contents where the remote can leave them out."""
        refspec = f"+{self.ref}:{THERE}"
        self.remote("fetch", "--quiet", "--no-tags", f"--depth={depth}", *self._filter, "there", refspec)

    def committed(self, message: str, parent: str, leaving: Iterable[str], coming: Iterable[tuple[str, bytes]]) -> str:
        """Make a commit of changes to `parent` (empty: none) and return its name."""
        stream = fast_import.commit("{} <{}>".format(*self.person()), message, parent, leaving, coming)
        return self.git("fast-import", *fast_import.OPTIONS, given=stream).output.decode().strip()

    def committed_tree(self, message: str, parent: str, index: Iterable[bytes]) -> str:
        """Make a commit on top of `parent` and return its name.

        `index` are all its files as `git update-index -z --index-info` reads them; what they hold may be elsewhere.
        """
        own = {"GIT_INDEX_FILE": str(self.folder / "index")}
        files.remove_tree(self.folder / "index")
        self.git("update-index", "-z", "--index-info", given=index, environment=own)
        tree = self.git("write-tree", "--missing-ok", environment=own).output.decode().strip()
        who, address = self.person()
        signed = {f"GIT_{role}_{part}": text for role in _ROLES for part, text in (("NAME", who), ("EMAIL", address))}
        return self.git("commit-tree", tree, "-p", parent, "-m", message, environment=signed).output.decode().strip()

    def person(self) -> tuple[str, str]:
        """Return the name and address that the writer commits with, or Byline's where there are none."""
        asked = self._asked("-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT")
        found = re.match(r"([^<>\n]+) <([^<>\n]+)> ", asked.output.decode(errors="replace"))
        return (found[1], found[2]) if found and not asked.code else ("Byline", "byline@localhost")

    def pushed(self, commit: str, seen: str, told: Callable[[str], None]) -> Ended:
        """Push a commit to the branch if it is still at `seen` (empty: not there); return how that ended.

        `told` is given each line of git's progress.
        """
        lease = f"--force-with-lease={self.ref}:{seen}"
        options = ("--porcelain", "--progress", "--no-verify", "--no-thin", lease)
        ended = self._run(("push", *options, "there", f"{commit}:{self.ref}"), heard=told)
        if not ended.code:
            self.git("update-ref", THERE, commit)
        return ended

    def git(
        self, *arguments: str, given: Iterable[bytes] = (), environment: Mapping[str, str | None] | None = None
    ) -> Ended:
        """Run git in the repository; raise Broken when it fails, Fault when the disk is full (it is left then)."""
        ended = self._run(arguments, given=given, environment=environment)
        if ended.code:
            if connection.FULL.search(ended.errors):
                files.remove_tree(self.folder)
            raise connection.fault(self.where, ended.errors) or _broken(self.where, ended)
        return ended

    def remote(self, *arguments: str) -> Ended:
        """Run a git command that asks the remote; raise Fault with the reason when it fails."""
        ended = self._run(arguments)
        if ended.code:
            raise self.fault(ended)
        return ended

    def fault(self, ended: Ended) -> Fault:
        """Return why a git command that asked the remote failed."""
        found = connection.fault(self.where, ended.errors)
        if found:
            return found
        if _MISSING.search(ended.errors):
            what = f"There is no repository at {self.url}, or you may not see it."
            return Fault(Problem("wrong-target", what, "Make it there first, or mend the address in BYLINE_DEPLOY."))
        return _broken(self.where, ended)

    def _run(
        self,
        arguments: Sequence[str],
        *,
        given: Iterable[bytes] = (),
        environment: Mapping[str, str | None] | None = None,
        heard: Callable[[str], None] | None = None,
    ) -> Ended:
        quiet = {**_QUIET, **self._access, **(environment or {})}
        command = ["git", "--git-dir", str(self.folder), *arguments]
        return captured(command, cwd=self._root, environment=quiet, given=given, heard=heard)

    def _asked(self, *arguments: str) -> Ended:
        """Ask git in the folder of the writer's blog, which may be in a repository; nothing is changed there."""
        return captured(["git", *arguments], cwd=self._root, environment=_QUIET)

    def _accesses(self) -> dict[str, str | None]:
        """Return the environment with which git gets in: the writer's ssh, and what their repository knows of access.

        A forge's workflow keeps its token there. It goes by the environment, so that it is in no file and no list of
        processes.
        """
        listed = self._asked("config", "--show-scope", "--includes", "-z", "--get-regexp", _ACCESS).output
        parts = listed.decode(errors="surrogateescape").split("\0")
        found = [
            (key, value)
            for scope, (key, _, value) in zip(parts[::2], (part.partition("\n") for part in parts[1::2]), strict=False)
            if scope in {"local", "worktree", "command"}
        ]
        access: dict[str, str | None] = {"GIT_CONFIG_COUNT": str(len(found))}
        for number, (key, value) in enumerate(found):
            access |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        configured = self._asked("config", "--get", "core.sshCommand").output.decode(errors="replace").strip()
        return {**access, "GIT_SSH_COMMAND": ssh.command(configured or "ssh")}


def _broken(where: str, ended: Ended) -> Broken:
    what = f"git failed on {where}: {connection.last_words(ended.errors)}."
    return Broken(Problem("failed-program", what, "Mend that, then run this again."))
