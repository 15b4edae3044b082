"""Units and members of the project system for tests: forms that pass, cases decided the short way."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from itertools import batched
from typing import Any

from expertgate.account.store import account, row_of, save
from expertgate.admission.model import MemberRole, Standing
from expertgate.admission.store import standings
from expertgate.admission.store.standings import MemberRow, member_key, unit_key
from expertgate.caller import system
from expertgate.delegation.ticket_keys import add_key, published
from expertgate.evidence import store as evidence
from expertgate.evidence.colour import Colour
from expertgate.evidence.model import Evidence, EvidenceFacts, Format, Purpose, State
from expertgate.forms.names import parse_unit_name
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.review.model import CaseState
from expertgate.review.store import cases
from expertgate.review.store.runs import case_and_run
from expertgate.settings import LIMITS
from tests.builders.cases import FakeWorkflow
from tests.builders.grants import Somebody, bound, opened, person, unit
from tests.builders.numbers import Numbers
from tests.stage import Answered, Stage


def unit_form(stage: Stage, employer: Somebody, seed: int = 50, **changed: Any) -> dict[str, Any]:
    """Return a form that fits the unit; `changed` is by dotted name with two underscores: basic__staff=3."""
    numbers = Numbers(seed)
    facts = account(stage.world, employer.id)
    assert facts is not None
    assert facts.unit is not None
    form: dict[str, Any] = {
        "basic": {
            "name_zh": facts.unit.unit_name,
            "name_en": "Handan Technology Co., Ltd.",
            "short_name_zh": "邯郸科技",
            "short_name_en": "HDT",
            "bureau_type": "city",
            "bureau": "130400",
            "industry": "73",
            "unit_nature": "enterprise",
            "unit_type": "research_institute",
            "uscc": facts.unit.uscc,
            "bank_account_name": facts.unit.unit_name,
            "bank_branch": "中国工商银行邯郸丛台支行",
            "bank_account": numbers.unit_account(),
            "cnaps_code": numbers.cnaps(),
            "staff": 120,
            "technical_staff": 80,
            "address_zh": "河北省邯郸市丛台区人民东路100号",
            "postcode": "056002",
            "address_en": "100 Renmin East Road, Handan",
            "assets": "3500.50",
            "division": "130403",
            "website": "www.example.cn",
        },
        "introduction": {"zh": "从事新型材料的研究与开发。", "en": "Research and development of new materials."},
        "account": {
            "user_name": f"user_{seed}",
            "name_zh": "李晓波",
            "department": "科研管理处",
            "document_number": numbers.resident_id(),
            "mobile": numbers.mobile(),
            "position_zh": "主任",
            "position_en": "Director",
            "email": "lixiaobo@example.cn",
        },
        "attachments": pictures(stage, employer),
    }
    return with_changes(form, changed)


def pictures(stage: Stage, employer: Somebody, *, fresh: bool = False) -> dict[str, str]:
    """Return checked uploads of who sends the unit's form, the same for each form until fresh ones are asked for."""
    kept: dict[str, str] = stage.plays.setdefault(f"pictures of {employer.id}", {})
    if fresh or not kept:
        owner = stage.plays.get(f"sender for {employer.id}", employer.id)
        kept.update({one.value: checked_picture(stage, owner, one) for one in (Purpose.REGISTRATION_PROOF, Purpose.BANK_PAGE)})
    return dict(kept)


def checked_picture(stage: Stage, owner: str, purpose: Purpose, state: State = State.CHECKED) -> str:
    """Put an upload into its table as the check leaves it, without drawing and storing a picture."""
    facts = EvidenceFacts(Format.PNG, 1000, "0" * 64, 10, 10, colour=Colour.COLOUR)
    now = stage.clock.now()
    ends = now + timedelta(seconds=LIMITS.evidence_unused_life)
    made = Evidence(stage.world.codes.ulid(now), owner, purpose, state, ends, "picture.png", facts)
    change = Change(stage.world, system("builder"))
    evidence.add(change, made)
    change.commit(None)
    return made.id


def member_form(seed: int = 60, **changed: Any) -> dict[str, Any]:
    """Return a member's form."""
    numbers = Numbers(seed)
    form = {"user_name": f"user_{seed}", "name_zh": "王芳", "document_number": numbers.resident_id(), "mobile": numbers.mobile()}
    return with_changes({**form, "discipline": "430"}, changed)


