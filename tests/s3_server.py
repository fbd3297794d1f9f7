"""A real S3 server (moto's) in a process of its own on a loopback port, and the way to look into its buckets.

Not a patched client: Byline speaks to it over HTTP, as to any store.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SERVE = """
import sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
server.stop()
"""
KEYS = {"AWS_ACCESS_KEY_ID": "TESTINGKEY", "AWS_SECRET_ACCESS_KEY": "testing-secret"}
NOTHING_ELSE = {
    "AWS_CONFIG_FILE": "/dev/null",
    "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    "AWS_EC2_METADATA_DISABLED": "true",
}
"""No key and no region of this machine's."""


@dataclass(frozen=True)
class Store:
    """A server and a client of its own."""

    endpoint: str
    client: Any

    def address(self, bucket: str, prefix: str = "") -> str:
        """Return the address that a writer would give for a bucket."""
        return f"s3://{bucket}/{prefix}?endpoint={self.endpoint}&region=us-east-1"

    def files(self, bucket: str, prefix: str = "") -> dict[str, bytes]:
        """Return the objects of a bucket below a prefix, by key without it."""
        found: dict[str, bytes] = {}
        for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            for listed in page.get("Contents", ()):
                body = self.client.get_object(Bucket=bucket, Key=listed["Key"])["Body"].read()
                found[listed["Key"].removeprefix(prefix)] = body
        return found

    def head(self, bucket: str, key: str) -> Any:  # noqa: ANN401  boto3 has no types
        """Return how an object is served."""
        return self.client.head_object(Bucket=bucket, Key=key)


@contextmanager
def s3_server(environment: Mapping[str, str]) -> Iterator[Store]:
    """Serve buckets from memory until the end of the block."""
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", SERVE],
        env=dict(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdin
        assert server.stdout
        endpoint = f"http://127.0.0.1:{server.stdout.readline().strip()}"
        client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        )
        try:
            yield Store(endpoint, client)
        finally:
            client.close()
            server.stdin.close()
            server.wait(30)
