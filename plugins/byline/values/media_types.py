"""Media types: what an output is called in `Content-Type`, the same on every machine.

Not a guess from the system's own tables, which differ.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from byline.values.output import Kind

_TYPES = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".bmp": "image/bmp",
    ".css": "text/css",
    ".csv": "text/csv",
    ".eot": "application/vnd.ms-fontobject",
    ".epub": "application/epub+zip",
    ".flac": "audio/flac",
    ".gif": "image/gif",
    ".gz": "application/gzip",
    ".htm": "text/html",
    ".html": "text/html",
    ".ico": "image/vnd.microsoft.icon",
    ".ics": "text/calendar",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".jxl": "image/jxl",
    ".m4a": "audio/mp4",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".opus": "audio/ogg",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".rss": "application/rss+xml",
    ".rst": "text/x-rst",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".vcf": "text/vcard",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
    ".xsl": "text/xsl",
    ".zip": "application/zip",
}
_HEAD = 1000
"""A feed's first element stands within its first bytes."""


def media_type(path: str, kind: Kind, body: bytes) -> str:
    """Return the media type of an output, with `charset=utf-8` where it is text or XML that is not told apart by name.

    A feed is told by its content: both of `feeds/atom.xml` and `feeds/rss.xml` end in `.xml`.
    """
    suffix = PurePosixPath(path).suffix.lower()
    found = _TYPES.get(suffix, "text/plain" if kind is Kind.TEXT else "application/octet-stream")
    if kind is Kind.FEED:
        found = _feed(body)
    return f"{found}; charset=utf-8" if found.startswith("text/") or found.endswith("xml") else found


def is_html(path: str) -> bool:
    """Tell whether an output is a page that a browser shows with an overlay."""
    return path.lower().endswith((".html", ".htm"))


def _feed(body: bytes) -> str:
    """Return the type of an Atom (RFC 4287), JSON (jsonfeed.org, 1.1) or RSS 2.0 feed."""
    head = body[:_HEAD]
    if head.lstrip().startswith(b"{"):
        return "application/feed+json"
    return "application/rss+xml" if b"<rss" in head else "application/atom+xml"
