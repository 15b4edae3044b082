"""Objects in a bucket as files that can be read from any byte."""

import io
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, cast

from botocore.exceptions import ClientError

from expertgate.outbound.aws import client
from expertgate.outbound.passing import give_up

_BUFFER = 256 * 1024
# Who may not list is told 403 for what is not there; a bucket that is not there is named by some engines.
_ABSENT = {"403", "404", "NoSuchBucket"}


@dataclass(frozen=True)
class StoredObject:
    """One version of an object: when it is written over meanwhile, reading fails instead of mixing two files."""

    bucket: str
    key: str
    tag: str
    size: int

    @classmethod
    def find(cls, bucket: str, key: str) -> "StoredObject | None":
        """Return the object as it is now, None where there is none."""
        try:
            head = client("s3").head_object(Bucket=bucket, Key=key)
        except ClientError as exc:
            if exc.response["Error"]["Code"] in _ABSENT:
                return None
            give_up(exc)
        return cls(bucket, key, head["ETag"], head["ContentLength"])

    @property
    def place(self) -> str:
        """Return bucket and key."""
        return f"{self.bucket}/{self.key}"

    def open(self, at: int) -> BinaryIO:
        """Begin to read at a byte; empty at the end."""
        if at >= self.size:
            return io.BytesIO()
        found = client("s3").get_object(Bucket=self.bucket, Key=self.key, Range=f"bytes={at}-", IfMatch=self.tag)
        return cast("BinaryIO", io.BufferedReader(_Body(found["Body"]), _BUFFER))


def put_object(bucket: str, key: str, body: IO[bytes]) -> None:
    """Write an object."""
    client("s3").put_object(Bucket=bucket, Key=key, Body=body)


class _Body(io.RawIOBase):
    """What S3 sends, as the standard library's readers want it."""

    def __init__(self, body: Any) -> None:  # noqa: ANN401 -- botocore's stream has no type
        super().__init__()
        self._body = body

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 -- any writable buffer
        """Fill the buffer with what comes next."""
        data = self._body.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Let the connection go."""
        self._body.close()
        super().close()
