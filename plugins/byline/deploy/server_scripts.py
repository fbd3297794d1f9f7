"""The shell scripts that run on a server with releases in folders, and how they are sent and their answers read.

Not the sending. They are POSIX sh, with `find -print0`, `xargs -0` and rsync, which GNU, BSD and BusyBox have.

    releases/<id>/              a release; <id>.2 and so on when it was made again while the first was still there
    releases/<id>.partial/      one on its way: hard links of the present one, then what changes
    releases/<id>.before/       what an earlier try of the same release has brought already
    releases/<id>.gone/         what is being deleted
    releases/.busy/             held while one of these scripts changes something
    current -> releases/<id>    what the web server shows
"""

from __future__ import annotations

import re
import shlex

from byline.values.manifest import PATH

BUSY, MOVED, NO_LINK, NO_FOLDER, NO_RSYNC, NO_SWAP = "busy moved no-link no-folder no-rsync no-swap".split()
"""What a script says before it ends with STOPPED."""
STOPPED = 65
LISTS = ("leaving", "folders", "kept")
"""The lists that PREPARE reads, in this order."""
_NAME = re.compile(r"releases/([0-9a-f]+)(?:\.[0-9]+)?")
_START = b"byline\0"
# A login shell may greet before our output begins; and whatever it is (fish, csh), it reads these few words alike.
_RUN = """sh -c 'eval "$(dd bs=1 count={size} 2>/dev/null)"'"""
_ALL = """
set -eu
umask 022
LC_ALL=C
export LC_ALL
stop() { printf 'byline: %s\\n' "$1" >&2; exit 65; }
"""
_CHANGING = """
command -v rsync >/dev/null || stop no-rsync
[ ! -e "$folder" ] || [ -d "$folder" ] || stop no-folder
mkdir -p "$folder/releases"
cd "$folder"
tries=0
until mkdir releases/.busy 2>/dev/null; do
    if [ ! -d releases/.busy ]; then
        mkdir releases/.busy && break || exit 1
    fi
    # Whoever held it was ended by a power cut.
    [ -z "$(find releases/.busy -prune -mmin +15)" ] || rmdir releases/.busy 2>/dev/null || :
    tries=$((tries + 1))
    [ "$tries" -le 100 ] || stop busy
    sleep 0.2 2>/dev/null || sleep 1
done
trap 'rmdir releases/.busy' EXIT
trap 'exit 1' HUP INT PIPE TERM
partial=releases/$release.partial
before=releases/$release.before
"""
_SEEN = """
[ "$(readlink current || :)" = "$seen" ] || stop moved
"""
LOOK = f"""
printf 'byline\\0'
if [ ! -d "$folder" ]; then
    [ ! -e "$folder" ] || stop no-folder
    printf '\\0\\0'
    exit 0
fi
cd "$folder"
[ ! -e releases ] || [ -d releases ] || stop no-folder
tries=0
while [ -d releases/.busy ] && [ "$tries" -le 50 ]; do
    tries=$((tries + 1))
    sleep 0.2 2>/dev/null || sleep 1
done
[ ! -e current ] || [ -L current ] || stop no-link
printf '%s\\0' "$(readlink current || :)"
if [ -d "$place/" ]; then
    cd "$place/"
    find . ! -type d -print0
    printf '\\0'
    [ ! -f {PATH} ] || cat {PATH}
else
    printf '\\0'
fi
"""
"""Answers where `current` leads, the files of the folder `place`, and its manifest."""
PREPARE = f"""{_CHANGING}{_SEEN}if [ -d "$partial" ]; then
    rm -rf "$before"
    mv "$partial" "$before"
fi
mkdir -p "$before"
rm -rf "$partial.making"
mkdir "$partial.making"
if [ -d "$base/" ]; then
    # The first is faster, the second works everywhere, and goes on where the first could not.
    cp -al "$base/." "$partial.making/" 2>/dev/null ||
        rsync -a --link-dest="$(cd "$base/" && pwd -P)/" "$base/" "$partial.making/"
fi
made=$PWD/$partial.making
if [ "$leaving" -gt 0 ]; then
    dd bs=1 count="$leaving" 2>/dev/null | (cd "$made" && xargs -0 rm -f --)
fi
if [ "$folders" -gt 0 ]; then
    dd bs=1 count="$folders" 2>/dev/null | (cd "$made" && xargs -0 rmdir -- 2>/dev/null) || :
fi
if [ "$kept" -gt 0 ]; then
    dd bs=1 count="$kept" 2>/dev/null |
        rsync -a --from0 --files-from=- --link-dest="$(cd current/ && pwd -P)/" current/ "$made/"
fi
mv "$partial.making" "$partial"
"""
"""Makes a release's partial folder of hard links of the folder `base`.

Its input are three lists of paths, each ended by NUL, of `leaving`, `folders` and `kept` bytes: files and then folders
that go, and files to link from the present release.
"""
FINISH = f"""{_CHANGING}{_SEEN}[ -d "$partial" ] || stop moved
if [ "$coming" -le 200 ]; then
    # What has only one link has just come.
    find "$partial" -type f -links 1 -exec sync {{}} + 2>/dev/null || sync
else
    sync
fi
name=$release
number=1
while [ -e "releases/$name" ]; do
    number=$((number + 1))
    name=$release.$number
done
mv "$partial" "releases/$name"
rm -f current.next
ln -s "releases/$name" current.next
mv -T current.next current 2>/dev/null || mv -h current.next current 2>/dev/null ||
    perl -e 'rename "current.next", "current" or exit 1' 2>/dev/null || :
[ "$(readlink current)" = "releases/$name" ] || stop no-swap
ls -1td releases/*/{PATH} | {{
    known=" $release "
    count=0
    while IFS= read -r path; do
        one=${{path%/{PATH}}}
        one=${{one#releases/}}
        case $one in "$name" | "" | *[!0-9a-f.]*) continue ;; esac
        id=${{one%%.*}}
        [ "${{#id}}" -eq "${{#release}}" ] || continue
        case $known in
        *" $id "*) ;;
        *)
            known="$known$id "
            count=$((count + 1))
            [ "$count" -gt "$keep" ] || continue
            ;;
        esac
        mv "releases/$one" "releases/$one.gone"
    done
}}
for path in releases/*.partial releases/*.partial.making releases/*.before; do
    one=${{path#releases/}}
    case ${{one%%.*}} in "" | *[!0-9a-f]*) ;; *) mv "$path" "releases/$one.gone" ;; esac
done
(
    # Nobody waits for this; what is left of it goes the next time.
    for path in releases/*.gone; do
        one=${{path#releases/}}
        case ${{one%%.*}} in "" | *[!0-9a-f]*) ;; *) rm -rf "$path" ;; esac
    done
) </dev/null >/dev/null 2>&1 &
"""
"""Gives a partial folder its name, makes it live by renaming one link over another, and lets the oldest go."""
DROP = f"""{_CHANGING}
rm -rf "$partial" "$before"
"""
"""Takes back what a release on its way has brought so far: on a full disk it is in everybody's way."""
RELEASES = f"""
printf 'byline\\0'
if [ -d "$folder/releases" ]; then
    cd "$folder"
    readlink current || echo
    ls -1td releases/*/{PATH} 2>/dev/null || :
fi
"""
"""Answers where `current` leads, then all releases, the newest first, a line each."""


