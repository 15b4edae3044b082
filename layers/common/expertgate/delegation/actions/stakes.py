"""Whether a person acts for a unit: nobody decides a case of a unit he acts for (REV-03)."""

from typing import cast

from expertgate.account.store import holders
from expertgate.catalogue.store import services
from expertgate.delegation.store import GrantRow, live_key, to_grant
from expertgate.errors.base import ExpertGateError
from expertgate.outbound.change import Change
from expertgate.outbound.rows import read_together


def demand_no_stake(change: Change, document_key: str, unit_id: str, otherwise: ExpertGateError) -> None:
    """Demand, also while the change is written, that the person with this document has no grant of the unit that lives or may."""
    (person,) = holders(change.world, ("document", document_key))
    if person is None:
        return
    if person == unit_id:
        raise otherwise
    keys = [live_key(person, unit_id, service.code) for service in services()]
    for (model, pk, sk), found in zip(keys, read_together(*keys), strict=True):
        row = cast("GrantRow | None", found)
        if row is not None and not to_grant(row).state_at(change.now).is_over:
            raise otherwise
        unchanged = GrantRow.version == row.version if row is not None else GrantRow.pk.does_not_exist()
        change.check(model(pk=pk, sk=sk), when=unchanged, otherwise=otherwise)
