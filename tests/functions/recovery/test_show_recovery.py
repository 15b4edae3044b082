"""A recovery is resumed by its ticket, on the client that began it, while it lasts."""

from expertgate.settings import LIMITS
from tests.builders.people import a_verified_person
from tests.builders.recoveries import Traveller, begin
from tests.functions.recovery.test_start_recovery import named
from tests.stage import Stage


def begun(stage: Stage) -> tuple[Traveller, str]:
    person = a_verified_person(stage)
    assert person.mobile
    return begin(stage, "person_password", **named(person)), person.mobile


def test_the_ticket_resumes_where_it_stood(stage: Stage) -> None:
    recovery, mobile = begun(stage)
    recovery.prove(mobile)
    shown = recovery.show().json
    assert (shown["next"]["step"], [one["state"] for one in shown["steps"]]) == ("set_password", ["done", "done", "current", "to_come"])


def test_the_ticket_is_useless_to_others(stage: Stage) -> None:
    recovery, _ = begun(stage)
    assert recovery.call("show_recovery", address="198.51.100.9").code == "recovery_unknown"
    assert recovery.call("show_recovery", ticket="x" * 43).code == "recovery_unknown"
    other, _ = begun(stage)
    assert recovery.call("show_recovery", ticket=other.ticket).code == "recovery_unknown"


def test_an_unknown_recovery_looks_like_a_foreign_one(stage: Stage) -> None:
    headers = {"recovery-ticket": "x" * 43}
    assert stage.call("recovery.show_recovery", path={"recovery_id": "01KJPZ5B80000000000000000"}, headers=headers).status == 404


def test_a_missing_ticket_is_named(stage: Stage) -> None:
    answered = stage.call("recovery.show_recovery", path={"recovery_id": "01KJPZ5B80000000000000000"})
    assert answered.broken == {"recovery-ticket": "missing"}


def test_time_is_shown_running_out(stage: Stage) -> None:
    recovery, _ = begun(stage)
    stage.clock.advance(seconds=LIMITS.flow_life - 1)
    assert recovery.show().json["expires_in"] == 1
    stage.clock.advance(seconds=1)
    assert recovery.show().json["expires_in"] == 0
