"""The reference as a front end's developer reads it: whole, in order, with samples that hold."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from expertgate.wording import section
from infra.reference.words import sentences
from tests.conftest import TEMPLATE

_BY_NOBODY: list[dict[str, list[str]]] = [{}]
_BY_SESSION: list[dict[str, list[str]]] = [{"session": []}]


def _inside(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from _inside(one)


def _errors(reference: dict[str, Any], schema: dict[str, Any], value: object) -> list[str]:
    validator = Draft202012Validator({**schema, "components": reference["components"]})
    return [f"{one.json_path}: {one.message}" for one in validator.iter_errors(value)]


def test_every_reference_leads_somewhere(reference: dict[str, Any]) -> None:
    wanted = {one["$ref"] for one in _inside(reference) if isinstance(one.get("$ref"), str)}
    there = {f"#/components/{kind}/{name}" for kind, several in reference["components"].items() for name in several}
    assert wanted <= there


def test_nothing_is_described_for_nothing(reference: dict[str, Any]) -> None:
    wanted = {one["$ref"] for one in _inside(reference) if isinstance(one.get("$ref"), str)}
    assert {name for name in reference["components"]["schemas"] if f"#/components/schemas/{name}" not in wanted} == set()


def test_every_schema_is_one(reference: dict[str, Any]) -> None:
    for schema in reference["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_operations_have_names_of_their_own(reference: dict[str, Any], operations: dict[str, dict[str, Any]]) -> None:
    assert len(operations) == sum(len(methods) for methods in reference["paths"].values())
    assert {one["tags"][0] for one in operations.values()} == {one["name"] for one in reference["tags"]}


def test_every_parameter_of_a_path_is_described(reference: dict[str, Any]) -> None:
    for path, methods in reference["paths"].items():
        for described in methods.values():
            assert {one["name"] for one in described["parameters"] if one["in"] == "path"} == {
                part.strip("{}") for part in path.split("/") if part.startswith("{")
            }


def test_everything_asked_for_is_explained(operations: dict[str, dict[str, Any]]) -> None:
    silent = {name for name, one in operations.items() if not one["summary"] or "\n\nFor: " not in one["description"]}
    silent |= {f"{name} {asked['name']}" for name, one in operations.items() for asked in one["parameters"] if not asked.get("description")}
    assert silent == set()


def test_every_body_has_a_sample_that_holds(reference: dict[str, Any], operations: dict[str, dict[str, Any]]) -> None:
    wrong = {}
    for name, described in operations.items():
        for kind, content in described.get("requestBody", {}).get("content", {}).items():
            if kind == "application/json" and (found := _errors(reference, content["schema"], content["example"])):
                wrong[name] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("operation", "security"),
    [
        ("account.log_in", _BY_NOBODY),
        ("account.show_account", _BY_SESSION),
        ("review.claim_case", _BY_SESSION),
        ("account.send_sms_code", [{}, {"session": []}]),
        ("delegation.check_authority", [{"service": []}]),
        ("delegation.issue_service_token", [{"client": []}, {}]),
        ("recovery.show_recovery", [{"recovery_ticket": []}]),
        ("identity.receive_face_result", [{"provider": []}]),
        ("catalogue.list_bureaus", [{}, {"session": []}, {"service": []}]),
    ],
)
def test_it_says_how_one_shows_himself(operation: str, security: object, operations: dict[str, dict[str, Any]]) -> None:
    assert operations[operation]["security"] == security


def test_every_way_to_show_oneself_is_defined(reference: dict[str, Any], operations: dict[str, dict[str, Any]]) -> None:
    asked = {scheme for one in operations.values() for way in one["security"] for scheme in way}
    assert asked == set(reference["components"]["securitySchemes"])


def test_only_changes_know_a_key_for_repeats(reference: dict[str, Any]) -> None:
    for methods in reference["paths"].values():
        for method, described in methods.items():
            asks = any(one["name"] == "Idempotency-Key" for one in described["parameters"])
            assert asks == (method != "get")


@pytest.mark.parametrize(("operation", "keeps"), [("delegation.bind_agent", True), ("delegation.check_authority", False)])
def test_only_who_keeps_answers_promises_them(operation: str, keeps: bool, operations: dict[str, dict[str, Any]]) -> None:
    described = operations[operation]
    (key,) = [one for one in described["parameters"] if one["name"] == "Idempotency-Key"]
    (answer,) = [one for status, one in described["responses"].items() if status.startswith("2")]
    told = ["again give the same answer" in key["description"], "Idempotency-Replayed" in answer.get("headers", {})]
    told.append("idempotency_key_reused" in json.dumps(described["responses"]))
    assert told == [keeps] * 3


def test_pages_lead_on_by_their_cursor(reference: dict[str, Any], operations: dict[str, dict[str, Any]]) -> None:
    models = reference["components"]["schemas"]
    for name, described in operations.items():
        schema = next(iter(described["responses"].get("200", {}).get("content", {"": {"schema": {}}}).values()))["schema"]
        leads_on = "next_cursor" in models.get(schema.get("$ref", "").rpartition("/")[2], {}).get("properties", {})
        asks = any(one["name"] == "cursor" for one in described["parameters"])
        assert asks == leads_on or name == "delegation.export_agent_grants", name  # its answer is a table, the link a header


def test_a_refusal_is_told_in_both_languages(reference: dict[str, Any], operations: dict[str, dict[str, Any]]) -> None:
    said = section("errors")["case_claimed"]
    told = operations["review.claim_case"]["responses"]["409"]["description"]
    assert f"| `case_claimed` | {said['zh']} | {said['en']} |" in told
    (_, own) = reference["components"]["schemas"]["problem.case_claimed"]["allOf"]
    assert own["properties"] == {
        "status": {"const": 409},
        "code": {"const": "case_claimed"},
        "title": {"type": "string", "examples": [said["zh"], said["en"]]},
    }


def test_facts_stand_in_sentences_by_name() -> None:
    assert sentences("recovery_step_wrong")[1] == "Take the steps in order; the present one is: {step}."


def test_a_wait_is_told_as_fact_and_header(reference: dict[str, Any], operations: dict[str, dict[str, Any]]) -> None:
    answer = operations["account.log_in"]["responses"]["429"]
    assert {"Retry-After", "Content-Language"} == set(answer["headers"])
    (_, own) = reference["components"]["schemas"]["problem.login_locked"]["allOf"]
    assert own["properties"]["facts"]["properties"] == {"retry_after": {"type": "integer"}}


@pytest.mark.parametrize("field", ["problem.case_moved", "problem.invalid_input", "problem.token_request_invalid"])
def test_a_real_refusal_fits_its_schema(field: str, reference: dict[str, Any]) -> None:
    members = {"type": "urn", "title": "", "status": 0, "code": field.partition(".")[2], "request_id": "r"}
    more = {
        "problem.case_moved": {"status": 409, "facts": {"state": "closed", "round": 1}},
        "problem.invalid_input": {"status": 422, "errors": [{"field": "size", "rule": "too_big", "message": ""}]},
        "problem.token_request_invalid": {"status": 400, "error": "invalid_request", "error_description": ""},
    }[field]
    schema = {"$ref": f"#/components/schemas/{field}"}
    assert _errors(reference, schema, members | more) == []
    assert _errors(reference, schema, members | more | {"code": "something_else"}) != []


def test_the_document_is_json_with_its_version(reference: dict[str, Any]) -> None:
    assert reference["openapi"].startswith("3.1")
    assert "拒绝" in reference["info"]["description"]
    assert "Retry-After" in json.dumps(reference, ensure_ascii=False)


def test_a_browser_may_send_and_read_all_headers(reference: dict[str, Any]) -> None:
    cors = TEMPLATE.cors or {}
    sent = {str(one["name"]).lower() for one in _inside(reference) if one.get("in") == "header"} - {"x-provider-signature"}
    told = {name.lower() for one in _inside(reference) if isinstance(one.get("headers"), dict) for name in one["headers"]}
    assert {"idempotency-key", "recovery-ticket"} <= sent
    assert {"authorization", "content-type", "if-none-match", *sent} <= {*cors["AllowHeaders"]}
    # Left out: what browsers show without being told, and (above and here) what only programs of servers send and read.
    assert {*told} - {"cache-control", "content-language", "www-authenticate"} <= {*cors["ExposeHeaders"]}


_CODES = {"state", "standing", "review", "outcome", "status", "face_state", "email_state", "colour"}
_INSTANTS = {"at", "began", "last_seen", "last_login", "since", "opened", "expires", "link_expires"}


def _texts(reference: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Tell each member of an answer that is declared as a text of its own."""
    for model, schema in reference["components"]["schemas"].items():
        for name, member in schema.get("properties", {}).items():
            yield from ((model, name, one) for one in [member, *member.get("anyOf", [])] if one.get("type") == "string")


