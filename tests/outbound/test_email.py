"""The e-mail provider over HTTP: what it gets is signed and complete; what it refuses is tried again or not."""

from copy import replace

import pytest

from expertgate.outbound.email import EmailFailed, HttpEmail, Letter, SesEmail, choose_email
from expertgate.settings import settings
from tests.outbound.provider import SECRET, open_provider

SENDER = "noreply@expertgate.example"
LETTER = Letter("li.xiaobo@example.org", "email_code", {"code": "123456", "minutes": "5"}, "【外专通】账号通知", "验证码123456")


def test_the_provider_gets_what_it_needs_signed() -> None:
    with open_provider(answer={"id": "letter-7"}) as provider:
        assert HttpEmail(f"{provider.url}/letters", SECRET, SENDER).send(LETTER) == "letter-7"
    assert provider.signed_well == [True]
    wanted = {"email": LETTER.email, "from": SENDER, "template": LETTER.template, "variables": LETTER.variables}
    assert provider.asked == [("/letters", wanted | {"subject": LETTER.subject, "text": LETTER.text})]


@pytest.mark.parametrize(
    ("status", "final"), [(400, True), (404, True), (401, False), (403, False), (408, False), (429, False), (500, False), (503, False)]
)
def test_a_refusal_is_final_or_not(status: int, final: bool) -> None:
    with open_provider(status=status, answer={}) as provider, pytest.raises(EmailFailed) as failed:
        HttpEmail(provider.url, SECRET, SENDER).send(LETTER)
    assert (failed.value.reason, failed.value.final) == (f"status_{status}", final)


def test_no_answer_is_tried_again() -> None:
    with open_provider() as provider:
        gone = provider.url
    with pytest.raises(EmailFailed) as failed:
        HttpEmail(gone, SECRET, SENDER).send(LETTER)
    assert not failed.value.final


def test_the_deployment_chooses_the_sender() -> None:
    assert isinstance(choose_email(replace(settings(), email_sender="ses")), SesEmail)
    assert isinstance(choose_email(replace(settings(), email_sender="http")), HttpEmail)
