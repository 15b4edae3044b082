"""The port of short messages: SNS, and a provider over HTTP where SNS sends none (the China regions)."""

from dataclasses import dataclass
from typing import Protocol

from expertgate.outbound.aws import client
from expertgate.outbound.sending import SendingFailed
from expertgate.settings import Settings


@dataclass(frozen=True)
class ShortMessage:
    """One message: a registered template with its variables, and the text they make."""

    mobile: str
    template: str
    variables: dict[str, str]
    text: str


class SmsFailed(SendingFailed):
    """The carrier did not take the message."""


class SmsSender(Protocol):
    """Hands one message to a carrier."""

    def send(self, message: ShortMessage) -> str:
        """Return the carrier's id of the message.

        Raises SmsFailed.
        """


class SnsSms:
    """Amazon SNS."""

    def send(self, message: ShortMessage) -> str:
        """Publish to the number as a transactional message."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 -- botocore is loaded with the client

        kind = {"AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}}
        try:
            sent = client("sns").publish(PhoneNumber=message.mobile, Message=message.text, MessageAttributes=kind)
        except ClientError as exc:
            code = str(exc.response["Error"]["Code"])
            raise SmsFailed(code, final=code in {"InvalidParameter", "InvalidParameterValue", "OptedOut"}) from exc
        except BotoCoreError as exc:
            raise SmsFailed(type(exc).__name__) from exc
        return str(sent["MessageId"])


class HttpSms:
    """A provider that takes template and variables over HTTP, each request signed."""

    def __init__(self, url: str, secret: str, signature: str) -> None:
        """Remember where to send, how to sign, and the 【signature】 registered with the carrier."""
        self._url = url
        self._secret = secret
        self._signature = signature

    def send(self, message: ShortMessage) -> str:
        """Post the message; what it refuses for its own sake (400, 404, 422 …) is final."""
        from expertgate.outbound.signed import ProviderAnsweredBadly, post_signed  # noqa: PLC0415 -- only where this provider is chosen

        body: dict[str, object] = {
            "mobile": message.mobile,
            "template": message.template,
            "variables": message.variables,
            "signature": self._signature,
        }
        try:
            answered = post_signed(self._url, self._secret, body)
        except ProviderAnsweredBadly as exc:
            raise SmsFailed(exc.reason, final=exc.final) from exc
        return str(answered.get("id", "-"))


def choose_sms(settings: Settings) -> SmsSender:
    """Return the sender the deployment asks for."""
    if settings.sms_sender == "http":
        return HttpSms(settings.sms_url, settings.provider_secret, settings.sms_signature)
    return SnsSms()
