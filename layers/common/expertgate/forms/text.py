"""Folding of what people type, shared by every parser of this room."""

import string
import unicodedata

from expertgate.forms.problems import FieldProblem

LONGEST_TYPED = 64
_UPPER = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})


def narrow(raw: str, longest: int = LONGEST_TYPED) -> str:
    """Fold full-width forms to ASCII and trim; length is capped first, since NFKC can grow one character to eighteen."""
    typed = raw.strip()
    if len(typed) > longest:
        raise FieldProblem("too_long", limit=longest)
    folded = unicodedata.normalize("NFKC", typed).strip()
    if not folded:
        raise FieldProblem("required")
    return folded


def number(raw: str) -> str:
    """Fold a number and raise its Latin letters; only ASCII letters, so that no look-alike becomes one."""
    return narrow(raw).translate(_UPPER)


def is_digits(text: str) -> bool:
    """Whether there are only the ten ASCII digits; `str.isdigit` takes Arabic ones and superscripts."""
    return text.isascii() and text.isdigit()


def is_unseen(character: str) -> bool:
    """Whether a character is a control, a format mark, a surrogate, private or unassigned."""
    return unicodedata.category(character) in _UNSEEN


def clean(raw: str, longest: int, *, lines: bool = False) -> str:
    """Take free text: NFC, trimmed, without unseen characters; line breaks only where the field has lines."""
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n")).strip()
    if not text:
        raise FieldProblem("required")
    if len(text) > longest:
        raise FieldProblem("too_long", limit=longest)
    if any(is_unseen(one) and not (lines and one in "\n\t") for one in text):
        raise FieldProblem("unseen_character")
    return text


def parse_sent_code(raw: str, digits: int) -> str:
    """Return a code of so many digits, typed in either width."""
    code = narrow(raw)
    if not is_digits(code) or len(code) != digits:
        raise FieldProblem("sent_code_form", digits=digits)
    return code


def parse_second_factor(raw: str, digits: int, recovery: int) -> str:
    """Return what an authenticator shows, or a recovery code."""
    code = narrow(raw)
    if not is_digits(code) or len(code) not in {digits, recovery}:
        raise FieldProblem("second_factor_form", digits=digits, recovery=recovery)
    return code
