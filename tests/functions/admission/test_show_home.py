"""The home page shows user, role, counts, notices, news and the reminder."""

from expertgate.review.model import Duty
from tests.builders.admission import administered, asked, employer_and_agent, registered
from tests.builders.officials import official
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


def test_who_is_not_in_has_no_home(stage: Stage) -> None:
    employer, agent = employer_and_agent(stage)
    answered = asked(stage, "show_home", agent, employer)
    assert (answered.status, answered.code, answered.json["facts"]["outcome"]) == (403, "not_admitted", "unit_form")
