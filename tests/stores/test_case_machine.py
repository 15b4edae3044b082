"""Whatever officials and applicants do, in any order, a case stays whole: Hypothesis plays with one case until it ends."""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from expertgate import effects
from expertgate.caller import CallerKind
from expertgate.errors.base import ExpertGateError
from expertgate.outbound.audit import AuditRow
from expertgate.review.actions.opening import resubmit, resume_case, suspend_case
from expertgate.review.model import Case, CaseState, Duty, OfficialStatus
from expertgate.review.store import cases as store
from expertgate.review.store import officials
from expertgate.review.store.counters import NOW, counts
from expertgate.review.store.holdings import held_by
from expertgate.review.store.rows import OpenRow, open_key
from expertgate.review.store.runs import case_and_run
from tests.builders.cases import APPLIED, FORM, FakeWorkflow, as_system, claim, decision, desks, opened
from tests.builders.officials import HANDAN, NATIONAL, Desk, official
from tests.conftest import TEMPLATE
from tests.stage import Stage, open_stage, session_for

_GOES_ON = {"in_review", "suspended"}


class OneCase(RuleBasedStateMachine):
    """A case at 邯郸, its three levels, a second official of the first level who may leave, its applicant, a workflow that may be late."""

    engine: str | None = None

    def __init__(self) -> None:
        """Open the case."""
        super().__init__()
        APPLIED.clear()
        self._opened = open_stage(TEMPLATE, self.engine)
        self.stage: Stage = self._opened.__enter__()
        self.stage.world.__dict__["workflow"] = FakeWorkflow()
        self.desks: list[Desk] = [*desks(self.stage), official(self.stage, HANDAN)]
        self.supervisor = official(self.stage, HANDAN, Duty.SUPERVISOR)
        self.administrator = official(self.stage, NATIONAL, Duty.ADMINISTRATOR)
        self.applicant = session_for(self.stage, CallerKind.PERSON, "A1")
        self.case_id = opened(self.stage)
        self.version, self.round = 0, 0
        self.seen: dict[int, dict[str, Any]] = {}
        self.ended: CaseState | None = None

    def teardown(self) -> None:
        """Put the stage away."""
        self._opened.__exit__(None, None, None)

    @property
    def case(self) -> Case:
        """Return the case as it stands."""
        return store.case(self.stage.world, self.case_id)

    @rule(desk=st.integers(0, 3))
    def claims(self, desk: int) -> None:
        """Somebody claims it and remembers what he saw."""
        answered = claim(self.stage, self.case_id, self.desks[desk])
        if answered.status == 200:
            self.seen[desk] = answered.json

    @rule(desk=st.integers(0, 3))
    def releases(self, desk: int) -> None:
        """Somebody gives it back."""
        self.stage.call("review.release_case", token=self.desks[desk].token, path={"case_id": self.case_id})

    @precondition(lambda self: self.seen)
    @rule(desk=st.integers(0, 3), outcome=st.sampled_from(["approve", "approve", "approve", "return", "reject"]))
    def decides(self, desk: int, outcome: str) -> None:
        """Somebody decides what he once saw, however old."""
        if desk not in self.seen:
            return
        body = decision(self.seen[desk], outcome)
        before = self.case
        answered = self.stage.call("review.decide_case", body, token=self.desks[desk].token, path={"case_id": self.case_id})
        if answered.status == 201 and self.case.version != before.version:
            assert before.claimed_by == self.desks[desk].id
            assert self.desks[desk].id not in before.deciders

    @rule(changes=st.sampled_from(["name", "staff"]))
    def submits_again(self, changes: str) -> None:
        """The applicant corrects a field, opened or not."""
        basic: dict[str, Any] = {"name": "青岛海洋研究院", "staff": 120} if changes == "name" else {"name": "青岛海洋研究所", "staff": 121}
        before = self.case
        change = as_system(self.stage)
        try:
            resubmit(change, before, {**FORM, "basic": basic}, [])
        except ExpertGateError:
            return
        change.commit(None)
        assert before.state is CaseState.RETURNED

    @rule(desk=st.integers(0, 3))
    def is_assigned(self, desk: int) -> None:
        """A supervisor puts it into somebody's hands."""
        body, path = {"official_id": self.desks[desk].id}, {"case_id": self.case_id}
        answered = self.stage.call("review.assign_case", body, token=self.supervisor.token, path=path)
        if answered.status == 200:
            self.seen[desk] = answered.json

    @precondition(lambda self: self.round >= 2)
    @rule()
    def an_official_leaves(self) -> None:
        """The second official of the first level may do nothing any more, once the play is in its second round."""
        self.stage.call("review.disable_official", token=self.administrator.token, path={"official_id": self.desks[3].id})

    @rule()
    def withdraws(self) -> None:
        """The applicant withdraws, in one of a few runs: it ends the play."""
        if self.round >= 2:
            self.stage.call("review.withdraw_case", token=self.applicant, path={"case_id": self.case_id})

    @rule(aside=st.booleans())
    def is_laid_aside(self, aside: bool) -> None:
        """The account is suspected of being a duplicate, or cleared."""
        change = as_system(self.stage)
        try:
            if aside:
                suspend_case(change, self.case, "duplicate")
            else:
                resume_case(change, self.case)
        except ExpertGateError:
            return
        change.commit(None)

    @rule(seconds=st.sampled_from([1, 31]))
    def the_workflow_comes_by(self, seconds: int) -> None:
        """The execution of the moment takes its next step, and the reconciler looks."""
        self.stage.clock.advance(seconds=seconds)
        found = case_and_run(self.stage.world, self.case_id)
        assert found is not None
        event = {"case": self.case_id, "round": found[1].round, "attempt": found[1].attempt}
        name = "open_level" if found[0].state.value in _GOES_ON else "close_round"
        self.stage.run(f"review.{name}", {**event, "token": "T"})
        self.stage.run("review.reconcile_cases")

    @invariant()
    def versions_and_rounds_only_grow(self) -> None:
        """Nothing is ever taken back."""
        case = self.case
        assert case.version >= self.version
        assert case.round >= self.round
        self.version, self.round = case.version, case.round

    @invariant()
    def an_ended_case_stays_as_it_ended(self) -> None:
        """Approved, rejected and withdrawn are for ever."""
        state = self.case.state
        assert self.ended in {None, state}
        self.ended = state if not state.is_open else None

    @invariant()
    def an_effect_happens_once_and_only_at_the_end(self) -> None:
        """Effect, conclusion and the freed subject go together."""
        case = self.case
        assert len(APPLIED) == int(case.concluded)
        assert not (case.concluded and case.state.is_open)
        assert (OpenRow.find(open_key(case.kind, case.subject)) is None) is case.concluded

    @invariant()
    def holdings_and_holder_agree(self) -> None:
        """Exactly the holder holds it, and only while it is in review."""
        case = self.case
        holders = [desk.id for desk in self.desks if self.case_id in set(held_by(desk.id))]
        assert holders == ([case.claimed_by] if case.claimed_by else [])
        assert case.claimed_by is None or case.state is CaseState.IN_REVIEW

    @invariant()
    def nobody_inactive_holds_it(self) -> None:
        """Who holds it is at work where it lies."""
        case = self.case
        if case.claimed_by is not None:
            holder = officials.official(self.stage.world, case.claimed_by)
            assert (holder.status, holder.bureau) == (OfficialStatus.ACTIVE, case.here.bureau)

    @invariant()
    def counters_show_one_open_case(self) -> None:
        """What is open now is counted where it lies."""
        case = self.case
        open_now = {(bureau, name) for (bureau, _, _), one in counts(NOW, None).items() for name, number in one.items() if number}
        names = {CaseState.IN_REVIEW: "in_review", CaseState.RETURNED: "waiting_return", CaseState.SUSPENDED: "suspended"}
        assert open_now == ({(case.here.bureau, names[case.state])} if case.state.is_open else set())

    @invariant()
    def nobody_decided_twice_in_a_chain(self) -> None:
        """Four eyes, in what was written."""
        made = [one for one in store.file_of(self.stage.world, self.case_id).decisions if one.round == self.round]
        assert len({one.official_id for one in made}) == len(made)
        assert [one.level for one in made] == list(range(len(made)))

    @invariant()
    def every_decision_is_in_the_audit(self) -> None:
        """As many deeds as decisions."""
        decided = [row for row in AuditRow.query(f"CASE#{self.case_id}", page_size=100) if row.tag == "review:case:decided"]
        assert len(decided) == len(store.file_of(self.stage.world, self.case_id).decisions)


def test_a_case_stays_whole_whatever_happens(engine: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effects, "EFFECTS", {"unit_admission": "tests.builders.cases:note_effect"})
    monkeypatch.setattr(OneCase, "engine", engine)
    play = settings(max_examples=10 if engine else 3, stateful_step_count=25, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(OneCase, settings=play)
