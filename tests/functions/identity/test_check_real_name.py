"""The automatic check: passed, failed with its reason, silent; for persons and for units with all their parts."""

from dataclasses import replace
from datetime import date

import pytest

from expertgate.account.model import MainAgent, RealName
from expertgate.notice.store import NoticeRow
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.authority import SandboxAuthority
from expertgate.settings import HOUR, LIMITS
from tests.builders.numbers import Numbers
from tests.builders.people import a_person, a_unit, again, held, token_of
from tests.stage import Stage


@pytest.mark.parametrize(
    ("number", "name", "state", "reason"),
    [
        ("130403198003101007", "李晓波", "passed", "matches"),
        ("130403198003101007", "李晓被", "failed", "name_differs"),
        ("130403198103111018", "王建国", "failed", "number_unknown"),
    ],
)
def test_a_person_passes_or_fails(stage: Stage, number: str, name: str, state: str, reason: str) -> None:
    person = a_person(stage, name=name, document=held(number))
    checked = stage.call("identity.check_real_name", token=token_of(stage, person))
    assert (checked.status, checked.json["real_name"]) == (200, state)
    assert [(one["part"], one["reason"]) for one in checked.json["parts"]] == [("person", reason)]
    assert again(stage, person).real_name == state
    assert [row.template for row in NoticeRow.query(f"ACCOUNT#{person.id}")] == [f"real_name_{state}"]
    assert [row.tag for row in AuditRow.query(f"ACCOUNT#{person.id}")] == ["identity:real_name:checked"]


def test_who_failed_may_correct_and_check_again(stage: Stage) -> None:
    person = a_person(stage, real_name=RealName.FAILED, document=held("130403198003101007"))
    assert stage.call("identity.check_real_name", token=token_of(stage, person)).json["real_name"] == "passed"


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({"real_name": RealName.PASSED}, "real_name_already_passed"),
        ({"real_name": RealName.IN_REVIEW}, "real_name_in_review"),
        ({"name": None}, "information_incomplete"),
        ({"document": None}, "information_incomplete"),
    ],
)
def test_what_can_not_be_checked_is_refused(stage: Stage, about: dict[str, object], code: str) -> None:
    person = a_person(stage, **about)
    refused = stage.call("identity.check_real_name", token=token_of(stage, person))
    assert (refused.status, refused.code) == (409, code)
    assert not list(AuditRow.query(f"ACCOUNT#{person.id}"))


def test_a_silent_register_decides_nothing(stage: Stage) -> None:
    person = a_person(stage, name="刘德明", document=held("130403198503151051"))
    refused = stage.call("identity.check_real_name", token=token_of(stage, person))
    assert (refused.status, refused.code) == (503, "register_silent")
    assert again(stage, person).real_name is RealName.UNCHECKED


def test_a_slow_register_is_waited_for(stage: Stage) -> None:
    waited: list[float] = []
    stage.world.__dict__["authority"] = SandboxAuthority(pause=waited.append)
    person = a_person(stage, name="陈思远", document=held("130403198403141040"))
    assert stage.call("identity.check_real_name", token=token_of(stage, person)).json["real_name"] == "passed"
    assert len(waited) == 1


def test_a_unit_passes_with_all_its_parts(stage: Stage) -> None:
    checked = stage.call("identity.check_real_name", token=token_of(stage, a_unit(stage))).json
    assert checked["real_name"] == "passed"
    assert {one["part"] for one in checked["parts"]} == {"unit", "main_agent"}
    assert checked["real_person"] is None


def test_one_failing_part_fails_the_unit(stage: Stage) -> None:
    unit = a_unit(stage)
    assert unit.unit
    assert unit.unit.main_agent
    agent = MainAgent("王建国", held("130403198103111018"), unit.unit.main_agent.mobile)
    unit = a_unit(stage, "邯郸市另一有限公司", unit=replace(unit.unit, uscc="91130400B08C7833XN", name_key="another", main_agent=agent))
    checked = stage.call("identity.check_real_name", token=token_of(stage, unit)).json
    assert checked["real_name"] == "failed"
    assert {one["part"]: one["reason"] for one in checked["parts"]} == {"unit": "name_differs", "main_agent": "number_unknown"}


def test_the_validity_of_the_main_agent_is_compared(stage: Stage) -> None:
    facts = a_unit(stage).unit
    assert facts
    assert facts.main_agent
    document = replace(held("13040319830313103X"), valid_from=date(2015, 5, 20), valid_to=date(2036, 5, 20))
    changed = replace(facts, uscc=Numbers(8).uscc(), name_key="other", main_agent=MainAgent("赵海涛", document, facts.main_agent.mobile))
    checked = stage.call("identity.check_real_name", token=token_of(stage, a_unit(stage, user_name="other", unit=changed))).json
    assert {one["part"]: one["reason"] for one in checked["parts"]} == {"unit": "matches", "main_agent": "validity_differs"}


def test_the_type_of_representative_must_be_chosen(stage: Stage) -> None:
    facts = a_unit(stage).unit
    assert facts
    assert facts.legal_representative
    chosen = replace(facts.legal_representative, type=None)
    unit = a_unit(stage, user_name="other", unit=replace(facts, name_key="other", uscc="91130400B08C7833XN", legal_representative=chosen))
    refused = stage.call("identity.check_real_name", token=token_of(stage, unit))
    assert refused.broken == {"legal_representative.type": "representative_type_required"}
    assert refused.json["errors"][0]["message"] == "法定代表人类型不能为空"


def test_an_account_can_not_probe_the_register(stage: Stage) -> None:
    token = token_of(stage, a_person(stage, name="王建国", document=held("130403198103111018")))
    for _ in range(LIMITS.real_name_checks_a_day):
        assert stage.call("identity.check_real_name", token=token).status == 200
    refused = stage.call("identity.check_real_name", token=token)
    assert (refused.code, refused.headers["Retry-After"]) == ("too_many_checks", str(15 * HOUR))  # it is nine in the morning in Shanghai
