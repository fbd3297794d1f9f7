"""`credit`: what a service, a file or an old line says becomes a record, and what the writer wrote stays."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty
import subprocess
import sys
import time
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from byline.commands import credit
from byline.commands.credit import Wishes
from byline.credits.lookup import LIMIT
from byline.edges import files
from byline.edges.http import Client
from killing import kill_at, moments
from PIL import Image
from web import answer, keeps, leads, sends, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blog import Blog
    from web import Behaviour, Server

ANSWERS = Path(__file__).parents[1] / "fixtures" / "answers"
PAGES = {
    "Openverse": "https://openverse.org/image/4bc43a04-ef46-4544-a0c1-63c63f56e276",
    "Wikimedia Commons": "https://commons.wikimedia.org/wiki/File:Harbour_at_dawn.jpg",
    "Flickr": "https://www.flickr.com/photos/78986993@N00/3372549602/",
}
FOUND = {
    "title": "Harbour, early",
    "creator": "Ana Ruiz",
    "creator_url": "https://www.flickr.com/photos/29633037@N05",
    "source": "https://www.flickr.com/photos/29633037@N05/15188602930",
    "license": "CC-BY-SA-2.0",
}
XMP = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 rdf:about="" xmpRights:WebStatement="https://creativecommons.org/licenses/by/4.0/">
<dc:creator><rdf:Seq><rdf:li>Ana Ruiz</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta>
"""
ON_A_TERMINAL = """
import sys
from pathlib import Path
from byline.commands import credit
from byline.edges.http import Client
wishes = credit.Wishes(picture="images/harbour.jpg", url=sys.argv[1])
sys.exit(credit.run(Path().resolve(), wishes, Client(private=True), {"Openverse": sys.argv[2]}))
"""
FROM_POST = """
import sys
from pathlib import Path
from byline.commands import credit
sys.stdout = sys.stderr
sys.exit(credit.run(Path(sys.argv[1]), credit.Wishes(from_post="old", yes=True)))
"""


@pytest.fixture
def blog(blog: Blog) -> Blog:
    """Give a blog with a picture."""
    blog.settings('STATIC_PATHS = ["images"]\n')
    picture(blog, "images/harbour.jpg")
    return blog


@pytest.fixture
def service() -> Iterator[Server]:
    """Give a server that answers like each of the three."""

    def reply(request: bytes) -> bytes:
        name = {b"/v1": "openverse", b"/w/": "commons", b"/se": "flickr"}[request.split(b" ")[1][:3]]
        return answer((ANSWERS / f"{name}.json").read_bytes(), Content_Type="application/json")

    with serving(keeps(reply)) as server:
        yield server


def picture(blog: Blog, path: str, **rights: bytes) -> Path:
    """Write a picture below content/."""
    body = io.BytesIO()
    Image.new("RGB", (64, 48), "navy").save(body, "JPEG", **rights)
    return blog.write(f"content/{path}", body.getvalue())


def run(blog: Blog, wishes: Wishes, home: str = "") -> int:
    """Run `credit` without a terminal, every service at the address `home`; keep what was said and told."""
    output, errors = io.StringIO(), io.StringIO()
    client = Client(private=True, seconds=2, limit=LIMIT)
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        code = credit.run(blog.root, wishes, client, dict.fromkeys(PAGES, home))
    blog.said, blog.told = output.getvalue(), errors.getvalue()
    return code


def looked_up(blog: Blog, home: str, *, name: str = "Openverse", picture: str = "images/harbour.jpg") -> int:
    return run(blog, Wishes(picture, PAGES[name], yes=True), home)


def records(blog: Blog) -> dict[str, object]:
    file = blog.root / "content/photos.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.exists() else {}


def sources(blog: Blog) -> dict[str, bytes]:
    """Return all files below content/."""
    found = (blog.root / "content").rglob("*.*")
    return {str(file.relative_to(blog.root)): file.read_bytes() for file in found if file.is_file()}


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def test_a_page_becomes_a_record_with_the_day_it_was_seen(blog: Blog, service: Server) -> None:
    comment = "# Pictures of the text.\n\n['images/me.jpg'] # me\nown = true\n"
    blog.write("content/photos.toml", comment)

    assert looked_up(blog, service.url) == 0, blog.told

    assert records(blog)["images/harbour.jpg"] == {**FOUND, "seen": today()}
    assert (blog.root / "content/photos.toml").read_text("utf-8").startswith(comment)
    assert '["images/harbour.jpg"]\ntitle = "Harbour, early"\ncreator = "Ana Ruiz"\n' in blog.said
    assert "content/photos.toml has the record of images/harbour.jpg.\nIt has no `alt` yet" in blog.said


