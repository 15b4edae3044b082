"""What S3 checks before it takes a browser's form: signature, expiry, and each condition of the policy."""

import base64
import binascii
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1, sha256
from typing import Any, Final

_UNCHECKED: Final = frozenset({"policy", "x-amz-signature", "signature", "awsaccesskeyid", "file"})
_TRIPLE: Final = 3


@dataclass(eq=False)
class FormRefused(Exception):
    """S3 would refuse the form so."""

    status: int
    code: str
    message: str


@dataclass(frozen=True)
class Form:
    """A browser's form: fields by lower-case name, and the file."""

    fields: Mapping[str, str]
    content: bytes


def check(form: Form, bucket: str, secret: str, now: datetime) -> None:
    """Refuse a form that its policy does not allow.

    Raises FormRefused.
    """
    encoded = form.fields.get("policy")
    if not encoded:
        raise FormRefused(403, "AccessDenied", "Access Denied")
    _check_signature(form.fields, encoded, secret)
    policy = _policy(encoded)
    if datetime.fromisoformat(policy["expiration"]).astimezone(UTC) <= now:
        raise _denied("Policy expired.")
    facts = {**form.fields, "bucket": bucket}
    allowed: set[str] = set()
    for condition in policy["conditions"]:
        allowed |= _check_condition(condition, facts, len(form.content))
    for name in form.fields:
        if name not in _UNCHECKED and name not in allowed and not name.startswith("x-ignore-"):
            raise _denied(f"Extra input fields: {name}")


def _policy(encoded: str) -> dict[str, Any]:
    try:
        policy: dict[str, Any] = json.loads(base64.b64decode(encoded, validate=True))
        datetime.fromisoformat(policy["expiration"])
        list(policy["conditions"])
    except (binascii.Error, ValueError, KeyError, TypeError) as exc:
        raise FormRefused(400, "InvalidPolicyDocument", "Invalid Policy: Invalid JSON.") from exc
    return policy


def _check_signature(fields: Mapping[str, str], encoded: str, secret: str) -> None:
    given = fields.get("x-amz-signature") or fields.get("signature", "")
    expected = _signed_v4(fields["x-amz-credential"], encoded, secret) if "x-amz-credential" in fields else _signed_v2(encoded, secret)
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise FormRefused(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.")


def _signed_v4(credential: str, encoded: str, secret: str) -> str:
    key = f"AWS4{secret}".encode()
    for part in credential.split("/")[1:]:
        key = hmac.new(key, part.encode(), sha256).digest()
    return hmac.new(key, encoded.encode(), sha256).hexdigest()


def _signed_v2(encoded: str, secret: str) -> str:
    return base64.b64encode(hmac.new(secret.encode(), encoded.encode(), sha1).digest()).decode()


def _check_condition(condition: Any, facts: Mapping[str, str], length: int) -> set[str]:  # noqa: ANN401 -- any JSON
    """Check one condition and return the names of the fields it allows."""
    if isinstance(condition, dict):
        triples = [("eq", f"${name}", value) for name, value in condition.items()]
    elif isinstance(condition, list) and len(condition) == _TRIPLE:
        triples = [(str(condition[0]).lower(), condition[1], condition[2])]
    else:
        raise FormRefused(400, "InvalidPolicyDocument", "Invalid Policy: Invalid condition.")
    names = set()
    for operator, left, right in triples:
        if operator == "content-length-range":
            _check_length(int(left), int(right), length)
            continue
        name = str(left).removeprefix("$").lower()
        _check_value(operator, name, str(right), facts)
        names.add(name)
    return names


def _check_length(least: int, most: int, length: int) -> None:
    if length > most:
        raise FormRefused(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
    if length < least:
        raise FormRefused(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size")


def _check_value(operator: str, name: str, wanted: str, facts: Mapping[str, str]) -> None:
    value = facts.get(name, "")
    if operator == "eq" and value == wanted:
        return
    if operator == "starts-with" and value.startswith(wanted):
        return
    raise _denied(f"Policy Condition failed: {json.dumps([operator, f'${name}', wanted])}")


def _denied(why: str) -> FormRefused:
    return FormRefused(403, "AccessDenied", f"Invalid according to Policy: {why}")
