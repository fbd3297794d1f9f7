"""Bad pictures and bad records in a whole site: each is told at its place with its remedy, and nothing else breaks.

Not the rules one by one: those have tests of their own, which need no site.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from unicodedata import normalize
from urllib.parse import quote, unquote
from xml.etree import ElementTree as ET

import pytest
from byline.credits import licenses
from byline.credits.xmp import packet
from byline.values.credit import Credit
from byline.values.html import plain
from byline.values.person import Person
from byline.values.photo import Photo
from live_blog import SETTINGS, LiveBlog
from photographs import decoded, encoded, frames, noisy, picture, png
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

NEW, OLD = "2026-05-05", "2020-05-05"
RECORD = 'alt = "Two boats"\ncreator = "Ana Ruiz"\nlicense = "CC0-1.0"\n'
SAID = '{creator="Ana Ruiz" license=CC0-1.0}'
HERE = "![Boats](../images/a.jpg)"
SOURCE = "source=https://x.example/"
AGAIN = "Save the picture anew, or take a whole copy of it."
OTHERWISE = "which not every browser shows. Save it as JPEG or PNG."
UNNAMED = (
    "Nobody is named for images/a.jpg. Say who made it: in photos.toml, creator, license and source; or own = true."
)
LINE = re.compile(r"(?:\S+(?::\d+)?: )?(?:error|warning): .*[.?]|(?:\d+ (?:error|warning)s?(?:, )?)+\.")
BOMB = """\
<?xml version="1.0"?>
<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><script>alert(1)</script><text>&c;</text></svg>
"""


def spoilt(name: str) -> bytes:
    """Return a picture whose head and end are whole."""
    body = encoded(noisy(400, 300), name)
    return body[:300] + bytes(400) + body[700:]


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LiveBlog:
    """Give a blog with a page of credits, whose pictures are made in few sizes; cards are not drawn."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("BYLINE_TRACEBACK", raising=False)
    blog = LiveBlog(tmp_path / "blog").begin(str(tmp_path / "www"))
    photos(blog, widths=[320], formats=["webp"], cards=False)
    return blog


def photos(blog: LiveBlog, **options: object) -> None:
    """Write the settings, with these of BYLINE_PHOTOS."""
    own = SETTINGS.replace('"authors", "subscribe"', '"authors", "credits", "subscribe"')
    address = 'CREDITS_URL, CREDITS_SAVE_AS = "credits/", "credits/index.html"'
    blog.write("pelicanconf.py", f"{own}{address}\nBYLINE_PHOTOS = {options!r}\n")


def show(blog: LiveBlog, text: str, name: str = "shown", **front: str) -> None:
    """Write a post with a text in its seventh line."""
    blog.post(name, f"Words.\n\n{text}", **{"Date": NEW, "Summary": f"What is {name}.", **front})


def surroundings(blog: LiveBlog) -> dict[str, bytes | str]:
    """Return every file around a blog's output/ and .byline/: its own, and what is beside it."""
    top = blog.root.parent
    ours = (blog.root / "output", blog.root / ".byline")
    found = sorted(path for path in top.rglob("*") if not any(path.is_relative_to(folder) for folder in ours))
    return {
        str(path): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in found
        if path.is_symlink() or path.is_file()
    }


def heard(blog: LiveBlog) -> list[str]:
    """Build and check; return what the check tells, a line each.

    Both end as they should (1 on an error, 0 on warnings), speak in Problems only, and change nothing of the writer's.
    """
    before = surroundings(blog)
    code = blog.build()
    assert code == (": error: " in blog.told)
    assert [line for line in blog.told.splitlines() if line and not LINE.fullmatch(line)] == []
    code = blog.check()
    assert code == (": error: " in blog.told)
    assert [line for line in blog.told.splitlines() if line and not LINE.fullmatch(line)] == []
    after = surroundings(blog)
    assert {path: body for path, body in after.items() if "__pycache__" not in path} == before
    return [line for line in blog.told.splitlines() if ": error: " in line or ": warning: " in line]


def figures(page: str) -> list[str]:
    return re.findall(r"<figure.*?</figure>", page, re.DOTALL)


class Tags(HTMLParser):
    """The tags of a page as a browser meets them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def image_objects(page: str) -> list[dict[str, Any]]:
    """Return the ImageObjects of a page's JSON-LD."""
    graphs = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [one for graph in graphs for one in json.loads(graph).get("@graph", ()) if one["@type"] == "ImageObject"]


def addresses(blog: LiveBlog) -> set[str]:
    """Return every address that pages, feeds, JSON-LD and renditions give, wherever it stands."""
    found: set[str] = set()
    for file in blog.output.rglob("*.*"):
        if file.suffix == ".html":
            page = file.read_text("utf-8")
            found |= {
                value for _tag, given in Tags(page).found for name, value in given.items() if name in {"href", "src"}
            }
            found |= {str(value) for one in image_objects(page) for value in values(one)}
        elif file.suffix == ".xml":
            root = ET.parse(file).getroot()
            found |= {value for element in root.iter() for value in element.attrib.values()}
            found |= {text for element in root.iter() for text in Hrefs.of(element.text or "")}
        elif file.suffix == ".json":
            found |= set(map(str, values(json.loads(file.read_text("utf-8")))))
        elif file.parent.name == "renditions":
            with Image.open(file) as image:
                found |= set(re.findall(r">([a-z]+:[^<]*)<", bytes(image.info.get("xmp", b"")).decode(), re.IGNORECASE))
    return found


