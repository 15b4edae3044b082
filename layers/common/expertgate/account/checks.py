"""How the register last answered about an account: one row beside the account, whoever asked (ID-01, ID-07)."""

from collections.abc import Mapping

from expertgate.account.model import Checked, Part
from expertgate.account.store import key_of
from expertgate.outbound.attributes import JSONAttribute, UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.register import Comparison
from expertgate.outbound.rows import Row
from expertgate.settings import variable

_IDENTITY = "IDENTITY"


class IdentityRow(Row):
    """How the last comparison of an account ended; codes only."""

    class Meta:
        """In the table of accounts, beside the account."""

        table_name = variable("ACCOUNTS_TABLE")

    parts = JSONAttribute()
    at = UnicodeAttribute()


def checked(account_id: str) -> Checked | None:
    """Return how the last comparison ended."""
    row = IdentityRow.find(key_of(account_id), _IDENTITY)
    return Checked({Part(part): reason for part, reason in row.parts.items()}, instant(row.at)) if row else None


def keep(change: Change, account_id: str, answers: Mapping[Part, Comparison]) -> Checked:
    """Write how a comparison ended, over the one before, and return it: the account's own row guards the order."""
    made = Checked({part: one.reason.value for part, one in answers.items()}, change.now)
    parts = {part.value: why for part, why in made.parts.items()}
    change.overwrite(IdentityRow(pk=key_of(account_id), sk=_IDENTITY, parts=parts, at=stamp(made.at)))
    return made
