"""A blog with Byline's own theme that is ready to be published, and what its writer types to publish it.

Not the demo: its settings and posts are its own, so that it stays whatever becomes of content/.
"""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blog import Blog
from byline.commands import check, publish, rollback
from byline.commands.publish import Wishes

if TYPE_CHECKING:
    from byline.commands.sharing_step import Sharing

THEME = Path(__file__).parents[1] / "theme"
SETTINGS = f"""\
AUTHOR = "Ada Lovelace"
SITENAME = "Notes on engines"
SITESUBTITLE = "Ada Lovelace on engines and what they may become"
SITEURL = "https://ada.pub"
TIMEZONE = "Europe/London"
DEFAULT_LANG = "en-GB"
BYLINE_AUTHOR = {{"line": "I write programs.", "bio": "For an engine that is not built.", "profiles": ["https://social.pub/@ada"]}}
MENUITEMS = [("Posts", "archives/"), ("Subscribe", "subscribe/")]
LOCALE = ["C"]
PATH = "content"
ARTICLE_PATHS = [""]
ARTICLE_EXCLUDES = ["pages", "images", "theme", "copies", "replies"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images"]
DEFAULT_CATEGORY = "Notes"
USE_FOLDER_AS_CATEGORY = False
ARTICLE_URL = DRAFT_URL = PAGE_URL = DRAFT_PAGE_URL = "{{slug}}/"
ARTICLE_SAVE_AS = DRAFT_SAVE_AS = PAGE_SAVE_AS = DRAFT_PAGE_SAVE_AS = "{{slug}}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "category/{{slug}}/", "category/{{slug}}/index.html"
TAG_URL, TAG_SAVE_AS = "tag/{{slug}}/", "tag/{{slug}}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "author/{{slug}}/", "author/{{slug}}/index.html"
DIRECT_TEMPLATES = ["index", "archives", "categories", "tags", "authors", "subscribe", "404"]
INDEX_URL = ""
ARCHIVES_URL, ARCHIVES_SAVE_AS = "archives/", "archives/index.html"
CATEGORIES_URL, CATEGORIES_SAVE_AS = "category/", "category/index.html"
TAGS_URL, TAGS_SAVE_AS = "tag/", "tag/index.html"
AUTHORS_URL, AUTHORS_SAVE_AS = "author/", "author/index.html"
SUBSCRIBE_URL, SUBSCRIBE_SAVE_AS = "subscribe/", "subscribe/index.html"
FEED_ALL_ATOM = "feeds/atom.xml"
FEED_ALL_RSS = "feeds/rss.xml"
TAG_FEED_ATOM = "feeds/tag/{{slug}}.atom.xml"
CATEGORY_FEED_ATOM = "feeds/category/{{slug}}.atom.xml"
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
THEME = {str(THEME)!r}
PLUGINS = []
"""
PUBLISHING = """\
import sys
from pathlib import Path
from typing import Any
sys.path.insert(0, str(Path(__file__).parent))
from pelicanconf import *
BYLINE_DEPLOY = {deploy!r}
"""


@dataclass
class LiveBlog(Blog):
    """A blog with three posts and a target, which publishes and keeps what was said and told."""

    def begin(self, deploy: object, more: str = "") -> LiveBlog:
        """Write settings and posts; `deploy` is the setting BYLINE_DEPLOY, `more` are lines for publishconf.py."""
        self.write("pelicanconf.py", SETTINGS)
        self.write("publishconf.py", PUBLISHING.format(deploy=deploy) + more)
        self.post("engines", "Every engine begins as [a note](notes.md).", Tags="engines", Summary="How they begin.")
        self.post("notes", "Words, and [engines](engines.md).", Date="2026-02-02", Tags="notes", Summary="On notes.")
        self.post("looms", "Cards.", Date="2026-03-03", Tags="engines, looms", Summary="On looms.")
        return self

    def publish(self, sharing: Sharing | None = None, **wishes: Any) -> int:  # noqa: ANN401  as on the command line
        """Publish as without a terminal; return the exit code."""
        return self.heard(lambda: publish.run(self.root, Wishes(**wishes), sharing))

    def check(self, **flags: Any) -> int:  # noqa: ANN401  as on the command line
        """Check; return the exit code."""
        return self.heard(lambda: check.run(self.root, **flags))

    def rollback(self, name: str = "") -> int:
        """Go back; return the exit code."""
        return self.heard(lambda: rollback.run(self.root, name=name, yes=True))

    def heard(self, run: object) -> int:
        """Run something; return its exit code, keep what it said and told."""
        output, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            code: int = run()  # type: ignore[operator]
        self.said, self.told = output.getvalue(), errors.getvalue()
        return code
