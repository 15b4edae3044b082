"""The sweep (DEL-08) closes and reminds, once each; nothing is allowed because it is late."""

from datetime import UTC, datetime, timedelta

import pytest

from expertgate.account.store import AccountRow
from expertgate.caller import system
from expertgate.delegation import rules
from expertgate.delegation.actions.authority import require_grant
from expertgate.delegation.actions.resting import tell_resting
from expertgate.delegation.store import GrantRow
from expertgate.errors.delegation import NoAuthority
from expertgate.notice.store import NoticeRow
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.change import Change
from expertgate.outbound.rows import Row
from expertgate.outbound.standing import rest_grants, standing_key
from expertgate.settings import LIMITS
from tests.builders.audits import facts_of
from tests.builders.grants import Somebody, act, again, bound, day, opened, person, told, unit
from tests.stage import Stage

MIDNIGHT = datetime(2026, 3, 5, 16, 0, tzinfo=UTC)  # 6 March, 00:00 in Shanghai


def _swept(stage: Stage) -> int:
    return int(stage.run("delegation.expire_grants")["done"])


def _rest(stage: Stage, employer: Somebody, *, minutes: int = 2) -> None:
    """Rest the unit's grants, and let the time pass after which they are told."""
    change = Change(stage.world, system("test"))
    rest_grants(change, employer.id, "suspended")
    change.commit(None)
    stage.clock.advance(minutes=minutes)


def _confirmed(stage: Stage, employer: Somebody, grant_id: str) -> None:
    answered = stage.call("delegation.confirm_grants", {"grant_ids": [grant_id]}, token=again(stage, employer).token)
    assert answered.status == 200, answered.text
    stage.clock.advance(milliseconds=1)


def test_an_ended_grant_is_closed_and_told_once(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent, last_day=day(stage, 1))
    stage.clock.advance(days=2)
    assert [_swept(stage), _swept(stage)] == [1, 0]
    assert told(stage, agent) == ["grant_bound", "grant_expired"]
    assert told(stage, employer) == ["grant_bound_unit", "grant_expired_unit"]
    last = list(AuditRow.query(f"UNIT#{employer.id}#SERVICE#fepms", page_size=10))[-1]
    assert (last.tag, last.actor_kind) == ("delegation:grant:expired", "task")


def test_a_grant_ends_at_its_instant_and_not_before(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent, last_day="2026-03-05")
    stage.clock.set(MIDNIGHT - timedelta(days=1))
    _swept(stage)  # what was to be reminded of is out of the way
    stage.clock.set(MIDNIGHT - timedelta(milliseconds=1))
    assert _swept(stage) == 0
    stage.clock.set(MIDNIGHT)
    assert [_swept(stage), _swept(stage)] == [1, 0]
    assert told(stage, agent)[-1] == "grant_expired"


def _spoil(row: Row) -> None:
    row.update([type(row).sealed.set(b"broken")])


@pytest.mark.parametrize("spoilt", ["grant", "account", "standing"])
def test_a_broken_seal_keeps_nobody_waiting(stage: Stage, caplog: pytest.LogCaptureFixture, spoilt: str) -> None:
    other, stranger, employer, agent = opened(stage, unit(stage, 2)), person(stage, 2), opened(stage, unit(stage)), person(stage)
    bound(stage, other, stranger, last_day=day(stage, 1 if spoilt != "standing" else 9))
    bound(stage, employer, agent, last_day=day(stage, 1))
    if spoilt == "standing":
        _rest(stage, other)
    _spoil(AccountRow(pk=f"ACCOUNT#{stranger.id}") if spoilt == "account" else next(iter(GrantRow.query(f"AGENT#{stranger.id}"))))
    stage.clock.advance(days=2)
    assert [_swept(stage), _swept(stage)] == [2 if spoilt == "account" else 1, 0]
    assert told(stage, agent) == ["grant_bound", "grant_expired"]
    assert "SealBroken" in {vars(one)["kind"] for one in caplog.records if one.message == "unexpected"}


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        (MIDNIGHT - timedelta(milliseconds=1), True),
        (MIDNIGHT, False),
        (MIDNIGHT + timedelta(milliseconds=1), False),
    ],
)
def test_the_last_day_ends_without_any_sweep(stage: Stage, moment: datetime, allowed: bool) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent, last_day="2026-03-05")
    stage.clock.set(moment)
    if allowed:
        assert require_grant(agent.id, employer.id, "fepms", stage.clock.now()).agent_id == agent.id
        return
    with pytest.raises(NoAuthority) as refused:
        require_grant(agent.id, employer.id, "fepms", stage.clock.now())
    assert refused.value.facts == {"reason": "expired"}


