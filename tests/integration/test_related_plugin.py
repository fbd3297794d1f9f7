"""The related plugin alone, in a stock Pelican site: the lines in docs/related.md are enough, and do what it says."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from byline.related.further import Further
from byline.related.matches import Match
from byline.related.mentions import Mention
from byline.related.reasons import Reasons
from byline.related.series import Part, Series
from byline.values.post import Post
from byline.values.problem import Place
from byline.values.settings import Related
from byline.values.settings_reading import read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
PAPER = (ROOT / "docs/related.md").read_text("utf-8")
FRONT, BODY = re.findall(r"```markdown\n(.*?)```", PAPER, re.DOTALL)
DEFAULTS, LINES = re.findall(r"```python\n(.*?)```", PAPER, re.DOTALL)
NAMES = dict(re.findall(r"^\| `([a-z_.]+)` \| (.*) \|$", PAPER, re.MULTILINE))
LOOP = re.search(r"```jinja\n(.*?)```", PAPER, re.DOTALL)

ARTICLE = f"""\
{"".join(f"[{name} is {{{{ {name} is defined }}}}]" for name in NAMES)}
<p id="posts">{{% for other in article.related_posts %}}{{{{ other.relative_source_path }}}} {{% endfor %}}</p>
<p id="mentions">{{% for one in article.mentions %}}\
{{{{ one.post.path }}}}: {{{{ one.before }}}}*{{{{ one.words }}}}*{{{{ one.after }}}}; {{% endfor %}}</p>
<p id="further">{{% for one in article.further_reading %}}\
{{{{ one.name }}}} <{{{{ one.url }}}}> {{{{ one.person }}}}; {{% endfor %}}</p>
<p id="series">{{% set part = article.series %}}{{% if part %}}{{{{ part.index }}}} of {{{{ part.number }}}} of \
{{{{ part }}}}, {{{{ part.previous.slug }}}}, {{{{ part.next.url }}}}{{% endif %}}</p>
{LOOP[1] if LOOP else ""}
"""
SERIES = "Series: The switchboard\nSeries_index: {}"
BREAD = "The sourdough rises. Sourdough is patient."
POSTS = {
    "asking.md": ("Asking", FRONT, BODY),
    "letting-go.md": ("Letting <i>go</i> of < & more", "Slug: letting-go\nRelated_posts: asking", "Go."),
    "old-one.md": ("Old one", "", "Old."),
    "first-call.md": ("First call", SERIES.format(1), "Before [all](/asking.html)."),
    "last-call.md": ("Last call", SERIES.format(3), "After all."),
    "lists.md": (
        "Lists",
        "Related: leting-go",
        "Look. Somebody [asked]({filename}asking.md) me first. Then go.",
    ),
    "bread.md": ("Bread", "Tags: food", BREAD),
    "boats.md": ("Boats", "Tags: food", f"On a boat, too. {BREAD}"),
    "asking-de.md": ("Fragen", "Lang: de\nSlug: asking", "Fragen kostet nichts."),
    "letting-go-de.md": ("Loslassen", "Lang: de\nSlug: letting-go", "Loslassen."),
    "draft.md": ("Draft", "Status: draft\nSeries: The switchboard", f"See [it]({{filename}}asking.md). {BREAD}"),
    "hidden.md": ("Hidden", "Status: hidden", f"See [it]({{filename}}asking.md). {BREAD}"),
}
STOCK = """\
AUTHOR = "Ada Example"
SITENAME = "Stock"
SITEURL = "https://me.example"
PATH = "content"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
THEME_TEMPLATES_OVERRIDES = ["templates"]
WITH_FUTURE_DATES = False
FEED_ALL_RSS = "feeds/all.rss.xml"
"""


def furnished(folder: Path) -> Path:
    """Return the folder of a stock site: posts, and a theme that prints what is in docs/related.md."""
    files = {"pelicanconf.py": STOCK + LINES, "templates/article.html": ARTICLE}
    for day, (name, (title, front, body)) in enumerate(POSTS.items(), 1):
        keys = f"Title: {title}\nDate: 2026-01-{day:02}\n{front}".strip()
        files[f"content/{name}"] = f"{keys}\n\n{body}\n"
    files["content/future.md"] = f"Title: Future\nDate: 2999-01-01\n\n{BREAD}\n"
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / "plugins").mkdir()
    (folder / "plugins/byline").symlink_to(ROOT / "plugins/byline")
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a stock site, not built yet."""
    return furnished(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """Give one that is built with the settings that the paper shows."""
    site = furnished(tmp_path_factory.mktemp("made"))
    (site / "log").write_text(built(site, environment), "utf-8")
    return site


def built(site: Path, environment: Mapping[str, str], settings: str = "") -> str:
    """Build with stock Pelican, which finds the plugin by its settings alone, and return what it logs."""
    with (site / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write(settings)
    alone = {name: value for name, value in environment.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-o", "output", "content"]
    done = subprocess.run(
        command, cwd=site, env={**alone, "COLUMNS": "400"}, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return " ".join((done.stdout + done.stderr).split())


def page(site: Path, name: str) -> str:
    return (site / "output" / name).read_text("utf-8")


def said(site: Path, name: str, what: str) -> str:
    """Return what a page says in the paragraph of a name."""
    found = re.search(rf'<p id="{what}">(.*?)</p>', page(site, name))
    assert found
    return found[1].strip()


def related(site: Path, name: str) -> list[str]:
    return said(site, name, "posts").split()


def entries(site: Path, name: str) -> dict[str, str]:
    """Return the texts of the entries of a feed, by title."""
    atom = "{http://www.w3.org/2005/Atom}"
    tree = ET.parse(site / "output/feeds" / name)
    found = [*tree.iter(f"{atom}entry"), *tree.iter("item")]
    return {
        unescape(entry.findtext(f"{atom}title") or entry.findtext("title") or ""): entry.findtext(f"{atom}content")
        or entry.findtext("description")
        or ""
        for entry in found
    }


def refuse(site: Path, names: str) -> None:
    """Write a plugin that lets whoever asks for these names of the room fail."""
    (site / "plugins/refusing.py").write_text(
        "from byline.related import plugin, relations\n"
        "def refuse(*_arguments):\n"
        "    raise AssertionError('nobody asked')\n"
        "def register():\n"
        f"    {names} = refuse\n",
        "utf-8",
    )


def test_three_lines_give_a_stock_site_related_posts_mentions_further_reading_and_series(made: Path) -> None:
    assert len(LINES.splitlines()) == 3

    html = page(made, "asking.html")
    assert re.findall(r"\[(\S+) is True\]", html) == list(NAMES)
    assert related(made, "asking.html")[0] == "letting-go.md"
    assert len(related(made, "asking.html")) == 3
    assert said(made, "asking.html", "mentions") == (
        "lists.md: Somebody *asked* me first.; first-call.md: Before *all*.;"
    )
    assert said(made, "asking.html", "further") == (
        "Weak ties <https://ines.example/weak-ties/> Ines Okafor; "
        "Who to ask <https://tomas.example/ask/> Tomás Reyes; library.example <https://library.example/letters/> ; "
        "in her letters <https://maria.example/letters/> Maria Lund;"
    )
    assert said(made, "asking.html", "series") == "2 of 3 of The switchboard, first-call, last-call.html"
    assert '<a href="https://me.example/letting-go.html">Letting go of &lt; &amp; more</a>' in html
    assert '<a href="https://me.example/boats.html">Boats</a> sourdough\n' in page(made, "bread.html")
    assert said(made, "old-one.html", "series") == ""


def test_what_is_excluded_unpublished_hidden_in_the_series_or_in_another_language_is_in_no_list(
    site: Path, environment: dict[str, str]
) -> None:
    built(site, environment, 'BYLINE_RELATED = {"count": 20}\n')

    english = {"asking.md", "letting-go.md", "old-one.md", "first-call.md", "last-call.md", "lists.md"}
    english |= {"bread.md", "boats.md"}
    assert set(related(site, "asking.html")) == english - {"asking.md", "old-one.md", "first-call.md", "last-call.md"}
    assert set(related(site, "bread.html")) == english - {"bread.md"}
    assert related(site, "asking-de.html") == ["letting-go-de.md"]


@pytest.mark.parametrize("name", ["drafts/draft.html", "drafts/future.html", "hidden.html"])
def test_a_draft_a_future_and_a_hidden_article_have_a_list_of_their_own(name: str, made: Path) -> None:
    assert set(related(made, name)) >= {"bread.md", "boats.md"}
    assert said(made, name, "series") == ""


def test_what_is_wrong_with_an_article_is_in_pelicans_log_with_its_source(made: Path) -> None:
    log = (made / "log").read_text("utf-8")

    assert "content/lists.md: Related: 'leting-go' is no post." in log
    assert "Did you mean letting-go?" in log
    assert log.count("WARNING") == 1


def test_what_is_wrong_with_the_settings_is_there_too(site: Path, environment: dict[str, str]) -> None:
    log = built(site, environment, 'BYLINE_RELATED = {"count": "five", "in_fed": True}\n')

    assert " pelicanconf.py: The setting BYLINE_RELATED[\"count\"] is 'five'" in log
    assert 'BYLINE_RELATED["in_fed"] is unknown. Rename or remove it. Did you mean in_feed?' in log


def test_front_matter_that_a_plugin_reads_may_hold_lists_and_nothing(site: Path, environment: dict[str, str]) -> None:
    built(site, environment, 'DEFAULT_METADATA = {"related": ["lists", "-boats"], "series": None}\n')

    assert related(site, "bread.html")[0] == "lists.md"
    assert "boats.md" not in related(site, "bread.html")
    assert said(site, "bread.html", "series") == ""


def test_whole_texts_in_feeds_end_with_related_posts_and_summaries_stay_as_they_are(
    site: Path, environment: dict[str, str]
) -> None:
    built(site, environment, 'CATEGORY_FEED_RSS = "feeds/{slug}.rss.xml"\nFEED_APPEND_REF = True\n')

    atom, summaries = entries(site, "all.atom.xml"), entries(site, "all.rss.xml")
    assert len(atom) == len(summaries) == 10
    closed = '<p>Related posts:</p><ul><li><a href="https://me.example/boats.html">Boats</a></li>'
    assert atom["Bread"].count("Related posts:") == 1
    assert closed in atom["Bread"]
    assert '<a href="https://me.example/letting-go-de.html">Loslassen</a></li></ul>' in atom["Fragen"]
    assert not any("Related posts:" in text for text in summaries.values())

    built(site, environment, "RSS_FEED_SUMMARY_ONLY = False\n")

    assert entries(site, "all.rss.xml")["Bread"].count(closed) == 1
    assert entries(site, "misc.rss.xml")["Bread"].count(closed) == 1


def test_feeds_are_pelicans_own_where_nothing_else_is_wanted(site: Path, environment: dict[str, str]) -> None:
    built(site, environment, "del BYLINE_RELATED\n")
    ours = entries(site, "all.atom.xml")

    built(site, environment, "PLUGINS = []\nTHEME_TEMPLATES_OVERRIDES = []\n")

    assert entries(site, "all.atom.xml") == ours


def test_a_theme_that_shows_none_pays_for_none_and_development_needs_no_address(
    site: Path, environment: dict[str, str]
) -> None:
    refuse(site, "relations.Matches = relations.Mentions")

    log = built(
        site,
        environment,
        'SITEURL = ""\nTHEME = "simple"\nTHEME_TEMPLATES_OVERRIDES = []\n'
        'PLUGINS = ["byline.related.plugin", "refusing"]\nBYLINE_RELATED = {}\n',
    )

    assert "nobody asked" not in log
    assert "<h2>" in page(site, "asking.html")

    stock = 'PLUGINS = ["byline.related.plugin"]\nTHEME_TEMPLATES_OVERRIDES = ["templates"]\nRELATIVE_URLS = True\n'
    built(site, environment, stock)

    assert related(site, "asking.html")[0] == "letting-go.md"
    assert '<a href="./letting-go.html">' in page(site, "asking.html")


@pytest.mark.parametrize("signal", ["article_generator_finalized", "all_generators_finalized"])
def test_the_credits_plugin_and_one_that_sets_the_same_name_may_be_there_too(
    signal: str, site: Path, environment: dict[str, str]
) -> None:
    (site / "plugins/others.py").write_text(
        "from pelican.plugins import signals\n"
        "def relate(generators):\n"
        "    for generator in generators if isinstance(generators, list) else [generators]:\n"
        "        for article in getattr(generator, 'articles', ()):\n"
        "            article.related_posts = []\n"
        "            article.series = {'name': 'Theirs'}\n"
        "def register():\n"
        f"    signals.{signal}.connect(relate)\n",
        "utf-8",
    )

    log = built(site, environment, 'PLUGINS = ["byline.credits.plugin", "byline.related.plugin", "others"]\n')

    assert "CRITICAL" not in log
    assert related(site, "asking.html")[0] == "letting-go.md"
    assert "of The switchboard" in said(site, "asking.html", "series")
    assert entries(site, "all.atom.xml")["Bread"].count("Related posts:") == 1


def test_a_byline_site_that_names_the_plugin_has_everything_once(site: Path, environment: dict[str, str]) -> None:
    refuse(site, "plugin.relate")
    with (site / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write('PLUGINS += ["refusing"]\nFEED_ALL_ATOM = "feeds/all.atom.xml"\n')
    command = [
        sys.executable,
        "-c",
        "import sys, pathlib, byline.commands.build as it; sys.exit(it.run(pathlib.Path.cwd(), keep_going=False))",
    ]
    done = subprocess.run(
        command, cwd=site, env={**environment, "PYTHONPATH": "plugins"}, check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert (done.stdout + done.stderr).count("'leting-go' is no post") == 1
    assert related(site, "asking.html")[0] == "letting-go.md"
    assert entries(site, "all.atom.xml")["Bread"].count("Related posts:") == 1


def test_the_settings_that_the_paper_shows_are_the_defaults() -> None:
    written: dict[str, object] = {}
    exec(DEFAULTS, written)  # noqa: S102  our own paper

    settings, problems = read_settings(written, Place)

    assert problems == ()
    assert settings.related == Related()


def test_templates_get_what_the_paper_lists() -> None:
    kinds = {
        "article.related_posts": (),
        "article.related_matches": (Match, Reasons, Post),
        "article.mentions": (Mention,),
        "article.further_reading": (Further,),
        "article.series": (Part,),
        "all_series": (Series,),
    }
    assert NAMES.keys() == kinds.keys()
    for name, gives in NAMES.items():
        for part in re.findall(r"`([a-z_]+)`", gives):
            assert any(hasattr(kind, part) for kind in kinds[name]), f"{name}: {part}"
