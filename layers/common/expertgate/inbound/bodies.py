"""What is refused of a body before any model sees it: not what the door reads, too long, too deep, no text."""

import base64
import re
from collections.abc import Mapping
from typing import Any, Final

from aws_lambda_powertools.event_handler.openapi.params import Form

from expertgate.errors.edge import BodyTooLarge, MalformedBody
from expertgate.settings import LIMITS

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
# Strings are skipped whole, an open one to the end; possessive, so that no body makes it go back.
_BRACKETS = re.compile(r"\"(?:\\.|[^\"\\])*+\"?+|[\[{]|[\]}]", re.DOTALL)


_JSON: Final = "application/json"
_FORM: Final = "application/x-www-form-urlencoded"


def kind_read(route: Any) -> str | None:  # noqa: ANN401 -- Powertools' Route
    """Return the media type that a door's route reads, None where it has no body."""
    fields = route.dependant.body_params
    return (_FORM if isinstance(fields[0].field_info, Form) else _JSON) if fields else None


def check_body(event: Mapping[str, Any], kind: str | None) -> None:
    """Refuse the body of an event that no door could take, or not this one, which reads bodies of a kind.

    Raises BodyTooLarge, MalformedBody.
    """
    if kind:
        _refuse_other_kinds(event.get("headers") or {}, kind)
    body = event.get("body") or ""
    if event.get("isBase64Encoded"):
        body = _decoded(body)
    if (len(body) if body.isascii() else len(body.encode(errors="replace"))) > LIMITS.body_bytes:
        raise BodyTooLarge(limit_bytes=LIMITS.body_bytes)
    _refuse_depth(body)
    if _SURROGATE.search(body) or (not body.isprintable() and "\x00" in body):
        # Half of a surrogate pair or a NUL can't be stored; whole pairs are written by clients as characters or found by the parser.
        _refuse_lone_surrogates(body)


def _refuse_other_kinds(headers: dict[str, str], kind: str) -> None:
    """Powertools would fail on most, and take a whole body for the name of a field where it calls itself a form."""
    said = headers.get("content-type", "")
    named = said.partition(";")[0].strip().lower()
    if named not in {"", kind}:
        raise MalformedBody
    if named and not said.startswith(kind):
        headers["content-type"] = kind  # media types may be written in any case, and Powertools knows one


def _refuse_depth(body: str) -> None:
    if body.count("[") + body.count("{") <= LIMITS.json_depth:
        return
    depth = 0
    for found in _BRACKETS.finditer(body):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth > LIMITS.json_depth:
            raise MalformedBody


def _decoded(body: str) -> str:
    try:
        return base64.b64decode(body, validate=True).decode()
    except ValueError as exc:  # no base64, or no UTF-8
        raise MalformedBody from exc


def _refuse_lone_surrogates(body: str) -> None:
    import json  # noqa: PLC0415 -- only for the rare body with escapes of this kind

    try:
        json.dumps(json.loads(body), ensure_ascii=False).encode()
    except (ValueError, RecursionError) as exc:
        raise MalformedBody from exc
