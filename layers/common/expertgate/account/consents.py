"""What consents hold for: only versions in force can be consented to, and a new one is asked of who has an account already (ACC-02)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from expertgate.account.model import Account, Consent
from expertgate.forms.problems import FieldProblem


def agreed(given: Mapping[str, str], in_force: Mapping[str, str], now: datetime) -> tuple[Consent, ...]:
    """Return the consents of a registration as they are kept: all agreements, each in the version in force."""
    for agreement, version in in_force.items():
        if given.get(agreement) != version:
            raise _not_in_force(version).at(f"consents.{agreement}")
    return tuple(Consent(agreement, version, now) for agreement, version in in_force.items())


def still_asked(account: Account, in_force: Mapping[str, str]) -> list[str]:
    """Return the agreements whose version in force was never consented to; a version that comes back need not be asked again."""
    given = {(one.agreement, one.version) for one in account.consents}
    return [agreement for agreement, version in in_force.items() if (agreement, version) not in given]


def with_consents(account: Account, given: Mapping[str, str], in_force: Mapping[str, str], now: datetime) -> Account:
    """Return the account with what was consented to behind what it consented to before; what is there keeps its instant."""
    for agreement, version in given.items():
        if in_force[agreement] != version:
            raise _not_in_force(in_force[agreement]).at(agreement)
    fresh = [Consent(one, in_force[one], now) for one in still_asked(account, in_force) if one in given]
    return replace(account, consents=(*account.consents, *fresh))


def _not_in_force(version: str) -> FieldProblem:
    return FieldProblem("consent_version", version=version)
