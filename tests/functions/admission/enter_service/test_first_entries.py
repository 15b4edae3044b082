"""What a first entry does besides answering is done once; a request sent again under its key is answered as an entry all the same."""

from expertgate.admission.store import standings
from expertgate.review.model import CaseState
from tests.builders.admission import (
    admitted,
    another_agent,
    concluded,
    employer_and_agent,
    enter,
    member_form,
    moved,
    sent,
    unit_form,
    with_workflow,
)
from tests.builders.grants import bound, person, unit
from tests.builders.holds import settled
from tests.builders.people import with_facts
from tests.functions.admission.test_import_legacy_members import line
from tests.stage import Stage

KEY = "enter-once-0001"


def test_a_units_repeated_entry_is_an_entry(stage: Stage) -> None:
    with_workflow(stage)
    employer = unit(stage)
    assert [enter(stage, employer, key=KEY).json.get("outcome") for _ in range(2)] == ["unit_form"] * 2


def test_a_repeated_take_over_is_an_entry(stage: Stage) -> None:
    employer, _ = employer_and_agent(stage)
    stage.run("admission.import_legacy_members", {"lines": [line(stage, employer)]})
    heir = person(stage, 7, user_name="WGZJXM_Handan_Expert")
    bound(stage, employer, heir)
    assert [enter(stage, heir, employer, key=KEY).json.get("outcome") for _ in range(2)] == ["home"] * 2


def test_a_repeated_suspension_is_an_entry(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    newcomer = another_agent(stage, employer, 7)
    form = unit_form(stage, employer, account__document_number=newcomer.number)
    concluded(stage, sent(stage, agent, employer, form).json["case_id"])
    assert [enter(stage, newcomer, key=KEY).json.get("outcome") for _ in range(2)] == ["suspended"] * 2
    assert len(with_workflow(stage).started) == 2


def test_a_returned_form_is_opened_before_anybody_is_suspected(stage: Stage) -> None:
    employer, _ = admitted(stage)
    newcomer = another_agent(stage, employer, 7)
    case_id = sent(stage, newcomer, employer, member_form(61), "member").json["case_id"]
    moved(stage, case_id, state=CaseState.RETURNED, open_fields=frozenset({"mobile"}))
    with_facts(stage, newcomer.id, mobile=f"+86{unit_form(stage, employer, 51)['account']['mobile']}")
    assert enter(stage, newcomer).json["outcome"] == "member_form"


def test_a_former_member_is_taken_over_once(stage: Stage) -> None:
    employer, _ = employer_and_agent(stage)
    stage.run("admission.import_legacy_members", {"lines": [line(stage, employer)]})
    names = ("WGZJXM_Handan_Expert", "Handan_Expert")
    first, second = (person(stage, seed, user_name=name) for seed, name in zip((7, 8), names, strict=True))
    for one in (first, second):
        bound(stage, employer, one)
    assert [enter(stage, one, employer).json["outcome"] for one in (first, second)] == ["home", "member_form"]


def test_another_suspicion_is_looked_at_anew(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    other, _ = admitted(stage, 2)
    newcomer = another_agent(stage, employer, 7)
    form = unit_form(stage, employer, account__document_number=newcomer.number)
    concluded(stage, sent(stage, agent, employer, form).json["case_id"])
    enter(stage, newcomer)
    hold = standings.hold(employer.id, newcomer.id)
    assert hold is not None
    settled(stage, hold.case_id, "release")
    with_facts(stage, newcomer.id, mobile=f"+86{unit_form(stage, other, 52)['account']['mobile']}")
    assert enter(stage, newcomer).json["outcome"] == "suspended"
