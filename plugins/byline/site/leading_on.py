"""Where the posts of a hosted site lead on to: related ones, mentions, series, each given to Pelican's articles.

Not how they are found: that is the related room's, which knows no Byline site.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pelican.contents import Article

from byline.edges import from_pelican
from byline.related.relating import Relating
from byline.related.relations import Relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pelican.generators import ArticlesGenerator

    from byline.related.kept_counts import KeptCounts
    from byline.site.writer import Collector
    from byline.values.post import Post, Reading

_SAVE_AS = "series/{slug}/index.html"


def related(  # noqa: PLR0913, PLR0917  what a listing knows, handed over once
    generator: ArticlesGenerator,
    posts: Mapping[str, Post],
    written: Iterable[Post],
    readings: Mapping[str, Reading],
    kept: KeptCounts,
    count: int,
) -> Relating:
    """Relate the articles of a site, and name its series to templates; return what relates them.

    Posts and Readings are given by source path; `written` are those that get a page; `kept` the counts of texts that
    did not change; `count` is how many related posts are shown.
    """
    contents = generator.context["generated_content"].values()
    articles = {str(content.relative_source_path): content for content in contents if isinstance(content, Article)}
    paths = {post.path for post in written}
    # A post that cannot be written stands in no list.
    known = {path: posts[path] for path in articles if path in paths or not posts[path].status.public}
    copies = {str(article.relative_source_path) for article in generator.translations}
    slugify = partial(from_pelican.slug, settings=generator.settings)
    relations = Relations(known, readings, generator.settings["SITEURL"], slugify, copies, kept)
    relating = Relating({path: articles[path] for path in known}, known, relations, count)
    generator.context["all_series"] = relating.series
    return relating


def collect_series(generator: ArticlesGenerator, writer: Collector) -> None:
    """List a page for each series, where the theme has a template for it."""
    save_as: str = generator.settings.get("SERIES_SAVE_AS", _SAVE_AS)
    if not save_as or "series.html" not in generator.env.list_templates():
        return
    template = generator.get_template("series")
    for series in generator.context["all_series"]:
        path = save_as.format(slug=series.slug)
        writer.write_file(path, template, generator.context, series=series, articles=list(series.posts))
