"""What a service, or a picture's own file, says of its origin: strangers' words as fields of a record.

Not a request, and nothing is believed: every text is made plain, every address looked at, and a licence is one that
Byline's own table knows, or none.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from byline.credits.licenses import ALL_RIGHTS_RESERVED, UNKNOWN, by_name, by_url
from byline.values.text import without_markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from byline.values.credit import License

_LONGEST = 300
"""No name, title or credit line has more characters: what has is something else."""
_LONGEST_ADDRESS = 2000
_JOINERS = "\u200c\u200d"
"""Format characters that words are written with: in Persian, in Hindi, in emoji."""
_NO_NAMES = frozenset({"anonymous", "unknown", "unknown artist", "unknown author", "unknown photographer"})
_TEXTS = ("title", "credit_line", "copyright", "digital_source_type")
_ADDRESSES = ("creator_url", "source", "acquire")


@dataclass(frozen=True, slots=True)
class Found:
    """Fields of a record, named and typed as `record.FIELDS` says; `unclear` are the words of a licence not known."""

    fields: Mapping[str, object]
    unclear: str = ""


def found(said: Mapping[str, object], license_url: object = "", license_names: Iterable[object] = ()) -> Found:
    """Return what may stand in a record of what is `said`, by a record's names; what else it says is left out.

    The licence is the one that its address means and its names do not contradict. `unknown` it is with a creator only.
    """
    fields: dict[str, object] = {name: words(said.get(name)) for name in _TEXTS}
    fields |= {name: address(said.get(name)) for name in _ADDRESSES}
    creators = said.get("creator")
    names = [words(name) for name in (creators if isinstance(creators, tuple | list) else [creators])]
    fields["creator"] = creator = tuple(name for name in names if name and name.casefold() not in _NO_NAMES)
    if not creator:
        fields["creator_url"] = ""
    given = [words(name) for name in license_names]
    known = _license(words(license_url), [name for name in given if name])
    fields["license"] = known.code if known else UNKNOWN.code if creator else ""
    unclear = "" if known else next(filter(None, [*given, words(license_url)]), "")
    return Found({name: value for name, value in fields.items() if value}, unclear)


def of_file(said: Mapping[str, object]) -> Found:
    """Return what may stand in a record of the rights in a picture's own file (see `credits/embedded`)."""
    return found(said, said.get("license_url"), [said.get("license")])


def words(said: object) -> str:
    """Return a text of one line without markup and control characters; empty for what is no text, or too long."""
    if not isinstance(said, str) or len(said) > 100 * _LONGEST:
        return ""
    plain = without_markup("".join(sign for sign in said if _seen(sign)))
    return plain if len(plain) <= _LONGEST else ""


def address(said: object) -> str:
    """Return an absolute address on the web, one without scheme as https; empty for any other, or a strange one."""
    if not isinstance(said, str) or len(said) > _LONGEST_ADDRESS:
        return ""
    url = f"https:{said}" if said.startswith("//") else said
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    strange = any(sign.isspace() or sign in '<>"\\^`{|}' or unicodedata.category(sign)[0] == "C" for sign in url)
    return url if parts.scheme in {"http", "https"} and host and "@" not in parts.netloc and not strange else ""


def within(answer: Any, *steps: str | int) -> object:  # noqa: ANN401  JSON from elsewhere
    """Return what stands in a JSON value at the end of these keys and positions; None where there is nothing."""
    try:
        for step in steps:
            answer = answer[step]
    except (IndexError, KeyError, TypeError):
        return None
    return cast("object", answer)


def _seen(sign: str) -> bool:
    """Tell whether a character is one that readers see, or that parts or joins those."""
    return sign.isspace() or sign in _JOINERS or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}


def _license(url: str, names: list[str]) -> License | None:
    """Return the licence that an address means, or its names: None where they contradict each other, or say none.

    A name may leave out the country that the address has. "All rights reserved" is no leave to show the picture: only
    the writer knows whether they were given it.
    """
    told = (known for known in map(by_name, names) if known not in (None, ALL_RIGHTS_RESERVED, UNKNOWN))
    named = {known.code: known for known in told if known}
    if meant := by_url(url):
        return meant if all(meant.code.startswith(code) for code in named) else None
    return next(iter(named.values())) if len(named) == 1 else None
