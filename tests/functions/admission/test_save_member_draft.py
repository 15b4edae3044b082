"""A half-filled form is kept for who types it, until it is sent."""

from tests.builders.admission import admitted, asked, member_form, sent
from tests.builders.grants import person
from tests.stage import Stage


def test_a_draft_is_kept_until_the_form_is_sent(stage: Stage) -> None:
    employer, agent = admitted(stage)
    assert agent.id != employer.id
    draft = {"name_zh": "王"}
    asked(stage, "save_member_draft", employer, employer, {"form": {}})
    assert asked(stage, "save_member_draft", employer, employer, {"form": draft}).status == 200
    assert asked(stage, "show_member_profile", employer, employer).json["draft"] == draft
    sent(stage, employer, employer, member_form(), "member")
    assert asked(stage, "show_member_profile", employer, employer).json["draft"] is None


def test_a_draft_needs_authority(stage: Stage) -> None:
    employer, _ = admitted(stage)
    assert asked(stage, "save_member_draft", person(stage, 9), employer, {"form": {}}).code == "no_authority"
