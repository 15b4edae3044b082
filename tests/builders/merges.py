"""Merges of accounts for tests: a unit whose former administrator comes from the old system, its application, an operator who decides."""

from dataclasses import dataclass
from typing import Any

from expertgate.account.store import account
from expertgate.admission.store import standings
from expertgate.evidence.model import Purpose
from expertgate.review.model import Duty
from tests.builders.admission import administered, another_agent, asked, checked_picture, concluded, concluded_as_is, member_form, sent
from tests.builders.cases import decide
from tests.builders.grants import Somebody, document_of
from tests.builders.numbers import Numbers
from tests.builders.officials import Desk, official
from tests.stage import Answered, Stage

FORMER = "handan_expert"


@dataclass(frozen=True)
class Firm:
    """A unit, its agent, and the projects of its former administrator, who is only known from the old system."""

    unit: Somebody
    agent: Somebody
    projects: list[str]


def firm(stage: Stage, projects: int = 2) -> Firm:
    """Return an admitted unit into which the old system brought its former administrator with projects."""
    employer, agent = administered(stage)
    numbers = [f"G2019{one:06}" for one in range(1, projects + 1)]
    made = [{"number": one, "title": "联合研究", "project_class": "person", "year": 2019} for one in numbers]
    uscc = _uscc(stage, employer)
    line = {"user_name": FORMER, "name_zh": "钱三强", "uscc": uscc, "bureau": "130400", "role": "unit_administrator", "projects": made}
    told = stage.run("admission.import_legacy_members", {"lines": [line]})
    assert (told["imported"], told["projects"]) == (1, projects)
    return Firm(employer, agent, numbers)


def lines(numbers: list[str], new: str = "user_51", old: str = f"WGZJXM_{FORMER}") -> list[dict[str, Any]]:
    """Return the table: these projects from the old account to the new one, the agent's unless told otherwise."""
    made = enumerate(numbers, 1)
    return [{"number": place, "project_number": one, "old_account": old, "new_account": new} for place, one in made]


def merge_form(stage: Stage, who: Firm, **changed: Any) -> dict[str, Any]:
    """Return an application of the unit's own account for all projects of the former administrator."""
    unit = account(stage.world, who.unit.id)
    assert unit is not None
    agent = {"agent_name": "赵小红", "agent_document_number": document_of(31).number, "agent_mobile": Numbers(31).mobile()}
    scan = stage.plays.setdefault("scan", checked_picture(stage, who.unit.id, Purpose.STAMPED_APPLICATION))
    files = {"attachments": {"stamped_application": scan}}
    form = {"reason": "原单位管理员离职", "unit_name": unit.known_as, "uscc": _uscc(stage, who.unit), "lines": lines(who.projects)}
    return {**form, **agent, **files, **changed}


def request(stage: Stage, who: Firm, by: Somebody | None = None, **changed: Any) -> Answered:
    """Send an application as somebody of the unit, its own account unless told otherwise."""
    return asked(stage, "request_account_merge", by or who.unit, who.unit, merge_form(stage, who, **changed))


def requested(stage: Stage, who: Firm, **changed: Any) -> str:
    """Send an application and return its case."""
    answered = request(stage, who, **changed)
    assert answered.status == 201, answered.text
    return str(answered.json["case_id"])


def platform(stage: Stage) -> Desk:
    """Return an operator of the platform at the desk, the same each time."""
    if "platform" not in stage.plays:
        stage.plays["platform"] = official(stage, "platform", Duty.OPERATOR, mobile="13911119999", document=document_of(7001))
    desk: Desk = stage.plays["platform"]
    return desk


def approved(stage: Stage, case_id: str) -> Answered:
    """Let an operator approve a case and its effect be carried out."""
    answered = decide(stage, case_id, platform(stage))
    assert answered.status == 201, answered.text
    concluded_as_is(stage, case_id)
    return answered


def former(who: Firm) -> standings.MemberRow:
    """Return the row of the former administrator."""
    (found,) = [row for row in standings.members(who.unit.id, 20, None)[0] if standings.member_id(row).startswith("LEGACY-")]
    return found


def one_more_user(stage: Stage, who: Firm, seed: int = 7, **changed: Any) -> Somebody:
    """Return another admitted user of the unit; the name in the project system is user_<seed> unless told otherwise."""
    newcomer = another_agent(stage, who.unit, seed)
    answered = sent(stage, newcomer, who.unit, member_form(seed, **changed), "member")
    assert answered.status == 201, answered.text
    concluded(stage, answered.json["case_id"])
    return newcomer


def _uscc(stage: Stage, employer: Somebody) -> str:
    unit = account(stage.world, employer.id)
    assert unit is not None
    assert unit.unit is not None
    return unit.unit.uscc
