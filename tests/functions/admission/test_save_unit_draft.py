"""A half-filled form is kept for who types it, until it is sent."""

from tests.builders.admission import asked, employer_and_agent, sent, unit_form
from tests.builders.grants import person
from tests.stage import Stage


def test_a_draft_is_kept_until_the_form_is_sent(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    assert agent.id != employer.id
    draft = {"basic": {"name_zh": "半"}}
    asked(stage, "save_unit_draft", agent, employer, {"form": {}})
    assert asked(stage, "save_unit_draft", agent, employer, {"form": draft}).status == 200
    assert asked(stage, "show_unit_profile", agent, employer).json["draft"] == draft
    sent(stage, agent, employer, unit_form(stage, employer), "unit")
    assert asked(stage, "show_unit_profile", agent, employer).json["draft"] is None


def test_a_draft_needs_authority(stage: Stage) -> None:
    employer, _ = employer_and_agent(stage)
    assert asked(stage, "save_unit_draft", person(stage, 9), employer, {"form": {}}).code == "no_authority"
