"""What the end of a case does, by kind: each entry names a function of the kind's own area, `effect(change, case, outcome)`.

It looks upward, as only `readers` and `belongings` do too: the closing step finds the function by its name, so that the review desk
knows no other area.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

EFFECTS: dict[str, str] = {
    "duplicate_hold": "expertgate.admission.actions.resolving:hold_resolved",
    "member_admission": "expertgate.admission.actions.admitting:member_admitted",
    "account_merge": "expertgate.admission.actions.merged:accounts_merged",
    "real_name_evidence": "expertgate.identity.actions.evidence:real_name_decided",
    "mobile_reset": "expertgate.recovery.actions.deciding:mobile_reset_decided",
    "appeal": "expertgate.recovery.actions.deciding:appeal_decided",
    "added_mobile": "expertgate.recovery.actions.deciding:added_mobile_decided",
    "reviewer_handover": "expertgate.review.actions.handover:hand_over",
    "unit_change": "expertgate.admission.actions.changing:unit_changed",
    "unit_admission": "expertgate.admission.actions.admitting:unit_admitted",
}

# Demands that an official has no stake in the unit a case is about: `demand(change, document_key, unit_id, otherwise)`.
STAKES: tuple[str, ...] = ("expertgate.delegation.actions.stakes:demand_no_stake",)

# Kinds that are about the unit its applicant acts for, and what asks whether he still does: `demand(caller, world, unit_id)`.
RIGHTS: dict[str, str] = dict.fromkeys(
    ("unit_admission", "unit_change", "account_merge"),
    "expertgate.admission.actions.arriving:demand_right",
)


# The mobile that an account has now: `mobile(world, account_id)`; None where it has none.
MOBILE = "expertgate.account.store:mobile_of"


def effect_of(kind: str) -> Callable[[Any, Any, str], None]:
    """Return the function that carries out what was decided of a case of this kind."""
    effect: Callable[[Any, Any, str], None] = _named(EFFECTS[kind])
    return effect


def demand_no_stake(change: Any, document_key: str, unit_id: str, otherwise: Exception) -> None:  # noqa: ANN401 -- a Change, seen from below
    """Add to the change what must hold so that a person has no stake in a unit; raises at once where he has one."""
    for stake in STAKES:
        _named(stake)(change, document_key, unit_id, otherwise)


def demand_right(kind: str, caller: Any, world: Any, unit_id: str) -> None:  # noqa: ANN401 -- a Caller and a World, seen from below
    """Demand that a person may still act for the unit where a case of this kind is about the unit, not about himself (DEL-05)."""
    if kind in RIGHTS:
        _named(RIGHTS[kind])(caller, world, unit_id)


def mobile_now(world: Any, account_id: str) -> str | None:  # noqa: ANN401 -- a World, seen from below
    """Return the mobile that an account has now, None where it has none or is no more."""
    mobile: str | None = _named(MOBILE)(world, account_id)
    return mobile


def _named(place: str) -> Any:  # noqa: ANN401 -- any function of any area
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
