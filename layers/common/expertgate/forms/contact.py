"""How to reach somebody, and the free texts of the unit form (ADM-04, ADM-07)."""

import re
import unicodedata
from decimal import Decimal
from typing import NewType
from urllib.parse import SplitResult, urlsplit

from expertgate.forms.names import has_han
from expertgate.forms.problems import FieldProblem
from expertgate.forms.text import clean, is_digits, is_unseen, narrow

Email = NewType("Email", str)

LONGEST_EMAIL = 254
LONGEST_URL = 200
_LANDLINE = re.compile(r"(?:(?:010|02\d)-[2-9]\d{7}|0[3-9]\d{2}-[2-9]\d{6,7})(?:-\d{1,6})?", re.ASCII)
_POSTCODE = re.compile(r"\d{6}", re.ASCII)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_MONEY = re.compile(r"\d{1,12}(?:\.\d{1,6})?", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?", re.ASCII)
_LONGEST_LOCAL = 64
_MOST_PORT = 65_535
_FEWEST_LETTERS = 2


def parse_landline(raw: str) -> str:
    """Read a landline of the form 区号-电话号, an extension after a second hyphen (ACC-20)."""
    phone = narrow(raw)
    if _LANDLINE.fullmatch(phone) is None:
        raise FieldProblem("landline_form")
    return phone


def parse_postcode(raw: str) -> str:
    """Read a Chinese postcode."""
    code = narrow(raw)
    if _POSTCODE.fullmatch(code) is None or code == "000000":
        raise FieldProblem("postcode_form")
    return code


def parse_email(raw: str) -> Email:
    """Read an e-mail address; the host is kept in lower case."""
    local, _, host = narrow(raw, LONGEST_EMAIL).rpartition("@")
    host = host.lower()
    if len(local) > _LONGEST_LOCAL or _LOCAL.fullmatch(local) is None or _HOST.fullmatch(host) is None:
        raise FieldProblem("email_form")
    return Email(f"{local}@{host}")


def parse_url(raw: str) -> str:
    """Read the address of a web site; what is typed without a scheme gets http."""
    address = narrow(raw, LONGEST_URL)
    if any(one.isspace() or is_unseen(one) for one in address):
        raise FieldProblem("url_form")
    if "://" not in address:
        address = f"http://{address}"
    if not _is_web(address):
        raise FieldProblem("url_form")
    return address


def parse_english(raw: str, longest: int, *, lines: bool = False) -> str:
    """Read English text: every letter Latin, since a Chinese text in the English field is returned by the reviewers."""
    text = unicodedata.normalize("NFKC", clean(raw, longest, lines=lines))
    letters = [one for one in text if one.isalpha()]
    if len(letters) < _FEWEST_LETTERS or not all(unicodedata.name(one, "").startswith("LATIN") for one in letters):
        raise FieldProblem("english_only")
    if any(unicodedata.east_asian_width(one) in "WF" for one in text):
        raise FieldProblem("english_only")
    return text


def parse_chinese(raw: str, longest: int, *, lines: bool = False) -> str:
    """Read Chinese text: at least one Chinese character."""
    text = clean(raw, longest, lines=lines)
    if not has_han(text):
        raise FieldProblem("chinese_required")
    return text


def parse_money(raw: str) -> Decimal:
    """Read an amount in 万元, exact to the fen."""
    typed = narrow(raw)
    if _THOUSANDS.fullmatch(typed):
        typed = typed.replace(",", "")
    if _MONEY.fullmatch(typed) is None:
        raise FieldProblem("money_form")
    return Decimal(typed)


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and "@" not in parts.netloc and _is_host(parts)
    except ValueError:  # brackets that are no address, or a port that is no number
        return False


def _is_host(parts: SplitResult) -> bool:
    labels = (parts.hostname or "").split(".")
    named = len(labels) > 1 and not is_digits(labels[-1]) and all(_LABEL.fullmatch(one) for one in labels)
    return named and (parts.port is None or 0 < parts.port <= _MOST_PORT)
