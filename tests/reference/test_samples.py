"""The answers that the reference shows: each is what its door gives, and nothing in them is anybody's."""

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from expertgate.outbound.aws import client
from expertgate.outbound.repeats import RepeatRow
from infra.reference.samples import FOLDER, answered
from tests.reference.samples import played, sample_of
from tests.refusals import listed_of
from tests.stage import Answered, Stage
from tests.tree.house import Action, routed

_DOORS = routed()
# What a secret of ours looks like: much by chance without a break.
_SECRET = re.compile(r"[A-Za-z0-9_-]{27,}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[^\s\"\\]*")


@pytest.mark.parametrize("action", _DOORS, ids=str)
def test_a_door_does_as_the_reference_shows(action: Action, stage: Stage) -> None:
    told = sample_of(played(str(action), stage))
    assert {"example": told} == answered(action.area, action.name), "python -m tests.reference.write writes it anew"
    kept = client("dynamodb").scan(TableName=RepeatRow.Meta.table_name)["Count"]
    assert ("idempotency_key_reused" in listed_of(action.module())) == bool(kept)


def test_every_operation_shows_an_answer_that_fits(reference: dict[str, Any], operations: dict[str, dict[str, Any]]) -> None:
    wrong: dict[str, list[str]] = {}
    for name, described in operations.items():
        for kind, content in _succeeds(described).items():
            schema = {**content["schema"], "components": reference["components"]}
            found = [f"{one.json_path}: {one.message}" for one in Draft202012Validator(schema).iter_errors(content.get("example"))]
            wrong |= {f"{name} {kind}": found} if found or "example" not in content else {}
    assert wrong == {}


def _succeeds(described: dict[str, Any]) -> dict[str, Any]:
    ((_, answer),) = [one for one in described["responses"].items() if one[0].startswith("2")]
    content: dict[str, Any] = answer["content"]
    return content


def test_no_answer_is_kept_that_no_door_gives() -> None:
    kept = {f"{file.stem}.{name}" for file in FOLDER.glob("*.json") for name in json.loads(file.read_text("utf-8"))}
    assert kept == {str(action) for action in _DOORS}


def test_no_answer_shows_what_looks_secret() -> None:
    texts = [file.read_text("utf-8").replace("\\n", " ") for file in FOLDER.glob("*.json")]
    assert {found for text in texts for found in _SECRET.findall(text) if not _is_plain(found)} == set()


def test_all_answers_write_an_instant_alike() -> None:
    written = [instant for file in FOLDER.glob("*.json") for instant in _INSTANT.findall(file.read_text("utf-8"))]
    assert written
    assert [one for one in written if not re.fullmatch(r"[0-9-]{10}T[0-9:]{8}\.\d{3}Z", one)] == []


def _is_plain(run: str) -> bool:
    return run.startswith("made-up") or set(run) == {"0"} or bool(re.fullmatch(r"[a-z0-9]+(?:[_-][a-z]+)+", run))


def test_chance_leaves_no_trace_in_samples() -> None:
    ids = ["01KJP0Y9M0JWP3FMJ0AC1PQ1EA", "01KJP0Y9M2ZG75M0QPVH2PY2HH"]
    told = {"id": ids[0], "path": f"/v1/units/{ids[1]}/{ids[0]}", "token": "x" * 43, "recovery_codes": ["6216648405"], "count": 3}
    assert sample_of(Answered(200, told, {}, "")) == {
        "id": "01KJP0Y9M00000000000000001",
        "path": "/v1/units/01KJP0Y9M20000000000000002/01KJP0Y9M00000000000000001",
        "token": "made-up-token",
        "recovery_codes": ["made-up-recovery-codes"],
        "count": 3,
    }