class Hrefs(Tags):
    """The links of HTML that stands in a feed."""

    @classmethod
    def of(cls, html: str) -> set[str]:
        """Return them."""
        return {given[name] for _tag, given in cls(html).found for name in ("href", "src") if name in given}


def values(found: object) -> list[object]:
    """Return what a JSON value holds, however nested."""
    if isinstance(found, dict):
        found = list(found.values())
    return [one for part in found for one in values(part)] if isinstance(found, list) else [found]


# A file that is no whole picture of a format that pages show


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("spoilt.jpg", spoilt("JPEG"), f"cannot be decoded, as if a part were missing. {AGAIN}"),
        ("spoilt.png", spoilt("PNG"), f"cannot be decoded, as if a part were missing. {AGAIN}"),
        ("cut.jpg", encoded(noisy(), "JPEG")[:9000], f"cannot be decoded, as if a part were missing. {AGAIN}"),
        ("cut.png", encoded(noisy(), "PNG")[:9000], f"cannot be decoded, as if a part were missing. {AGAIN}"),
        ("cut.webp", encoded(noisy(), "WEBP")[:900], f"cannot be decoded, as if a part were missing. {AGAIN}"),
        ("head.gif", b"GIF89a", f"cannot be decoded, as if a part were missing. {AGAIN}"),
        ("empty.jpg", b"", f"is no picture of a known format. {AGAIN}"),
        ("page.jpg", b"<!doctype html><script>alert(1)</script>", f"is no picture of a known format. {AGAIN}"),
        ("bomb.png", png(60_000, 60_000, 8, 2, [b""]), "has more than 100 million pixels. Save it smaller."),
        ("phone.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500), f"is HEIF, {OTHERWISE}"),
        ("phone.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500), f"is HEIF, {OTHERWISE}"),
        ("scan.tif", encoded(noisy(40, 30), "TIFF"), f"is TIFF, {OTHERWISE}"),
    ],
)
def test_a_file_that_is_no_picture_for_pages_is_told_at_the_picture_and_published_as_it_is(
    blog: LiveBlog, name: str, body: bytes, told: str
) -> None:
    blog.write(f"content/images/{name}", body)
    show(blog, f"![Two boats](../images/{name}){SAID}")

    assert heard(blog) == [f"content/posts/shown.md:7: error: images/{name} {told}"]

    (figure,) = figures(blog.page("shown/index.html"))
    assert f'<img src="/images/{name}" alt="Two boats"' in figure
    assert "Ana Ruiz" in figure
    assert (blog.output / "images" / name).read_bytes() == body
    assert not list(blog.output.glob("renditions/*"))


@pytest.mark.parametrize("body", [encoded(noisy(), "JPEG")[:9000], spoilt("JPEG")], ids=["cut", "spoilt"])
def test_a_lead_picture_that_is_broken_is_told_once_though_figure_card_feeds_and_credits_need_it(
    blog: LiveBlog, body: bytes
) -> None:
    photos(blog, widths=[320], formats=["webp"], cards=True)
    blog.write("content/images/cut.jpg", body)
    blog.write("content/photos.toml", f'["images/cut.jpg"]\n{RECORD}')
    show(blog, "More.", Photo="../images/cut.jpg")

    assert heard(blog) == [
        f"content/posts/shown.md:4: error: images/cut.jpg cannot be decoded, as if a part were missing. {AGAIN}"
    ]

    assert 'src="/images/cut.jpg"' in blog.page("credits/index.html")
    assert 'property="og:image" content="https://ada.pub/cards/shown.' in blog.page("shown/index.html")


# Pictures of another kind


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("press.jpg", encoded(noisy().convert("CMYK"), "JPEG")),
        ("deep.png", png(500, 300, 16, 2, [b"\x80\x00" * 3 * 500] * 300)),
        ("grey.png", png(500, 300, 16, 0, [b"\x80\x00" * 500] * 300)),
        ("few.gif", encoded(noisy().quantize(16), "GIF")),
    ],
)
def test_a_picture_of_another_kind_is_shown_in_colours_that_every_browser_has(
    blog: LiveBlog, name: str, body: bytes
) -> None:
    blog.write(f"content/images/{name}", body)
    show(blog, f"![Two boats](../images/{name}){SAID}")

    assert heard(blog) == []

    made = sorted(blog.output.glob("renditions/*"))
    assert made
    assert {decoded(file.read_bytes()).mode for file in made} <= {"RGB", "L", "P"}


