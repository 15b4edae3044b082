"""Each operation lists what it can refuse with, no less and no more; every test that calls a door proves the first (tests/refusals.py)."""

import ast
import importlib
import shutil
from pathlib import Path
from typing import Any

import pytest

from expertgate.caller import Allow
from expertgate.errors import edge
from expertgate.errors.base import ExpertGateError
from infra.reference.refusals import Operation, Refusals, of_the_edge
from infra.reference.ruled_out import RULED_OUT, RuledOut
from infra.reference.why import main
from infra.reference.words import facts
from tests.refusals import NotListed, demand_listed
from tests.tree.house import LAYER, ROOT, calls_in, routed, tree_of

_REFUSALS = Refusals(ROOT)


def _codes(described: dict[str, Any]) -> set[str]:
    contents = [content for answer in described["responses"].values() for content in answer.get("content", {}).values()]
    schemas = [one for content in contents for one in content["schema"].get("oneOf", [content["schema"]])]
    return {one["$ref"].partition("problem.")[2] for one in schemas if "problem." in one.get("$ref", "")}


def test_an_operation_lists_its_own_refusals(operations: dict[str, dict[str, Any]]) -> None:
    of_session = {"caller_kind_refused", "idempotency_key_invalid", "idempotency_key_reused", "login_required", "try_again"}
    assert _codes(operations["review.release_case"]) == of_session | {
        "case_moved",
        "case_not_claimed",
        "case_unknown",
        "changed_meanwhile",
        "route_unknown",
    }


@pytest.mark.parametrize(
    ("operation", "codes"),
    [
        ("platform.show_health", {"login_required", "try_again"}),
        ("notice.list_messages", {"caller_kind_refused", "invalid_input", "login_required", "try_again"}),
        ("review.show_statistics", {"caller_kind_refused", "duty_missing", "invalid_input", "login_required", "try_again"}),
    ],
)
def test_what_only_reads_lists_few(operation: str, codes: set[str], operations: dict[str, dict[str, Any]]) -> None:
    assert _codes(operations[operation]) == codes


@pytest.mark.parametrize(
    ("operation", "codes"),
    [
        ("account.register_person", {"mobile_registered", "document_registered", "sms_code_wrong"}),
        ("account.log_in", {"login_locked", "password_expired", "captcha_wrong"}),
        ("delegation.redeem_ticket", {"ticket_used", "scope_refused"}),
        ("recovery.submit_unit_appeal", {"evidence_missing", "too_many_recoveries"}),
        ("evidence.check_upload", {"upload_missing", "upload_expired"}),
    ],
)
def test_refusals_deep_below_a_door_are_listed(operation: str, codes: set[str], operations: dict[str, dict[str, Any]]) -> None:
    assert codes <= _codes(operations[operation])


def test_a_token_request_is_refused_as_oauth_says(operations: dict[str, dict[str, Any]]) -> None:
    answers = operations["delegation.issue_service_token"]["responses"]
    assert {status: list(answers[status]["content"]) for status in ("400", "401", "422")} == {
        "400": ["application/json"],
        "401": ["application/json", "application/problem+json"],
        "422": ["application/problem+json"],
    }
    assert "invalid_input" not in _codes(operations["delegation.issue_service_token"])


def test_a_refusal_goes_with_its_last_raiser(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "functions", tmp_path / "functions")
    shutil.copytree(LAYER, tmp_path / "layers/common/expertgate")
    desk, rules = (tmp_path / "layers/common/expertgate/review" / one for one in ("actions/desk.py", "rules/cases.py"))
    for file, raiser in ((desk, "otherwise=CaseClaimed()"), (rules, "raise CaseClaimed")):
        text = file.read_text("utf-8")
        assert raiser in text
        file.write_text(text.replace(raiser, "otherwise=None" if "=" in raiser else "return case"), "utf-8")
    assert {one.code for one in _REFUSALS.raised("review", "claim_case") - Refusals(tmp_path).raised("review", "claim_case")} == {
        "case_claimed"
    }


def test_a_way_leads_to_where_it_is_raised() -> None:
    error = importlib.import_module("expertgate.errors.review").CaseClaimed
    way = _REFUSALS.way("review", "claim_case", error)
    assert [one.name for one in way][:2] == ["claim_case", "claim_case"]
    assert way[-1].module.startswith("expertgate.review.")


def test_it_says_why_a_code_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review.claim_case", "case_claimed"]) == 0
    assert capsys.readouterr().out.startswith("functions.review.claim_case:claim_case\nexpertgate.review.actions.")
    assert main(["review.claim_case", "ticket_gone"]) == 1


@pytest.mark.parametrize("ruled_out", RULED_OUT, ids=lambda one: one.because)
def test_what_is_ruled_out_would_be_listed(ruled_out: RuledOut) -> None:
    raised = {str(action): {one.code for one in _REFUSALS.raised(action.area, action.name)} for action in routed()}
    meant = {name: codes & ruled_out.codes for name, codes in raised.items() if ruled_out.holds_for(name)}
    assert ruled_out.codes == set().union(*meant.values())
    idle = [
        one
        for one in ruled_out.operations
        if not any(RuledOut("", ruled_out.codes, (one,)).holds_for(name) and codes for name, codes in meant.items())
    ]
    assert idle == []


def test_the_edge_lists_all_that_it_raises() -> None:
    files = [LAYER / "inbound" / f"{name}.py" for name in ("http", "bodies", "problems", "straight")] + [LAYER / "outbound/repeats.py"]
    names = {getattr(node, "id", "") for file in files for node in ast.walk(tree_of(file))}
    raised = {one for name, one in vars(edge).items() if name in names and getattr(one, "__module__", "") == edge.__name__}
    most = Operation("a", "b", Allow.UNIT, changes=True, in_path=True, is_checked=True, has_body=True, is_kept=False)
    of_changes = {edge.IdempotencyKeyReused}  # where a change keeps the answer, found with the rest of the action's code
    assert {one for one in of_the_edge(most) if one.__module__ == edge.__name__} | of_changes == raised


def test_an_unlisted_refusal_fails_its_test() -> None:
    module = importlib.import_module("functions.review.claim_case")
    demand_listed("review.claim_case", module, 409, {"code": "case_claimed"})
    demand_listed("review.claim_case", module, 500, {"code": "internal_error"})
    with pytest.raises(NotListed, match="answers ticket_gone"):
        demand_listed("review.claim_case", module, 410, {"code": "ticket_gone"})
    with pytest.raises(NotListed, match="with \\['colour'\\]"):
        demand_listed("review.claim_case", module, 409, {"code": "case_moved", "facts": {"state": "closed", "colour": "red"}})


def test_facts_are_named_where_an_error_is_made() -> None:
    named = {cls.__name__ for cls in _all_errors()}
    spread = [
        f"{path.name}:{call.lineno}"
        for path in LAYER.rglob("*.py")
        for call, name in calls_in(path)
        if name in named and any(keyword.arg is None for keyword in call.keywords)
    ]
    assert spread == []
    assert facts().of(importlib.import_module("expertgate.errors.account").SmsCodesUsedUp) == ["limit", "retry_after"]


def _all_errors() -> set[type[ExpertGateError]]:
    found = {one for action in routed() for one in _REFUSALS.raised(action.area, action.name)}
    assert found
    return found