def test_a_service_is_told_who_asks(blog: Blog, service: Server) -> None:
    looked_up(blog, service.url, name="Wikimedia Commons")

    (request,) = service.requests
    assert request.startswith(b"GET /w/api.php?action=query&format=json&formatversion=2&prop=imageinfo")
    assert b"User-Agent: Byline (https://me.example)\r\n" in request


@pytest.mark.parametrize(
    ("name", "creator", "license_"),
    [("Wikimedia Commons", "Ana Ruiz", "CC-BY-SA-3.0-DE"), ("Flickr", "g0upil", "CC-BY-SA-2.0")],
)
def test_each_service_is_understood(blog: Blog, service: Server, name: str, creator: str, license_: str) -> None:
    assert looked_up(blog, service.url, name=name) == 0

    found = records(blog)["images/harbour.jpg"]
    assert isinstance(found, dict)
    assert (found["creator"], found["license"]) == (creator, license_)


def test_what_was_looked_up_satisfies_the_check_of_credits(blog: Blog, service: Server) -> None:
    looked_up(blog, service.url)
    blog.post("third", "![Boats](../images/harbour.jpg)")

    assert blog.build() == 0
    assert blog.told == ""
    assert "CC BY-SA 2.0" in blog.page("third.html")


def test_without_a_terminal_nothing_is_written_unless_it_is_agreed_to(blog: Blog, service: Server) -> None:
    before = sources(blog)

    assert run(blog, Wishes("images/harbour.jpg", PAGES["Openverse"]), service.url) == 0

    assert 'license = "CC-BY-SA-2.0"' in blog.said
    assert blog.said.endswith("Nothing was written. On a terminal you are asked; elsewhere, --yes writes it.\n")
    assert sources(blog) == before


def test_what_the_writer_wrote_stays_and_both_are_shown(blog: Blog, service: Server) -> None:
    blog.write("content/photos.toml", '["images/harbour.jpg"]\nalt = "Boats"\ncreator = "A. Ruiz" # as she signs\n')

    assert looked_up(blog, service.url) == 0

    of_another = {name: value for name, value in FOUND.items() if name != "creator_url"}
    assert records(blog)["images/harbour.jpg"] == {**of_another, "alt": "Boats", "creator": "A. Ruiz", "seen": today()}
    assert f'This was found, and goes with another creator: creator_url = "{FOUND["creator_url"]}"' in blog.said
    assert 'content/photos.toml has creator = "A. Ruiz", and this was found: creator = "Ana Ruiz"\n' in blog.said
    assert "What content/photos.toml says otherwise stays." in blog.said
    assert "alt" not in blog.said


def test_a_second_look_changes_nothing(blog: Blog, service: Server) -> None:
    looked_up(blog, service.url)
    before = sources(blog)

    assert looked_up(blog, service.url) == 0

    assert blog.said == "content/photos.toml says all of this already.\n"
    assert sources(blog) == before


def test_a_picture_says_itself_whose_it_is(blog: Blog) -> None:
    picture(blog, "images/harbour.jpg", xmp=XMP.encode())

    assert run(blog, Wishes("images/harbour.jpg", yes=True)) == 0, blog.told

    assert records(blog) == {"images/harbour.jpg": {"creator": "Ana Ruiz", "license": "CC-BY-4.0", "seen": today()}}


def test_a_picture_that_says_nothing_is_told(blog: Blog) -> None:
    assert run(blog, Wishes("images/harbour.jpg", yes=True)) == 1

    assert (
        "The file of images/harbour.jpg does not say whose it is. Give the page it comes from with --url" in blog.told
    )
    assert records(blog) == {}


