"""Faults while units and members come into a project system."""

from expertgate.review.model import CaseState
from tests.builders.admission import admitted, another_agent, employer_and_agent, member_form, moved, unit_form, with_workflow
from tests.builders.cases import decide
from tests.builders.grants import unit
from tests.builders.merges import firm, merge_form, platform, requested
from tests.faults.scenario import Asked, Send, asking, running, scenario
from tests.functions.admission.test_correct_unit_profile import returned
from tests.stage import Stage


@scenario("admission.enter_service")
def _enter_service(stage: Stage) -> Send:
    with_workflow(stage)
    return asking(stage, "admission.enter_service", {}, token=unit(stage).token, path={"service": "fepms"})


def submitting(stage: Stage) -> Asked:
    """Return the agent's form for the unit."""
    employer, agent = employer_and_agent(stage)
    form = unit_form(stage, employer)
    return asking(stage, "admission.submit_unit_profile", form, token=agent.token, path={"unit_id": employer.id})


@scenario("admission.submit_unit_profile")
def _submit_unit_profile(stage: Stage) -> Send:
    return submitting(stage)


@scenario("admission.withdraw_unit_profile")
def _withdraw_unit_profile(stage: Stage) -> Send:
    sent = submitting(stage)
    assert sent(key=None).status == 201
    return asking(stage, "admission.withdraw_unit_profile", token=sent.request["token"], path=sent.request["path"])


@scenario("admission.correct_unit_profile")
def _correct_unit_profile(stage: Stage) -> Send:
    employer, agent = employer_and_agent(stage)
    returned(stage, agent, employer, "basic.staff")
    form = unit_form(stage, employer, basic__staff=130)
    return asking(stage, "admission.correct_unit_profile", form, token=agent.token, path={"unit_id": employer.id})


def submitting_member(stage: Stage) -> Asked:
    """Return the form that an agent of an admitted unit sends about himself."""
    employer, _ = admitted(stage)
    newcomer = another_agent(stage, employer, 7)
    form = member_form(61)
    return asking(stage, "admission.submit_member_profile", form, token=newcomer.token, path={"unit_id": employer.id})


@scenario("admission.submit_member_profile")
def _submit_member_profile(stage: Stage) -> Send:
    return submitting_member(stage)


@scenario("admission.withdraw_member_profile")
def _withdraw_member_profile(stage: Stage) -> Send:
    sent = submitting_member(stage)
    assert sent(key=None).status == 201
    return asking(stage, "admission.withdraw_member_profile", token=sent.request["token"], path=sent.request["path"])


@scenario("admission.correct_member_profile")
def _correct_member_profile(stage: Stage) -> Send:
    sent = submitting_member(stage)
    moved(stage, sent(key=None).json["case_id"], state=CaseState.RETURNED, open_fields=frozenset({"name_zh"}))
    form = member_form(61, name_zh="王芳芳")
    return asking(stage, "admission.correct_member_profile", form, token=sent.request["token"], path=sent.request["path"])


@scenario("admission.request_account_merge")
def _request_account_merge(stage: Stage) -> Send:
    who = firm(stage)
    form = merge_form(stage, who)
    return asking(stage, "admission.request_account_merge", form, token=who.unit.token, path={"unit_id": who.unit.id})


@scenario("admission.correct_account_merge")
def _correct_account_merge(stage: Stage) -> Send:
    who = firm(stage)
    moved(stage, requested(stage, who), state=CaseState.RETURNED, open_fields=frozenset({"reason"}))
    form = merge_form(stage, who, reason="原单位管理员调岗")
    return asking(stage, "admission.correct_account_merge", form, token=who.unit.token, path={"unit_id": who.unit.id})


@scenario("review.close_round:merge")
def _close_round_of_merge(stage: Stage) -> Send:
    who = firm(stage, 12)  # more lines than one transaction moves
    case_id = requested(stage, who)
    assert decide(stage, case_id, platform(stage)).status == 201
    return running(stage, "review.close_round", {"case": case_id, "round": 1, "attempt": 1})