def test_every_code_of_an_answer_is_listed(reference: dict[str, Any]) -> None:
    assert {f"{model}.{name}" for model, name, one in _texts(reference) if name in _CODES and not {"enum", "const"} & {*one}} == set()


def test_every_instant_of_an_answer_says_so(reference: dict[str, Any]) -> None:
    told = [one for one in _texts(reference) if one[1] in _INSTANTS or one[1].endswith("_at")]
    assert {f"{model}.{name}" for model, name, one in told if one.get("format") != "date-time"} == set()


def test_kept_answers_say_how_they_are_kept(operations: dict[str, dict[str, Any]]) -> None:
    kept = {name: one for name, one in operations.items() if "304" in one["responses"]}
    assert set(kept) == {"catalogue.list_bureaus", "catalogue.list_catalogues", "catalogue.list_divisions", "catalogue.show_catalogue"}
    for one in kept.values():
        assert "If-None-Match" in {asked["name"] for asked in one["parameters"]}
        assert all({"ETag", "Cache-Control"} <= set(one["responses"][status]["headers"]) for status in ("200", "304"))
        assert "content" not in one["responses"]["304"]


_RULED = {
    "password",
    "user_name",
    "mobile",
    "uscc",
    "document_number",
    "email",
    "landline",
    "fax",
    "cnaps_code",
    "bank_account",
    "postcode",
    "assets",
}


def test_what_has_a_rule_of_its_own_says_which(reference: dict[str, Any]) -> None:
    """The schemas of requests have longer texts than the rules take, so that a rule may say what is wrong."""
    asked = {name: one for name, one in reference["components"]["schemas"].items() if one.get("additionalProperties") is False}
    members = {f"{model}.{name}": member for model, one in asked.items() for name, member in one["properties"].items() if name in _RULED}
    assert len(members) > len(_RULED)
    silent = {name for name, member in members.items() if not any(told.get("description") for told in _inside(member))}
    assert silent == set()


def test_the_lengths_of_a_password_are_told(reference: dict[str, Any]) -> None:
    told = reference["components"]["schemas"]["RegisterPerson"]["properties"]["password"]["description"]
    assert "9 to 20" in told
    assert "8 to 20" in told