@pytest.mark.parametrize("name", ["GIF", "WEBP"])
def test_a_picture_that_moves_is_shown_as_it_is_and_credited(blog: LiveBlog, name: str) -> None:
    first, *others = frames()
    body = encoded(first, name, save_all=True, append_images=others)
    blog.write(f"content/images/moves.{name.lower()}", body)
    show(
        blog,
        f"![Two boats](../images/moves.{name.lower()}){{creator=Ana license=CC-BY-4.0 {SOURCE} crop=1:1}}",
    )

    assert heard(blog) == []

    (figure,) = figures(blog.page("shown/index.html"))
    assert f'src="/images/moves.{name.lower()}" alt="Two boats" width="500" height="300"' in figure
    assert "cropped" not in plain(figure)
    assert (blog.output / f"images/moves.{name.lower()}").read_bytes() == body


def test_a_drawing_is_served_byte_for_byte_and_never_part_of_a_page(blog: LiveBlog) -> None:
    photos(blog, cards=True)
    blog.write("content/images/a.svg", BOMB)
    blog.write("content/photos.toml", f'["images/a.svg"]\n{RECORD}')
    show(blog, "![](../images/a.svg)", Photo="../images/a.svg")

    assert heard(blog) == []
    assert (blog.output / "images/a.svg").read_bytes() == BOMB.encode()
    assert not list(blog.output.glob("renditions/*"))
    for file in blog.output.rglob("*.*"):
        if file.suffix in {".html", ".xml", ".json"}:
            assert "alert(1)" not in file.read_text("utf-8")
            assert "ENTITY" not in file.read_text("utf-8")
    assert '<img src="/images/a.svg" alt="Two boats" width="640" height="480"' in blog.page("shown/index.html")


def test_rights_that_are_a_bomb_say_nothing(blog: LiveBlog) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(20))
    bomb = (
        f'<?xpacket begin=""?><!DOCTYPE x [{entities}]><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<rdf:Description><dc:creator><rdf:Seq><rdf:li>&l19;</rdf:li></rdf:Seq></dc:creator></rdf:Description>"
        "</rdf:RDF></x:xmpmeta>"
    )
    blog.write("content/images/a.jpg", picture(xmp=bomb.encode()))
    show(blog, "![Two boats](../images/a.jpg)")

    assert heard(blog) == [f"content/posts/shown.md:7: error: {UNNAMED}"]
    assert all(b"lol" not in file.read_bytes() for file in blog.output.glob("renditions/*"))


# Names and places of files


def test_a_picture_may_have_any_name(blog: LiveBlog) -> None:
    names = [
        'a "b".jpg',
        "it's.jpg",
        "<b>x<b>.jpg",
        "a&b.jpg",
        "a&amp;b.jpg",
        "漁船.jpg",
        "100%.jpg",
        "50%25.jpg",
        "a?b=c.jpg",
        "two  words.jpg",
        "a;b,c.jpg",
        "a:b.jpg",
        "a(b)[c]{d}.jpg",
        "{static}.jpg",
        "\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe.jpg",
        normalize("NFD", "Café Ångström.jpg"),
        "-rf.jpg",
        "x" * 200 + ".jpg",
    ]
    narrow = picture(size=(200, 100))
    for number, name in enumerate(names):
        blog.write(f"content/images/{name}", narrow)
        written = f"../images/{quote(normalize('NFC', name))}"
        show(blog, f"![Number {number}](<{written}>)", f"post{number}")
    keys = (json.dumps(f"images/{normalize('NFC', name)}", ensure_ascii=False) for name in names)
    blog.write("content/photos.toml", "".join(f"[{key}]\n{RECORD}" for key in keys))

    assert heard(blog) == []

    for number, name in enumerate(names):
        (figure,) = figures(blog.page(f"post{number}/index.html"))
        (source,) = re.findall(r' src="([^"]*)"', figure)
        assert (blog.output / unquote(source).lstrip("/")).read_bytes() == narrow, name
        assert f'alt="Number {number}"' in figure
        assert "Ana Ruiz" in figure
    assert len(figures(blog.page("credits/index.html"))) == len(names)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("../../etc/x.jpg", "The lead picture ../etc/x.jpg is not there. Mend the line `Photo`."),
        ("../../../../../../../../etc/passwd", "The lead picture ../../../../../../../etc/passwd is not there."),
        ("/etc/passwd", "The lead picture etc/passwd is not there. Mend the line `Photo`."),
        ("../images", "The lead picture images is not there. Mend the line `Photo`."),
        (
            "../images/A.jpg",
            "The lead picture images/A.jpg is not there. Mend the line `Photo`. Did you mean images/a.jpg?",
        ),
    ],
)
def test_a_lead_picture_that_is_not_below_content_is_not_there(blog: LiveBlog, written: str, told: str) -> None:
    blog.write("etc/x.jpg", picture())
    blog.write("content/images/a.jpg", picture())
    show(blog, "More.", Photo=written)

    (line,) = heard(blog)

    assert line.startswith(f"content/posts/shown.md:4: error: {told}")
    assert figures(blog.page("shown/index.html")) == []
    assert not (blog.output / "etc").exists()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("../../etc/x.jpg", "The file ../etc/x.jpg is not there. Mend the address ../../etc/x.jpg."),
        ("/etc/x.jpg", "The picture /etc/x.jpg is not on this site. Mend or remove its address."),
        (
            "../images/A.jpg",
            "The file images/A.jpg is not there. Mend the address ../images/A.jpg. Did you mean images/a.jpg?",
        ),
    ],
)
def test_a_picture_in_a_text_that_is_not_below_content_is_not_there(blog: LiveBlog, written: str, told: str) -> None:
    blog.write("etc/x.jpg", picture())
    blog.write("content/images/a.jpg", picture())
    show(blog, f"![Two boats]({written})")

    assert heard(blog) == [f"content/posts/shown.md:7: error: {told}"]
    assert not (blog.output / "etc").exists()


