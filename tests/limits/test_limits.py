"""At which figure each attack is stopped, and with which answer: each line of the tables is tried and told."""

import json
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from expertgate.settings import LIMITS
from tests.builders.accounts import a_person, log_in, person_form, register_person
from tests.builders.evidence import check, uploaded
from tests.builders.pictures import pdf_of
from tests.figures import tell
from tests.limits.attacks import ATTACKS
from tests.stage import Stage


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_ends_at_its_figure(stage: Stage, name: str) -> None:
    attack = ATTACKS[name]
    attempt = attack.prepare(stage)
    before = [attempt(number) for number in range(attack.figure)]
    stopped = attempt(attack.figure)
    assert {one.status for one in before}.isdisjoint({429, 500, 503}), [one.text for one in before]
    assert (stopped.status, stopped.code) == (attack.status, attack.code), stopped.text
    assert attack.status != 429 or int(stopped.headers["Retry-After"]) > 0
    assert [one for one in before if one.status >= 400 and one.code == attack.code] == [] or attack.code == "sms_code_wrong"
    tell("limits", attack=name, stopped_after=attack.before + attack.figure, answer=f"{stopped.status} {stopped.code}")


def test_known_and_unknown_accounts_answer_alike(stage: Stage) -> None:
    made = a_person(stage)
    said = [
        log_in(stage, name, "Wrong12345", address=f"198.51.100.{number}").json for number, name in enumerate((made.mobile, "13900139000"))
    ]
    assert [one | {"request_id": ""} for one in said[:1]] == [one | {"request_id": ""} for one in said[1:]]


def _nested(opening: str, closing: str, depth: int) -> str:
    return opening * depth + "1" + closing * depth


_BODIES = {
    "a body of more than 256 KB": ("x" * (LIMITS.body_bytes + 1), 413, "body_too_large"),
    "lists nested 100,000 deep": (_nested("[", "]", 100_000), 422, "malformed_body"),
    "objects nested 21 deep": (_nested('{"a":', "}", LIMITS.json_depth + 1), 422, "malformed_body"),
    "objects nested 20 deep": (_nested('{"a":', "}", LIMITS.json_depth), 422, "invalid_input"),
    "brackets in a text": (json.dumps({"user_name": "[{" * 1_000}), 422, "invalid_input"),
    "a text that never closes": ('"' + '\\"' * 100_000, 422, "malformed_body"),
    "one long value": (json.dumps({"user_name": "a" * 200_000}), 422, "invalid_input"),
    "5,000 fields": (json.dumps({f"field_{number}": number for number in range(5_000)}), 422, "invalid_input"),
    "a number without end": ('{"user_name": 1e400}', 422, "invalid_input"),
}


@pytest.mark.parametrize("name", _BODIES)
def test_a_bomb_is_refused_in_the_usual_words(stage: Stage, name: str) -> None:
    raw, status, code = _BODIES[name]
    answered = stage.call("account.check_user_name", raw=raw)
    assert (answered.status, answered.code) == (status, code), answered.text
    assert len(answered.text) < 2_000_000
    tell("limits", attack=name, answer=f"{status} {code}")


def _picture(width: int, height: int) -> bytes:
    kept = BytesIO()
    Image.new("1", (width, height)).save(kept, "PNG")
    return kept.getvalue()


_UPLOADS = {
    "a picture of 10,001 pixels a side": (_picture(10_001, 10), "business_licence", "picture_pixels"),
    "a picture of 26 million pixels": (_picture(5_200, 5_000), "business_licence", "picture_pixels"),
    "a PDF that inflates to 21 MB": (pdf_of(compressed=bytes(21 * 1024 * 1024)), "supporting_document", "pdf_broken"),
    "a file of more than 10 MB": (b"\xff\xd8\xff" + bytes(LIMITS.upload_bytes), "business_licence", "file_bytes"),
    "a page named as a picture": (b"<html><script>alert(1)</script></html>", "business_licence", "picture_format"),
}


@pytest.mark.parametrize("name", _UPLOADS)
def test_an_upload_bomb_is_refused_by_its_rule(stage: Stage, name: str) -> None:
    content, purpose, rule = _UPLOADS[name]
    made = a_person(stage)
    answered = check(stage, made.token, uploaded(stage, made.token, content, purpose))
    assert rule in answered.text, answered.text
    assert answered.status in {200, 422}
    tell("limits", attack=name, answer=f"{answered.status} {rule}")


def test_a_huge_header_names_nobody(stage: Stage) -> None:
    huge: dict[str, Any] = {"token": "A" * 100_000}
    assert stage.call("account.show_account", **huge).status == 401
    assert stage.call("account.check_user_name", {"user_name": "somebody"}, key="k" * 100_000).code == "idempotency_key_invalid"
    assert register_person(stage, person_form()).status == 201
    tell("limits", attack="a token of 100 KB", answer="401 login_required")
    tell("limits", attack="an Idempotency-Key of 100 KB", answer="422 idempotency_key_invalid")
