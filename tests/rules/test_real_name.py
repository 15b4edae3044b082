"""The real-name rule: all parts must pass, and an answer that never came neither passes nor fails (ID-01, ID-07)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from expertgate.account.model import Account, AccountKind, Channel, Checked, HeldDocument, Part, RealName, Status
from expertgate.account.real_name import deciding, objections, state_of
from expertgate.forms.documents import DocumentType
from expertgate.outbound.register import Comparison, Outcome, Reason

PASSED = Comparison(Outcome.PASSED, Reason.MATCHES)
FAILED = Comparison(Outcome.FAILED, Reason.NAME_DIFFERS)
SILENT = Comparison(Outcome.UNAVAILABLE, Reason.NO_ANSWER)
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
HELD = HeldDocument(DocumentType.PASSPORT, "G85577019", "passport:G85577019")
PERSON = Account("01", AccountKind.PERSON, Status.ACTIVE, Channel.WEB, NOW, name="ANNA MEYER", document=HELD, real_name=RealName.PASSED)
RENEWED = replace(PERSON, document=replace(HELD, valid_from=date(2026, 1, 1)))


@pytest.mark.parametrize(
    ("unit", "agent", "state"),
    [
        (PASSED, PASSED, RealName.PASSED),
        (PASSED, FAILED, RealName.FAILED),
        (SILENT, PASSED, RealName.UNCHECKED),
        (SILENT, FAILED, RealName.FAILED),
        (FAILED, SILENT, RealName.FAILED),
    ],
)
def test_a_failure_decides_before_a_silence(unit: Comparison, agent: Comparison, state: RealName) -> None:
    assert state_of(deciding({Part.UNIT: unit, Part.MAIN_AGENT: agent})) is state


def test_nothing_compared_is_nothing_checked() -> None:
    assert state_of(deciding({})) is RealName.UNCHECKED


@pytest.mark.parametrize(
    ("after", "answer", "known", "objects"),
    [
        (RENEWED, FAILED, "name_differs", False),
        (RENEWED, FAILED, "number_unknown", True),
        (RENEWED, FAILED, "matches", True),
        (RENEWED, FAILED, None, True),
        (RENEWED, SILENT, "name_differs", True),
        (replace(RENEWED, name="ANNA MAYER"), FAILED, "name_differs", True),
    ],
)
def test_only_what_is_new_stands_against_a_change(after: Account, answer: Comparison, known: str | None, objects: bool) -> None:
    checked = Checked({Part.PERSON: known}, NOW) if known else None
    assert bool(objections(PERSON, after, {Part.PERSON: answer}, checked)) is objects
