"""Brings the changes of tables to the functions that follow them: in order, at least once, over kills and restarts."""

import json
import re
import socket
import sys
import time
from http import HTTPStatus
from threading import Event, Thread
from typing import Any, Final
from urllib.parse import urlsplit

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import get_session

from infra.local import naming
from infra.local.facts import StreamMapping, Template
from infra.local.filters import passes
from infra.local.functions import FunctionFailed, Functions
from infra.local.state import State

_LOOK_SELDOM: Final = 0.8
_FIRST_PAUSE: Final = 0.2
_LONGEST_PAUSE: Final = 10.0
_PATIENCE: Final = 10.0
_BLOCK: Final = 65536
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
# The engines of this machine look at the service, not at the signature.
_HEADERS: Final = {
    "X-Amz-Target": "DynamoDBStreams_20120810.GetRecords",
    "Content-Type": "application/x-amz-json-1.0",
    "Authorization": f"AWS4-HMAC-SHA256 Credential=local/20260101/{naming.REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    "X-Amz-Date": "20260101T000000Z",
}
_DISCARDED: Final = "discarded.jsonl"


class Streams:
    """One follower per mapping of the template."""

    def __init__(self, template: Template, functions: Functions, state: State) -> None:
        """Make the followers."""
        self.followers = [Follower(mapping, functions, state) for mapping in template.streams]
        self._writes = {key: one.writes for key, one in template.functions.items()}

    def start(self) -> None:
        """Begin to follow."""
        for follower in self.followers:
            Thread(target=follower.run, name=f"stream-{follower.mapping.logical_id}", daemon=True).start()

    def nudge(self) -> None:
        """Look now: something may have changed."""
        for follower in self.followers:
            follower.woken.set()

    def nudge_after(self, function: str) -> None:
        """Look now at the tables that the function that ran may have written to."""
        written = self._writes.get(function)
        for follower in self.followers:
            if written is None or follower.mapping.table in written:
                follower.woken.set()

    def stop(self) -> None:
        """Follow no more."""
        for follower in self.followers:
            follower.stopped.set()
            follower.woken.set()