@pytest.mark.parametrize(("before", "reason"), [(timedelta(milliseconds=1), "not_yet_in_force"), (timedelta(0), None)])
def test_the_first_day_begins_at_midnight_in_shanghai(stage: Stage, before: timedelta, reason: str | None) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent, first_day="2026-03-06")
    stage.clock.set(MIDNIGHT - before)
    if reason is None:
        assert require_grant(agent.id, employer.id, "fepms", stage.clock.now()).agent_id == agent.id
        return
    with pytest.raises(NoAuthority) as refused:
        require_grant(agent.id, employer.id, "fepms", stage.clock.now())
    assert refused.value.facts == {"reason": reason}


def test_reminders_come_once_each_before_the_end(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent, last_day=day(stage, 40))
    seen = []
    for passed in range(42):
        seen += [passed] * _swept(stage)
        _swept(stage)
        stage.clock.advance(days=1)
    assert seen == [10, 33, 39, 41]
    assert told(stage, agent) == ["grant_bound", *["grant_expiring"] * 3, "grant_expired"]
    assert told(stage, employer).count("grant_expiring_unit") == 3


def test_a_late_sweep_gives_only_the_nearest_reminder(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent, last_day=day(stage, 40))
    stage.clock.advance(days=35)
    assert [_swept(stage), _swept(stage)] == [1, 0]
    assert told(stage, agent) == ["grant_bound", "grant_expiring"]


def test_a_late_reminder_says_the_days_left(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent, last_day=day(stage, 8))
    stage.clock.advance(days=3)  # due a week before the end, on the second day; nothing ran on that day
    _swept(stage)
    last = list(NoticeRow.query(f"ACCOUNT#{agent.id}", page_size=10))[-1]
    assert (last.template, last.unseal(stage.world.keys)["facts"]["days"]) == ("grant_expiring", 5)


def test_reminders_chosen_otherwise_hold_up_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    employer, agent, other = opened(stage, unit(stage)), person(stage), person(stage, 2, "王小明")
    bound(stage, employer, agent, last_day=day(stage, 40))
    monkeypatch.setattr(rules, "LIMITS", LIMITS._replace(grant_reminder_days=(7,)))
    stage.clock.advance(days=12)
    bound(stage, again(stage, employer), other, last_day=day(stage))
    stage.clock.advance(days=1)
    assert [_swept(stage), _swept(stage)] == [2, 0]
    assert (told(stage, agent), told(stage, other)) == (["grant_bound"], ["grant_bound", "grant_expired"])


def test_a_short_grant_gets_no_outdated_reminder(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent, last_day=day(stage, 5))
    assert _swept(stage) == 0
    stage.clock.advance(days=4)
    assert _swept(stage) == 1
    assert told(stage, agent)[-1] == "grant_expiring"


@pytest.mark.parametrize("days", [1, 7, 30])
def test_nobody_is_reminded_on_the_day_of_binding(stage: Stage, days: int) -> None:
    stage.clock.set(datetime(2026, 3, 1, 16, 30, tzinfo=UTC))  # half past midnight in Shanghai, long before the reminders of the day
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent, last_day=day(stage, 60)).json["id"]
    act(stage, employer, "change_validity", grant_id, {"first_day": day(stage), "last_day": day(stage, days)})
    bound(stage, employer, person(stage, 2), last_day=day(stage, days))
    stage.clock.advance(hours=23)
    assert _swept(stage) == 0
    stage.clock.advance(days=days)
    _swept(stage)
    assert ("grant_expiring" in told(stage, agent)) is (days > 1)


def test_a_longer_validity_is_reminded_of_anew(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent, last_day=day(stage, 8)).json["id"]
    stage.clock.advance(days=7)
    assert _swept(stage) == 1
    body = {"first_day": day(stage, -7), "last_day": day(stage, 10)}
    stage.call("delegation.change_validity", body, token=again(stage, employer).token, path={"grant_id": grant_id})
    stage.clock.advance(days=3)
    assert _swept(stage) == 1
    assert told(stage, agent).count("grant_expiring") == 2


def test_a_revoked_grant_is_left_alone(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent, last_day=day(stage, 1)).json["id"]
    stage.call("delegation.revoke_grant", token=employer.token, path={"grant_id": grant_id})
    stage.clock.advance(days=3)
    assert _swept(stage) == 0


def test_each_schedule_sweeps_its_own_shards(stage: Stage) -> None:
    employer = opened(stage, unit(stage))
    for seed in range(12):
        bound(stage, employer, person(stage, seed), last_day=day(stage))
    stage.clock.advance(days=1)
    quarters = [range(4), range(4, 8), range(8, 12), range(12, 16)]
    done = [stage.run("delegation.expire_grants", {"shards": list(some)})["done"] for some in quarters]
    assert sum(done) == 12
    assert _swept(stage) == 0


