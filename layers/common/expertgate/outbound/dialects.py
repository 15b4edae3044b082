"""What the lean wire says and hears: DynamoDB's JSON without detours, the query protocol of SNS by botocore's own serializer and parser."""

import json
import zlib
from base64 import b64decode, b64encode
from typing import Any, Final, Protocol
from urllib.parse import urlencode

from botocore.endpoint import convert_to_response_dict
from botocore.exceptions import ChecksumError, HTTPClientError

from expertgate.outbound.lines import Answered

ROWS: Final = frozenset(
    {
        "BatchGetItem",
        "BatchWriteItem",
        "DeleteItem",
        "GetItem",
        "PutItem",
        "Query",
        "Scan",
        "TransactGetItems",
        "TransactWriteItems",
        "UpdateItem",
    },
)
MESSAGES: Final = frozenset({"Publish"})


class Dialect(Protocol):
    """The operations of one service that go over the wire, and their form there."""

    operations: frozenset[str]
    simplest: str  # one that names no table or topic: the endpoint is the host's alone

    def written(self, model: Any, params: dict[str, Any]) -> tuple[dict[str, str], bytes]:  # noqa: ANN401 -- botocore has no types
        """Return headers and body of a request."""

    def read(self, model: Any, http: Any) -> dict[str, Any]:  # noqa: ANN401 -- as above
        """Return the members of a good answer, with its metadata.

        Raises HTTPClientError for what is cut off.
        """


class Rows:
    """DynamoDB: parameters and answers are its JSON already, only bytes are base64."""

    operations, simplest = ROWS, "GetItem"

    def __init__(self, client: Any) -> None:  # noqa: ANN401 -- as above
        """Take the name of the service's version."""
        self._target = client.meta.service_model.metadata["targetPrefix"]

    def written(self, model: Any, params: dict[str, Any]) -> tuple[dict[str, str], bytes]:  # noqa: ANN401 -- as above
        """Return headers and body of a request."""
        headers = {"X-Amz-Target": f"{self._target}.{model.name}", "Content-Type": "application/x-amz-json-1.0"}
        return headers, _JSON.encode({name: value for name, value in params.items() if value is not None}).encode()

    def read(self, model: Any, http: Any) -> dict[str, Any]:  # noqa: ANN401, ARG002 -- as above
        """Return the members of a good answer, with its metadata."""
        headers = http.headers if isinstance(http, Answered) else {name.lower(): value for name, value in http.headers.items()}
        metadata = {"RequestId": headers.get("x-amzn-requestid"), "HTTPStatusCode": http.status_code, "HTTPHeaders": headers}
        return {**_read(http.content), "ResponseMetadata": metadata}


class Messages:
    """SNS: forms and XML, as botocore writes and reads them."""

    operations, simplest = MESSAGES, "Publish"

    def __init__(self, client: Any) -> None:  # noqa: ANN401 -- as above
        """Take what writes and reads."""
        self._serialize = client._serializer.serialize_to_request  # noqa: SLF001 -- the client is ours to extend
        self._parse = client._response_parser.parse  # noqa: SLF001 -- the same

    def written(self, model: Any, params: dict[str, Any]) -> tuple[dict[str, str], bytes]:  # noqa: ANN401 -- as above
        """Return headers and body of a request."""
        request = self._serialize(params, model)
        return dict(request["headers"]), urlencode(request["body"]).encode()

    def read(self, model: Any, http: Any) -> dict[str, Any]:  # noqa: ANN401 -- as above
        """Return the members of a good answer, with its metadata."""
        answer: dict[str, Any] = self._parse(convert_to_response_dict(http, model), model.output_shape)
        return answer


DIALECTS: Final[dict[str, type[Rows | Messages]]] = {"dynamodb": Rows, "sns": Messages}


def check(expected: str | None, content: bytes) -> None:
    """Demand that an answer arrived as it was sent; another try is worth while.

    Raises HTTPClientError.
    """
    if expected is not None and int(expected) != (found := zlib.crc32(content)):
        raise HTTPClientError(error=ChecksumError(checksum_type="crc32", expected_checksum=int(expected), actual_checksum=found))


def _base64(value: object) -> str:
    if isinstance(value, (bytes, bytearray)):
        return b64encode(value).decode()
    raise TypeError(type(value))


_JSON: Final = json.JSONEncoder(separators=(",", ":"), default=_base64, check_circular=False)  # rows are trees


def _read(content: bytes) -> dict[str, Any]:
    """Return the members of an answer; what has no value is not there, what is binary is bytes."""
    try:
        members = (_WITH_BYTES if b'"B' in content else _WITHOUT).decode(content.decode())
    except ValueError as exc:  # cut off or not DynamoDB's: as if no answer had come
        raise HTTPClientError(error=exc) from exc
    return {name: value for name, value in members.items() if value is not None}


def _opened(value: dict[str, Any]) -> dict[str, Any]:
    """Return a value with its bytes; those of the types B and BS are a text and a list, an attribute of that name is a mapping."""
    if "B" in value and isinstance(value["B"], str):
        value["B"] = b64decode(value["B"])
    elif "BS" in value and isinstance(value["BS"], list):
        value["BS"] = [b64decode(each) for each in value["BS"]]
    return value


_WITH_BYTES: Final = json.JSONDecoder(object_hook=_opened)
_WITHOUT: Final = json.JSONDecoder()
