"""LinkedIn: a copy is a post of the writer's own, or of their page's, with a card of the blog's post.

Not the words of it, and nothing of the ledger. What was posted cannot be read back with the leave that writers get; but
the same words a second time are refused, and the refusal names the first. The card's picture is an upload of its own,
which is harmless to repeat; where it goes, LinkedIn says, and the token goes along only if that is at LinkedIn.
Long, as one network's protocol: the Posts API, as of 2026-05
(https://learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api), the `images-api`, and the markup
of `little-text-format` there.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from byline.sharing.answers import Ended, Server, held, linked, succeeded, unreadable, within
from byline.sharing.copies import How
from byline.sharing.network import Answer, Outcome
from byline.values.text import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from byline.edges.http import Answer as Reply
    from byline.edges.http import Client
    from byline.sharing.answers import Object
    from byline.sharing.copies import Copy
    from byline.sharing.message import Message, Picture
    from byline.sharing.network import Keep

SERVER = "https://api.linkedin.com"
VERSION = "202605"
"""LinkedIn takes each version for about a year, then answers 426: renew it each spring, and read what has changed."""

_POSTS, _IMAGES = "/rest/posts", "/rest/images?action=initializeUpload"
_AUTHOR = re.compile(r"(?P<kind>urn:li:(?:person|organization):)?(?P<id>[\w-]{1,100})", re.ASCII)
_POST = re.compile(r"urn:li:(?:share|ugcPost|activity):\d{1,30}", re.ASCII)
_IMAGE = re.compile(r"urn:li:image:[\w-]{1,100}", re.ASCII)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)*linkedin\.com", re.ASCII | re.IGNORECASE)
_RESERVED = re.compile(r"[\\|{}@\[\]()<>#*_~]")
_HASHTAG = re.compile(
    "(?<![^\\s([„“\"'])#(?P<tag>(?=[\\d_]*[^\\W\\d_])[^\\s!-/:-@[-^`{-~\x7f-¿\u2010-\u206f\u3000-\u303f\uff00-\uff0f]+)"
)
"""A sign at the beginning of a word, and that word, which has a letter; no part of an address."""

_SUNSET = 426
_NOT_THERE = frozenset({404, 410})
_LATER = timedelta(days=1)
_LONGEST_TITLE, _LONGEST_DESCRIPTION, _LONGEST_ALT = 400, 4086, 4086
_PICTURES = frozenset({"image/jpeg", "image/png", "image/gif"})
_MOST_PIXELS = 36_152_319
"""What the Images API takes; how many bytes, it does not say."""
_NAMELESS = "what LinkedIn calls this copy is not known, so it can only be changed there"


def author_of(account: str) -> str:
    """Return the URN of an account, `urn:li:person:abc` for `abc`; empty where it can be none."""
    match = _AUTHOR.fullmatch(account)
    return f"{match['kind'] or 'urn:li:person:'}{match['id']}" if match else ""


def commentary(text: str) -> str:
    r"""Return a text as LinkedIn's markup says it: an unescaped sign would end the post there, and nobody be told.

    A hashtag becomes the template `{hashtag|\#|Tag}`, as LinkedIn itself writes those that people type.
    """
    written, at = [], 0
    for found in _HASHTAG.finditer(text):
        written += [_escaped(text[at : found.start()]), f"{{hashtag|\\#|{_escaped(found['tag'])}}}"]
        at = found.end()
    return "".join([*written, _escaped(text[at:])])


class LinkedIn:
    """One account at LinkedIn."""

    finds = False
    edits = withdraws = True

    def __init__(  # noqa: PLR0913  what an account is made of
        self,
        client: Client,
        server: str,
        token: str,
        account: str,
        *,
        picture: Callable[[str], bytes | None],
        clock: Callable[[], datetime],
    ) -> None:
        """Speak for an account, a person's id or a URN, with its token; the server is LinkedIn's own where it is empty.

        `picture` gives the bytes of a picture by its digest, `clock` the time (aware).
        """
        self._address = (server or SERVER).rstrip("/")
        self._server = Server(client, self._address, token, clock, ("message", "error_description", "error"))
        self._author = author_of(account)
        self._bytes = picture
        self._clock = clock

    def account(self) -> Answer:
        """Return that it is not known: a token that may write may not ask whose it is, nor for how long."""
        return Answer(Outcome.UNKNOWN, error="LinkedIn does not say whose a token is; it ends after 60 days")

    def find(self, message: Message, copy: Copy) -> Answer | None:  # noqa: ARG002  as every network is asked
        """Return unknown: LinkedIn shows no posts to who may only write them."""
        return Answer(Outcome.UNKNOWN, error="copies cannot be looked up at LinkedIn")

    def create(self, message: Message, copy: Copy, keep: Keep) -> Answer:
        """Send the picture, then post with a card of the address and the picture.

        What LinkedIn says is there already is confirmed, with the id it names. Where it will not have the picture,
        `error` of confirmed says so. `keep` gets the picture's URN (`image`) with its digest (`picture`).
        """
        if not self._author:
            error = "the account is no id of a person and no URN, such as urn:li:person:abc"
            return Answer(Outcome.WAITING, error=error, closed=True)
        try:
            thumbnail, without = self._attached(message.picture, copy.ids, keep)
            reply = self._ask("POST", _POSTS, _post(message, self._author, thumbnail), acts=True)
        except Ended as end:
            return end.answer
        if succeeded(reply):
            return _confirmed(unquote(reply.headers.get("x-restli-id", "")), How.SENT, without)
        first = _duplicate(reply)
        if first is None:
            if thumbnail:  # it may be why, and cannot be looked at: whoever tries again sends it again
                keep({"image": ""})
            return Answer(Outcome.REJECTED, error=self._server.said(reply))
        answer = _confirmed(first, How.DUPLICATE)
        if answer.url and answer.url == copy.url:
            error = "LinkedIn still remembers the copy that was taken back"
            return Answer(Outcome.WAITING, error=error, at=self._clock() + _LATER)
        return answer

    def update(self, message: Message, copy: Copy, keep: Keep) -> Answer:  # noqa: ARG002  no id is new
        """Change the words; LinkedIn leaves a card as it was made."""
        changed = {"patch": {"$set": {"commentary": commentary(message.text)}}}
        answer = self._changed("POST", copy, "PARTIAL_UPDATE", changed)
        return Answer(Outcome.GONE) if answer is None else answer

    def withdraw(self, copy: Copy) -> Answer:
        """Delete the post."""
        return self._changed("DELETE", copy, "DELETE") or Answer(Outcome.CONFIRMED, url=copy.url, ids=copy.ids)

    def _changed(self, method: str, copy: Copy, act: str, body: Object | None = None) -> Answer | None:
        """Return what comes of a change to a post; None where there is no such post."""
        post = copy.ids.get("post", "")
        if not _POST.fullmatch(post):
            return Answer(Outcome.REJECTED, error=_NAMELESS)
        try:
            reply = self._ask(method, f"{_POSTS}/{quote(post, safe='')}", body, act, acts=True)
        except Ended as end:
            return end.answer
        if reply.status in _NOT_THERE:
            return None
        if not succeeded(reply):
            return Answer(Outcome.REJECTED, error=self._server.said(reply))
        return Answer(Outcome.CONFIRMED, url=copy.url, ids=copy.ids)

    def _attached(self, picture: Picture | None, kept: Mapping[str, str], keep: Keep) -> tuple[str, str]:
        """Return the URN of a picture that LinkedIn has now; without one, why not.

        One that an earlier try sent is used again: only what is the same in all is a duplicate to LinkedIn. Raises
        Ended: nothing has been made yet that anybody sees.
        """
        if picture is None:
            return "", ""
        if kept.get("picture") == picture.digest and _IMAGE.fullmatch(kept.get("image", "")):
            return kept["image"], ""
        content = self._bytes(picture.digest)
        image, why = ("", "it is not in the store") if content is None else self._uploaded(picture, content)
        if not image:
            return "", f"sent without its picture: {why}"
        keep({"image": image, "picture": picture.digest})
        return image, ""

    def _uploaded(self, picture: Picture, content: bytes) -> tuple[str, str]:
        """Return the URN of a picture that was sent; without one, why LinkedIn will not have it. Raises Ended."""
        if unfit := _unfit(picture):
            return "", unfit
        reply = self._ask("POST", _IMAGES, {"initializeUploadRequest": {"owner": self._author}})
        if not succeeded(reply):
            return "", self._server.said(reply)
        image, there = (within(held(reply), "value", name) for name in ("image", "uploadUrl"))
        if not isinstance(image, str) or not _IMAGE.fullmatch(image) or not isinstance(there, str):
            raise Ended(unreadable(Outcome.WAITING))
        if not self._may_have_the_token(there):
            return "", "the server wants it at an address that is not LinkedIn's"
        reply = self._server.at(there).ask("PUT", body=content, media_type=picture.media_type)
        return (image, "") if succeeded(reply) else ("", self._server.said(reply))

    def _may_have_the_token(self, url: str) -> bool:
        """Tell whether an address is at LinkedIn, over TLS, or at the very server that is asked."""
        there, here = urlsplit(linked(url)), urlsplit(self._address)
        return there[:2] == here[:2] or (there.scheme == "https" and bool(_HOST.fullmatch(there.netloc)))

    def _ask(self, method: str, path: str, body: Object | None, act: str = "", *, acts: bool = False) -> Reply:
        """Return LinkedIn's reply; `acts` is whether it changes what people see. Raises Ended."""
        headers = {"LinkedIn-Version": VERSION, "X-Restli-Protocol-Version": "2.0.0"}
        if act:
            headers["X-RestLi-Method"] = act
        reply = self._server.ask(method, path, body or b"", headers=headers, acts=acts)
        if reply.status == _SUNSET:
            error = f"LinkedIn no longer takes version {VERSION} of its interface; a newer Byline asks in a newer one"
            raise Ended(Answer(Outcome.WAITING, error=error, closed=True))
        return reply