def sent(script: str, **values: str | int) -> tuple[str, bytes]:
    """Return the command for a server's shell and the beginning of its input, which is the script.

    `values` are the script's variables. None of them, and nothing of the script, is in the command.
    """
    given = "".join(f"{name}={shlex.quote(str(value))}\n" for name, value in values.items())
    body = f"{given}{_ALL}{script}".encode()
    return _RUN.format(size=len(body)), body


def program(folder: str) -> str:
    """Return what starts rsync on a server in this folder, in characters that every shell reads alike."""
    octal = "".join(f"\\{byte:03o}" for byte in folder.encode())
    return f"""sh -c 'cd "$(printf "{octal}")" && exec rsync "$@"' rsync"""


def answer(output: bytes) -> bytes:
    """Return what a script answers, without the greetings of the server's shell."""
    return output.partition(_START)[2]


def looked(output: bytes) -> tuple[str, dict[str, bytes], bytes]:
    """Return what LOOK answers: where the link leads, the files (as text, and as the server has them), the manifest.

    A name that is not UTF-8 is none of ours, and stands for itself in a readable way.
    """
    link, _, rest = answer(output).partition(b"\0")
    listing, _, manifest = rest.partition(b"\0\0") if not rest.startswith(b"\0") else (b"", b"", rest[1:])
    names = [name.removeprefix(b"./") for name in listing.split(b"\0") if name]
    return link.decode(errors="replace"), {name.decode(errors="backslashreplace"): name for name in names}, manifest


def listed(output: bytes) -> dict[str, str]:
    """Return what RELEASES answers: the folders by their release's id, the live one first, then the newest."""
    found: dict[str, str] = {}
    for line in answer(output).decode(errors="replace").splitlines():
        name = _NAME.fullmatch(line.removesuffix(f"/{PATH}"))
        if name:
            found.setdefault(name[1], name[0])
    return found
