"""`new --photo`: the picture is copied, never over another; what its file says of its rights stands in the draft."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING

import pytest
from byline.commands import new
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

    from blog import Blog

XMP = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" rdf:about="" dc:source="https://ana.example/1"
 xmpRights:WebStatement="{license}">
<dc:creator><rdf:Seq>{creators}</rdf:Seq></dc:creator>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Harbour:
 early</rdf:li></rdf:Alt></dc:title>
<core:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Boats</rdf:li></rdf:Alt></core:AltTextAccessibility>
</rdf:Description></rdf:RDF></x:xmpmeta>
"""


def picture(file: Path, *creators: str, license_: str = "https://creativecommons.org/licenses/by-sa/2.0/") -> Path:
    """Write a picture; with creators, its file names them."""
    names = "".join(f"<rdf:li>{name}</rdf:li>" for name in creators)
    rights = {"xmp": XMP.format(creators=names, license=license_).encode()} if creators else {}
    Image.new("RGB", (64, 48), "navy").save(file, "JPEG", **rights)
    return file


def run(blog: Blog, photo: Path | str, title: str = "Old boats") -> int:
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        code = new.run(blog.root, title, photo=str(photo), edit=False)
    blog.said = stream.getvalue()
    return code


def front(blog: Blog, name: str = "old-boats") -> list[str]:
    """Return the draft's lines about its picture."""
    lines = (blog.root / f"content/posts/{name}.md").read_text("utf-8").splitlines()
    return [line for line in lines if line.startswith("Photo")]


def images(blog: Blog) -> list[str]:
    folder = blog.root / "content/images"
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def test_the_picture_is_copied_and_its_rights_stand_in_the_draft(blog: Blog, tmp_path: Path) -> None:
    file = picture(tmp_path / "harbour.jpg", "Ana Ruiz")

    assert run(blog, file) == 0, blog.said

    assert (blog.root / "content/images/harbour.jpg").read_bytes() == file.read_bytes()
    assert front(blog) == [
        "Photo: ../images/harbour.jpg",
        "Photo_alt:",
        "Photo_creator: Ana Ruiz",
        "Photo_license: CC-BY-SA-2.0",
        "Photo_source: https://ana.example/1",
        "Photo_title: Harbour: early",
    ]
    assert "Its picture is images/harbour.jpg in content/. Its file names Ana Ruiz. Fill in Photo_alt." in blog.said


def test_where_the_file_says_nothing_there_are_lines_to_fill_in(blog: Blog, tmp_path: Path) -> None:
    assert run(blog, picture(tmp_path / "harbour.jpg")) == 0

    assert front(blog) == ["Photo: ../images/harbour.jpg", "Photo_alt:", "Photo_creator:", "Photo_license:"]
    assert "Its file names nobody. Fill in Photo_alt, Photo_creator, Photo_license; or" in blog.said


def test_unknown_terms_leave_the_licence_to_fill_in(blog: Blog, tmp_path: Path) -> None:
    assert run(blog, picture(tmp_path / "harbour.jpg", "Ana Ruiz", license_="https://ana.example/terms")) == 0

    assert front(blog)[2:4] == ["Photo_creator: Ana Ruiz", "Photo_license:"]
    assert "Fill in Photo_alt, Photo_license." in blog.said


def test_several_creators_stay_in_the_file_that_names_them(blog: Blog, tmp_path: Path) -> None:
    assert run(blog, picture(tmp_path / "harbour.jpg", "Ana Ruiz", "Jon van Dyk")) == 0

    assert not [line for line in front(blog) if line.startswith("Photo_creator:")]
    assert "Its file names Ana Ruiz, Jon van Dyk." in blog.said


def test_the_draft_builds_and_its_hints_do_not_stand_in_the_way(blog: Blog, tmp_path: Path) -> None:
    run(blog, picture(tmp_path / "harbour.jpg", "Ana Ruiz"))
    draft = blog.root / "content/posts/old-boats.md"
    text = draft.read_text("utf-8").replace("Status: draft", "Date: 2020-01-01").replace("alt:", "alt: Boats")
    draft.write_text(text, "utf-8")

    assert blog.build() == 0
    assert blog.told == ""


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("My harbour (1).JPG", "My-harbour-(1).JPG"),
        ("50% #1?.jpg", "50-1-.jpg"),
        ("cafe\N{COMBINING ACUTE ACCENT}.jpg", "café.jpg"),
        ("_draft.jpg", "draft.jpg"),
        (".hidden.jpg", "hidden.jpg"),
        ("гавань.jpg", "гавань.jpg"),
    ],
)
def test_a_name_is_kept_but_for_what_addresses_do_not_hold(blog: Blog, tmp_path: Path, name: str, there: str) -> None:
    assert run(blog, picture(tmp_path / name)) == 0

    assert images(blog) == [there]
    assert front(blog)[0] == f"Photo: ../images/{there}"


def test_a_picture_below_content_stays_where_it_is(blog: Blog) -> None:
    (blog.root / "content/images/2024").mkdir(parents=True)
    file = picture(blog.root / "content/images/2024/100% my.jpg")

    assert run(blog, file) == 0

    assert images(blog) == ["2024"]
    assert front(blog)[0] == "Photo: ../images/2024/100%25 my.jpg"


def test_the_same_picture_may_be_named_twice_another_one_is_refused(blog: Blog, tmp_path: Path) -> None:
    file = picture(tmp_path / "harbour.jpg")
    assert run(blog, file) == run(blog, file, "Once more") == 0
    before = (blog.root / "content/images/harbour.jpg").read_bytes()

    assert run(blog, picture(file, "Ana Ruiz"), "Another") == 1

    assert "Another picture named harbour.jpg is in content/images/ already. Rename yours." in blog.said
    assert (blog.root / "content/images/harbour.jpg").read_bytes() == before
    assert not (blog.root / "content/posts/another.md").exists()


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        (
            "a.heic",
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
            "a.heic is HEIF, which not every browser shows. Save it as JPEG",
        ),
        (
            "a.jpg",
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
            "a.jpg is HEIF, which not every browser shows. Save it as JPEG",
        ),
        ("a.tif", b"II*\0", "a.tif is TIFF, which not every browser shows. Save it as JPEG or PNG."),
        ("a.jpg", b"one picture", "a.jpg is no picture of a known format."),
        ("a.jpg", b"\xff\xd8\xff", "a.jpg cannot be decoded, as if a part were missing."),
        ("a.jpg", b"", "a.jpg is no picture of a known format."),
        ("a.jpg", None, "a.jpg: error: There is no such picture. Name a picture's file."),
    ],
)
def test_what_is_no_picture_is_refused(blog: Blog, tmp_path: Path, name: str, body: bytes | None, told: str) -> None:
    if body is not None:
        (tmp_path / name).write_bytes(body)

    assert run(blog, tmp_path / name) == 1

    assert told in blog.said
    assert "error" in blog.said
    assert images(blog) == []
    assert not (blog.root / "content/posts/old-boats.md").exists()


def test_an_svg_is_a_picture(blog: Blog, tmp_path: Path) -> None:
    file = tmp_path / "plan.svg"
    file.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>', "utf-8")

    assert run(blog, file) == 0
    assert images(blog) == ["plan.svg"]


def test_a_draft_that_is_refused_leaves_no_picture(blog: Blog, tmp_path: Path) -> None:
    assert run(blog, picture(tmp_path / "harbour.jpg"), "First") == 1

    assert "content/posts/first.md: error: This file is already there." in blog.said
    assert images(blog) == []