class Follower:
    """Follows one table's stream for one function."""

    def __init__(self, mapping: StreamMapping, functions: Functions, state: State) -> None:
        """Remember where the position is kept."""
        self.mapping = mapping
        self.woken = Event()
        self.stopped = Event()
        self._functions = functions
        self._state = state
        self._file = f"streams/{naming.safe(mapping.logical_id)}.json"
        self._stream = ""
        self._shard = ""
        self._iterator: str | None = None
        self._line: _Line | None = None

    def run(self) -> None:
        """Follow until stopped."""
        # dynoxide's names of shards can be shorter than AWS's
        config = Config(parameter_validation=False, retries={"total_max_attempts": 1, "mode": "standard"})
        client = get_session().create_client("dynamodbstreams", config=config)
        while not self.stopped.is_set():
            try:
                records = self._records(client)
            except (ClientError, BotoCoreError, OSError, ValueError) as exc:
                self._iterator = None
                if self.stopped.wait(1):
                    return
                print(f"stream {self.mapping.logical_id}: {exc}", file=sys.stderr)
                continue
            if records:
                self._deliver(records)
            if len(records) < self.mapping.batch_size:
                # whoever writes in this process wakes us; what the function itself changed can wait
                self.woken.wait(_LOOK_SELDOM)
                self.woken.clear()

    def _records(self, client: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- a botocore client
        if self._iterator is None:
            self._iterator = self._begin(client)
        self._line = self._line or _Line(client.meta.endpoint_url)
        answer = self._line.records(self._iterator, self.mapping.batch_size)
        self._iterator = answer.get("NextShardIterator")
        return [{**record, **_seen_from(self._stream)} for record in answer["Records"]]

    def _begin(self, client: Any) -> str:  # noqa: ANN401 -- a botocore client
        """Return an iterator that goes on after the last record delivered."""
        self._stream = client.list_streams(TableName=self.mapping.table)["Streams"][0]["StreamArn"]
        shards = client.describe_stream(StreamArn=self._stream)["StreamDescription"]["Shards"]
        self._shard = shards[-1]["ShardId"]
        place = {"StreamArn": self._stream, "ShardId": self._shard}
        kept = self._state.read(self._file, {})
        if kept.get("stream") == self._stream:
            after = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": kept["sequence"]}
        else:
            after = {"ShardIteratorType": "TRIM_HORIZON"}
        return str(client.get_shard_iterator(**place, **after)["ShardIterator"])

    def _deliver(self, records: list[dict[str, Any]]) -> None:
        """Call the function until the batch is through, given up, or we are stopped."""
        waiting = [record for record in records if passes(record, self.mapping.filters)]
        pause, failures = _FIRST_PAUSE, 0
        while waiting:
            left = self._attempt(waiting)
            if not left:
                break
            if len(left) < len(waiting):
                pause, failures = _FIRST_PAUSE, 0
                self._keep(_sequence(waiting[len(waiting) - len(left) - 1]))
            waiting = left
            failures += 1
            if 0 <= self.mapping.retries < failures:
                self._discard(waiting)
                break
            if self.stopped.wait(pause):
                return
            pause = min(pause * 2, _LONGEST_PAUSE)
        self._keep(_sequence(records[-1]))

    def _attempt(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Call the function once and return what it still has to do."""
        try:
            answer = self._functions.invoke(self.mapping.function, {"Records": json.loads(json.dumps(records))})
        except FunctionFailed as failed:
            print(f"stream {self.mapping.logical_id}: {failed.kind}: {failed.message}", file=sys.stderr)
            return records
        if not self.mapping.reports_failures or not isinstance(answer, dict):
            return []
        failed_ones = [each.get("itemIdentifier") for each in answer.get("batchItemFailures") or ()]
        if not failed_ones:
            return []
        places = {_sequence(record): place for place, record in enumerate(records)}
        # an unknown or empty identifier fails the whole batch, as in Lambda
        return records[min(places.get(each, 0) for each in failed_ones) :]

    def _discard(self, records: list[dict[str, Any]]) -> None:
        for record in records:
            keys = record["dynamodb"]["Keys"]
            self._state.append(_DISCARDED, {"at": time.time(), "mapping": self.mapping.logical_id, "keys": keys})
        print(f"stream {self.mapping.logical_id}: {len(records)} records given up, see {_DISCARDED}", file=sys.stderr)

    def _keep(self, sequence: str) -> None:
        self._state.write(self._file, {"stream": self._stream, "sequence": sequence})


def _sequence(record: dict[str, Any]) -> str:
    return str(record["dynamodb"]["SequenceNumber"])


class _Line:
    """A connection of our own to the engine: it is asked after many requests, and its JSON is what Lambda gives a function."""

    def __init__(self, url: str) -> None:
        """Remember where to."""
        place = urlsplit(url)
        self._address = place.hostname or "", place.port or 80
        named = "".join(f"{name}: {value}\r\n" for name, value in _HEADERS.items())
        self._head = f"POST / HTTP/1.1\r\nHost: {place.netloc}\r\n{named}Content-Length: "
        self._socket: socket.socket | None = None

    def records(self, iterator: str, limit: int) -> dict[str, Any]:
        """Ask for records.

        Raises ClientError, OSError, ValueError.
        """
        question = json.dumps({"ShardIterator": iterator, "Limit": limit})
        try:
            status, content = self._exchanged(f"{self._head}{len(question)}\r\n\r\n{question}".encode())
            said = json.loads(content)
        except (OSError, ValueError):
            self._close()
            raise
        if status != HTTPStatus.OK:
            code = str(said.get("__type", status)).rpartition("#")[2]
            raise ClientError({"Error": {"Code": code, "Message": code}}, "GetRecords")
        found: dict[str, Any] = said
        return found

    def _exchanged(self, message: bytes) -> tuple[int, bytes]:
        """Send a request and return status and content; the engines of this machine always say how long it is."""
        line = self._socket = self._socket or socket.create_connection(self._address, _PATIENCE)
        line.sendall(message)
        read = b""
        while (end := read.find(b"\r\n\r\n")) < 0:
            read += _more(line)
        length = _LENGTH.search(read, 0, end + 2)
        if length is None:
            raise ValueError("an answer without length")
        whole = end + 4 + int(length[1])
        while len(read) < whole:
            read += _more(line)
        if b"connection: close" in read[:end].lower():
            self._close()
        return int(read[9:12]), read[end + 4 : whole]

    def _close(self) -> None:
        if self._socket:
            self._socket.close()
        self._socket = None


def _more(line: socket.socket) -> bytes:
    read = line.recv(_BLOCK)
    if not read:
        raise ConnectionResetError("the engine closed the line")
    return read


def _seen_from(stream: str) -> dict[str, str]:
    return {"eventSource": "aws:dynamodb", "awsRegion": naming.REGION, "eventSourceARN": stream}
