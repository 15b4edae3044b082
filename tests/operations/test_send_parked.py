"""The command that sends parked messages again: counted without a name, once, with what is over left where it is."""

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.stub import Stubber

from expertgate.caller import system
from expertgate.notice import parked
from expertgate.notice.actions.telling import account, mobile_only, tell
from expertgate.notice.rules import PARKED, shards
from expertgate.notice.store import NoticeRow
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.aws import client
from expertgate.outbound.change import Change
from expertgate.outbound.sms import ShortMessage, SmsFailed
from expertgate.settings import DAY, LIMITS
from infra.operations import send_parked
from infra.operations.send_parked import main
from tests.faults.harness import Faults, injected, timed_out
from tests.stage import Stage

MOBILE = "+8613800138000"


class _Carrier:
    """A carrier that is away until it is told to come back."""

    def __init__(self) -> None:
        """Begin away."""
        self.reason: str | None = "NumberUnknown"
        self.sent: list[ShortMessage] = []

    def send(self, message: ShortMessage) -> str:
        """Take it, or refuse it for good."""
        if self.reason:
            raise SmsFailed(self.reason, final=True)
        self.sent.append(message)
        return "carrier-1"


@pytest.fixture
def carrier(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> _Carrier:
    """Let the command work where the test does, with a carrier that is away."""
    monkeypatch.setattr(send_parked, "enter_local", lambda _state: None)
    stage.world.__dict__["sms"] = carrier = _Carrier()
    return carrier


def _parked(stage: Stage, *accounts: str, secret_for: int | None = None) -> None:
    """Tell each account something; the carrier refuses it."""
    for one in accounts:
        change = Change(stage.world, system("test"))
        to = mobile_only(MOBILE) if secret_for else account(one, MOBILE)
        tell(change, to, "real_person_passed", secret_for=secret_for, name="李*波")
        change.commit(None)
    stage.run("notice.retry_notices")


def _told(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    capsys.readouterr()
    assert main([*options]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def _sent_again(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    return _told(capsys, "--send", "--reason", "NumberUnknown", *options)


# What the command reads before it changes the only message: each partition, and the message.
_READS = len(shards(PARKED)) + 1


def _deliveries() -> list[str]:
    return sorted(row.delivery for row in NoticeRow.scan())


def test_it_counts_by_reason_and_names_nobody(stage: Stage, carrier: _Carrier, capsys: pytest.CaptureFixture[str]) -> None:
    _parked(stage, "A1", "A2")
    stage.clock.advance(minutes=1)
    carrier.reason = "Blocked"
    _parked(stage, "A3")
    assert _told(capsys) == {
        "Blocked": {
            "parked": 1,
            "over": 0,
            "first": "2026-03-02T01:01:00.000Z",
            "last": "2026-03-02T01:01:00.000Z",
            "templates": {"real_person_passed": 1},
        },
        "NumberUnknown": {
            "parked": 2,
            "over": 0,
            "first": "2026-03-02T01:00:00.000Z",
            "last": "2026-03-02T01:00:00.000Z",
            "templates": {"real_person_passed": 2},
        },
    }
    assert _deliveries() == ["parked"] * 3


def test_what_is_chosen_is_sent_once(stage: Stage, carrier: _Carrier, capsys: pytest.CaptureFixture[str]) -> None:
    _parked(stage, "A1", "A2")
    carrier.reason = None
    assert _sent_again(capsys) == {"sent_again": 2, "over": 0, "no_longer_parked": 0}
    assert _sent_again(capsys) == {"sent_again": 0, "over": 0, "no_longer_parked": 0}
    for _ in range(3):
        stage.run("notice.retry_notices")
    assert _sent_again(capsys)["sent_again"] == 0
    assert (len(carrier.sent), _deliveries()) == (2, ["sent", "sent"])


def test_a_message_sent_again_has_all_its_tries(stage: Stage, carrier: _Carrier, capsys: pytest.CaptureFixture[str]) -> None:
    _parked(stage, "A1")
    NoticeRow(pk="ACCOUNT#A1", sk=next(iter(NoticeRow.query("ACCOUNT#A1"))).sk).update([NoticeRow.attempts.set(LIMITS.sms_attempts)])
    carrier.reason = None
    _sent_again(capsys)
    stage.run("notice.retry_notices")
    assert len(carrier.sent) == 1


def test_each_message_sent_again_is_on_record(stage: Stage, carrier: _Carrier, capsys: pytest.CaptureFixture[str]) -> None:
    _parked(stage, "A1")
    _sent_again(capsys)
    (audit,) = list(AuditRow.query("ACCOUNT#A1"))
    notice = next(iter(NoticeRow.query("ACCOUNT#A1")))
    assert carrier.sent == []
    assert (audit.tag, audit.actor_kind, audit.request_id) == ("notice:message:queued_again", "task", "send_parked")
    assert json.loads(audit.facts) == {"notice": notice.sk, "template": "real_person_passed", "reason": "NumberUnknown"}


@pytest.mark.usefixtures("carrier")
def test_a_code_is_never_sent_again(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    _parked(stage, "code", secret_for=3 * DAY)
    assert _told(capsys)["NumberUnknown"]["over"] == 1
    assert _sent_again(capsys) == {"sent_again": 0, "over": 1, "no_longer_parked": 0}
    assert _deliveries() == ["parked"]


@pytest.mark.usefixtures("carrier")
def test_what_is_a_month_old_stays(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    _parked(stage, "A1")
    stage.clock.advance(seconds=LIMITS.parked_life)
    assert _sent_again(capsys)["over"] == 1


@pytest.mark.usefixtures("carrier")
@pytest.mark.parametrize(
    ("options", "sent_again"),
    [
        (["--reason", "NumberUnknown"], 2),
        (["--reason", "Blocked", "--reason", "NumberUnknown"], 2),
        (["--reason", "NumberUnknown", "--template", "grant_revoked"], 0),
        (["--reason", "NumberUnknown", "--since", "2026-03-02T09:01+08:00"], 1),
        (["--reason", "NumberUnknown", "--until", "2026-03-02T01:01Z"], 1),
        (["--notice", "nobody"], 0),
    ],
)
def test_only_what_is_chosen_is_sent(stage: Stage, options: list[str], sent_again: int, capsys: pytest.CaptureFixture[str]) -> None:
    _parked(stage, "A1")
    stage.clock.advance(minutes=1)
    _parked(stage, "A2")
    assert _told(capsys, "--send", *options)["sent_again"] == sent_again


@pytest.mark.usefixtures("carrier")
@pytest.mark.parametrize("options", [["--send"], []])
def test_a_reason_that_is_not_there_is_refused(stage: Stage, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    _parked(stage, "A1")
    assert main([*options, "--reason", "Blocked"]) == 1
    assert capsys.readouterr().err == "nothing is parked for Blocked; what is parked is for: NumberUnknown\n"
    assert _deliveries() == ["parked"]


@pytest.mark.usefixtures("carrier")
def test_one_message_is_chosen_by_its_id(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    _parked(stage, "A1", "A2")
    assert _told(capsys, "--send", "--notice", next(iter(NoticeRow.query("ACCOUNT#A2"))).sk)["sent_again"] == 1


@pytest.mark.usefixtures("carrier")
def test_what_a_former_release_parked_is_found(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    _parked(stage, "A1")
    next(iter(NoticeRow.query("ACCOUNT#A1"))).update([NoticeRow.due_shard.remove(), NoticeRow.due_at.remove()])
    assert _told(capsys) == {}
    assert _sent_again(capsys, "--whole-table")["sent_again"] == 1


@pytest.mark.usefixtures("carrier")
def test_many_fall_due_little_by_little(stage: Stage, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parked, "LIMITS", LIMITS._replace(sent_again_a_minute=2))
    _parked(stage, *(f"A{number}" for number in range(5)))
    _sent_again(capsys)
    assert sorted(str(row.due_at)[14:16] for row in NoticeRow.scan()) == ["00", "00", "01", "01", "02"]


@pytest.mark.usefixtures("carrier")
def test_a_lost_answer_queues_nothing_twice(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    _parked(stage, "A1")
    with injected(Faults(_READS, after=True, error=timed_out)):
        assert main(["--send", "--reason", "NumberUnknown"]) == 1
    assert "nothing is sent twice" in capsys.readouterr().err
    assert _sent_again(capsys) == {"sent_again": 0, "over": 0, "no_longer_parked": 0}
    assert len(list(AuditRow.query("ACCOUNT#A1"))) == 1


@pytest.mark.usefixtures("carrier")
@pytest.mark.parametrize("call", [0, _READS - 1])
def test_a_store_that_is_away_is_no_crash(stage: Stage, call: int, capsys: pytest.CaptureFixture[str]) -> None:
    _parked(stage, "A1")
    with injected(Faults(call, after=False, error=timed_out)):
        assert main([]) == 1
    assert "the same command goes on" in capsys.readouterr().err


@pytest.mark.usefixtures("carrier")
def test_of_two_operators_one_sends_it(stage: Stage, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    _parked(stage, "A1")
    seen = list(NoticeRow.query("ACCOUNT#A1"))
    assert _sent_again(capsys)["sent_again"] == 1
    monkeypatch.setattr(parked, "parked", lambda _: seen)
    assert _sent_again(capsys) == {"sent_again": 0, "over": 0, "no_longer_parked": 1}
    assert len(list(AuditRow.query("ACCOUNT#A1"))) == 1


def test_sending_all_is_refused_as_a_slip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options in (["--send"], ["--send", "--template", "grant_revoked"], ["--since", "2026-03-02"], ["--until", "yesterday"]):
        with pytest.raises(SystemExit):
            main(options)
    assert capsys.readouterr().err.count("an instant has its offset") == 2
    assert main(["--state", str(tmp_path)]) == 1
    assert "not running" in capsys.readouterr().err


@pytest.mark.usefixtures("stage")
def test_a_function_of_another_system_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with Stubber(client("lambda")) as answers:
        answers.add_response("get_function_configuration", {"FunctionName": "report", "Environment": {"Variables": {"STAGE": "test"}}})
        assert main(["--function", "report"]) == 1
    assert capsys.readouterr().err == "cannot look: report is no function of ExpertGate\n"
