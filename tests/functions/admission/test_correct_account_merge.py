"""A returned merge is corrected line by line, where the operator remarked (REC-12, D-14)."""

from typing import Any

from expertgate.admission.store.merges import merge_of, moves_of
from expertgate.evidence.model import Purpose
from expertgate.review.store import cases
from tests.builders.admission import asked, checked_picture, registered, renamed_to
from tests.builders.cases import claim, decide
from tests.builders.grants import Somebody, reached, told
from tests.builders.merges import Firm, approved, firm, lines, merge_form, one_more_user, platform, requested
from tests.builders.officials import PLATFORM, official
from tests.stage import Answered, Stage


def returned(stage: Stage, who: Firm, *fields: str) -> str:
    """Return a case that an operator gave back with remarks on these fields."""
    case_id = requested(stage, who)
    answered = decide(stage, case_id, platform(stage), "return", remarks=[{"field": one, "text": "与扫描件不符"} for one in fields])
    assert answered.status == 201, answered.text
    return case_id


def corrected(stage: Stage, who: Firm, by: Somebody | None = None, **changed: Any) -> Answered:
    """Send the application again with changes."""
    return asked(stage, "correct_account_merge", by or who.unit, who.unit, merge_form(stage, who, **changed))


def test_a_remarked_line_goes_round_again(stage: Stage) -> None:
    who = firm(stage)
    heir = one_more_user(stage, who)
    case_id = returned(stage, who, "lines.2")
    assert told(stage, who.unit)[-1] == "account_merge_returned"
    first, second = lines(who.projects)
    answered = corrected(stage, who, lines=[first, {**second, "new_account": "user_7"}])
    assert (answered.status, cases.case(stage.world, case_id).round) == (200, 2)
    approved(stage, case_id)
    items = asked(stage, "list_projects", who.unit, who.unit).json["items"]
    assert {one["number"]: one["assigned_to"] for one in items} == dict(zip(who.projects, (who.agent.id, heir.id), strict=True))


def test_news_goes_to_the_corrected_mobile(stage: Stage) -> None:
    who = firm(stage)
    case_id = returned(stage, who, "agent_mobile")
    assert corrected(stage, who, agent_mobile="13700000009").status == 200
    assert claim(stage, case_id, official(stage, PLATFORM, mobile="13700000009")).code == "own_case"
    approved(stage, case_id)
    assert reached(stage, who.unit, "account_merge_approved") == "+8613700000009"


def test_a_remarked_line_may_be_taken_out(stage: Stage) -> None:
    who = firm(stage)
    case_id = returned(stage, who, "lines.2")
    assert corrected(stage, who, lines=lines(who.projects[:1])).status == 200
    merge = merge_of(who.unit.id, case_id)
    assert merge is not None
    assert [one.line for one in moves_of(merge)] == ["1"]


def test_a_unit_renamed_meanwhile_corrects_its_name_too(stage: Stage) -> None:
    who = firm(stage)
    returned(stage, who, "reason")
    before = merge_form(stage, who)["unit_name"]
    renamed_to(stage, who.unit, "邯郸市新名称科技有限公司")
    assert corrected(stage, who, unit_name=before, reason="调岗").broken == {"unit_name": "unit_name_not_registered"}
    assert corrected(stage, who, unit_name="邯郸市新名称科技有限公司", reason="调岗").status == 200


def test_lines_without_remarks_stay_closed(stage: Stage) -> None:
    who = firm(stage)
    one_more_user(stage, who)
    returned(stage, who, "lines.2.new_account", "reason")
    answered = corrected(stage, who, reason="调岗", lines=lines(who.projects, new="user_7"))
    assert (answered.code, answered.json["facts"]["fields"]) == ("fields_not_open", ["lines.1.new_account"])


def test_a_remark_on_the_table_opens_all_of_it(stage: Stage) -> None:
    who = firm(stage)
    made = registered(stage, who.unit, account_id=who.unit.id)
    returned(stage, who, "lines")
    more = {**lines([made["number"]], old=who.unit.id)[0], "number": 3}
    assert corrected(stage, who, lines=[*lines(who.projects), more]).status == 200


def test_a_remarked_scan_is_sent_anew(stage: Stage) -> None:
    who = firm(stage)
    returned(stage, who, "attachments.stamped_application")
    scan = checked_picture(stage, who.unit.id, Purpose.STAMPED_APPLICATION)
    assert corrected(stage, who, attachments={"stamped_application": scan}).status == 200


def test_only_a_returned_merge_is_corrected(stage: Stage) -> None:
    who = firm(stage)
    assert corrected(stage, who).code == "merge_not_returned"
    requested(stage, who)
    assert corrected(stage, who).code == "merge_not_returned"


def test_only_the_applicant_corrects_a_merge(stage: Stage) -> None:
    who = firm(stage)
    approved(stage, requested(stage, who, lines=lines(who.projects)))
    scan = {"stamped_application": checked_picture(stage, who.unit.id, Purpose.STAMPED_APPLICATION)}
    one_more_user(stage, who)
    stage.plays["scan"] = scan["stamped_application"]
    case_id = requested(stage, who, lines=lines(who.projects, old="user_51", new="user_7"))
    remarks = [{"field": "reason", "text": "不完整"}]
    assert decide(stage, case_id, platform(stage), "return", remarks=remarks).status == 201
    answered = corrected(stage, who, who.agent, agent_name=who.agent.name, agent_document_number=who.agent.number)
    assert (answered.status, answered.code) == (403, "not_the_submitter")


def test_a_user_of_the_unit_corrects_nothing(stage: Stage) -> None:
    who = firm(stage)
    returned(stage, who, "reason")
    assert corrected(stage, who, who.agent, reason="调岗").code == "not_the_administrator"
