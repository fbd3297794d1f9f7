"""robots.txt (RFC 9309): who is asked to stay away, and where the sitemap is.

Not a wall: who does not keep to it is not kept out. Search engines, and what draws a card of a link, are never named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from byline.values.addresses import uri

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from byline.values.settings import Robots

PATH = "robots.txt"

ANSWERS: Mapping[str, str] = {
    "Amzn-SearchBot": "Amazon: finds what Alexa and Rufus answer with",
    "Amzn-User": "Amazon: opens a page for a person who asks",
    "ChatGPT-User": "OpenAI: opens a page for a person who asks",
    "Claude-SearchBot": "Anthropic: finds what Claude answers with",
    "Claude-User": "Anthropic: opens a page for a person who asks",
    "DuckAssistBot": "DuckDuckGo: reads what Search Assist answers with",
    "Meta-ExternalFetcher": "Meta: opens a page for a person who asks",
    "Meta-WebIndexer": "Meta: finds what Meta AI answers with",
    "MistralAI-Index": "Mistral: finds what its assistant answers with",
    "MistralAI-User": "Mistral: opens a page for a person who asks",
    "OAI-SearchBot": "OpenAI: finds what ChatGPT answers with",
    "Perplexity-User": "Perplexity: opens a page for a person who asks",
    "PerplexityBot": "Perplexity: finds what it answers with",
}
"""Who reads to answer, and links what was read: the product token, whose it is and what for.

As their operators described them in November 2026. Some say of a page that a person asks for that robots.txt does not
bind them there.
"""

TRAINING: Mapping[str, str] = {
    "Amazonbot": "Amazon: gathers for its services, and may train models",
    "Applebot-Extended": "Apple: whether what Applebot read may train models",
    "Bytespider": "ByteDance: gathers to train models, by all accounts; it documents nothing",
    "CCBot": "Common Crawl: an open archive of the web, of which many models were trained",
    "ClaudeBot": "Anthropic: gathers to train models",
    "GPTBot": "OpenAI: gathers to train models",
    "Google-Extended": "Google: whether what Googlebot read may train Gemini, and feed its answers outside of Search",
    "Meta-ExternalAgent": "Meta: gathers to train models",
    "MistralAI-Training": "Mistral: gathers to train models",
}
"""Who gathers texts to train models, or lets texts be used so: the product token, whose it is and what for.

As their operators described them in November 2026.
"""


def robots(site_url: str, wanted: Robots) -> bytes:
    """Return a robots.txt (RFC 9309, UTF-8) for a site at an address: everybody may read but those not wanted.

    One line each for all crawlers of a group: the rules of a group hold for all of them (RFC 9309, 2.2.1).
    """
    home = uri(f"{site_url}/")
    folder = urlsplit(home).path
    lines = ["User-agent: *", "Allow: /"]
    if not wanted.answers:
        lines += _kept_out("Who answers people's questions", ANSWERS, folder)
    if not wanted.training:
        lines += _kept_out("Who gathers texts to train models", TRAINING, folder)
    lines += ["", f"Sitemap: {urljoin(home, 'sitemap.xml')}"]
    return "".join(f"{line}\n" for line in lines).encode()


def _kept_out(who: str, tokens: Iterable[str], folder: str) -> list[str]:
    return ["", f"# {who}: please stay away.", *(f"User-agent: {token}" for token in tokens), f"Disallow: {folder}"]
