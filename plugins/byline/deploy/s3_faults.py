"""What an S3 store answers when it does not do what it was asked: one sentence for each cause, with its remedy.

Not the asking, and never the store's own message: that may hold the key and what was signed with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from byline.values.problem import Fault, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

_KEYS = {
    "AuthorizationHeaderMalformed": "The store is in another region than the requests are signed for",
    "ExpiredToken": "The session token has expired",
    "ExpiredTokenException": "The session token has expired",
    "InvalidAccessKeyId": "The store does not know the access key",
    "InvalidToken": "The session token is not valid",
    "SignatureDoesNotMatch": "The secret key does not belong to the access key",
    "TokenRefreshRequired": "The session token has expired",
}


def answered(code: str, bucket: str) -> Fault:
    """Return what an error code of the S3 protocol means for the writer."""
    return next((made(code, bucket) for pattern, made in _CAUSES if pattern.search(code)), _refused(code, bucket))


def unreachable(bucket: str, cause: str) -> Fault:
    """Return that the store was not reached; `cause` is the name of the exception that told so."""
    what = f"The store of the bucket {bucket} cannot be reached ({_word(cause)})."
    return Refused(Problem("unreachable-target", what, "Look at the network and at endpoint=…, then run this again."))


def no_keys(cause: str) -> Fault:
    """Return that there are no keys, or no whole ones, on this machine."""
    what = f"There are no keys for the store ({_word(cause)})."
    remedy = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or AWS_PROFILE."
    return Fault(Problem("refused-by-target", what, remedy))


def wrong(bucket: str, cause: str) -> Fault:
    """Return that no request can be made of the address."""
    what = f"The address of the bucket {bucket} cannot be right ({_word(cause)})."
    remedy = "Write it as s3://bucket/prefix?endpoint=https://…&region=…."
    return Fault(Problem("wrong-target", what, remedy))


def _no_bucket(_code: str, bucket: str) -> Fault:
    what = f"There is no bucket {bucket} at the store."
    return Fault(Problem("wrong-target", what, "Make it there, or mend the address in BYLINE_DEPLOY."))


def _elsewhere(_code: str, bucket: str) -> Fault:
    what = f"The bucket {bucket} is in another region."
    return Fault(Problem("wrong-target", what, "Name it in BYLINE_DEPLOY: s3://…?region=…."))


def _wrong_keys(code: str, _bucket: str) -> Fault:
    remedy = "Mend AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, or region=… in BYLINE_DEPLOY."
    return Fault(Problem("refused-by-target", f"{_KEYS[code]} ({code}).", remedy))


def _clock(_code: str, _bucket: str) -> Fault:
    what = "The clock of this machine differs too much from the store's."
    return Fault(Problem("refused-by-target", what, "Set the clock, then run this again."))


def _denied(_code: str, bucket: str) -> Fault:
    what = f"The store does not let these keys do that with the bucket {bucket}."
    remedy = "Allow them s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject there."
    return Fault(Problem("refused-by-target", what, remedy))


def _full(_code: str, bucket: str) -> Fault:
    what = f"There is no room left in the bucket {bucket}."
    return Fault(Problem("full-target", what, "Make room, or raise its quota, then run this again: it goes on."))


def _busy(code: str, bucket: str) -> Fault:
    what = f"The store of the bucket {bucket} is too busy or not well ({_word(code)})."
    return Refused(Problem("unreachable-target", what, "Run this again in a while: it goes on."))


def _refused(code: str, bucket: str) -> Fault:
    what = f"The store refuses a request for the bucket {bucket} ({_word(code)})."
    return Fault(
        Problem("refused-by-target", what, "Look that up in the store's papers; nothing that is live is lost.")
    )


def _word(code: str) -> str:
    """Return a code as one plain word: what a stranger's server says is not to be trusted."""
    return re.sub(r"[^A-Za-z0-9.]", "", code)[:60] or "no reason given"


_CAUSES: tuple[tuple[re.Pattern[str], Callable[[str, str], Fault]], ...] = (
    (re.compile(r"^(?:NoSuchBucket|InvalidBucketName)$"), _no_bucket),
    (re.compile(r"^(?:PermanentRedirect|TemporaryRedirect|IllegalLocationConstraintException|301)$"), _elsewhere),
    (re.compile(rf"^(?:{'|'.join(_KEYS)})$"), _wrong_keys),
    (re.compile(r"^(?:RequestTimeTooSkewed|RequestExpired)$"), _clock),
    (re.compile(r"^(?:AccessDenied|AllAccessDisabled|AccountProblem|Forbidden|UnauthorizedAccess|403)$"), _denied),
    (re.compile(r"Quota|Insufficient|Storage_?Full|^507$"), _full),
    (re.compile(r"SlowDown|Throttl|TooManyRequests|Unavailable|InternalError|^RequestTimeout$|^5\d\d$"), _busy),
)
