"""The home page shows user, role, counts, notices, news and the reminder."""

from expertgate.review.model import Duty
from tests.builders.admission import administered, admitted, asked, employer_and_agent, member_form, registered, sent
from tests.builders.officials import official
from tests.functions.admission.test_request_unit_change import change_form
from tests.stage import Stage


def test_an_administrator_sees_the_counts_of_the_unit(stage: Stage) -> None:
    employer, agent = administered(stage)
    registered(stage, employer)
    registered(stage, employer, "G2026130002", state="established", account_id=agent.id)
    home = asked(stage, "show_home", employer, employer).json
    assert (home["role_name"], home["unit_name"]) == ("用人单位管理员", employer.name)
    assert home["projects"] == {"draft": 1, "pending": 0, "established": 1}
    assert home["reminder"] == "请勿上传涉密材料"


def test_a_user_sees_the_counts_of_the_own_desk(stage: Stage) -> None:
    employer, agent = administered(stage)
    registered(stage, employer)
    registered(stage, employer, "G2026130002", state="established", account_id=agent.id)
    home = asked(stage, "show_home", agent, employer).json
    assert (home["role"], home["projects"]) == ("unit_applicant", {"draft": 0, "pending": 0, "established": 1})


def test_notices_and_news_are_on_every_home_page(stage: Stage) -> None:
    employer, agent = administered(stage)
    desk = official(stage, "100000", Duty.ADMINISTRATOR)
    for kind in ("notice", "news"):
        stage.call("admission.publish_bulletin", {"kind": kind, "title": kind, "text": "申报开始"}, token=desk.token)
    home = asked(stage, "show_home", agent, employer).json
    assert ([one["title"] for one in home["notices"]], [one["title"] for one in home["news"]]) == (["notice"], ["news"])


def test_a_publication_is_seen_within_a_minute(stage: Stage) -> None:
    employer, agent = administered(stage)
    desk = official(stage, "100000", Duty.ADMINISTRATOR)
    seen = []
    for title, seconds in (("first", 1), ("second", 59), ("third", 1)):
        stage.call("admission.publish_bulletin", {"kind": "notice", "title": title, "text": "申报开始"}, token=desk.token)
        stage.clock.advance(seconds=seconds)
        seen.append([one["title"] for one in asked(stage, "show_home", agent, employer).json["notices"]])
    assert seen == [["first"], ["first"], ["third", "second", "first"]]


def test_who_is_not_in_has_no_home(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    answered = asked(stage, "show_home", agent, employer)
    assert (answered.status, answered.code, answered.json["facts"]["outcome"]) == (403, "not_admitted", "unit_form")


_PROJECT = {"number": "G2026130009", "title": "合金材料联合研究", "project_class": "person", "year": 2026}
_NOT_YET: dict[str, tuple[object, str]] = {
    "assign_project": ({"account_id": "A1"}, "not_admitted"),
    "list_members": (None, "not_admitted"),
    "list_projects": (None, "not_admitted"),
    "register_project": (_PROJECT, "not_admitted"),
    "request_unit_change": ("change", "not_admitted"),
    "save_member_draft": ({"form": {}}, "kept"),
    "save_unit_draft": ({"form": {}}, "kept"),
    "show_home": (None, "not_admitted"),
    "show_project": (None, "not_admitted"),
    "submit_member_profile": (member_form(), "form_not_expected"),
    "take_back_project": (None, "not_admitted"),
}


def test_who_is_in_review_gets_no_further(stage: Stage) -> None:
    employer, _ = admitted(stage)
    project = stage.world.codes.ulid(stage.clock.now())
    assert sent(stage, employer, employer, member_form(), "member").status == 201
    for action, (body, code) in _NOT_YET.items():
        typed = change_form(stage, employer) if body == "change" else body
        answered = asked(stage, action, employer, employer, typed, project_id=project)
        assert (action, answered.json.get("code", "kept")) == (action, code)
