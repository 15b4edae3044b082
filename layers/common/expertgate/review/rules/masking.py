"""How forms and people are shown to who may not see them in full: by the name of the field, whatever the kind of form."""

from collections.abc import Callable

from expertgate.forms.masks import mask_bank_account, mask_email, mask_mobile, mask_name, mask_number

type Mask = Callable[[str], str]

# By the end of the field's name: `contact_mobile` is masked like `mobile`.
_MASKS: tuple[tuple[str, Mask], ...] = (
    ("mobile", mask_mobile),
    ("phone", mask_mobile),
    ("landline", mask_number),
    ("fax", mask_number),
    ("document_number", mask_number),
    ("resident_id", mask_number),
    ("bank_account", mask_bank_account),
    ("bank_account_number", mask_bank_account),
    ("account_number", mask_bank_account),
    ("card_number", mask_bank_account),
    ("email", mask_email),
    ("legal_representative", mask_name),
    ("person_name", mask_name),
    ("contact_name", mask_name),
    ("agent_name", mask_name),
    ("holder_name", mask_name),
)
_NAMES = frozenset({"name", "name_zh", "name_en"})
_ABOUT_THE_UNIT = "basic"


def masked(form: dict[str, object], part: str = "") -> dict[str, object]:
    """Return the form with numbers, mobiles, accounts, addresses and people's names hidden."""
    return {name: _shown(part, name, value) for name, value in form.items()}


def _shown(part: str, name: str, value: object) -> object:
    if isinstance(value, dict):
        return masked(value, name)
    if isinstance(value, list):
        return [_shown(part, name, one) for one in value]
    mask = _mask_of(part, name)
    return mask(value) if mask and isinstance(value, str) and value else value


def _mask_of(part: str, name: str) -> Mask | None:
    """Return how a field is hidden; a name is a person's, but for those in the part that tells about the unit."""
    if name in _NAMES:
        return None if part == _ABOUT_THE_UNIT else mask_name
    return next((mask for end, mask in _MASKS if name == end or name.endswith(f"_{end}")), None)
