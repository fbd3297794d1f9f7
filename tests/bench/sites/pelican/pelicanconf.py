"""The settings of the measured blog, for Byline and for stock Pelican: addresses and feeds as Byline's own are."""

AUTHOR = SITENAME = "Bench"
SITESUBTITLE = "Writes so that there is something to measure"
SITEURL = "https://bench.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en-GB"
MENUITEMS = [("Posts", "archives/"), ("Tags", "tag/"), ("Categories", "category/")]
DEFAULT_PAGINATION = 10
PATH = "content"
PLUGINS: list[str] = []

TYPOGRIFY = True
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False},
        "markdown.extensions.meta": {},
        "markdown.extensions.sane_lists": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}

ARTICLE_URL, ARTICLE_SAVE_AS = "{slug}/", "{slug}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "category/{slug}/", "category/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "tag/{slug}/", "tag/{slug}/index.html"
YEAR_ARCHIVE_URL, YEAR_ARCHIVE_SAVE_AS = "archives/{date:%Y}/", "archives/{date:%Y}/index.html"
AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "archives", "categories", "tags"]
INDEX_URL = ""
ARCHIVES_URL, ARCHIVES_SAVE_AS = "archives/", "archives/index.html"
CATEGORIES_URL, CATEGORIES_SAVE_AS = "category/", "category/index.html"
TAGS_URL, TAGS_SAVE_AS = "tag/", "tag/index.html"
PAGINATION_PATTERNS = [
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]

FEED_MAX_ITEMS = 20
FEED_ALL_ATOM = "feeds/atom.xml"
FEED_ALL_RSS = "feeds/rss.xml"
TAG_FEED_ATOM = "feeds/tag/{slug}.atom.xml"
CATEGORY_FEED_ATOM = "feeds/category/{slug}.atom.xml"
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