def test_a_link_to_a_picture_elsewhere_on_the_disk_is_read_and_never_written_to(blog: LiveBlog) -> None:
    elsewhere = blog.root.parent / "library/a.jpg"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(picture())
    (blog.root / "content/images").mkdir()
    (blog.root / "content/images/a.jpg").symlink_to(elsewhere)
    blog.write("content/photos.toml", f'["images/a.jpg"]\n{RECORD}')
    show(blog, "![](../images/a.jpg)", Photo="../images/a.jpg")

    assert heard(blog) == []
    assert list(blog.output.glob("renditions/a.*"))
    assert not (blog.output / "images/a.jpg").is_symlink()


def test_a_link_that_leads_nowhere_is_a_picture_that_cannot_be_read(blog: LiveBlog) -> None:
    (blog.root / "content/images").mkdir()
    (blog.root / "content/images/a.jpg").symlink_to("nowhere.jpg")
    show(blog, f"![Two boats](../images/a.jpg){SAID}")

    assert f"content/posts/shown.md:7: error: images/a.jpg cannot be read: No such file or directory. {AGAIN}" in heard(
        blog
    )


# The file of records


def test_records_of_no_picture_and_of_one_that_nobody_shows_are_warnings_with_a_hint(blog: LiveBlog) -> None:
    for name in ("a", "b"):
        blog.write(f"content/images/{name}.jpg", picture(size=(200, 100)))
    show(blog, "![Two boats](../images/a.jpg)")
    names = (
        "images/a.jpg",
        "Images/A.JPG",
        "a.jpg",
        "/images/a.jpg",
        "../images/a.jpg",
        "content/images/a.jpg",
        "images/aa.jpg",
        "../../etc/passwd",
        "images/b.jpg",
    )
    blog.write("content/photos.toml", "".join(f'["{name}"]\n{RECORD}' for name in names))

    missing = "Mend the path, or remove the record."
    assert heard(blog) == [
        *(
            f"content/photos.toml:{line}: warning: There is no picture {name} below content/. {missing} "
            "Did you mean images/a.jpg?"
            for line, name in zip(range(5, 28, 4), names[1:7], strict=True)
        ),
        f"content/photos.toml:29: warning: There is no picture ../../etc/passwd below content/. {missing}",
        "content/photos.toml:33: warning: No post or page shows images/b.jpg. Remove the record, or show the picture.",
    ]


@pytest.mark.parametrize(
    ("body", "line", "told"),
    [
        ('["images/a.jpg"]\nalt = "Two boats\n', 2, "The file is no TOML: Illegal character '\\n'."),
        ('["images/a.jpg"]\nalt = Two\n', 2, "The file is no TOML: Invalid value."),
        ('\n[images/a.jpg]\nalt = "A"\n', 2, "The file is no TOML: Expected ']' at the end of a table declaration."),
        ('["images/a.jpg"]\nalt = "A"\nalt = "B"\n', 3, "The file is no TOML: Cannot overwrite a value."),
        ('["images/a.jpg"]\ncreater = "Ana"\n', 2, "A picture's record has no field creater."),
        ('["images/a.jpg"]\nown = "yes"\n', 2, "The own 'yes' should be true or false."),
        (b'["images/a.jpg"]\nalt = "Caf\xe9"\n', 2, "The file is no UTF-8."),
        ("a = " + "[" * 5000, 1, "The file is no TOML that can be read: it nests too deeply,"),
        (f"a = {'9' * 5000}\n", 1, "The file is no TOML that can be read: it nests too deeply,"),
    ],
)
def test_a_slip_in_the_records_is_told_at_its_line_and_output_stays_as_it_was(
    blog: LiveBlog, body: str | bytes, line: int, told: str
) -> None:
    blog.write("content/images/a.jpg", picture(size=(200, 100)))
    show(blog, f"![Two boats](../images/a.jpg){SAID}")
    assert blog.build() == 0
    before = blog.made()
    blog.write("content/photos.toml", body)

    (only,) = heard(blog)

    assert only.startswith(f"content/photos.toml:{line}: error: {told} ")
    assert blog.made() == before


