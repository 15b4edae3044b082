"""What others see of somebody's numbers (ADM-03)."""

from typing import Any

from expertgate.forms.masks import mask_bank_account, mask_email, mask_mobile, mask_number

_MASKS = {
    "document_number": mask_number,
    "mobile": mask_mobile,
    "email": mask_email,
    "bank_account": mask_bank_account,
}


def without_numbers(form: dict[str, Any]) -> dict[str, Any]:
    """Return the form with document number, mobile, e-mail and bank account masked, wherever they stand."""
    return {name: _masked(name, value) for name, value in form.items()}


def _masked(name: str, value: object) -> object:
    if isinstance(value, dict):
        return without_numbers(value)
    return _MASKS[name](value) if name in _MASKS and isinstance(value, str) and value else value