def test_a_side_that_is_gone_holds_up_nobody(stage: Stage) -> None:
    employer, gone, agent = opened(stage, unit(stage)), person(stage), person(stage, 2, "王小明")
    for somebody in (gone, agent):
        bound(stage, employer, somebody, last_day=day(stage))
    row = AccountRow.find(f"ACCOUNT#{gone.id}")
    assert row is not None
    row.delete()
    stage.clock.advance(days=1)
    assert [_swept(stage), _swept(stage)] == [2, 0]
    assert told(stage, agent)[-1] == "grant_expired"


def test_both_sides_are_told_once_that_grants_rest(stage: Stage) -> None:
    employer, agents = opened(stage, unit(stage)), [person(stage, seed) for seed in range(3)]
    for agent in agents:
        bound(stage, employer, agent)
    _rest(stage, employer, minutes=0)
    assert _swept(stage) == 0  # the index by unit may not show yet what was bound a moment ago
    stage.clock.advance(minutes=1)
    assert [_swept(stage), _swept(stage)] == [1, 0]
    assert [told(stage, agent) for agent in agents] == [["grant_bound", "grant_rested"]] * 3
    assert told(stage, employer)[3:] == ["grant_rested_unit"]
    (row,) = list(NoticeRow.query(f"ACCOUNT#{employer.id}", page_size=10))[3:]
    assert row.unseal(stage.world.keys)["facts"] == {"count": 3}
    (on_record,) = facts_of(f"UNIT#{employer.id}", "delegation:grants:rest_told")
    assert len(on_record["grants"]) == 3


def test_many_agents_are_told_page_by_page(stage: Stage) -> None:
    employer, agents = opened(stage, unit(stage)), [person(stage, seed) for seed in range(47)]
    for agent in agents:
        bound(stage, employer, agent)
    _rest(stage, employer)
    assert [_swept(stage), _swept(stage)] == [2, 0]
    assert {told(stage, agent).count("grant_rested") for agent in agents} == {1}
    assert told(stage, employer).count("grant_rested_unit") == 1
    (row,) = [one for one in NoticeRow.query(f"ACCOUNT#{employer.id}", page_size=100) if one.template == "grant_rested_unit"]
    assert row.unseal(stage.world.keys)["facts"] == {"count": len(agents)}


def test_who_rests_already_is_not_told_again(stage: Stage) -> None:
    employer, resting, confirmed = opened(stage, unit(stage)), person(stage), person(stage, 2, "王小明")
    bound(stage, employer, resting)
    grant_id = bound(stage, employer, confirmed).json["id"]
    for _ in range(2):
        _rest(stage, employer)
        assert _swept(stage) == 1
        _confirmed(stage, employer, grant_id)
    assert told(stage, resting).count("grant_rested") == 1
    assert told(stage, confirmed).count("grant_rested") == 2


def test_a_unit_may_change_while_it_is_told(stage: Stage) -> None:
    employer, agents = opened(stage, unit(stage)), [person(stage, seed) for seed in range(46)]
    grants = [bound(stage, employer, agent).json["id"] for agent in agents]
    _rest(stage, employer)
    assert tell_resting(standing_key(employer.id), system("killed after a page"), stage.world) == 1
    assert [told(stage, agent).count("grant_rested") for agent in agents] == [0] + [1] * 45
    _confirmed(stage, employer, grants[45])
    _rest(stage, employer)
    assert [_swept(stage), _swept(stage)] == [3, 0]
    assert [told(stage, agent).count("grant_rested") for agent in agents] == [1] * 45 + [2]


def test_ended_and_confirmed_grants_are_left_untold(stage: Stage) -> None:
    employer, ended, confirmed = opened(stage, unit(stage)), person(stage), person(stage, 2, "王小明")
    act(stage, employer, "revoke_grant", bound(stage, employer, ended).json["id"])
    grant_id = bound(stage, employer, confirmed).json["id"]
    _rest(stage, employer)
    _confirmed(stage, employer, grant_id)
    assert _swept(stage) == 1
    assert told(stage, ended)[-1] == "grant_revoked"
    assert told(stage, confirmed)[-1] == "grant_confirmed"
    assert told(stage, employer).count("grant_rested_unit") == 0


def test_a_closed_account_is_told_nothing_and_stops_nobody(stage: Stage) -> None:
    employer, gone, agent = opened(stage, unit(stage)), person(stage), person(stage, 2, "王小明")
    for somebody in (gone, agent):
        bound(stage, employer, somebody)
    for somebody in (gone, employer):
        row = AccountRow.find(f"ACCOUNT#{somebody.id}")
        assert row is not None
        row.delete()
    _rest(stage, employer)
    assert [_swept(stage), _swept(stage)] == [1, 0]
    assert told(stage, agent)[-1] == "grant_rested"