def test_where_the_records_cannot_be_read_nothing_is_said_of_what_the_pictures_lack(blog: LiveBlog) -> None:
    blog.write("content/images/a.jpg", picture(size=(200, 100)))
    show(blog, "![](../images/a.jpg)")
    (blog.root / "content/photos.toml").symlink_to("nowhere.toml")

    remedy = "Put it there, and give yourself the right to it."
    assert heard(blog) == [f"content/photos.toml: error: The file cannot be read: No such file or directory. {remedy}"]


@pytest.mark.parametrize("change", [lambda body: b"\xef\xbb\xbf" + body, lambda body: body.replace(b"\n", b"\r\n")])
def test_records_may_begin_with_a_byte_order_mark_and_have_the_line_ends_of_windows(
    blog: LiveBlog,
    change: Any,  # noqa: ANN401  a function of bytes
) -> None:
    blog.write("content/images/a.jpg", picture(size=(200, 100)))
    show(blog, "![](../images/a.jpg)")
    blog.write("content/photos.toml", change(f'["images/a.jpg"]\n{RECORD}\n["images/b.jpg"]\n{RECORD}'.encode()))

    remedy = "Mend the path, or remove the record. Did you mean images/a.jpg?"
    assert heard(blog) == [f"content/photos.toml:6: warning: There is no picture images/b.jpg below content/. {remedy}"]
    assert "Ana Ruiz" in blog.page("shown/index.html")


def test_a_megabyte_of_records_is_read_and_each_that_nobody_needs_told(blog: LiveBlog) -> None:
    blog.write("content/images/a.jpg", picture(size=(200, 100)))
    show(blog, "![](../images/a.jpg)")
    many = "".join(f'["images/{number:05d}.jpg"]\nchanges = "{"x" * 60}"\n{RECORD}\n' for number in range(7_000))
    assert len(many) > 1_000_000
    blog.write("content/photos.toml", f'{many}["images/a.jpg"]\n{RECORD}')

    assert len(heard(blog)) == 7_000
    assert "Ana Ruiz" in blog.page("shown/index.html")


# What records say


def test_words_of_a_record_are_words_wherever_they_come_out(blog: LiveBlog) -> None:
    texts = {
        "markup": "<b>Boats</b> & \"more\" 'x' <script>alert(1)</script>",
        "ends": "</script><script>alert(1)</script> ]]> --> {{ 7*7 }} {% raw %} %s",
        "arabic": "سفن عند الفجر",
        "turned": "\N{RIGHT-TO-LEFT OVERRIDE}evil\N{POP DIRECTIONAL FORMATTING} سفن",
        "lines": "Two\n lines\t and \r\n more",
        "family": "👩‍👩‍👧‍👦 Åsa e\N{COMBINING ACUTE ACCENT}",
        "long": "boats " * 1700,
    }
    records = ""
    for name, text in texts.items():
        blog.write(f"content/images/{name}.jpg", picture(size=(400, 300)))
        said = json.dumps(text, ensure_ascii=False)
        fields = "".join(f"{field} = {said}\n" for field in ("alt", "title", "creator", "caption", "changes"))
        records += f'["images/{name}.jpg"]\n{fields}source = "https://x.example/"\nlicense = "CC-BY-2.0"\n'
        show(blog, f"![](../images/{name}.jpg)", name)
        show(blog, "More.", f"lead-{name}", Photo=f"../images/{name}.jpg")
    blog.write("content/photos.toml", records)

    assert heard(blog) == []

    entries = {entry["url"]: entry for entry in json.loads(blog.page("feeds/feed.json"))["items"]}
    for name, text in texts.items():
        meant = " ".join(text.split())
        for post in (name, f"lead-{name}"):
            page = blog.page(f"{post}/index.html")
            (figure,) = figures(page)
            assert plain(figure).count(meant) == 4, post
            assert [given["alt"] for tag, given in Tags(figure).found if tag == "img"] == [meant]
            (described,) = image_objects(page)
            assert (described["name"], described["creator"]["name"]) == (meant, meant)
            entry = entries[f"https://ada.pub/{post}/"]
            assert plain(figures(entry["content_html"])[0]).count(meant) == 4
        assert not [tag for tag, _given in Tags(page).found if tag in {"b", "u"}]
    for name in ("atom", "rss"):
        feed = ET.parse(blog.output / f"feeds/{name}.xml")
        credits_ = {credit.text for credit in feed.iter("{http://search.yahoo.com/mrss/}credit")}
        assert {" ".join(text.split()) for text in texts.values()} == credits_