def test_all_rights_reserved_is_said_and_no_licence(blog: Blog) -> None:
    body = (ANSWERS / "flickr-all-rights-reserved.json").read_bytes()
    with serving(sends(answer(body))) as server:
        assert looked_up(blog, server.url, name="Flickr") == 0

    found = records(blog)["images/harbour.jpg"]
    assert isinstance(found, dict)
    assert found["license"] == "unknown"
    assert "seen" not in found
    assert "“All Rights Reserved”, which name no licence that lets you show the picture." in blog.said


def test_a_licence_without_version_is_not_guessed(blog: Blog) -> None:
    said = {**json.loads((ANSWERS / "openverse.json").read_bytes()), "license_version": None, "license_url": None}
    with serving(sends(answer(json.dumps(said).encode()))) as server:
        assert looked_up(blog, server.url) == 0

    assert "It may be CC-BY-SA-1.0 or CC-BY-SA-2.0 or" in blog.said
    assert 'license = "unknown"' in blog.said


SLOW: Behaviour = sends(b"HTTP/1.1 200 OK\r\n\r\n", *([b" "] * 30), every=0.1)


@pytest.mark.parametrize(
    ("behave", "told"),
    [
        (sends(answer(b"{}", "404 Not Found")), "Openverse knows no picture at https://openverse.org/image/4bc"),
        (sends(answer(b"{}", "429 Too Many Requests")), "Openverse answers with the status 429."),
        (sends(answer(b"", "503 Oh")), "Openverse answers with the status 503."),
        (sends(answer(b"<!doctype html><title>Sign in</title>")), "Openverse answers with something else than"),
        (sends(answer(b"\xff\xfe{}")), "Openverse answers with something else than"),
        (sends(answer(b"[" * 500_000)), "Openverse answers with something else than"),
        (sends(answer(b"[]")), "Openverse answers with something else than"),
        (sends(answer(b"{}")), "Openverse knows no picture at"),
        (sends(answer(b'{"foreign_landing_url": 7}')), "Openverse names neither a creator nor a licence for"),
        (sends(answer(b"{" + b" " * 10_000_000)), "Openverse cannot be asked: it sends more than 1,000,000 bytes."),
        (sends(b"SSH-2.0-OpenSSH\r\n"), "Openverse cannot be asked: what it sends is broken off, or is not HTTP."),
        (leads("http://HOST/again"), "Openverse cannot be asked: it leads on more than 5 times"),
        (SLOW, "Openverse cannot be asked: it takes longer than 2 seconds."),
    ],
)
def test_what_cannot_be_learned_is_one_sentence_and_changes_nothing(blog: Blog, behave: Behaviour, told: str) -> None:
    before = sources(blog)
    with serving(behave) as server:
        assert looked_up(blog, server.url) == 1

    assert blog.told.startswith(f"error: {told}")
    assert blog.told.endswith("1 error.\n")
    assert (blog.said, sources(blog)) == ("", before)


def test_offline_is_told(blog: Blog, service: Server) -> None:
    service.close()

    assert looked_up(blog, service.url) == 1

    assert blog.told == (
        "error: Openverse cannot be asked: nothing listens there. "
        "Run this again later, or write the record by hand.\n1 error.\n"
    )


def test_no_service_may_lead_into_a_private_network(
    blog: Blog, service: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    wishes = Wishes("images/harbour.jpg", PAGES["Openverse"], yes=True)

    assert credit.run(blog.root, wishes, homes={"Openverse": service.url}) == 1

    assert "its host 127.0.0.1 is at 127.0.0.1, which is not public." in capsys.readouterr().err
    assert service.requests == []


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        (Wishes(), "It is not said which picture. Type `credit --picture FILE`"),
        (Wishes(url=PAGES["Flickr"]), "It is not said which picture. Type `credit --picture FILE`"),
        (
            Wishes(picture="images/harbour.jpg", from_post="first"),
            "A post's old line needs neither --picture nor --url.",
        ),
        (Wishes(from_post="first", url=PAGES["Flickr"]), "A post's old line needs neither --picture nor --url."),
        (
            Wishes("images/harbour.jpg", "https://x.example/1"),
            "https://x.example/1 is no page of a picture at a service",
        ),
        (
            Wishes("images/harbor.jpg"),
            "There is no picture images/harbor.jpg. Name a picture's file. Did you mean images/h",
        ),
        (Wishes("Harbour.jpg"), "Did you mean images/harbour.jpg?"),
        (Wishes("content"), "There is no picture content. Name a picture's file."),
        (Wishes("posts/first.md"), "posts/first.md is no picture of a known format."),
        (Wishes("pelicanconf.py"), "pelicanconf.py is not below content/, where the pictures of the site are."),
        (Wishes(from_post="firts"), "There is no post called firts. Name its slug or its file. Did you mean first?"),
        (Wishes(from_post="first"), "content/posts/first.md: error: No line of it is clearly a credit."),
    ],
)
def test_what_was_typed_amiss_is_told(blog: Blog, wishes: Wishes, told: str) -> None:
    before = sources(blog)

    assert run(blog, wishes) == 1

    assert told in blog.told
    assert "error" in blog.told
    assert sources(blog) == before


