"""Cases and officials for tests: opened, claimed and decided the way doors do it, with little to say."""

from typing import Any

from expertgate.caller import Caller, CallerKind, system
from expertgate.errors.edge import TryAgain
from expertgate.outbound.change import Change
from expertgate.outbound.workflow import Standing
from expertgate.review.actions.opening import Applicant, open_case, started
from expertgate.review.model import Case
from expertgate.settings import settings
from tests.builders.officials import HANDAN, HEBEI, NATIONAL, Desk, official
from tests.permissions import note
from tests.stage import Answered, Stage

FORM: dict[str, object] = {"basic": {"name": "青岛海洋研究所", "staff": 120}, "contact": {"mobile": "+8613800138000", "name": "李晓波"}}


def applicant(account_id: str = "A1", unit_id: str | None = None) -> Applicant:
    """Return somebody who applies."""
    return Applicant(account_id, unit_id, "+8613800138000", "李晓波")


def opened(stage: Stage, **changed: object) -> str:
    """Open a case (unit admission at 邯郸, so three levels, unless told otherwise), its workflow started, and return its id."""
    change = Change(stage.world, Caller(CallerKind.PERSON, "request", account_id="A1"))
    facts: dict[str, object] = {"kind": "unit_admission", "subject": "U1", "applicant": applicant(), "bureau": "130400", "form": FORM}
    case_id = open_case(change, attachments=[], **{**facts, **changed}).id  # type: ignore[arg-type]  # a test says what it is about
    change.commit(None)
    started(stage.world, case_id)
    return case_id


def as_system(stage: Stage) -> Change:
    """Return a change that the system itself makes."""
    return Change(stage.world, system("test"))


class FakeWorkflow:
    """A workflow engine that notes what it was told; `broken` makes every call fail, `full_for` the start of these cases."""

    def __init__(self) -> None:
        """Begin with nothing told."""
        self.broken = False
        self.full_for: set[str] = set()
        self.started: list[tuple[str, int, int]] = []
        self.answered: list[tuple[str, dict[str, Any]]] = []
        self.standings: dict[tuple[str, int, int], Standing] = {}

    def start(self, case_id: str, round_number: int, attempt: int) -> None:
        """Note a start."""
        self._work("StartExecution")
        if case_id in self.full_for:
            raise TryAgain
        self.started.append((case_id, round_number, attempt))
        self.standings.setdefault((case_id, round_number, attempt), Standing.RUNNING)

    def answer(self, token: str, turn: dict[str, Any]) -> bool:
        """Note an answer."""
        self._work("SendTaskSuccess")
        self.answered.append((token, turn))
        return True

    def standing(self, case_id: str, round_number: int, attempt: int) -> Standing:
        """Return what the test said, else whether it was started."""
        self._work("DescribeExecution")
        return self.standings.get((case_id, round_number, attempt), Standing.ABSENT)

    def _work(self, call: str) -> None:
        note(f"states:{call}", _resource(call))
        if self.broken:
            raise TryAgain


def _resource(call: str) -> str:
    machine = settings().review_machine
    return machine.replace(":stateMachine:", ":execution:") + ":any" if call == "DescribeExecution" else machine


def claim(stage: Stage, case_id: str, desk: Desk) -> Answered:
    """Claim a case at a desk."""
    return stage.call("review.claim_case", token=desk.token, path={"case_id": case_id})


def decide(stage: Stage, case_id: str, desk: Desk, outcome: str = "approve", **changed: Any) -> Answered:
    """Claim a case and decide what stands there, the way a desk does."""
    claimed = claim(stage, case_id, desk)
    if claimed.status != 200:
        return claimed
    return stage.call("review.decide_case", decision(claimed.json, outcome, **changed), token=desk.token, path={"case_id": case_id})


def decision(seen: dict[str, Any], outcome: str = "approve", **changed: Any) -> dict[str, Any]:
    """Return the body of a decision about a case as it was seen."""
    said: dict[str, dict[str, Any]] = {
        "reject": {"reason": "材料不实"},
        "return": {"remarks": [{"field": "basic.name", "text": "与证照不符"}]},
    }
    looked_at = {name: seen[name] for name in ("round", "level", "version")}
    return {**looked_at, "outcome": outcome, **said.get(outcome, {}), **changed}


def desks(stage: Stage) -> list[Desk]:
    """Return one official for each level of the usual chain: 邯郸, 河北, national."""
    return [official(stage, bureau) for bureau in (HANDAN, HEBEI, NATIONAL)]


APPLIED: list[tuple[str, str]] = []


def note_effect(_change: Change, case: Case, outcome: str) -> None:
    """Stand in for the effect of another area: note that it was applied."""
    APPLIED.append((case.id, outcome))
