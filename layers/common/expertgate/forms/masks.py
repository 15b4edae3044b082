"""How other people's data is shown (ACC-21); slices are by code point, so that no character is cut in two."""

from expertgate.forms.mobile import national
from expertgate.forms.names import has_han

_LONG_NUMBER = 15
_SHORT_NAME = 2


def mask_name(name: str) -> str:
    """Hide a name: 李*波, 李*, 欧**文, J*** S****."""
    if not has_han(name):
        return " ".join(_word(one) for one in name.split(" "))
    return _word(name) if len(name) <= _SHORT_NAME else _between(name, 1, 1)


def mask_mobile(mobile: str) -> str:
    """Hide a mobile: 178****5683."""
    return _between(national(mobile), 3, 4)


def mask_number(document_number: str) -> str:
    """Hide a document number: 152***********2323, and a short one E******78."""
    return _between(document_number, 3, 4) if len(document_number) >= _LONG_NUMBER else _between(document_number, 1, 2)


def mask_bank_account(account: str) -> str:
    """Hide a bank account but for its last four digits."""
    return _between(account, 0, 4)


def mask_email(address: str) -> str:
    """Hide the local part of an e-mail address but for its first letter."""
    local, _, host = address.rpartition("@")
    return f"{local[:1]}***@{host}"


def mask_account(user_name: str) -> str:
    """Hide a user name but for its first and its last two characters."""
    return _between(user_name, 1, 2)


def _word(word: str) -> str:
    return word[0] + "*" * (len(word) - 1) if len(word) > 1 else "*" * len(word)


def _between(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]
