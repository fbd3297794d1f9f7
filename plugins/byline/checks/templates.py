"""Which template, and which line of it, makes a piece of HTML that is on pages and in no source.

Not a rendering: templates are looked at as texts.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from byline.values.problem import Place
from byline.values.text import line_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from jinja2 import Template

    from byline.checks.finding import Finding

_EXTENDS = re.compile(r"\{%-?\s*extends\s+[\"'](?:![^/\"']+/)?(?P<name>[^\"']+)[\"']")
_TELLING = 8
"""Characters of words that are no address, from which on a template that says them is where they come from."""


class Templates:
    """The templates of a site, the writer's own in place of the theme's; read when asked for."""

    def __init__(self) -> None:
        """Know none yet."""
        self._texts: dict[str, tuple[str, str]] = {}

    def place(self, makers: Collection[Template], finding: Finding) -> Place | None:
        """Return where what is at fault stands in a template, else the template that all of these pages extend.

        `makers` are the templates of the pages; the place's path is the template's file.
        """
        chains = [self._chain(maker) for maker in makers]
        if not chains or not chains[0]:
            return None
        words = finding.words if "/" in finding.words or len(finding.words) >= _TELLING else ""
        for one in dict.fromkeys(filter(None, (words, finding.html, unescape(finding.html)))):
            for name in dict.fromkeys((*chains[0], *self._texts)):
                file, text = self._texts[name]
                if one in text:
                    return Place(file, line_of(text, text.index(one)))
        shared = [name for name in chains[0] if all(name in chain for chain in chains)]
        return Place(self._texts[(shared or chains[0])[0]][0])

    def _chain(self, maker: Template) -> list[str]:
        """Return a template's name with those that it extends, one after the other."""
        texts = self._known(maker)
        name, chain = maker.name or "", list[str]()
        while name in texts and name not in chain:
            chain.append(name)
            extended = _EXTENDS.search(texts[name][1])
            name = extended["name"] if extended else ""
        return chain

    def _known(self, maker: Template) -> Mapping[str, tuple[str, str]]:
        """Return file and text of every template by name."""
        environment = maker.environment
        if not self._texts and environment.loader:
            names = [name for name in environment.list_templates() if not name.startswith("!")]
            sources = ((name, environment.loader.get_source(environment, name)) for name in names)
            self._texts = {name: (file, text) for name, (text, file, _fresh) in sources if file}
        return self._texts
