"""What is consented to at registration (ACC-02)."""

from expertgate.account.requests.information import AgreementAnswer, AgreementsAnswer
from expertgate.caller import Caller
from expertgate.settings import AGREEMENTS
from expertgate.wording import say


def list_agreements(caller: Caller) -> AgreementsAnswer:
    """Return the agreements and their versions in force."""
    items = [
        AgreementAnswer(agreement=agreement, title=say("sentences", f"agreement_{agreement}", caller.language), version=version)
        for agreement, version in AGREEMENTS.items()
    ]
    return AgreementsAnswer(items=items)
