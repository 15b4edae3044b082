"""Answers for the API reference as doors really give them: `python -m tests.reference.write` writes them anew.

What is drawn by lot differs each time: ids are numbered instead, and a secret is replaced by a word that nobody takes for one.
"""

import re
from typing import Any

from tests.access.objects import READS
from tests.faults.scenario import Prepare
from tests.faults.scenarios.every import scenarios
from tests.reference.readings import READINGS
from tests.stage import Answered, Stage

_ULID = re.compile(r"\b([0-7][0-9A-HJKMNP-TV-Z]{9})[0-9A-HJKMNP-TV-Z]{16}\b")
# What is drawn by lot, keys a door, or is made from the clock of AWS, by the name of its field.
_DRAWN = {
    "access_token",
    "captcha_id",
    "client_secret",
    "enrolment_code",
    "mobile_proof",
    "policy",
    "recovery_codes",
    "ticket",
    "token",
    "totp_secret",
    "x",
    "x-amz-credential",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-signature",
    "y",
}
# Another library writes the same picture otherwise.
_WRITTEN = {"image": "data:image/png;base64,made-up", "svg": "<svg>made-up</svg>", "size": 6000}
_HASH = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{32})\b")
_DRAWN_IN_ADDRESS = re.compile(r"([?&](?:secret|state|X-Amz-Credential|X-Amz-Date|X-Amz-Security-Token|X-Amz-Signature)=)[^&]+")


def played(action: str, stage: Stage) -> Answered:
    """Play what leads to an action and return its door's answer, which must be a success."""
    answered = _prepare(action)(stage)()
    assert answered.status in {200, 201, 202}, f"{action}: {answered.text}"
    return answered


def sample_of(answered: Answered) -> Any:
    """Return an answer as the reference shows it."""
    return _told(answered.text if answered.json is None else answered.json, {})


def _prepare(action: str) -> Prepare:
    known: dict[str, Any] = {**scenarios(), **READS, **READINGS}
    return next(prepare for name, prepare in known.items() if name.partition(":")[0] == action)  # type: ignore[no-any-return]


def _told(value: Any, ids: dict[str, str], name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _told(one, ids, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_told(one, ids, name) for one in value]
    if value is not None and name in _WRITTEN:
        return _WRITTEN[name]
    return _of_text(value, ids, name) if isinstance(value, str) else value


def _of_text(text: str, ids: dict[str, str], name: str) -> str:
    if name in _DRAWN:
        return f"made-up-{name.replace('_', '-')}"
    text = _HASH.sub(lambda found: "0" * len(found[0]), _ULID.sub(lambda found: _numbered(found, ids), text))
    return _DRAWN_IN_ADDRESS.sub(r"\1made-up", text)


def _numbered(found: re.Match[str], ids: dict[str, str]) -> str:
    """Return an id with its instant and a number in place of chance: the same id has the same number everywhere in an answer."""
    return ids.setdefault(found[0], f"{found[1]}{len(ids) + 1:016}")