@pytest.mark.parametrize(
    "name", ["harbour.jpg", "images/harbour.jpg", "content/images/harbour.jpg", "../images/harbour.jpg"]
)
def test_a_picture_is_typed_from_wherever_one_is(
    blog: Blog, service: Server, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(blog.root / "content/images")

    assert looked_up(blog, service.url, picture=name) == 0

    assert list(records(blog)) == ["images/harbour.jpg"]


def test_a_picture_is_typed_whole(blog: Blog, service: Server) -> None:
    assert looked_up(blog, service.url, picture=str(blog.root / "content/images/harbour.jpg")) == 0

    assert list(records(blog)) == ["images/harbour.jpg"]


def test_a_name_that_a_mac_decomposed_is_found_and_written_composed(blog: Blog, service: Server) -> None:
    picture(blog, "images/cafe\N{COMBINING ACUTE ACCENT}.jpg")

    assert looked_up(blog, service.url, picture="images/café.jpg") == 0

    assert list(records(blog)) == ["images/café.jpg"]


def test_records_that_are_no_toml_are_told_and_left(blog: Blog, service: Server) -> None:
    blog.write("content/photos.toml", '["images/harbour.jpg"]\nalt = Boats\n')
    before = sources(blog)

    assert looked_up(blog, service.url) == 1

    assert blog.told.startswith("content/photos.toml:2: error: The file is no TOML: ")
    assert sources(blog) == before


def test_another_run_at_work_is_waited_for(blog: Blog, service: Server) -> None:
    with files.lock(blog.root / ".byline" / "lock"):
        assert looked_up(blog, service.url) == 75

    assert records(blog) == {}


def on_a_terminal(blog: Blog, environment: dict[str, str], home: str, *answers: bytes) -> tuple[int, str]:
    """Look a picture up on a terminal and answer each question; return the exit code and all that was to be seen."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", ON_A_TERMINAL, PAGES["Openverse"], home],
        cwd=blog.root,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        close_fds=True,
    )
    os.close(theirs)
    seen, told, end = b"", 0, time.monotonic() + 60
    while time.monotonic() < end:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # the terminal is gone with the process
            break
        seen += piece
        if seen.count(b"[y/N]") > told:
            os.write(ours, answers[told])
            told += 1
    os.close(ours)
    return process.wait(10), seen.decode().replace("\r\n", "\n")


def test_on_a_terminal_it_is_asked_once(blog: Blog, service: Server, environment: dict[str, str]) -> None:
    code, seen = on_a_terminal(blog, environment, service.url, b"y\n")

    assert code == 0, seen
    assert seen.count("[y/N]") == 1
    assert seen.index('license = "CC-BY-SA-2.0"') < seen.index("Write this to content/photos.toml? [y/N]")
    assert records(blog)["images/harbour.jpg"] == {**FOUND, "seen": today()}


@pytest.mark.parametrize("word", [b"\n", b"n\n", b"what\n"])
def test_anything_but_yes_changes_nothing(
    blog: Blog, service: Server, environment: dict[str, str], word: bytes
) -> None:
    before = sources(blog)

    code, seen = on_a_terminal(blog, environment, service.url, word)

    assert code == 75
    assert seen.endswith("Nothing was changed.\n")
    assert sources(blog) == before


@pytest.mark.parametrize(("word", "creator"), [(b"n\n", "A. Ruiz"), (b"y\n", "Ana Ruiz")])
def test_what_is_there_otherwise_is_asked_about_apart(
    blog: Blog, service: Server, environment: dict[str, str], word: bytes, creator: str
) -> None:
    blog.write("content/photos.toml", '["images/harbour.jpg"]\ncreator = "A. Ruiz" # as she signs\n')

    code, seen = on_a_terminal(blog, environment, service.url, b"y\n", word)

    assert code == 0, seen
    assert "Replace what content/photos.toml says otherwise? [y/N]" in seen
    found = FOUND if creator == FOUND["creator"] else {**FOUND, "creator_url": None}
    found = {name: value for name, value in found.items() if value}
    assert records(blog)["images/harbour.jpg"] == {**found, "creator": creator, "seen": today()}
    assert b"# as she signs" in sources(blog)["content/photos.toml"]


LINE = "Photo credit: Ana Ruiz"
RECORD = {"creator": "Ana Ruiz", "license": "unknown"}


def turned(blog: Blog, post: str = "old", *, yes: bool = True) -> int:
    return run(blog, Wishes(from_post=post, yes=yes))


def body(blog: Blog) -> str:
    return (blog.root / "content/posts/old.md").read_bytes().decode().partition("\n\n")[2]


@pytest.mark.parametrize("name", ["old", "posts/old.md", "content/posts/old.md", "./content/posts/old.md", "Old-slug"])
def test_the_closing_line_becomes_the_record_of_the_lead_picture(blog: Blog, name: str) -> None:
    picture(blog, "images/boats.jpg")
    text = f"![Boats](../images/boats.jpg)\n\nWords.\n\n*{LINE}*"
    blog.post("old", text, Photo="../images/harbour.jpg", Slug="Old-slug")

    assert turned(blog, name) == 0, blog.told

    assert records(blog) == {"images/harbour.jpg": RECORD}
    assert body(blog) == "![Boats](../images/boats.jpg)\n\nWords.\n"
    assert '["images/harbour.jpg"]\ncreator = "Ana Ruiz"\nlicense = "unknown"\n' in blog.said
    assert f"content/posts/old.md:10: taken out: *{LINE}*" in blog.said


def test_without_a_lead_picture_it_is_the_last_one_of_the_text(blog: Blog) -> None:
    picture(blog, "images/my boats.jpg")
    blog.post("old", f"![A](/images/harbour.jpg)\n\n![B](<../images/my boats.jpg>)\n\nWords.\n\n{LINE}")

    assert turned(blog) == 0

    assert records(blog) == {"images/my boats.jpg": RECORD}


def test_captions_become_the_records_of_their_pictures(blog: Blog) -> None:
    picture(blog, "images/boats.jpg")
    blog.post(
        "old",
        '![A](../images/harbour.jpg "Harbour, early by Ana Ruiz")\n\n![B](../images/boats.jpg)\n*Boats by Jon van Dyk*',
    )

    assert turned(blog) == 0

    assert records(blog) == {
        "images/harbour.jpg": {"title": "Harbour, early", **RECORD},
        "images/boats.jpg": {"title": "Boats", "creator": "Jon van Dyk", "license": "unknown"},
    }
    assert body(blog) == "![A](../images/harbour.jpg)\n\n![B](../images/boats.jpg)\n"
    assert blog.build() == 0
    assert "Jon van Dyk" in blog.page("old.html")
    assert "<em>Boats" not in blog.page("old.html")


def test_a_linked_page_is_the_source_and_can_be_looked_up(blog: Blog, service: Server) -> None:
    page = PAGES["Openverse"]
    blog.post("old", f"![A](../images/harbour.jpg)\n\n[Photo credit]({page}): Ana Ruiz")
    assert turned(blog) == 0
    assert f"can be looked up: ./byline credit --picture images/harbour.jpg --url {page}\n" in blog.said

    assert looked_up(blog, service.url) == 0

    assert records(blog)["images/harbour.jpg"] == {**FOUND, "source": page, "seen": today()}


def test_without_agreement_records_and_post_stay(blog: Blog) -> None:
    blog.post("old", LINE, Photo="../images/harbour.jpg")
    before = sources(blog)

    assert turned(blog, yes=False) == 0

    assert "Nothing was written." in blog.said
    assert sources(blog) == before


@pytest.mark.parametrize(
    ("text", "front", "why"),
    [
        (LINE, {}, f"content/posts/old.md:4: left as it is, since its picture is not known: {LINE}"),
        (LINE, {"Photo": "../images/nowhere.jpg"}, "since its picture is not known"),
        (
            LINE,
            {"Photo": "../images/harbour.jpg", "Photo_creator": "Jon"},
            "the record of images/harbour.jpg says otherwise",
        ),
        (
            f"{LINE} / Flickr",
            {"Photo": "../images/harbour.jpg"},
            "since it is not clear what it says: Photo credit: Ana",
        ),
        ('![A](https://x.example/a.jpg "Boats by Ana Ruiz")', {}, "since its picture is not known: Boats by Ana Ruiz"),
    ],
)
def test_what_is_not_clear_is_named_and_left(blog: Blog, text: str, front: dict[str, str], why: str) -> None:
    blog.post("old", text, **front)
    before = sources(blog)

    assert turned(blog) == 1

    assert why in blog.said
    assert "content/posts/old.md: error: No line of it is clearly a credit. Write the record by hand." in blog.told
    assert sources(blog) == before


def test_two_lines_that_name_different_people_are_not_settled(blog: Blog) -> None:
    blog.post("old", f'![A](../images/harbour.jpg "Boats by Jon van Dyk")\n\nWords.\n\n{LINE}')

    assert turned(blog) == 0

    assert records(blog) == {"images/harbour.jpg": {"title": "Boats", "creator": "Jon van Dyk", "license": "unknown"}}
    assert f"left as it is, since the record of images/harbour.jpg says otherwise: {LINE}" in blog.said
    assert body(blog) == f"![A](../images/harbour.jpg)\n\nWords.\n\n{LINE}\n"


def test_what_the_front_matter_names_already_is_not_said_twice(blog: Blog) -> None:
    front = {"Photo": "../images/harbour.jpg", "Photo_creator": "Ana Ruiz", "Photo_license": "CC0-1.0"}
    blog.post("old", f"Words.\n\n{LINE}", **front)

    assert turned(blog) == 0

    assert records(blog) == {}
    assert body(blog) == "Words.\n"


def test_the_rest_of_a_post_keeps_its_bytes(blog: Blog) -> None:
    front = b"\xef\xbb\xbfTitle: Old\r\nDate: 2020-01-01\r\nPhoto: ../images/harbour.jpg\r\n\r\n"
    post = blog.write("content/posts/old.md", front + b"One  \r\ntwo.\t\r\n\r\n" + LINE.encode() + b"\r\n")

    assert turned(blog) == 0, blog.told

    assert post.read_bytes() == front + b"One  \r\ntwo.\t\r\n"


def test_a_post_that_is_no_markdown_is_left(blog: Blog) -> None:
    blog.write("content/posts/old.rst", f"Old\n###\n\n:date: 2020-01-01\n:photo: ../images/harbour.jpg\n\n{LINE}\n")

    assert turned(blog) == 1

    assert "content/posts/old.rst: error: No line of it is clearly a credit." in blog.told


def test_killed_at_any_step_the_same_command_completes_it(blog: Blog, tmp_path: Path) -> None:
    program = tmp_path / "from_post.py"
    program.write_text(FROM_POST, "utf-8")
    post = blog.post("old", f"Words.\n\n{LINE}", Photo="../images/harbour.jpg")
    before = post.read_bytes()

    def again() -> None:
        """Put all back as it was."""
        (blog.root / "content/photos.toml").unlink(missing_ok=True)
        post.write_bytes(before)

    count = moments(("os.rename",), blog.root, program=program)
    assert count >= 2
    for moment in range(1, count + 1):
        again()
        kill_at(moment, ("os.rename",), blog.root, program=program)
        left = post.read_bytes()
        assert left in (before, before.replace(f"\n{LINE}\n".encode(), b""))
        assert left == before or records(blog) == {"images/harbour.jpg": RECORD}

        assert turned(blog) == (0 if left == before else 1)

        assert body(blog) == "Words.\n"
        assert records(blog) == {"images/harbour.jpg": RECORD}
