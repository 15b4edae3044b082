"""Short messages leave from the stream, once, and a failing carrier undoes nothing."""

from typing import Any

import pytest
from moto.ses.models import ses_backends

from expertgate.caller import system
from expertgate.notice.actions.telling import account, email_only, mobile_only, tell
from expertgate.notice.rules import shards
from expertgate.notice.store import NoticeRow
from expertgate.outbound.aws import client
from expertgate.outbound.change import Change
from expertgate.outbound.email import EmailFailed, Letter
from expertgate.outbound.sms import ShortMessage, SmsFailed
from expertgate.settings import DAY, LIMITS
from tests.faults.harness import Faults, injected, throttled
from tests.stage import Stage

MOBILE = "+8613800138000"
EMAIL = "li.xiaobo@example.org"


class FakeSms:
    """A carrier that keeps what it took, or fails as often as told."""

    def __init__(self, *failures: SmsFailed) -> None:
        """Remember the failures to come."""
        self.sent: list[ShortMessage] = []
        self._failures = list(failures)

    def send(self, message: ShortMessage) -> str:
        """Fail or take it."""
        if self._failures:
            raise self._failures.pop(0)
        self.sent.append(message)
        return "carrier-1"


class FakeEmail:
    """A carrier of letters that keeps what it took, or fails as often as told."""

    def __init__(self, *failures: EmailFailed) -> None:
        """Remember the failures to come."""
        self.sent: list[Letter] = []
        self._failures = list(failures)

    def send(self, letter: Letter) -> str:
        """Fail or take it."""
        if self._failures:
            raise self._failures.pop(0)
        self.sent.append(letter)
        return "letter-1"


