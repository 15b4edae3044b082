"""A returned form is corrected where the reviewers remarked, and goes round again in the same case."""

from typing import Any

import pytest

from expertgate.review.model import CaseState
from expertgate.review.store import cases
from tests.builders.admission import admitted, another_agent, concluded, employer_and_agent, enter, moved, renamed_to, sent, unit_form
from tests.builders.cases import claim, decide
from tests.builders.grants import Somebody, reached
from tests.builders.officials import HANDAN, official
from tests.stage import Answered, Stage


def correct(stage: Stage, somebody: Somebody, employer: Somebody, form: dict[str, Any]) -> Answered:
    """Send the corrected form."""
    return stage.call("admission.correct_unit_profile", form, token=somebody.token, path={"unit_id": employer.id})


def returned(stage: Stage, agent: Somebody, employer: Somebody, *fields: str) -> str:
    """Send a form and have it returned with remarks on these fields."""
    case_id = str(sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"])
    moved(stage, case_id, state=CaseState.RETURNED, open_fields=frozenset(fields))
    return case_id


def test_remarked_fields_may_be_corrected(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = returned(stage, agent, employer, "basic.staff")
    answered = correct(stage, agent, employer, unit_form(stage, employer, basic__staff=130))
    assert (answered.status, answered.json["outcome"], answered.json["case_id"]) == (200, "unit_pending", case_id)
    file = cases.file_of(stage.world, case_id)
    assert [one.form["basic"]["staff"] for one in file.rounds] == [120, 130]  # type: ignore[index]
    assert (file.case.round, file.case.state) == (2, CaseState.IN_REVIEW)


def test_fields_without_remarks_stay_as_they_were(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    returned(stage, agent, employer, "basic.staff")
    answered = correct(stage, agent, employer, unit_form(stage, employer, basic__staff=130, basic__postcode="056001"))
    assert (answered.status, answered.code) == (422, "fields_not_open")


def test_a_corrected_bureau_changes_the_chain(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = returned(stage, agent, employer, "basic.bureau", "basic.bureau_type")
    correct(stage, agent, employer, unit_form(stage, employer, basic__bureau="130000", basic__bureau_type="province"))
    assert [level.bureau for level in cases.case(stage.world, case_id).chain] == ["130000", "100000"]


@pytest.mark.parametrize(
    ("remarked", "corrected"),
    [
        ("bureau_type", {"bureau_type": "province", "bureau": "130000"}),
        ("bureau", {"bureau_type": "province", "bureau": "130000"}),
        ("staff", {"staff": 20, "technical_staff": 10}),
        ("technical_staff", {"staff": 200, "technical_staff": 150}),
    ],
)
def test_a_remark_opens_what_is_chosen_with_its_field(stage: Stage, remarked: str, corrected: dict[str, Any]) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = str(sent(stage, agent, employer, unit_form(stage, employer)).json["case_id"])
    remark = {"field": f"basic.{remarked}", "text": "请核实"}
    assert decide(stage, case_id, official(stage, HANDAN), "return", remarks=[remark]).status == 201
    assert cases.case(stage.world, case_id).open_fields == {f"basic.{one}" for one in corrected}
    form = unit_form(stage, employer, **{f"basic__{name}": value for name, value in corrected.items()})
    assert correct(stage, agent, employer, form).status == 200


def test_a_unit_renamed_meanwhile_corrects_its_name_too(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = returned(stage, agent, employer, "basic.staff")
    as_it_was = unit_form(stage, employer, basic__staff=130)
    renamed_to(stage, employer, "邯郸市新名称科技有限公司")
    assert correct(stage, agent, employer, as_it_was).broken == {"basic.name_zh": "unit_name_not_registered"}
    renamed = unit_form(stage, employer, basic__staff=130, basic__bank_account_name=as_it_was["basic"]["bank_account_name"])
    assert renamed["basic"]["name_zh"] == "邯郸市新名称科技有限公司"
    renamed["attachments"] = as_it_was["attachments"]
    assert correct(stage, agent, employer, renamed).status == 200
    assert cases.case(stage.world, case_id).round == 2


def test_a_new_contact_cannot_decide_the_next_round(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = returned(stage, agent, employer, "account.mobile")
    assert correct(stage, agent, employer, unit_form(stage, employer, account__mobile="13700000009")).status == 200
    assert claim(stage, case_id, official(stage, HANDAN, mobile="13700000009")).code == "own_case"


def test_news_goes_to_the_corrected_mobile(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    case_id = returned(stage, agent, employer, "account.mobile", "account.name_zh")
    corrected = unit_form(stage, employer, account__mobile="13700000009", account__name_zh="钱小红")
    assert correct(stage, agent, employer, corrected).status == 200
    concluded(stage, case_id)
    assert reached(stage, agent, "unit_admission_approved") == "+8613700000009"
    assert cases.case(stage.world, case_id).applicant.name == "钱小红"


def test_only_the_sender_corrects(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    returned(stage, agent, employer, "basic.staff")
    colleague = another_agent(stage, employer, 7)
    answered = correct(stage, colleague, employer, unit_form(stage, employer, basic__staff=130))
    assert (answered.status, answered.code) == (403, "not_the_submitter")


def test_a_form_in_review_is_not_corrected(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    sent(stage, agent, employer, unit_form(stage, employer))
    assert correct(stage, agent, employer, unit_form(stage, employer)).code == "form_not_expected"


def test_a_returned_form_is_not_sent_anew(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    returned(stage, agent, employer, "basic.staff")
    assert sent(stage, agent, employer, unit_form(stage, employer)).code == "form_not_expected"


def test_a_correction_alike_another_user_is_suspended(stage: Stage) -> None:
    admitted(stage, 2)
    employer, agent = employer_and_agent(stage)
    case_id = returned(stage, agent, employer, "account.mobile")
    taken = unit_form(stage, employer, 52)["account"]["mobile"]
    answered = correct(stage, agent, employer, unit_form(stage, employer, account__mobile=taken))
    assert answered.json["outcome"] == "suspended"
    assert cases.case(stage.world, case_id).state is CaseState.RETURNED
    assert enter(stage, agent, employer).json["outcome"] == "suspended"
