"""Names of people and of units: what is kept, what is refused, what counts as the same."""

import re
import unicodedata

from expertgate.forms.problems import FieldProblem
from expertgate.forms.text import is_unseen
from expertgate.records import Record

SHORTEST = 2
LONGEST_PERSON = 100
LONGEST_UNIT = 200
_DOTS = dict.fromkeys(map(ord, "•・．‧⋅･"), "·")
_FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
# 〇 is a number letter to Unicode and a character of names to people.
_IN_PERSON_NAMES = frozenset(" ·'’‘-‐–.,()〇")
# Ranges, since a pattern of them takes longer to compile than the whole module to load.
_HAN = (("〇", "〇"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U000333ff"))


class UnitName(Record):
    """A unit's name as shown, and the key under which it is unique."""

    display: str
    key: str


def parse_person_name(raw: str) -> str:
    """Read a person's name as on the document (ACC-02)."""
    name = _folded(raw, LONGEST_PERSON)
    wrong = [one for one in name if not _is_of_names(one)]
    if wrong:
        raise FieldProblem("person_name_character", character=_shown(wrong[0]))
    if len(name) < SHORTEST or not any(one.isalpha() for one in name):
        raise FieldProblem("person_name_short")
    return name


def person_key(name: str) -> str:
    """Make two spellings of one person's name equal: letter case, and spaces between Han characters."""
    return _key(name)


def parse_unit_name(raw: str) -> UnitName:
    """Read a unit's name; brackets of either width are the same name (ACC-05)."""
    name = _folded(raw, LONGEST_UNIT)
    wrong = [one for one in name if unicodedata.category(one) == "So"]
    if wrong:
        raise FieldProblem("unit_name_character", character=_shown(wrong[0]))
    if len(name) < SHORTEST or not any(one.isalpha() for one in name):
        raise FieldProblem("unit_name_short")
    return UnitName(" ".join(unicodedata.normalize("NFC", raw).split()), _key(unicodedata.normalize("NFKC", name)))


def has_han(text: str) -> bool:
    """Whether any character is Chinese."""
    return any(first <= one <= last for one in text for first, last in _HAN)


def _folded(raw: str, longest: int) -> str:
    if len(raw) > longest:
        raise FieldProblem("too_long", limit=longest)
    # Dots first: the full-width full stop among them would else be folded to an ASCII one.
    text = unicodedata.normalize("NFC", raw).translate(_DOTS).translate(_FULL_WIDTH)
    text = "".join(_plain(one) for one in text)
    if any(is_unseen(one) for one in text):
        raise FieldProblem("unseen_character")
    text = re.sub(" +", " ", text).strip()
    if not text:
        raise FieldProblem("required")
    return text


def _plain(character: str) -> str:
    if "⺀" <= character <= "⿟":  # radicals look like characters and come out of scanned documents
        return unicodedata.normalize("NFKC", character)
    return " " if unicodedata.category(character) == "Zs" else character


def _is_of_names(character: str) -> bool:
    return character in _IN_PERSON_NAMES or unicodedata.category(character)[0] in "LM"


def _key(name: str) -> str:
    folded = unicodedata.normalize("NFC", name.casefold())
    return folded.replace(" ", "") if has_han(folded) else folded


def _shown(character: str) -> str:
    return f"{character} (U+{ord(character):04X})"
