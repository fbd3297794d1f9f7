"""Addresses of targets, and what their programs say: pure parts that need no server."""

from __future__ import annotations

import pytest
from byline.deploy import connection, fast_import, git_address, rsync_address, server_scripts
from byline.values.problem import Fault, Refused

GITHUB = "git@github.com:me/me.github.io.git"
CODEBERG = "https://codeberg.org/me/pages.git"


@pytest.mark.parametrize(
    ("to", "url", "branch"),
    [
        (f"{GITHUB}#gh-pages", GITHUB, "gh-pages"),
        (GITHUB, GITHUB, "pages"),
        ("/srv/c#/site.git#live/site", "/srv/c#/site.git", "live/site"),
        ("ssh://me@host:2222/~/site.git#", "ssh://me@host:2222/~/site.git", "pages"),
    ],
)
def test_a_git_address_is_a_remote_and_a_branch(to: str, url: str, branch: str) -> None:
    assert git_address.split(to) == (url, branch)


@pytest.mark.parametrize(
    ("url", "site_url", "files"),
    [
        (GITHUB, "https://me.example/blog", {"CNAME": b"me.example\n"}),
        ("ssh://git@ssh.github.com:443/me/site.git", "https://me.example", {"CNAME": b"me.example\n"}),
        ("https://token@github.com/me/site", "https://me.example", {"CNAME": b"me.example\n"}),
        (GITHUB, "https://me.github.io", {}),
        (GITHUB, "", {}),
        (CODEBERG, "https://me.example", {".domains": b"me.example\n"}),
        (CODEBERG, "https://me.codeberg.page", {}),
        ("/srv/github.com/site.git", "https://me.example", {}),
    ],
)
def test_a_host_gets_the_file_that_names_the_sites_own_domain(url: str, site_url: str, files: dict[str, bytes]) -> None:
    assert git_address.host_files(url, site_url) == {".nojekyll": b"", **files}


@pytest.mark.parametrize(
    ("to", "host", "port", "folder"),
    [
        ("rsync://me@host.example/srv/www/", "me@host.example", None, "/srv/www"),
        ("rsync://host:2222/srv/with%20space", "host", 2222, "/srv/with space"),
        ("rsync://me@[::1]:22/srv", "me@[::1]", 22, "/srv"),
        ("rsync://me@host/~/www", "me@host", None, "./www"),
    ],
)
def test_an_rsync_address_is_a_host_and_a_folder(to: str, host: str, port: int | None, folder: str) -> None:
    assert rsync_address.parsed(to) == rsync_address.Address(host, port, folder)


@pytest.mark.parametrize("to", ["rsync://host", "rsync://host/", "rsync:/srv", "rsync://-x/srv", "rsync://h:port/srv"])
def test_what_names_no_folder_on_a_server_is_refused(to: str) -> None:
    with pytest.raises(Fault, match="names no folder on a server"):
        rsync_address.parsed(to)


def test_no_value_stands_in_the_command_that_a_servers_shell_reads() -> None:
    command, body = server_scripts.sent(server_scripts.LOOK, folder="$(touch x)'", place="`y`")

    assert command == f"""sh -c 'eval "$(dd bs=1 count={len(body)} 2>/dev/null)"'"""
    assert body.startswith(b"""folder='$(touch x)'"'"''\nplace='`y`'\n""")
    assert server_scripts.program("/ü'").count("\\") == len("/ü'".encode())


def test_a_path_in_a_commit_is_quoted() -> None:
    assert fast_import.quoted('a "b"\\\nü') == '"a \\"b\\"\\\\\\nü"'.encode()


@pytest.mark.parametrize(
    ("errors", "kind", "code"),
    [
        ("ssh: Could not resolve hostname no.example: Name or service not known", Refused, "unreachable-target"),
        ("ssh: connect to host h port 22: Connection timed out", Refused, "unreachable-target"),
        ("fatal: unable to access 'https://h/': Could not resolve host: h", Refused, "unreachable-target"),
        ("error: RPC failed; HTTP 503\nfatal: the remote end hung up unexpectedly", Refused, "unreachable-target"),
        ("me@h: Permission denied (publickey).\nConnection closed by remote host", Fault, "refused-by-target"),
        ("fatal: could not read Username for 'https://h': terminal prompts disabled", Fault, "refused-by-target"),
        ("Host key verification failed.\nfatal: the remote end hung up unexpectedly", Fault, "refused-by-target"),
        ('rsync: write failed on "x": No space left on device (28)\nBroken pipe (32)', Fault, "full-target"),
    ],
)
def test_what_programs_say_becomes_one_sentence(errors: str, kind: type[Fault], code: str) -> None:
    found = connection.fault("me@h:/srv", errors)

    assert type(found) is kind
    assert found.problems[0].code == code
    assert "\n" not in str(found)


def test_what_is_no_fault_of_the_connection_is_left_to_the_target() -> None:
    assert connection.fault("me@h:/srv", 'rsync: mkstemp "/srv/x" failed: Permission denied (13)') is None
