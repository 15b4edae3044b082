"""The port of e-mail: SES, and a provider over HTTP where there is no SES (the China regions)."""

from dataclasses import dataclass
from typing import Protocol

from expertgate.outbound.aws import client
from expertgate.outbound.sending import SendingFailed
from expertgate.settings import Settings

# What the same letter meets again however often it is sent; everything else, a sender not yet verified too, may be mended meanwhile.
_FINAL = frozenset({"BadRequestException", "InvalidParameterValue"})


@dataclass(frozen=True)
class Letter:
    """One e-mail: a template with its variables, and the subject and text they make."""

    email: str
    template: str
    variables: dict[str, str]
    subject: str
    text: str


class EmailFailed(SendingFailed):
    """The carrier did not take the letter."""


class EmailSender(Protocol):
    """Hands one letter to a carrier."""

    def send(self, letter: Letter) -> str:
        """Return the carrier's id of the letter.

        Raises EmailFailed.
        """


class SesEmail:
    """Amazon SES."""

    def __init__(self, sender: str) -> None:
        """Remember the verified address letters come from."""
        self._sender = sender

    def send(self, letter: Letter) -> str:
        """Send plain text to the one address."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 -- botocore is loaded with the client

        simple = {"Subject": _utf8(letter.subject), "Body": {"Text": _utf8(letter.text)}}
        to = {"ToAddresses": [letter.email]}
        try:
            sent = client("sesv2").send_email(FromEmailAddress=self._sender, Destination=to, Content={"Simple": simple})
        except ClientError as exc:
            code = str(exc.response["Error"]["Code"])
            raise EmailFailed(code, final=code in _FINAL) from exc
        except BotoCoreError as exc:
            raise EmailFailed(type(exc).__name__) from exc
        return str(sent["MessageId"])


class HttpEmail:
    """A provider that takes letters over HTTP, each request signed."""

    def __init__(self, url: str, secret: str, sender: str) -> None:
        """Remember where to send, how to sign, and the address letters come from."""
        self._url = url
        self._secret = secret
        self._sender = sender

    def send(self, letter: Letter) -> str:
        """Post the letter; what it refuses for its own sake (400, 404, 422 …) is final."""
        from expertgate.outbound.signed import ProviderAnsweredBadly, post_signed  # noqa: PLC0415 -- only where this provider is chosen

        body: dict[str, object] = {
            "email": letter.email,
            "from": self._sender,
            "template": letter.template,
            "variables": letter.variables,
            "subject": letter.subject,
            "text": letter.text,
        }
        try:
            answered = post_signed(self._url, self._secret, body)
        except ProviderAnsweredBadly as exc:
            raise EmailFailed(exc.reason, final=exc.final) from exc
        return str(answered.get("id", "-"))


def choose_email(settings: Settings) -> EmailSender:
    """Return the sender the deployment asks for."""
    if settings.email_sender == "http":
        return HttpEmail(settings.email_url, settings.provider_secret, settings.email_from)
    return SesEmail(settings.email_from)


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
