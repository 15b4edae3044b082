"""Which passwords are taken (D-01, ACC-08); hashing is elsewhere."""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

from expertgate.forms.problems import FieldProblem
from expertgate.records import Record

# What eight unguessable characters come to. zxcvbn's own limit of score 3 lies just above and refuses every password of eight.
FEWEST_GUESSES = 10**8
_LONGEST_CHECKED = 64
_SHORTEST_OWN = 4
_SHORTEST_RUN = 6
_LEET = str.maketrans("@0134$57", "aoleasst")
_SIGNS = re.compile(r"[^a-z0-9]+")
_BEFORE_LETTERS = re.compile(r"^[^a-z]+")
_AFTER_LETTERS = re.compile(r"[^a-z]+$")

# What GB/T 15834 calls points, quotation marks and the like; the forms have always refused them, by name now.
PUNCTUATION = {
    **dict.fromkeys(",，", ("逗号", "comma")),
    **dict.fromkeys(".。．", ("句号", "full stop")),
    **dict.fromkeys(";；", ("分号", "semicolon")),
    **dict.fromkeys(":：", ("冒号", "colon")),
    **dict.fromkeys("'\"‘’“”＇＂", ("引号", "quotation mark")),
    "、": ("顿号", "enumeration comma"),
    "？": ("问号", "question mark"),
    "！": ("叹号", "exclamation mark"),
    "…": ("省略号", "ellipsis"),
    "—": ("破折号", "dash"),
    "·": ("间隔号", "middle dot"),
    **dict.fromkeys("（）", ("括号", "bracket")),
    **dict.fromkeys("《》〈〉", ("书名号", "title mark")),
}


class Occasion(StrEnum):
    """When a password is chosen."""

    REGISTRATION = "registration"
    RESET = "reset"
    CHANGE = "change"


class Lengths(Record):
    """How short and how long a password may be."""

    least: int
    most: int


POLICY = {
    Occasion.REGISTRATION: Lengths(9, 20),
    Occasion.RESET: Lengths(8, 20),
    Occasion.CHANGE: Lengths(8, 20),
}


def check_password(password: str, confirmation: str, occasion: Occasion, own: Iterable[str] = ()) -> None:
    """Refuse a password by the rule it breaks; `own` is what an attacker knows: names, numbers, mobile, birth date."""
    check_composition(password, occasion)
    if password != confirmation:
        raise FieldProblem("password_differs").at("password_confirmation")
    known = [one.lower() for one in own if one]
    if any(_holds(password.lower(), one) for one in known):
        raise FieldProblem("password_own")
    if is_common(password):
        raise FieldProblem("password_common")
    if _guesses(password, known) < FEWEST_GUESSES:
        raise FieldProblem("password_weak")


def check_composition(password: str, occasion: Occasion) -> None:
    """Refuse a length, a missing class of characters, a punctuation mark or what no keyboard gives."""
    lengths = POLICY[occasion]
    if not lengths.least <= len(password) <= lengths.most:
        raise FieldProblem("password_length", least=lengths.least, most=lengths.most)
    for one in password:
        if one in PUNCTUATION:
            name, english = PUNCTUATION[one]
            raise FieldProblem("password_punctuation", sign=one, name=name, english=english)
        if not "!" <= one <= "~":
            raise FieldProblem("password_character")
    for rule, is_there in _CLASSES.items():
        if not any(is_there(one) for one in password):
            raise FieldProblem(rule, least=lengths.least, most=lengths.most)


def is_common(password: str) -> bool:
    """Whether a password, or what is left of it without the digits and signs around it, is on the list."""
    common = _common()
    return any(one in common for one in _readings(password[:_LONGEST_CHECKED].lower()))


def _readings(lowered: str) -> set[str]:
    stems = {lowered, _AFTER_LETTERS.sub("", lowered)}
    stems |= {_BEFORE_LETTERS.sub("", one) for one in stems}
    stems.add(_SIGNS.sub("", lowered))
    # Leet after trimming: in `zhangwei1` the digit is a suffix, in `p@ssw0rd` a letter.
    return stems | {one.translate(_LEET) for one in stems}


def _holds(password: str, own: str) -> bool:
    """Whether a password holds one's own value, a word of it, or six digits of it in a row."""
    words = [one for one in re.split(r"[^a-z0-9]+", own) if len(one) >= _SHORTEST_OWN]
    digits = re.sub(r"\D", "", own)
    runs = [digits[start : start + _SHORTEST_RUN] for start in range(len(digits) - _SHORTEST_RUN + 1)]
    return any(one in password for one in words + runs)


@cache
def _common() -> frozenset[str]:
    listed = (Path(__file__).parent / "data/common_passwords.txt").read_text("utf-8")
    return frozenset(one for one in listed.splitlines() if one and not one.startswith("#"))


def _guesses(password: str, known: list[str]) -> int:
    # Its traps are shut out above: no empty text, no lone surrogate, nothing over 20 characters.
    from zxcvbn_rs_py import zxcvbn  # noqa: PLC0415 - 28 ms at its first call, for the doors that set a password

    return int(zxcvbn(password, known).guesses)


_CLASSES: dict[str, Callable[[str], bool]] = {
    "password_upper": lambda one: "A" <= one <= "Z",
    "password_lower": lambda one: "a" <= one <= "z",
    "password_digit": lambda one: "0" <= one <= "9",
}
