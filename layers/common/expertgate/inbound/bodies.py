"""What is refused of a body before any model sees it: too long, too deep, no text."""

import base64
import re
from collections.abc import Mapping
from typing import Any

from expertgate.errors.edge import BodyTooLarge, MalformedBody
from expertgate.settings import LIMITS

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
# Strings are skipped whole, an open one to the end; possessive, so that no body makes it go back.
_BRACKETS = re.compile(r"\"(?:\\.|[^\"\\])*+\"?+|[\[{]|[\]}]", re.DOTALL)


def check_body(event: Mapping[str, Any]) -> None:
    """Refuse the body of an event that no door could take.

    Raises BodyTooLarge, MalformedBody.
    """
    body = event.get("body") or ""
    if event.get("isBase64Encoded"):
        body = _decoded(body)
    if (len(body) if body.isascii() else len(body.encode(errors="replace"))) > LIMITS.body_bytes:
        raise BodyTooLarge(limit_bytes=LIMITS.body_bytes)
    _refuse_depth(body)
    if _SURROGATE.search(body) or (not body.isprintable() and "\x00" in body):
        # Half of a surrogate pair or a NUL can't be stored; whole pairs are written by clients as characters or found by the parser.
        _refuse_lone_surrogates(body)


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
