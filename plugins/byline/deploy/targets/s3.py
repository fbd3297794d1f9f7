"""Deploying to an S3 store, Amazon's or another's: most sites that outgrow one machine lie in one, behind a CDN.

Not the CDN: pages are put so that it asks after each of them, so nothing has to be purged.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from byline.deploy import s3_faults
from byline.deploy.compressed import compressed, compressible
from byline.deploy.in_place import InPlace
from byline.deploy.saved import ROOM
from byline.deploy.target import moved
from byline.values.manifest import PATH
from byline.values.media_types import media_type
from byline.values.output import Kind, fingerprinted
from byline.values.problem import Fault, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from byline.deploy.target import Target
    from byline.values.settings import Destination

_WORKERS = 16
_CONNECT, _READ, _TRIES = 10, 60, 4
"""Seconds to connect, seconds without a byte, and how often a request is made that fails on the way."""

_MISSING = {"NoSuchKey", "404"}
_CONDITION_FAILED = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409", *_MISSING}

_FOR_EVER = "public, max-age=31536000, immutable"
_AN_HOUR = "public, max-age=3600"
_ASKED_AFTER = "public, max-age=0, must-revalidate"
"""Pages and feeds: a CDN or browser keeps them but asks (with the ETag, so 304 mostly) whether they are still right;
else a correction, or a rollback, would reach readers when the cache pleases."""


@dataclass(frozen=True, slots=True)
class _Address:
    """`s3://bucket/prefix?endpoint=https://…&region=…`; the prefix ends in a slash, or is empty."""

    bucket: str
    prefix: str
    endpoint: str | None
    region: str | None


def target(name: str, destination: Destination, home: Path) -> Target:  # noqa: ARG001  others need it
    """Return the store as a target. Raises Fault for an address that means none, or without boto3.

    `compress` puts texts there in gzip format, and says so to every reader: a store cannot choose by what a browser
    accepts. Without it, the CDN compresses for those who want it.
    """
    address = _read(name, destination.to)
    objects = _Store(address, _client(address), compress=destination.compress is True)
    # Compressed bodies, not compressed copies beside them: for a plan there is nothing more.
    return InPlace(objects, destination.keep, compress=False)


def _read(name: str, to: str) -> _Address:
    split = urlsplit(to)
    options = dict(parse_qsl(split.query))
    if not split.netloc or split.username or options.keys() - {"endpoint", "region"}:
        what = f"The address of the target {name} is not one of an S3 store."
        remedy = "Write it as s3://bucket/prefix?endpoint=https://…&region=…; keys belong in the environment."
        raise Fault(Problem("wrong-target", what, remedy))
    prefix = split.path.strip("/")
    return _Address(split.netloc, f"{prefix}/" if prefix else "", options.get("endpoint"), options.get("region"))


def _client(address: _Address) -> Any:  # noqa: ANN401  boto3 makes its classes at run time
    try:
        import boto3
        from botocore.config import Config
    except ImportError as error:
        what = "The package boto3, which speaks to S3 stores, is not installed."
        remedy = "Run ./byline publish, which fetches it, or install it in this environment: pip install boto3."
        raise Fault(Problem("missing-program", what, remedy)) from error
    config = Config(
        connect_timeout=_CONNECT,
        read_timeout=_READ,
        retries={"mode": "standard", "total_max_attempts": _TRIES},
        max_pool_connections=_WORKERS,
        # Checksums of newer date are not known to every store; the signature covers the body anyway.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path" if address.endpoint else "auto", "payload_signing_enabled": True},
    )
    with _told(address.bucket):
        session = boto3.session.Session()
        region = address.region or session.region_name or "us-east-1"
        try:
            return session.client("s3", endpoint_url=address.endpoint, region_name=region, config=config)
        except ValueError as error:
            raise s3_faults.wrong(address.bucket, "endpoint") from error


class _Store:
    """The objects below a prefix of a bucket (see `deploy/objects`)."""

    workers = _WORKERS

    def __init__(self, address: _Address, client: Any, *, compress: bool) -> None:  # noqa: ANN401  see _client
        self._bucket = address.bucket
        self._prefix = address.prefix
        self._client = client
        self._compress = compress

    def paths(self, below: str = "") -> Iterator[str]:
        listing = self._client.get_paginator("list_objects_v2")
        with _told(self._bucket):
            for page in listing.paginate(Bucket=self._bucket, Prefix=self._prefix + below):
                yield from (listed["Key"].removeprefix(self._prefix) for listed in page.get("Contents", ()))

    def get(self, path: str) -> bytes | None:
        return self._got(path)[0]

    def put(self, path: str, kind: Kind, body: bytes) -> None:
        headers = {"ContentType": media_type(path, kind, body), "CacheControl": _caching(path, kind, body)}
        if self._compress and compressible(path) and not path.startswith(ROOM):
            headers["ContentEncoding"] = "gzip"
            body = compressed(body)
        with _told(self._bucket):
            self._client.put_object(**self._object(path), Body=body, **headers)

    def copy(self, source: str, path: str) -> None:
        with _told(self._bucket):
            self._client.copy_object(**self._object(path), CopySource=self._object(source))

    def delete(self, path: str) -> None:
        with _told(self._bucket):
            self._client.delete_object(**self._object(path))

    def manifest(self) -> tuple[bytes | None, str]:
        return self._got(PATH)

    def put_manifest(self, body: bytes, version: str) -> str:
        """Replace the manifest on the condition that nobody else did.

        Stores that know no conditional writes say so, or don't: it is looked at just before in any case.
        """
        if self._version() != version:
            raise moved(f"The bucket {self._bucket}")
        written = {"Body": body, "ContentType": "application/json", "CacheControl": _ASKED_AFTER}
        condition = {"IfMatch": version} if version else {"IfNoneMatch": "*"}
        from botocore.exceptions import ClientError

        with _told(self._bucket):
            try:
                return str(self._client.put_object(**self._object(PATH), **written, **condition)["ETag"])
            except ClientError as error:
                if _code(error) == "NotImplemented":
                    return str(self._client.put_object(**self._object(PATH), **written)["ETag"])
                if _code(error) not in _CONDITION_FAILED:
                    raise
        now, etag = self._got(PATH)
        if now != body:  # else the answer to our own request was lost, and its repetition refused
            raise moved(f"The bucket {self._bucket}")
        return etag

    def alone(self) -> AbstractContextManager[None]:
        """Keep nobody away: the manifest's condition does."""
        return nullcontext()

    def _got(self, path: str) -> tuple[bytes | None, str]:
        from botocore.exceptions import ClientError

        with _told(self._bucket):
            try:
                got = self._client.get_object(**self._object(path))
                return got["Body"].read(), got["ETag"]
            except ClientError as error:
                if _code(error) not in _MISSING:
                    raise
                return None, ""

    def _version(self) -> str:
        from botocore.exceptions import ClientError

        with _told(self._bucket):
            try:
                return str(self._client.head_object(**self._object(PATH))["ETag"])
            except ClientError as error:
                if _code(error) not in _MISSING:
                    raise
                return ""

    def _object(self, path: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": self._prefix + path}


def _caching(path: str, kind: Kind, body: bytes) -> str:
    if fingerprinted(path, hashlib.sha256(body).hexdigest()):
        return _FOR_EVER
    return _AN_HOUR if kind is Kind.ASSET else _ASKED_AFTER


@contextmanager
def _told(bucket: str) -> Iterator[None]:
    """Say what boto3 raises in a sentence for the writer."""
    from botocore import exceptions as theirs

    try:
        yield
    except theirs.ClientError as error:
        raise s3_faults.answered(_code(error), bucket) from error
    except (theirs.ConnectionError, theirs.HTTPClientError, theirs.IncompleteReadError) as error:
        raise s3_faults.unreachable(bucket, type(error).__name__) from error
    except (theirs.ParamValidationError, theirs.EndpointResolutionError) as error:
        raise s3_faults.wrong(bucket, type(error).__name__) from error
    except theirs.BotoCoreError as error:
        # What is left are the many ways to have no whole keys: none, a profile that is not there, a login that ended.
        raise s3_faults.no_keys(type(error).__name__) from error


def _code(error: Any) -> str:  # noqa: ANN401  botocore has no types
    return str(error.response.get("Error", {}).get("Code", ""))
