"""What is consented to at registration (ACC-02)."""

from expertgate.account.requests.information import AgreementAnswer, AgreementsAnswer
from expertgate.caller import Caller, Language
from expertgate.settings import agreements, settings
from expertgate.wording import say


def list_agreements(caller: Caller) -> AgreementsAnswer:
    """Return the agreements, their versions in force, and where the operator's texts of these lie."""
    items = [
        AgreementAnswer(
            agreement=agreement,
            title=say("sentences", f"agreement_{agreement}", caller.language),
            version=version,
            url=_address(agreement, version, caller.language),
        )
        for agreement, version in agreements().items()
    ]
    return AgreementsAnswer(items=items)


def _address(agreement: str, version: str, language: Language) -> str | None:
    base = settings().agreements_url
    return f"{base}/{agreement}/{version}/{language.value}.html" if base else None
