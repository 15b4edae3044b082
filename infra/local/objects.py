"""Stored objects that outlive the process: the engine keeps them in memory, this module keeps them on disk."""

import base64
import json
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from moto.s3.models import FakeBucket, s3_backends

from infra.local.naming import ACCOUNT, REGION, safe
from infra.local.state import State

_FOLDER: Final = "s3"


class Objects:
    """Copies each change of a bucket to the state folder, and all of it back at start."""

    def __init__(self, state: State) -> None:
        """Remember where objects are kept."""
        self._state = state

    def restore(self, buckets: tuple[str, ...]) -> None:
        """Make the buckets with the objects they had."""
        backend = s3_backends[ACCOUNT]["aws"]
        for bucket in buckets:
            backend.create_bucket(bucket, REGION)
            for file in sorted(self._folder(bucket).glob("*.json")):
                kept = json.loads(file.read_text(encoding="utf-8"))
                self.put(bucket, kept["key"], base64.b64decode(kept["body"]), kept["metadata"])

    def put(self, bucket: str, key: str, body: bytes, metadata: dict[str, str]) -> str:
        """Store an object in the engine only and return its etag."""
        stored = s3_backends[ACCOUNT]["aws"].put_object(bucket, key, body)
        stored.set_metadata(metadata)
        return str(stored.etag)

    def keep(self, bucket_name: str, key: str) -> None:
        """Write on disk what the engine has under a key now, or that it has nothing."""
        bucket = self._bucket(bucket_name)
        if bucket is None:
            return
        file = self._file(bucket_name, key)
        stored: Any = bucket.keys.get(key)
        if stored is None or not hasattr(stored, "value"):
            file.unlink(missing_ok=True)
            return
        kept = {"key": key, "metadata": dict(stored.metadata), "body": base64.b64encode(stored.value).decode()}
        self._state.write_bytes(str(file.relative_to(self._state.folder)), json.dumps(kept).encode())

    def keep_all(self, bucket_name: str) -> None:
        """Forget on disk what a bucket no longer has: after a deletion of many keys."""
        for file in self._folder(bucket_name).glob("*.json"):
            self.keep(bucket_name, json.loads(file.read_text(encoding="utf-8"))["key"])

    def _bucket(self, name: str) -> FakeBucket | None:
        buckets: dict[str, FakeBucket] = s3_backends[ACCOUNT]["aws"].buckets
        return buckets.get(name)

    def _folder(self, bucket: str) -> Path:
        return self._state.path(_FOLDER) / safe(bucket)

    def _file(self, bucket: str, key: str) -> Path:
        return self._folder(bucket) / f"{sha256(key.encode()).hexdigest()}.json"
