"""Random histories of grants, played twice: by the rules with their written entries, and by a model that counts days."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from expertgate.delegation import rules
from expertgate.delegation.facts import facts_of
from expertgate.delegation.history import Written
from expertgate.delegation.model import Grant
from expertgate.errors.delegation import GrantStateForbids
from expertgate.forms.dates import Period, shanghai_day, start_of

AGENTS = ("A1", "A2", "A3")
BEGAN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["bind", "revoke", "give_back", "disable", "enable", "last_day", "rest", "confirm", "sweep"]),
        st.sampled_from(AGENTS),
        st.integers(0, 3),
        st.integers(0, 4),
        st.integers(0, 40),
    ),
    min_size=1,
    max_size=14,
)


@dataclass
class Written2Ways:
    """The system's entries and standing, and the model's snapshots, of one history."""

    now: datetime = BEGAN
    epoch: int = 0
    grants: dict[str, tuple[Grant, int]] = field(default_factory=dict)
    entries: list[Written] = field(default_factory=list)
    rests: list[datetime] = field(default_factory=list)
    model: dict[str, "Counted"] = field(default_factory=dict)
    snapshots: list[tuple[datetime, dict[str, "Counted"], int]] = field(default_factory=list)

    def play(self, step: tuple[str, str, int, int, int]) -> None:
        """Do one step on both sides; what the rules refuse the model must hold impossible."""
        kind, agent, first, length, hours = step
        getattr(self, f"_{kind}")(agent, first, length)
        self.snapshots.append((self.now, dict(self.model), self.epoch))
        self.now += timedelta(hours=hours, milliseconds=1)

    def expected(self, moment: datetime) -> set[str]:
        """Return who may act at a moment by the model: the last snapshot, and the day it is in Shanghai."""
        before = [one for one in self.snapshots if one[0] <= moment]
        if not before:
            return set()
        _, model, epoch = before[-1]
        today = day_of(moment)
        return {agent for agent, one in model.items() if one.counts(today) and one.epoch == epoch}

    def epoch_at(self, moment: datetime) -> int:
        """Return the unit's standing as the audit trail counts it."""
        return sum(1 for at in self.rests if at <= moment)

    def _bind(self, agent: str, first: int, length: int) -> None:
        today = day_of(self.now)
        if agent in self.model and self.model[agent].is_live(today):
            return
        days = [shanghai_day(self.now) + DAY * first, shanghai_day(self.now) + DAY * (first + length)]
        grant = Grant(f"{agent}-{len(self.entries)}", agent, "U", "fepms", ("r",), Period.of_days(*days), self.now, self.epoch)
        self._write(agent, grant, 1)
        self.model[agent] = Counted(today + first, today + first + length, epoch=self.epoch)

    def _revoke(self, agent: str, _first: int, _length: int) -> None:
        self._change(agent, rules.revoked, over=True)

    def _give_back(self, agent: str, _first: int, _length: int) -> None:
        self._change(agent, rules.given_back, over=True)

    def _disable(self, agent: str, _first: int, _length: int) -> None:
        self._change(agent, lambda grant, now: rules.disabled(grant, now, disabled=True), disabled=True)

    def _enable(self, agent: str, _first: int, _length: int) -> None:
        self._change(agent, lambda grant, now: rules.disabled(grant, now, disabled=False), disabled=False)

    def _last_day(self, agent: str, _first: int, length: int) -> None:
        if agent not in self.grants:
            return
        last = max(self.grants[agent][0].period.first_day, shanghai_day(self.now)) + DAY * length
        self._change(agent, lambda grant, now: rules.with_validity(grant, grant.period.first_day, last, now), last=day_of(start_of(last)))

    def _confirm(self, agent: str, _first: int, _length: int) -> None:
        self._change(agent, lambda grant, now: rules.confirmed(grant, self.epoch, now), epoch=self.epoch)

    def _rest(self, _agent: str, _first: int, _length: int) -> None:
        self.epoch += 1
        self.rests.append(self.now)

    def _sweep(self, agent: str, _first: int, _length: int) -> None:
        self._change(agent, rules.expired)

    def _change(self, agent: str, change: Callable[[Grant, datetime], Grant], **counted: Any) -> None:
        if agent not in self.grants:
            return
        grant, version = self.grants[agent]
        try:
            changed = change(grant, self.now)
        except GrantStateForbids:
            model = self.model[agent]
            assert not model.is_live(day_of(self.now)) or counted.get("disabled") in {model.disabled, None}
            return
        self._write(agent, changed, version + 1)
        self.model[agent] = replace(self.model[agent], **counted)

    def _write(self, agent: str, grant: Grant, version: int) -> None:
        self.grants[agent] = (grant, version)
        self.entries.append(Written(self.now, version, json.loads(json.dumps(facts_of(grant)))))


@dataclass(frozen=True)
class Counted:
    """A grant as a child would keep it: days since the beginning, and whether it was ended or put aside."""

    first: int
    last: int
    over: bool = False
    disabled: bool = False
    epoch: int = 0

    def is_live(self, today: int) -> bool:
        """Tell whether it can still come to something."""
        return not self.over and today <= self.last

    def counts(self, today: int) -> bool:
        """Tell whether it lets its agent act today."""
        return self.is_live(today) and self.first <= today and not self.disabled


def day_of(moment: datetime) -> int:
    """Return the number of the day in Shanghai since the beginning."""
    return (moment + timedelta(hours=8)).toordinal() - BEGAN.toordinal()