def test_an_address_that_is_not_of_the_web_is_told_and_never_becomes_a_link(blog: LiveBlog) -> None:
    traps = (
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//evil.example/",
        "/evil/",
        "www.evil.example",
        "https:evil.example",
        'https://x.example/" onclick="evil()',
        "https://evil.example/a b",
        "http://[evil",
        "file:/evil",
        f"data:image/png;base64,{'A' * 5000}",
    )
    fields = ("creator_url", "source", "license_url", "acquire")
    records = ""
    for number, url in enumerate(traps):
        blog.write(f"content/images/{number}.jpg", picture(size=(400, 300)))
        written = "".join(f"{field} = {json.dumps(url)}\n" for field in fields)
        records += f'["images/{number}.jpg"]\nalt = "A"\ncreator = "Ana"\nlicense = "CC-BY-4.0"\n{written}'
        show(blog, f"![](../images/{number}.jpg)", f"post{number}", Photo=f"../images/{number}.jpg")
    blog.write("content/photos.toml", records)

    lines = heard(blog)

    assert [line.partition(": error: ")[0] for line in lines] == [
        f"content/photos.toml:{8 * number + line}" for number in range(len(traps)) for line in range(5, 9)
    ]
    told = " is no address that starts with http:// or https://. Write the whole address."
    assert all(line.endswith(told) and len(line) < 250 for line in lines)
    assert not [address for address in addresses(blog) if re.search("script:|data:|evil", address, re.IGNORECASE)]


def test_how_a_picture_came_to_be_is_a_term_or_its_address(blog: LiveBlog) -> None:
    terms = ("javascript:alert(1)", "data:text/html,x", "//evil.example/", "digital capture", "<b>")
    records = (f'["{number}.jpg"]\ndigital_source_type = "{term}"\n' for number, term in enumerate(terms))
    blog.write("content/photos.toml", "".join(records))

    assert heard(blog) == [
        f"content/photos.toml:{line}: error: The digital source type '{term}' should be "
        'a term of IPTC such as "digitalCapture". Mend it, or remove the line.'
        for line, term in zip(range(2, 11, 2), terms, strict=True)
    ]


def test_attributes_at_a_picture_bring_nothing_into_its_figure_that_it_does_not_know(blog: LiveBlog) -> None:
    smuggled = (
        "onerror=alert(1)",
        "style=display:none",
        "onload=alert(1) loading=eager fetchpriority=high sizes=1px decoding=sync",
        "usemap=#x ismap=ismap crossorigin=use-credentials referrerpolicy=unsafe-url",
        'class="x&quot; onerror=&quot;alert(1)"',
        "height=0 width=99999999999999999999",
        f"width={'9' * 5000}",
        "width=-5",
        "width=0",
    )
    blog.write("content/images/a.jpg", picture(size=(400, 300)))
    for number, attributes in enumerate(smuggled):
        text = f"![Two boats](../images/a.jpg){{creator=Ana license=CC0-1.0 {attributes}}}"
        show(blog, f"{text}\n\n{'Words. ' * 1000}", f"post{number}")

    assert heard(blog) == []

    entries = json.loads(blog.page("feeds/feed.json"))["items"]
    drawn = [figures(entry["content_html"]) for entry in entries if "/post" in entry["url"]]
    drawn += [figures(blog.page(f"post{number}/index.html")) for number in range(len(smuggled))]
    for (figure,) in drawn:
        known = {"class", "src", "srcset", "sizes", "alt", "width", "height", "href", "type"}
        assert not [given for _tag, given in Tags(figure).found if not given.keys() <= known]
        assert ' width="320" height="240"' in figure


def test_a_crop_that_is_no_ratio_is_told_at_the_picture(blog: LiveBlog) -> None:
    crops = ("wide", "0:0", "16:0", "-1:1", "1e9:1", "16:9;x")
    blog.write("content/images/a.jpg", picture(size=(400, 300)))
    shown = (f'![Two boats](../images/a.jpg){{creator=Ana license=CC0-1.0 crop="{crop}"}}' for crop in crops)
    show(blog, "\n\n".join(shown))

    assert heard(blog) == [
        f"content/posts/shown.md:{line}: error: The crop '{crop}' should be "
        'a ratio such as "16:9". Mend it, or remove the line.'
        for line, crop in zip(range(7, 18, 2), crops, strict=True)
    ]


def test_a_crop_that_leaves_nothing_to_show_is_not_made_and_not_said(blog: LiveBlog) -> None:
    blog.write("content/images/a.jpg", picture(size=(400, 300)))
    show(blog, f"{HERE}{{creator=Ana license=CC-BY-4.0 {SOURCE} crop=1:9999}}")
    show(blog, f"{HERE}{{creator=Ana license=CC-BY-4.0 {SOURCE} crop=4:3}}", "alike")

    assert heard(blog) == []
    assert "cropped" not in plain(blog.page("shown/index.html"))
    assert "cropped" not in plain(blog.page("alike/index.html"))


def test_a_picture_with_sizes_made_by_hand_is_described_as_it_is_shown(blog: LiveBlog) -> None:
    blog.write("content/images/a.jpg", picture(size=(640, 480)))
    show(
        blog, '<p><img src="../images/a.jpg" srcset="/images/a.jpg 2x" alt="Boats" creator="Ana" license="CC0-1.0"></p>'
    )

    heard(blog)

    (described,) = image_objects(blog.page("shown/index.html"))
    assert described["contentUrl"] == "https://ada.pub/images/a.jpg"
    assert not list(blog.output.glob("renditions/*"))


