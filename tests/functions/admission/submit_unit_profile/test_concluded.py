"""What the reviewers' word does to a form that was sent: who is in by it, since when, and what of it is on record."""

from collections.abc import Callable

import pytest

from expertgate.account.store import account
from expertgate.admission.model import Standing
from expertgate.admission.store import standings
from expertgate.admission.store.standings import MemberRow, UnitRow
from expertgate.outbound.clock import stamp
from expertgate.review.model import CaseState, Duty
from tests.builders.admission import (
    admitted,
    another_agent,
    asked,
    concluded,
    employer_and_agent,
    enter,
    member_form,
    moved,
    sent,
    unit_form,
)
from tests.builders.audits import facts_of
from tests.builders.cases import as_system
from tests.builders.grants import Somebody, bound
from tests.builders.holds import settled, suspended
from tests.builders.officials import PLATFORM, official
from tests.stage import Stage


def test_the_audit_names_the_form_of_a_unit(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"]
    concluded(stage, case_id)
    assert facts_of(f"UNIT#{employer.id}", "admission:unit:admitted") == [{"account": agent.id, "case": case_id}]
    assert facts_of(f"UNIT#{employer.id}", "admission:member:admitted") == [{"account": agent.id, "role": "unit_applicant"}]


def test_the_audit_names_the_form_of_a_user(stage: Stage) -> None:
    employer, _ = admitted(stage)
    case_id = sent(stage, employer, employer, member_form(), "member").json["case_id"]
    concluded(stage, case_id)
    said = {"account": employer.id, "case": case_id, "role": "unit_administrator"}
    assert said in facts_of(f"UNIT#{employer.id}", "admission:member:admitted")


def test_the_audit_names_the_application_that_ended(stage: Stage) -> None:
    employer, _ = admitted(stage)
    case_id = sent(stage, employer, employer, member_form(), "member").json["case_id"]
    concluded(stage, case_id, CaseState.REJECTED)
    other, sender = employer_and_agent(stage, 2)
    first = sent(stage, sender, other, unit_form(stage, other)).json["case_id"]
    concluded(stage, first, CaseState.REJECTED)
    ended = [facts_of(f"UNIT#{one.id}", "admission:application:ended") for one in (employer, other)]
    assert ended == [[{"account": employer.id, "case": case_id}], [{"account": sender.id, "case": first}]]


@pytest.mark.parametrize("kind", ["unit", "member"])
def test_support_sees_since_when_somebody_administers(stage: Stage, kind: str) -> None:
    employer, _ = employer_and_agent(stage) if kind == "unit" else admitted(stage)
    stage.plays[f"sender for {employer.id}"] = employer.id
    form = unit_form(stage, employer) if kind == "unit" else member_form()
    case_id = sent(stage, employer, employer, form, kind).json["case_id"]
    stage.clock.advance(hours=5)
    concluded(stage, case_id)
    unit = account(stage.world, employer.id)
    assert unit is not None
    assert unit.unit is not None
    desk = official(stage, PLATFORM, Duty.SUPPORT)
    answered = stage.call("admission.list_former_administrators", token=desk.token, query={"uscc": unit.unit.uscc})
    assert [(one["account_id"], one["since"]) for one in answered.json["items"]] == [(employer.id, stamp(stage.clock.now()))]


def test_who_is_in_by_a_join_stays_in(stage: Stage) -> None:
    employer, newcomer, own = _seated_while_asking(stage)
    concluded(stage, own, CaseState.REJECTED)
    assert enter(stage, newcomer, employer).json["outcome"] == "home"


def _seated_while_asking(stage: Stage) -> tuple[Somebody, Somebody, str]:
    """Return a unit, who has a user's place there by a join in another unit, and the case of the form he had sent for it himself."""
    employer, _ = admitted(stage)
    other, _ = admitted(stage, 2)
    newcomer = another_agent(stage, employer, 7)
    own = str(sent(stage, newcomer, employer, member_form(61), "member").json["case_id"])
    bound(stage, other, newcomer)
    mobile = unit_form(stage, employer, 51)["account"]["mobile"]
    settled(stage, suspended(stage, newcomer, other, member_form(61, mobile=mobile)).case_id, "join")
    return employer, newcomer, own


def _unit_row(stage: Stage) -> tuple[UnitRow | MemberRow, str]:
    employer, agent = employer_and_agent(stage)
    case_id = sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"]
    row = standings.unit(employer.id)
    assert row is not None
    return row, case_id


def _member_row(stage: Stage) -> tuple[UnitRow | MemberRow, str]:
    employer, _ = admitted(stage)
    case_id = sent(stage, employer, employer, member_form(), "member").json["case_id"]
    row = standings.member(employer.id, employer.id)
    assert row is not None
    return row, case_id


@pytest.mark.parametrize("make", [_unit_row, _member_row])
def test_an_older_case_ends_no_later_form(stage: Stage, make: Callable[[Stage], tuple[UnitRow | MemberRow, str]]) -> None:
    row, case_id = make(stage)
    change = as_system(stage)  # cases of an earlier hour, as after a restore of their table (docs/operations.md)
    row.case_id = "01KJPZ5B700000000000000009"
    change.replace(row)
    change.commit(None)
    concluded(stage, case_id, CaseState.REJECTED)
    found = type(row).find(row.pk, row.sk)
    assert found is not None
    assert (found.standing, found.case_id) == (Standing.SUBMITTED, row.case_id)


def _sent_to_two(stage: Stage) -> tuple[Somebody, Somebody, Somebody, list[str]]:
    """Return a unit, its agent, the cases of one and the same form that he sent for it and for a second unit, behind one more agent."""
    (employer, _), (other, _) = admitted(stage), admitted(stage, 2)
    newcomer = another_agent(stage, employer, 7)
    bound(stage, other, newcomer)
    sent_cases = [sent(stage, newcomer, one, member_form(61), "member").json["case_id"] for one in (employer, other)]
    return employer, newcomer, another_agent(stage, employer, 8), sent_cases


def test_a_form_that_ends_frees_nothing_held_elsewhere(stage: Stage) -> None:
    employer, _, third, (first, second) = _sent_to_two(stage)
    concluded(stage, first)
    concluded(stage, second, CaseState.REJECTED)
    taken = sent(stage, third, employer, member_form(62, user_name=member_form(61)["user_name"]), "member")
    assert taken.broken == {"user_name": "member_user_name_taken"}
    assert sent(stage, third, employer, member_form(62, mobile=member_form(61)["mobile"]), "member").json["outcome"] == "suspended"


def test_what_the_last_form_held_is_free(stage: Stage) -> None:
    employer, _, third, both = _sent_to_two(stage)
    for case_id in both:
        concluded(stage, case_id, CaseState.REJECTED)
    assert sent(stage, third, employer, member_form(61), "member").json["outcome"] == "member_pending"


def test_a_form_sent_again_holds_its_numbers_again(stage: Stage) -> None:
    employer, newcomer, third, both = _sent_to_two(stage)
    for case_id in both:
        concluded(stage, case_id, CaseState.REJECTED)
    assert sent(stage, newcomer, employer, member_form(61), "member").json["outcome"] == "member_pending"
    assert sent(stage, third, employer, member_form(62, mobile=member_form(61)["mobile"]), "member").json["outcome"] == "suspended"


def test_a_correction_frees_nothing_held_elsewhere(stage: Stage) -> None:
    employer, newcomer, third, (first, _) = _sent_to_two(stage)
    moved(stage, first, state=CaseState.RETURNED, open_fields=frozenset({"mobile"}))
    corrected = member_form(61, mobile=member_form(63)["mobile"])
    assert asked(stage, "correct_member_profile", newcomer, employer, corrected).status == 200
    assert sent(stage, third, employer, member_form(62, mobile=member_form(61)["mobile"]), "member").json["outcome"] == "suspended"
