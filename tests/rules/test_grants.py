"""Every cell of state × change (who may do what to a grant), and what time makes of a grant."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from expertgate.delegation import rules
from expertgate.delegation.model import Deed, Ending, Grant, Side, State
from expertgate.errors.delegation import GrantStateForbids
from expertgate.forms.dates import Period

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
RUNNING = Grant(
    "G", "A", "U", "fepms", ("unit_applicant",), Period.of_days(date(2026, 3, 1), date(2026, 4, 30)), NOW - timedelta(days=1), 0
)
IN_STATE = {
    State.OFFERED: replace(RUNNING, offer_until=NOW + timedelta(days=7)),
    State.NOT_YET_IN_FORCE: replace(RUNNING, period=Period.of_days(date(2026, 3, 9), date(2026, 4, 30))),
    State.IN_FORCE: RUNNING,
    State.DISABLED: replace(RUNNING, disabled=True),
    State.EXPIRED: replace(RUNNING, period=Period.of_days(date(2026, 2, 1), date(2026, 3, 1))),
    State.REVOKED: replace(RUNNING, ending=Ending(State.REVOKED, NOW, "revoked")),
    State.GIVEN_BACK: replace(RUNNING, ending=Ending(State.GIVEN_BACK, NOW, "given_back")),
    State.REPLACED: replace(RUNNING, ending=Ending(State.REPLACED, NOW, "agent_changed")),
}

# Written out once more, cell by cell, so that a change of the matrix must be meant.
BEFORE, AFTER, OVER = "OFFERED NOT_YET_IN_FORCE", "NOT_YET_IN_FORCE IN_FORCE DISABLED", "EXPIRED REVOKED GIVEN_BACK REPLACED"
ALLOWED = {
    "agent accept": "OFFERED",
    "agent refuse": "OFFERED",
    "agent give_back": AFTER,
    "agent ask_extension": AFTER,
    "unit change_first_day": BEFORE,
    "unit change_last_day": f"OFFERED {AFTER}",
    "unit disable": "NOT_YET_IN_FORCE IN_FORCE",
    "unit enable": "DISABLED",
    "unit revoke": f"OFFERED {AFTER}",
    "unit replace": f"OFFERED {AFTER}",
    "unit answer_extension": AFTER,
    "unit confirm": f"OFFERED {AFTER}",
    "unit grant_again": OVER,
    "system expire": "EXPIRED",
    "system remind": AFTER,
}
CELLS = [(side, deed, state) for side in Side for deed in Deed for state in State]


@pytest.mark.parametrize(("side", "deed", "state"), CELLS)
def test_each_cell_of_the_matrix(side: Side, deed: Deed, state: State) -> None:
    expected = state.name in ALLOWED.get(f"{side} {deed}", "").split()
    assert rules.is_allowed(side, deed, state) is expected
    if expected:
        rules.demand(IN_STATE[state], side, deed, NOW)
        return
    with pytest.raises(GrantStateForbids) as refused:
        rules.demand(IN_STATE[state], side, deed, NOW)
    assert refused.value.facts == {"state": state.value, "deed": deed.value}


@pytest.mark.parametrize("state", list(State))
def test_a_state_follows_from_row_and_clock(state: State) -> None:
    assert IN_STATE[state].state_at(NOW) is state


def test_an_offer_lapses_after_its_days() -> None:
    offered = IN_STATE[State.OFFERED]
    assert offered.state_at(NOW + timedelta(days=7)) is State.EXPIRED
    late = rules.expired(offered, NOW + timedelta(days=9))
    assert late.ending == Ending(State.EXPIRED, NOW + timedelta(days=7), "offer_lapsed")
    short = replace(offered, period=Period.of_days(date(2026, 3, 1), date(2026, 3, 3)))
    assert short.over_at == short.period.ends


def test_a_grant_ended_later_was_in_force_before() -> None:
    revoked = rules.revoked(RUNNING, NOW)
    assert revoked.state_at(NOW - timedelta(milliseconds=1)) is State.IN_FORCE
    assert revoked.state_at(NOW) is State.REVOKED


def test_expiry_is_written_at_the_moment_it_came() -> None:
    closed = rules.expired(IN_STATE[State.EXPIRED], NOW)
    assert closed.ending is not None
    assert closed.ending.at == IN_STATE[State.EXPIRED].period.ends


def test_what_is_over_is_looked_at_no_more() -> None:
    assert [rules.due_at(IN_STATE[state]) is None for state in (State.REVOKED, State.GIVEN_BACK, State.REPLACED)] == [True] * 3
    assert rules.due_at(RUNNING) == rules.reminder_at(RUNNING, 30)
