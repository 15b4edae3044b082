"""How forms and people are shown to officials who do not hold the case: by the name of the field, whatever the kind of form."""

from collections.abc import Callable

from expertgate.forms.masks import mask_bank_account, mask_email, mask_mobile, mask_name, mask_number

type Mask = Callable[[str], str]

# By the end of the field's name: `contact_mobile` is masked like `mobile`.
_MASKS: tuple[tuple[str, Mask], ...] = (
    ("mobile", mask_mobile),
    ("phone", mask_mobile),
    ("document_number", mask_number),
    ("resident_id", mask_number),
    ("bank_account_number", mask_bank_account),
    ("account_number", mask_bank_account),
    ("card_number", mask_bank_account),
    ("email", mask_email),
)
_PERSONS_NAMES = ("person_name", "contact_name", "legal_representative_name", "agent_name", "chinese_name", "holder_name")


def masked(form: dict[str, object]) -> dict[str, object]:
    """Return the form with numbers, mobiles, accounts, addresses and people's names hidden."""
    return {name: _shown(name, value) for name, value in form.items()}


def _shown(name: str, value: object) -> object:
    if isinstance(value, dict):
        return masked(value)
    if isinstance(value, list):
        return [_shown(name, one) for one in value]
    mask = _mask_of(name)
    return mask(value) if mask and isinstance(value, str) and value else value


def _mask_of(name: str) -> Mask | None:
    if name in _PERSONS_NAMES:
        return mask_name
    return next((mask for end, mask in _MASKS if name == end or name.endswith(f"_{end}")), None)
