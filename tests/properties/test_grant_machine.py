"""Whatever units and agents do through the doors, the check says what a model that counts days says, then and afterwards."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from expertgate.caller import system
from expertgate.outbound.change import Change
from expertgate.outbound.standing import rest_grants
from expertgate.settings import DAY, LIMITS
from tests.builders.grants import Somebody, act, again, day, opened, order, person, reason, unit
from tests.properties.histories import Counted, day_of
from tests.stage import Stage

WHO = st.integers(0, 1)
AHEAD = st.integers(0, 3)


class Grants(RuleBasedStateMachine):
    """One unit and two people, new ones for each run."""

    stage: ClassVar[Stage]
    seeds: ClassVar[Iterator[int]]
    employer: Somebody
    agents: list[Somebody]

    @initialize()
    def begin(self) -> None:
        seed = next(self.seeds)
        self.employer = opened(self.stage, unit(self.stage, seed, f"邯郸市第{seed}公司"))
        self.agents = [person(self.stage, 2 * seed), person(self.stage, 2 * seed + 1)]
        self.model: dict[int, Counted] = {}
        self.ids: dict[int, str] = {}
        self.changes: Counter[tuple[int, int]] = Counter()
        self.epoch = 0
        self.seen: list[tuple[datetime, set[str]]] = []

    @rule(who=WHO, first=AHEAD, length=AHEAD)
    def bind(self, who: int, first: int, length: int) -> None:
        today = day_of(self.stage.clock.now())
        body = order(self.stage, self.agents[who], first_day=day(self.stage, first), last_day=day(self.stage, first + length))
        expected = 409 if self._is_live(who) else self._told(who, 201)
        answered = self.stage.call("delegation.bind_agent", body, token=again(self.stage, self.employer).token)
        assert answered.status == expected, answered.text
        if answered.status == 201:
            self.ids[who] = answered.json["id"]
            self.model[who] = Counted(today + first, today + first + length, epoch=self.epoch)

    @rule(who=WHO)
    def revoke(self, who: int) -> None:
        self._do(who, "revoke_grant", self._is_live(who), over=True)

    @rule(who=WHO)
    def give_back(self, who: int) -> None:
        self._do(who, "give_back_grant", self._is_live(who), by_agent=True, over=True)

    @rule(who=WHO)
    def disable(self, who: int) -> None:
        self._do(who, "disable_grant", self._is_live(who) and not self.model[who].disabled, disabled=True)

    @rule(who=WHO)
    def enable(self, who: int) -> None:
        self._do(who, "enable_grant", self._is_live(who) and self.model[who].disabled, told=True, disabled=False)

    @rule(who=WHO, length=AHEAD)
    def move_last_day(self, who: int, length: int) -> None:
        if who not in self.model:
            return
        today, first = day_of(self.stage.clock.now()), self.model[who].first
        last = max(today, first) + length
        body = {"first_day": day(self.stage, first - today), "last_day": day(self.stage, last - today)}
        self._do(who, "change_validity", self._is_live(who), body, told=last != self.model[who].last, last=last)

    @rule()
    def rest(self) -> None:
        change = Change(self.stage.world, system("machine"))
        rest_grants(change, self.employer.id, "new_legal_representative")
        change.commit(None)
        self.epoch += 1

    @rule(who=WHO)
    def confirm(self, who: int) -> None:
        if who in self.ids:
            body = {"grant_ids": [self.ids[who]]}
            answered = self.stage.call("delegation.confirm_grants", body, token=again(self.stage, self.employer).token)
            assert answered.status == (200 if self._is_live(who) else 409), answered.text
            self._note(who, answered.status, epoch=self.epoch)

    @rule(hours=st.integers(1, 40))
    def wait(self, hours: int) -> None:
        self.stage.clock.advance(hours=hours)

    @rule()
    def sweep(self) -> None:
        self.stage.run("delegation.expire_grants")

    @invariant()
    def the_check_says_what_the_model_says(self) -> None:
        self.stage.clock.advance(milliseconds=1)
        now = self.stage.clock.now()
        expected = {self.agents[who].id for who in self.model if self._counts(who)}
        assert {one.id for one in self.agents if reason(self.stage, self.employer, one) == "granted"} == expected
        self.seen.append((now, expected))
        self.stage.clock.advance(milliseconds=1)

    def teardown(self) -> None:
        """Ask for every moment once more, from the audit trail."""
        token = again(self.stage, self.employer).token if hasattr(self, "employer") else ""
        for moment, expected in self.seen if token else ():
            asked = {"service": "fepms", "at": moment.isoformat().replace("+00:00", "Z")}
            answered = self.stage.call("delegation.show_past_authority", token=token, query=asked).json
            assert {one["agent_id"] for one in answered["agents"]} == expected, moment

    def _told(self, who: int, status: int) -> int:
        """Count a change that the other side is told of and that may come again; the day's last one is followed by refusals."""
        today = who, int(self.stage.clock.now().timestamp()) // DAY
        self.changes[today] += 1
        return status if self.changes[today] <= LIMITS.grant_changes_a_day else 429

    def _do(
        self, who: int, deed: str, allowed: bool, body: Any = None, *, by_agent: bool = False, told: bool = False, **after: Any
    ) -> None:
        if who in self.ids:
            somebody = again(self.stage, self.agents[who] if by_agent else self.employer)
            expected = (self._told(who, 200) if told else 200) if allowed else 409
            answered = act(self.stage, somebody, deed, self.ids[who], body)
            assert answered.status == expected, answered.text
            self._note(who, answered.status, **after)

    def _note(self, who: int, status: int, **after: Any) -> None:
        if status == 200:
            self.model[who] = replace(self.model[who], **after)

    def _is_live(self, who: int) -> bool:
        return who in self.model and self.model[who].is_live(day_of(self.stage.clock.now()))

    def _counts(self, who: int) -> bool:
        return self.model[who].counts(day_of(self.stage.clock.now())) and self.model[who].epoch == self.epoch


def _machine_on(stage: Stage) -> type[Grants]:
    return type("GrantsHere", (Grants,), {"stage": stage, "seeds": count(1)})


def _examples(number: int) -> settings:
    return settings(
        max_examples=number,
        stateful_step_count=15,
        suppress_health_check=list(HealthCheck),
    )


def test_the_check_agrees_with_a_model(stage: Stage) -> None:
    run_state_machine_as_test(_machine_on(stage), settings=_examples(15))


@pytest.mark.slow
def test_the_check_agrees_with_a_model_for_long(stage: Stage) -> None:
    run_state_machine_as_test(_machine_on(stage), settings=_examples(1_000))