def _post(message: Message, author: str, thumbnail: str) -> dict[str, object]:
    """Return a new post. The fields without a choice are those that LinkedIn insists on."""
    article = {"source": message.url, "title": shortened(message.title, _LONGEST_TITLE)}
    if message.card:
        article["description"] = shortened(message.card, _LONGEST_DESCRIPTION)
    if thumbnail:
        article["thumbnail"] = thumbnail
    if thumbnail and message.picture and message.picture.alt:
        article["thumbnailAltText"] = shortened(message.picture.alt, _LONGEST_ALT)
    return {
        "author": author,
        "commentary": commentary(message.text),
        "visibility": "CONNECTIONS" if message.visibility == "private" else "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "content": {"article": article},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }


def _unfit(picture: Picture) -> str:
    """Return why LinkedIn does not take a picture; empty where it does, for all that is known."""
    if picture.media_type not in _PICTURES:
        return f"LinkedIn takes no {picture.media_type}"
    pixels = picture.width * picture.height
    return f"it has {pixels:,} pixels, LinkedIn takes {_MOST_PIXELS:,}" if pixels > _MOST_PIXELS else ""


def _confirmed(post: str, how: How, error: str = "") -> Answer:
    """Return the answer that a post's URN is; unknown where it is none."""
    if not _POST.fullmatch(post):
        return unreadable(Outcome.UNKNOWN)
    url = f"https://www.linkedin.com/feed/update/{post}/"
    return Answer(Outcome.CONFIRMED, url=url, ids={"post": post}, how=how, error=error)


def _duplicate(reply: Reply) -> str | None:
    """Return the URN of the post that a refusal calls the first one, empty where it names none; None for another."""
    told = held(reply)
    said = within(told, "message")
    errors = within(told, "errorDetails", "inputErrors")
    codes = [within(error, "code") for error in errors] if isinstance(errors, list) else []
    if "DUPLICATE_POST" not in [*codes, within(told, "code")]:
        return None
    named = _POST.search(said) if isinstance(said, str) else None
    return named[0] if named else ""


def _escaped(text: str) -> str:
    return _RESERVED.sub(r"\\\g<0>", text)
