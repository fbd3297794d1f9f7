"""The settings of this blog: the first file to make your own. Plain data; docs/settings.md explains each name."""

# Who writes, and what the place is called.
AUTHOR = "Maren Holt"
SITENAME = "Who would know"
SITESUBTITLE = "Maren Holt on listening, on writing things down, and on putting people in touch"
SITEURL = "https://byline.example"  # where the site is public, without a slash at the end
TIMEZONE = "Europe/Oslo"
DEFAULT_LANG = "en-GB"

# You, on the home page and after each post. The offer is what a reader can hire or ask you for.
BYLINE_AUTHOR = {
    "line": "I help small teams to write down what only one of them knows, and I put people in touch.",
    "bio": "For nineteen years I wrote software for telephone exchanges. Now I live on an island with one ferry, "
    "and most days somebody asks me who would know about this. I write here about once every two months.",
    "portrait": "images/me.jpg",
    "email": "maren@maren.example",
    "profiles": ["https://social.example/@maren", "https://code.example/maren"],
    "fediverse": "@maren@social.example",
    "offer": {"text": "One day a week I work with a small technical team.", "url": "work-with-me/"},
}

# How it looks: blue, green, red, violet or ochre; and where each post helps its readers to share it.
BYLINE_THEME = {"accent": "blue", "share": ["mastodon", "bluesky", "linkedin", "mail"]}

# The header's links: words, and an address below the site's root or anywhere else.
MENUITEMS = [
    ("Posts", "archives/"),
    ("About", "about/"),
    ("Work with me", "work-with-me/"),
    ("Subscribe", "subscribe/"),
]

# How many posts a page lists. Dates need no setting: each page writes them as its language does, on any machine; LOCALE
# is for what Pelican makes of them itself, such as a month in an address.
DEFAULT_PAGINATION = 10
LOCALE = ["C"]

# Where the writing is. Posts may lie anywhere in content/ but in the folders left out here.
PATH = "content"
ARTICLE_PATHS = [""]
ARTICLE_EXCLUDES = ["pages", "images", "theme", "copies", "replies"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images"]
IGNORE_FILES = [".*", "_*"]
DEFAULT_CATEGORY = "Notes"
USE_FOLDER_AS_CATEGORY = False

# How it is written: Markdown with tables, footnotes, definition lists; real quotes and dashes.
TYPOGRIFY = True
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {"footnotes": {"BACKLINK_TEXT": "↩\ufe0e"}},
        "markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False},
        "markdown.extensions.meta": {},
        "markdown.extensions.sane_lists": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}

# Addresses. Think twice before you change them on a site that people link to.
ARTICLE_URL = DRAFT_URL = PAGE_URL = DRAFT_PAGE_URL = "{slug}/"
ARTICLE_SAVE_AS = DRAFT_SAVE_AS = PAGE_SAVE_AS = DRAFT_PAGE_SAVE_AS = "{slug}/index.html"
ARTICLE_LANG_URL = DRAFT_LANG_URL = PAGE_LANG_URL = DRAFT_PAGE_LANG_URL = "{lang}/{slug}/"
ARTICLE_LANG_SAVE_AS = DRAFT_LANG_SAVE_AS = PAGE_LANG_SAVE_AS = DRAFT_PAGE_LANG_SAVE_AS = "{lang}/{slug}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "category/{slug}/", "category/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "tag/{slug}/", "tag/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "author/{slug}/", "author/{slug}/index.html"
SERIES_URL, SERIES_SAVE_AS = "series/{slug}/", "series/{slug}/index.html"
YEAR_ARCHIVE_URL, YEAR_ARCHIVE_SAVE_AS = "archives/{date:%Y}/", "archives/{date:%Y}/index.html"
DIRECT_TEMPLATES = ["index", "archives", "categories", "tags", "authors", "credits", "subscribe", "search", "404"]
INDEX_URL = ""
ARCHIVES_URL, ARCHIVES_SAVE_AS = "archives/", "archives/index.html"
CATEGORIES_URL, CATEGORIES_SAVE_AS = "category/", "category/index.html"
TAGS_URL, TAGS_SAVE_AS = "tag/", "tag/index.html"
AUTHORS_URL, AUTHORS_SAVE_AS = "author/", "author/index.html"
CREDITS_URL, CREDITS_SAVE_AS = "credits/", "credits/index.html"
SUBSCRIBE_URL, SUBSCRIBE_SAVE_AS = "subscribe/", "subscribe/index.html"
SHARE_URL, SHARE_SAVE_AS = "share/", "share/index.html"
SEARCH_URL, SEARCH_SAVE_AS = "search/", "search/index.html"
PAGINATION_PATTERNS = [
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]
# In the addresses of tags and categories, C++, C# and .NET stay apart from C and Net.
TAG_REGEX_SUBSTITUTIONS = CATEGORY_REGEX_SUBSTITUTIONS = [
    (r"\+", "-plus"),
    (r"#", "-sharp"),
    (r"^\s*\.", "dot-"),
    (r"[^\w\s-]", ""),
    (r"^\s+|\s+$", ""),
    (r"[-\s]+", "-"),
]

# Feeds, which programs read for your readers.
BYLINE_FEEDS = {"json": "feeds/feed.json", "limit": 20}
FEED_ALL_ATOM = "feeds/atom.xml"
FEED_ALL_RSS = "feeds/rss.xml"
TAG_FEED_ATOM = "feeds/tag/{slug}.atom.xml"
CATEGORY_FEED_ATOM = "feeds/category/{slug}.atom.xml"
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None

# The look, your own templates that go before it, and plugins (a list, so that none is found by chance).
THEME = "theme"
THEME_TEMPLATES_OVERRIDES = ["content/theme/templates"]
PLUGINS = []