@pytest.fixture(autouse=True)
def sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the catalogue have one sentence whatever the areas say."""
    greeting, subject = {"zh": "您好，{name}", "en": "Hello, {name}"}, {"zh": "账号通知", "en": "About your account"}
    words = {"greeting": greeting, "letter_subject": subject}
    monkeypatch.setattr("expertgate.wording.section", lambda _name: words)


def _told(stage: Stage, *, secret_for: int | None = None) -> NoticeRow:
    change = Change(stage.world, system("test"))
    tell(change, mobile_only(MOBILE) if secret_for else account("A1", MOBILE), "greeting", secret_for=secret_for, name="李*波")
    change.commit(None)
    pk = f"MOBILE#{stage.world.keys.index('mobile', MOBILE)}" if secret_for else "ACCOUNT#A1"
    return next(iter(NoticeRow.query(pk)))


def _batch(*rows: NoticeRow) -> dict[str, Any]:
    images = [{"Keys": {"pk": {"S": row.pk}, "sk": {"S": row.sk}}, "SequenceNumber": row.sk} for row in rows]
    return {"Records": [{"eventName": "INSERT", "dynamodb": image} for image in images]}


def _again(row: NoticeRow) -> NoticeRow:
    found = NoticeRow.find(row.pk, row.sk)
    assert found is not None
    return found


def test_a_notice_is_sent_once_however_often_delivered(stage: Stage) -> None:
    stage.world.sms = sms = FakeSms()
    row = _told(stage)
    for _ in range(3):
        stage.run("notice.deliver_notices", _batch(row))
    assert [(one.mobile, one.text) for one in sms.sent] == [(MOBILE, "【外专通】您好，李*波")]
    assert _again(row).delivery == "sent"
    assert _again(row).due_shard is None


def test_a_message_is_cut_to_what_a_carrier_takes(stage: Stage) -> None:
    stage.world.sms = sms = FakeSms()
    change = Change(stage.world, system("test"))
    tell(change, mobile_only(MOBILE), "greeting", name="理" * 1000)
    change.commit(None)
    stage.run("notice.retry_notices")
    assert (len(sms.sent[0].text), sms.sent[0].text[-1]) == (LIMITS.sms_parts_most * 67, "…")


def test_short_messages_say_codes_in_chinese(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"greeting": {"zh": "您好，{name}：{fields:changed}", "en": "-"}, "changed_email": {"zh": "电子邮箱", "en": "e-mail"}}
    monkeypatch.setattr("expertgate.wording.section", lambda _name: words)
    stage.world.sms = sms = FakeSms()
    change = Change(stage.world, system("test"))
    tell(change, account("A1", MOBILE), "greeting", name={"zh": "项目", "en": "project"}, fields=["email", "old"], days=3)
    change.commit(None)
    stage.run("notice.deliver_notices", _batch(next(iter(NoticeRow.query("ACCOUNT#A1")))))
    (sent,) = sms.sent
    assert (sent.text, sent.variables) == ("【外专通】您好，项目：电子邮箱、old", {"name": "项目", "fields": "电子邮箱、old", "days": "3"})


def test_a_refused_message_is_tried_again_later(stage: Stage) -> None:
    stage.world.sms = sms = FakeSms(SmsFailed("Throttled"))
    row = _told(stage)
    stage.run("notice.deliver_notices", _batch(row))
    assert _again(row).delivery == "failed"
    assert stage.run("notice.retry_notices") == {"tried": 0}
    stage.clock.advance(seconds=6)
    assert stage.run("notice.retry_notices") == {"tried": 1}
    assert len(sms.sent) == 1


def test_the_oldest_of_many_messages_is_tried_first(stage: Stage) -> None:
    stage.world.sms = sms = FakeSms()
    for number in range(8):
        change = Change(stage.world, system("test"))
        tell(change, mobile_only(MOBILE), "greeting", name=str(number))
        change.commit(None)
        stage.clock.advance(seconds=1)
    stage.run("notice.retry_notices")
    assert [one.variables["name"] for one in sms.sent] == list("01234567")


def test_a_message_that_never_gets_through_is_parked(stage: Stage) -> None:
    stage.world.sms = FakeSms(*[SmsFailed("Down")] * 40)
    row = _told(stage)
    stage.run("notice.deliver_notices", _batch(row))
    for _ in range(32):
        stage.clock.advance(hours=2)
        stage.run("notice.retry_notices")
    assert (_again(row).delivery, int(_again(row).attempts), _again(row).reason) == ("parked", 30, "Down")


def test_a_secret_of_days_waits_for_its_carrier(stage: Stage) -> None:
    stage.world.sms = sms = FakeSms(*[SmsFailed("Down")] * 4)
    row = _told(stage, secret_for=3 * DAY)
    for _ in range(5):
        stage.run("notice.retry_notices")
        stage.clock.advance(hours=5)
    assert (len(sms.sent), _again(row).delivery) == (1, "sent")
    assert _again(row).sealed is None


def test_a_wrong_number_is_parked_at_once(stage: Stage) -> None:
    stage.world.sms = FakeSms(SmsFailed("InvalidParameter", final=True))
    row = _told(stage)
    stage.run("notice.deliver_notices", _batch(row))
    assert _again(row).delivery == "parked"


def test_a_dead_deliverer_leaves_it_to_the_next(stage: Stage) -> None:
    class Dies(FakeSms):
        def send(self, message: ShortMessage) -> str:
            raise SystemExit(message.template)

    row = _told(stage)
    stage.world.sms = Dies()
    with pytest.raises(SystemExit):
        stage.run("notice.deliver_notices", _batch(row))
    stage.world.sms = sms = FakeSms()
    assert stage.run("notice.retry_notices") == {"tried": 0}
    stage.clock.advance(minutes=3)
    assert stage.run("notice.retry_notices") == {"tried": 1}
    assert len(sms.sent) == 1


def test_a_deliverer_that_always_dies_is_given_up(stage: Stage) -> None:
    class Dies(FakeSms):
        def send(self, message: ShortMessage) -> str:
            raise SystemExit(message.template)

    row, stage.world.sms = _told(stage), Dies()
    for _ in range(LIMITS.sms_attempts):
        with pytest.raises(SystemExit):
            stage.run("notice.retry_notices")
        stage.clock.advance(minutes=3)
    assert stage.run("notice.retry_notices") == {"tried": 0}
    assert (_again(row).delivery, _again(row).reason) == ("parked", "worn_out")
    assert _again(row).due_shard not in shards()


def test_one_bad_notice_keeps_no_other_waiting(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    bad = _told(stage)
    bad.update([NoticeRow.sealed.set(b"broken")])
    stage.world.sms = sms = FakeSms()
    good = [_told(stage) for _ in range(3)]
    assert stage.run("notice.retry_notices") == {"tried": 4}
    assert len(sms.sent) == len(good)
    (line,) = [vars(one) for one in caplog.records if one.message == "unexpected"]
    assert (line["kind"], line["notice"]) == ("SealBroken", bad.sk)
    for _ in range(LIMITS.sms_attempts):
        stage.clock.advance(hours=2)
        stage.run("notice.retry_notices")
    assert (_again(bad).delivery, _again(bad).reason) == ("parked", "SealBroken")


@pytest.mark.parametrize("failing", ["claimed", "noted"])
def test_a_failing_store_keeps_no_other_notice_waiting(stage: Stage, failing: str, caplog: pytest.LogCaptureFixture) -> None:
    stage.world.sms = FakeSms()
    _told(stage), _told(stage)
    rows = list(NoticeRow.query("ACCOUNT#A1"))
    with injected(Faults(fail_at=0 if failing == "claimed" else 1, error=throttled)):
        failed = stage.run("notice.deliver_notices", _batch(*rows))["batchItemFailures"]
    assert failed == [{"itemIdentifier": rows[0].sk}]
    assert [_again(row).delivery for row in rows] == ["queued" if failing == "claimed" else "sending", "sent"]
    assert "left for later" in [one.message for one in caplog.records]
    stage.clock.advance(minutes=3)
    stage.run("notice.retry_notices")
    assert {_again(row).delivery for row in rows} == {"sent"}


def test_a_secret_is_wiped_when_sent(stage: Stage) -> None:
    stage.world.sms = FakeSms()
    row = _told(stage, secret_for=300)
    stage.run("notice.deliver_notices", _batch(row))
    assert _again(row).sealed is None


def test_a_code_is_not_sent_after_its_life(stage: Stage) -> None:
    stage.world.sms = sms = FakeSms()
    row = _told(stage, secret_for=300)
    stage.clock.advance(minutes=6)
    stage.run("notice.deliver_notices", _batch(row))
    assert sms.sent == []
    assert _again(row).delivery == "parked"


def test_a_secret_never_enters_a_message_centre(stage: Stage) -> None:
    with pytest.raises(ValueError, match="secret"):
        tell(Change(stage.world, system("test")), account("A1", MOBILE), "greeting", secret_for=300)


def _written(stage: Stage, *, secret_for: int | None = None) -> NoticeRow:
    change = Change(stage.world, system("test"))
    tell(change, email_only(EMAIL), "greeting", secret_for=secret_for, name="李*波")
    change.commit(None)
    return next(iter(NoticeRow.query(f"EMAIL#{stage.world.keys.index('email', EMAIL)}")))


def test_a_letter_is_sent_once_in_both_languages(stage: Stage) -> None:
    stage.world.email = post = FakeEmail()
    row = _written(stage)
    for _ in range(3):
        stage.run("notice.deliver_notices", _batch(row))
    assert post.sent == [Letter(EMAIL, "greeting", {"name": "李*波"}, "【外专通】账号通知", "您好，李*波\n\nHello, 李*波")]
    assert (_again(row).delivery, _again(row).carrier_id) == ("sent", "letter-1")


def test_a_letter_takes_the_way_of_a_message(stage: Stage) -> None:
    stage.world.email = post = FakeEmail(EmailFailed("TooManyRequestsException"))
    row = _written(stage, secret_for=300)
    stage.run("notice.deliver_notices", _batch(row))
    assert _again(row).delivery == "failed"
    stage.clock.advance(seconds=6)
    assert stage.run("notice.retry_notices") == {"tried": 1}
    assert len(post.sent) == 1
    assert _again(row).sealed is None


@pytest.mark.parametrize(
    ("failures", "attempts"), [([EmailFailed("Down")] * 40, 30), ([EmailFailed("BadRequestException", final=True)], 1)]
)
def test_a_letter_that_never_gets_through_is_parked(stage: Stage, failures: list[EmailFailed], attempts: int) -> None:
    stage.world.email = FakeEmail(*failures)
    row = _written(stage)
    stage.run("notice.deliver_notices", _batch(row))
    for _ in range(32):
        stage.clock.advance(hours=2)
        stage.run("notice.retry_notices")
    assert (_again(row).delivery, int(_again(row).attempts)) == ("parked", attempts)


def test_ses_takes_a_letter_from_the_verified_sender(stage: Stage) -> None:
    row = _written(stage)
    stage.run("notice.deliver_notices", _batch(row))
    assert (_again(row).delivery, _again(row).reason) == ("failed", "MessageRejected")
    client("sesv2").create_email_identity(EmailIdentity="noreply@expertgate.example")
    stage.clock.advance(minutes=1)
    assert stage.run("notice.retry_notices") == {"tried": 1}
    assert _again(row).delivery == "sent"
    (taken,) = ses_backends["123456789012"]["us-east-1"].sent_messages
    assert (taken.destinations["ToAddresses"], taken.subject, taken.body) == ([EMAIL], "【外专通】账号通知", "您好，李*波\n\nHello, 李*波")
