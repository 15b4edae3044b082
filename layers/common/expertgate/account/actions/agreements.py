"""What is consented to (ACC-02): at registration, and again where a new version has come in force."""

from expertgate.account.consents import still_asked
from expertgate.account.model import Account
from expertgate.account.requests.information import AgreementAnswer, AgreementsAnswer, ConsentAnswer
from expertgate.caller import Caller, Language
from expertgate.outbound.clock import stamp
from expertgate.settings import agreements, settings
from expertgate.wording import say


def list_agreements(caller: Caller) -> AgreementsAnswer:
    """Return the agreements, their versions in force, and where the operator's texts of these lie."""
    return AgreementsAnswer(items=[_shown(one, caller.language) for one in agreements()])


def agreements_asked(account: Account, language: Language) -> list[AgreementAnswer]:
    """Return the agreements whose version in force the holder has not consented to yet."""
    return [_shown(one, language) for one in still_asked(account, agreements())]


def consents_of(account: Account) -> list[ConsentAnswer]:
    """Return all that an account consented to, the oldest first."""
    return [ConsentAnswer(agreement=one.agreement, version=one.version, at=stamp(one.at)) for one in account.consents]


def _shown(agreement: str, language: Language) -> AgreementAnswer:
    version, base = agreements()[agreement], settings().agreements_url
    return AgreementAnswer(
        agreement=agreement,
        title=say("sentences", f"agreement_{agreement}", language),
        version=version,
        url=f"{base}/{agreement}/{version}/{language.value}.html" if base else None,
    )
