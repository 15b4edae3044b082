"""Members of the old system come in by file and are taken over by who has their name."""

from typing import Any

from expertgate.account.store import account
from tests.builders.admission import asked, employer_and_agent, enter
from tests.builders.grants import Somebody, bound, person
from tests.stage import Stage


def line(stage: Stage, employer: Somebody, **changed: Any) -> dict[str, Any]:
    """Return a line of the file for a member of this unit, with two projects."""
    unit = account(stage.world, employer.id)
    assert unit is not None
    assert unit.unit is not None
    projects = [{"number": f"G201913000{one}", "title": "联合研究", "project_class": "person", "year": 2019} for one in (1, 2)]
    known = {"user_name": "handan_expert", "name_zh": "李晓波", "uscc": unit.unit.uscc, "bureau": "130400", "role": "unit_administrator"}
    return {**known, "projects": projects, **changed}


def test_the_file_can_be_brought_in_twice(stage: Stage) -> None:
    employer, _ = employer_and_agent(stage)
    event = {"lines": [line(stage, employer), {"user_name": "?"}, line(stage, employer, uscc="91110000100000000X")]}
    first = stage.run("admission.import_legacy_members", event)
    assert (first["imported"], first["projects"], [one["line"] for one in first["refused"]]) == (1, 2, [2, 3])
    again = stage.run("admission.import_legacy_members", event)
    assert (again["imported"], again["known"], again["projects"]) == (0, 1, 0)


def test_a_number_of_another_unit_is_reported(stage: Stage) -> None:
    employer, _ = employer_and_agent(stage)
    other, _ = employer_and_agent(stage, 2)
    stage.run("admission.import_legacy_members", {"lines": [line(stage, employer)]})
    told = stage.run("admission.import_legacy_members", {"lines": [line(stage, other, user_name="other_expert")]})
    assert (told["imported"], told["projects"]) == (1, 0)
    assert told["refused"] == [{"line": 1, "reason": f"project_number_taken: G201913000{one}"} for one in (1, 2)]


def test_who_has_the_name_takes_over_member_and_projects(stage: Stage) -> None:
    employer, _ = employer_and_agent(stage)
    stage.run("admission.import_legacy_members", {"lines": [line(stage, employer)]})
    heir = person(stage, 7, user_name="WGZJXM_Handan_Expert")
    assert enter(stage, heir, employer).code == "no_authority"
    bound(stage, employer, heir)
    home = enter(stage, heir, employer)
    assert (home.json["outcome"], home.json["role"]) == ("home", "unit_administrator")
    assert len(asked(stage, "list_projects", heir, employer).json["items"]) == 2
    assert enter(stage, heir, employer).json["outcome"] == "home"


def test_another_name_takes_nothing_over(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    stage.run("admission.import_legacy_members", {"lines": [line(stage, employer)]})
    assert enter(stage, agent, employer).json["outcome"] == "member_form"
