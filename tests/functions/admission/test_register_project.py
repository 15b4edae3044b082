"""Projects are registered by number, class, year and state."""

import pytest

from tests.builders.admission import administered, another_agent, asked, registered
from tests.stage import Stage

BODY = {"number": "G2026130009", "title": "联合研究", "project_class": "platform", "year": 2026}


def test_a_users_project_lies_on_the_own_desk(stage: Stage) -> None:
    employer, agent = administered(stage)
    answered = asked(stage, "register_project", agent, employer, BODY)
    assert (answered.status, answered.json["assigned_to"], answered.json["class_name"]) == (201, agent.id, "平台类")
    assert answered.json["state_name"] == "未提交"


def test_a_number_is_registered_once(stage: Stage) -> None:
    employer, agent = administered(stage)
    registered(stage, employer, "G2026130009")
    answered = asked(stage, "register_project", agent, employer, BODY)
    assert (answered.status, answered.code) == (409, "project_number_taken")


def test_small_letters_make_no_other_number(stage: Stage) -> None:
    employer, agent = administered(stage)
    assert registered(stage, employer, "g2026130009")["number"] == "G2026130009"
    assert asked(stage, "register_project", agent, employer, BODY).code == "project_number_taken"


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [("number", "!", "bad_form"), ("project_class", "moon", "not_in_list"), ("year", 1900, "too_small"), ("title", "", "required")],
)
def test_a_field_is_refused_by_its_rule(stage: Stage, field: str, value: object, rule: str) -> None:
    employer, _ = administered(stage)
    assert asked(stage, "register_project", employer, employer, {**BODY, field: value}).broken == {field: rule}


def test_only_users_of_the_unit_get_projects(stage: Stage) -> None:
    employer, _ = administered(stage)
    outsider = another_agent(stage, employer, 7)
    assert asked(stage, "register_project", employer, employer, {**BODY, "account_id": outsider.id}).broken == {
        "account_id": "not_a_member"
    }