@pytest.mark.parametrize(
    "url", ["data:image/gif;base64,R0lGODlhAQABAAAAACw=", "DATA:image/gif;base64,R0lGODlhAQABAAAAACw="]
)
def test_a_picture_in_its_own_address_is_left_as_it_is(blog: LiveBlog, url: str) -> None:
    show(blog, f"![Two boats]({url})")

    assert heard(blog) == []
    assert f'<p><img alt="Two boats" src="{url}"></p>' in blog.page("shown/index.html")


# How grave it is, and where


JANE = Photo("a.jpg", "a.jpg", credit=Credit(licenses.UNKNOWN, (Person("Jane Roe"),), title="Harbour"))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("alt-missing", "![](../images/a.jpg){creator=Ana license=CC0-1.0}"),
        ("broken-picture", f"![Boats](../images/cut.jpg){SAID}"),
        ("credit-missing", HERE),
        ("embedded-disagrees", f"![Boats](../images/rights.jpg){SAID}"),
        ("license-mismatch", f"{HERE}{{creator=Ana license=CC0-1.0 license_url=https://creativecommons.org/licenses/by/2.0/}}"),
        ("license-unknown", f"{HERE}{{creator=Ana license=CC-BY-9.0}}"),
        ("license-version-missing", f"{HERE}{{creator=Ana license=CC-BY}}"),
        ("missing-file", f"![Boats](../images/none.jpg){SAID}"),
        ("nc-on-commercial-site", f"{HERE}{{creator=Ana license=CC-BY-NC-4.0 source=https://x.example/}}"),
        ("nd-crop", f"{HERE}{{creator=Ana license=CC-BY-ND-4.0 {SOURCE} crop=1:1}}"),
        ("picture-format", f"![Boats](../images/scan.tif){SAID}"),
        ("picture-too-large", f"![Boats](../images/bomb.png){SAID}"),
        ("records-disagree", f"![Boats](../images/known.jpg){SAID}"),
        ("source-missing", f"{HERE}{{creator=Ana license=CC-BY-4.0}}"),
        ("url-not-http", f"{HERE}{{creator=Ana license=CC0-1.0 creator_url=ftp://x.example/}}"),
        ("license-not-stated", f"{HERE}{{creator=Ana license=unknown}}"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_credit_is_an_error_in_new_posts_a_warning_in_old_ones_and_drafts(
    blog: LiveBlog, code: str, text: str
) -> None:
    photos(blog, widths=[], cards=False, commercial=True)
    blog.write("content/images/a.jpg", picture(size=(40, 30)))
    blog.write("content/images/known.jpg", picture(size=(40, 30)))
    blog.write("content/images/cut.jpg", encoded(noisy(), "JPEG")[:9000])
    blog.write("content/images/scan.tif", encoded(noisy(40, 30), "TIFF"))
    blog.write("content/images/bomb.png", png(60_000, 60_000, 8, 2, [b""]))
    blog.write("content/images/rights.jpg", picture(size=(40, 30), xmp=packet(JANE)))
    if "known.jpg" in text:
        blog.write("content/photos.toml", '["images/known.jpg"]\ncreator = "Bo Li"\nlicense = "CC0-1.0"\n')
    show(blog, text, "new")
    show(blog, text, "old", Date=OLD)
    show(blog, text, "draft", Status="draft")

    checked = blog.check(as_json=True)

    rows = {(row["path"], row["line"]): (row["code"], row["severity"]) for row in json.loads(blog.said)}
    always = code == "license-not-stated"
    assert checked == (not always)
    assert rows == {
        ("content/posts/new.md", 7): (code, "warning" if always else "error"),
        ("content/posts/old.md", 7): (code, "warning"),
        ("content/posts/draft.md", 8): (code, "warning"),
    }
    blog.check()
    assert "2 warnings in 2 posts dated before 2026-01-01 or not out yet." in blog.told


def test_a_title_that_a_licence_wants_and_the_record_empties_is_told_where_the_picture_is_shown(blog: LiveBlog) -> None:
    blog.write("content/images/a.jpg", picture(size=(40, 30), xmp=packet(JANE)))
    record = 'alt = "Boats"\ntitle = ""\ncreator = "Jane Roe"\nsource = "https://x.example/"\nlicense = "CC-BY-2.0"\n'
    blog.write("content/photos.toml", f'["images/a.jpg"]\n{record}')
    show(blog, "![](../images/a.jpg)", "new")
    show(blog, "![](../images/a.jpg)", "old", Date=OLD)

    lines = heard(blog)

    assert lines[0].startswith("warning: 1 warning in 1 post dated before") or len(lines) == 1
    assert [line.partition(" CC BY")[0] for line in lines if "CC BY" in line] == ["content/posts/new.md:7: error:"]


@pytest.mark.parametrize("date", [OLD, NEW])
def test_what_is_wrong_in_the_records_is_the_writers_own_whatever_the_date_of_the_post(
    blog: LiveBlog, date: str
) -> None:
    blog.write("content/images/a.jpg", picture(size=(40, 30)))
    blog.write("content/photos.toml", '["images/a.jpg"]\nalt = "Boats"\ncreator = "Ana"\nlicense = "CC-BY-9.0"\n')
    show(blog, "![](../images/a.jpg)", Date=date)

    assert [line.partition(": There")[0] for line in heard(blog)] == ["content/photos.toml:4: error"]


def test_a_picture_in_an_old_post_and_in_a_new_one_is_told_for_the_new_one_and_counted_for_the_old(
    blog: LiveBlog,
) -> None:
    blog.write("content/images/a.jpg", picture(size=(40, 30)))
    show(blog, "![Boats](../images/a.jpg)", "old", Date=OLD)
    show(blog, "![Boats](../images/a.jpg)", "new")

    assert heard(blog) == [f"content/posts/new.md:7: error: {UNNAMED}"]
    assert "1 warning in 1 post dated before 2026-01-01 or not out yet." in blog.told


def test_a_fault_of_a_record_is_told_once_however_many_posts_show_its_picture(blog: LiveBlog) -> None:
    photos(blog, widths=[320], formats=[], cards=True)
    blog.write("content/images/a.jpg", picture(size=(640, 480)))
    blog.write("content/photos.toml", '["images/a.jpg"]\nalt = "Boats"\ncreator = "Ana"\nlicense = "CC-BY-9.0"\n')
    for name in ("one", "two", "three"):
        show(blog, "![](../images/a.jpg)\n\n![](../images/a.jpg)", name, Photo="../images/a.jpg")

    assert [line.partition(": There")[0] for line in heard(blog)] == ["content/photos.toml:4: error"]


@pytest.mark.parametrize("date", [OLD, NEW])
def test_what_is_worth_a_look_and_no_more_is_a_warning_whatever_the_date(blog: LiveBlog, date: str) -> None:
    photos(blog, widths=[], cards=True)
    heavy = encoded(noisy(1200, 900), "PNG")
    assert len(heavy) > 500_000
    blog.write("content/images/heavy.png", heavy)
    blog.write("content/images/a.jpg", picture(size=(40, 30)))
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (59.0, 20.0, 0.0), 3: "E", 4: (18.0, 3.0, 0.0)}
    blog.write("content/images/there.jpg", picture(size=(40, 30), exif=exif))
    blog.write("content/photos.toml", f'["images/none.jpg"]\n{RECORD}')
    show(blog, f"![Boats](../images/heavy.png){SAID}", "heavy", Date=date)
    show(blog, f"![Boats](../images/there.jpg){SAID}", "there", Date=date)
    show(blog, "More.", "letters", Date=date, Title="\U0001fffd boats")

    assert blog.check(as_json=True) == 0

    codes = {row["code"]: row["severity"] for row in json.loads(blog.said)}
    assert codes == dict.fromkeys(
        ["card-without-text", "heavy-picture", "place-in-picture", "record-unused"], "warning"
    )


