"""Entering a service (DEL-03) gives a real-named unit something to grant."""

from expertgate.account.model import RealName
from tests.builders.grants import opened, person, unit
from tests.stage import Stage


def test_a_unit_enters_a_service_once(stage: Stage) -> None:
    employer = unit(stage)
    first = stage.call("delegation.open_service", token=employer.token, path={"service": "fepms"})
    assert (first.status, first.json["service_name"]) == (201, "外国专家项目管理信息系统")
    assert first.json["roles"] == ["unit_administrator", "unit_applicant"]
    stage.clock.advance(minutes=1)
    again = stage.call("delegation.open_service", token=employer.token, path={"service": "fepms"})
    assert again.json == first.json


def test_a_unit_must_be_real_named_first(stage: Stage) -> None:
    employer = unit(stage, real_name=RealName.IN_REVIEW)
    answered = stage.call("delegation.open_service", token=employer.token, path={"service": "fepms"})
    assert (answered.status, answered.code) == (403, "unit_not_real_named")


def test_an_unknown_service_is_refused(stage: Stage) -> None:
    answered = stage.call("delegation.open_service", token=unit(stage).token, path={"service": "casino"}, language="en")
    assert (answered.status, answered.broken) == (422, {"service": "service_unknown"})


def test_the_name_follows_the_language(stage: Stage) -> None:
    employer = opened(stage, unit(stage))
    answered = stage.call("delegation.open_service", token=employer.token, path={"service": "fepms"}, language="en")
    assert answered.json["service_name"] == "Foreign expert project management"


def test_a_person_has_no_service_to_enter(stage: Stage) -> None:
    answered = stage.call("delegation.open_service", token=person(stage).token, path={"service": "fepms"})
    assert (answered.status, answered.code) == (403, "caller_kind_refused")