def with_changes(form: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    """Return the form with fields changed; None takes a field away."""
    form = deepcopy(form)
    for name, value in changed.items():
        *parts, last = name.split("__")
        part = form
        for one in parts:
            part = part[one]
        if value is None:
            del part[last]
        else:
            part[last] = value
    return form


def employer_and_agent(stage: Stage, seed: int = 1) -> tuple[Somebody, Somebody]:
    """Return a unit that opened the project system, and its agent."""
    with_workflow(stage)
    employer = opened(stage, unit(stage, seed, name=f"邯郸市第{seed}科技有限公司"))
    agent = person(stage, 100 + seed)
    bound(stage, employer, agent)
    stage.plays[f"sender for {employer.id}"] = agent.id
    if not published():
        change = Change(stage.world, system("builder"))
        add_key(change, stage.clock.now())
        change.commit(None)
    return employer, agent


def another_agent(stage: Stage, employer: Somebody, seed: int) -> Somebody:
    """Return one more agent of a unit."""
    agent = person(stage, seed, name="王芳")
    bound(stage, employer, agent)
    return agent


def administered(stage: Stage) -> tuple[Somebody, Somebody]:
    """Return an admitted unit whose own account is in too, and its agent."""
    employer, agent = admitted(stage)
    answered = sent(stage, employer, employer, member_form(), "member")
    concluded(stage, answered.json["case_id"])
    return employer, agent


def made_administrator(employer: Somebody, agent: Somebody) -> None:
    """Give a user of the unit the part of its administrator, as a merge of accounts does."""
    row = standings.member(employer.id, agent.id)
    assert row is not None
    row.role = MemberRole.UNIT_ADMINISTRATOR
    row.save()


def with_members(stage: Stage, employer: Somebody, count: int) -> None:
    """Let a unit have so many more users, all of them older accounts than any that a test makes."""
    for part in batched(range(count), 50, strict=False):
        change = Change(stage.world, system("builder"))
        for number in part:
            row = MemberRow(pk=unit_key(employer.id), sk=member_key(f"00{number:024}"), marks=[])
            row.standing, row.role, row.submitted_at = Standing.ADMITTED, MemberRole.UNIT_APPLICANT, stamp(change.now)
            row.seal(stage.world.keys, {"form": {}})
            change.put(row)
        change.commit(None)


def registered(stage: Stage, employer: Somebody, number: str = "G2026130001", **changed: Any) -> Any:
    """Register a project as the unit's administrator."""
    body = {"number": number, "title": "合金材料联合研究", "project_class": "person", "year": 2026, **changed}
    answered = stage.call("admission.register_project", body, token=employer.token, path={"unit_id": employer.id})
    assert answered.status == 201, answered.text
    return answered.json


def asked(stage: Stage, action: str, somebody: Somebody, employer: Somebody, body: object = None, **path: str) -> Answered:
    """Call a door of a unit."""
    return stage.call(f"admission.{action}", body, token=somebody.token, path={"unit_id": employer.id, **path})


def with_workflow(stage: Stage) -> FakeWorkflow:
    """Give the stage a workflow engine that notes what it is told."""
    fake = stage.world.__dict__.setdefault("workflow", FakeWorkflow())
    assert isinstance(fake, FakeWorkflow)
    return fake


def enter(stage: Stage, somebody: Somebody, employer: Somebody | None = None, service: str = "fepms", **request: Any) -> Answered:
    """Enter a service."""
    body = {"unit_id": employer.id} if employer else {}
    return stage.call("admission.enter_service", body, token=somebody.token, path={"service": service}, **request)


def sent(stage: Stage, somebody: Somebody, employer: Somebody, form: dict[str, Any], kind: str = "unit", **request: Any) -> Answered:
    """Send a form."""
    return stage.call(f"admission.submit_{kind}_profile", form, token=somebody.token, path={"unit_id": employer.id}, **request)


def concluded(stage: Stage, case_id: str, state: CaseState = CaseState.APPROVED) -> None:
    """Let the reviewers end a case and its effect be carried out, as the closing step does."""
    moved(stage, case_id, state=state)
    concluded_as_is(stage, case_id)


def moved(stage: Stage, case_id: str, **changed: Any) -> Any:
    """Put a case into a state, as a decision of the reviewers does."""
    case = cases.case(stage.world, case_id)
    now = replace(case, version=case.version + 1, **changed)
    change = Change(stage.world, system("reviewer"))
    cases.save(change, case, now)
    change.commit(None)
    return now


def admitted(stage: Stage, seed: int = 1) -> tuple[Somebody, Somebody]:
    """Return a unit that is admitted, by the form its agent sent."""
    employer, agent = employer_and_agent(stage, seed)
    answered = sent(stage, agent, employer, unit_form(stage, employer, 50 + seed))
    assert answered.status == 201, answered.text
    concluded(stage, answered.json["case_id"])
    return employer, agent


def concluded_as_is(stage: Stage, case_id: str) -> None:
    """Let the closing step of the workflow carry out how a case ended."""
    found = case_and_run(stage.world, case_id)
    assert found is not None
    run = found[1]
    stage.run("review.close_round", {"case": case_id, "round": run.round, "attempt": run.attempt})
    assert cases.case(stage.world, case_id).concluded


def renamed_to(stage: Stage, employer: Somebody, name: str) -> None:
    """Give the unit's account another name, as an appeal does."""
    row, facts = row_of(employer.id), account(stage.world, employer.id)
    assert row is not None
    assert facts is not None
    assert facts.unit is not None
    change = Change(stage.world, system("appeal"))
    save(change, row, replace(facts, unit=replace(facts.unit, unit_name=name, name_key=parse_unit_name(name).key)))
    change.commit(None)