def test_a_picture_of_another_site_is_told_at_its_line_for_its_credit_alone(blog: LiveBlog) -> None:
    url = "https://x.example/a.jpg"
    show(blog, f"![Two boats]({url}){SAID}\n\n![Two boats]({url})")

    told = f"Nobody is named for {url}. Say who made it: in photos.toml, creator, license and source; or own = true."
    assert heard(blog) == [f"content/posts/shown.md:9: error: {told}"]


# Where a lead picture is


@pytest.mark.parametrize("name", [normalize("NFD", "Café.jpg"), "50%25.jpg", "a#b.jpg", "two  words.jpg"])
def test_a_lead_picture_may_have_any_name(blog: LiveBlog, name: str) -> None:
    blog.write(f"content/images/{name}", picture(size=(200, 100)))
    show(blog, "More.", Photo=f"../images/{normalize('NFC', name)}", Photo_alt="Boats", Photo_own="yes")

    assert heard(blog) == []
    assert 'alt="Boats"' in figures(blog.page("shown/index.html"))[0]


@pytest.mark.parametrize("written", ["https://x.example/a.jpg", "//x.example/a.jpg", "C:\\pictures\\a.jpg"])
def test_a_lead_picture_of_another_site_is_told_and_not_shown(blog: LiveBlog, written: str) -> None:
    show(blog, "More.", Photo=written)

    what = f"The lead picture {written} is on another site, and is not shown."
    assert heard(blog) == [f"content/posts/shown.md:4: error: {what} Put a copy into content/images/, and name that."]


def test_the_same_picture_at_the_head_and_in_the_text_is_told_at_both_lines(blog: LiveBlog) -> None:
    blog.write("content/images/a.jpg", picture(size=(200, 100)))
    show(blog, "![Boats](../images/a.jpg)", Photo="../images/a.jpg", Photo_alt="Boats")

    of_lead = UNNAMED.replace("in photos.toml, creator, license", "Photo_creator, Photo_license").replace(
        "own = true", "Photo_own: true"
    )
    assert heard(blog) == [f"content/posts/shown.md:{line}: error: {of_lead}" for line in (4, 9)]
