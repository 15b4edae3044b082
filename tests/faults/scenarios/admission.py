"""Faults while units and members come into a project system."""

from expertgate.review.model import CaseState
from tests.builders.admission import admitted, another_agent, employer_and_agent, member_form, moved, unit_form, with_workflow
from tests.builders.grants import unit
from tests.faults.scenario import Asked, Send, asking, scenario
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
