"""How many parts an SMS takes, and that every sentence we send fits into what a carrier takes."""

from string import Formatter

import pytest

from expertgate.caller import Language
from expertgate.catalogue.store import services
from expertgate.forms.names import LONGEST_PERSON, LONGEST_UNIT
from expertgate.forms.sms_text import cut, segments, units
from expertgate.forms.user_names import LONGEST
from expertgate.settings import LIMITS
from expertgate.wording import say, section

_RARE = "𠮷"
_DAY, _CODE, _ID, _MOBILE = "2026-12-31", "1" * 12, "0" * 26, "+861380013****"
_LONGEST = {
    **dict.fromkeys(("due", "first_day", "last_day", "until"), _DAY),
    **dict.fromkeys(("days", "minutes", "count", "moved", "left"), 1000),
    "agent": _RARE * LONGEST_PERSON,
    "case": _ID,
    "code": _CODE,
    "email": "a" * 254,
    "fields": "、".join(value["zh"] for name, value in section("sentences").items() if name.startswith("changed_")),
    "from_name": _RARE * LONGEST_PERSON,
    "login_name": "a" * LONGEST,
    "mobile": _MOBILE,
    "reason": "理" * 1000,
    "service": max((one.name for one in services()), key=len),
    "unit": _RARE * LONGEST_UNIT,
}
# What an official writes may be longer than any message: its beginning arrives.
_CUT = {"added_mobile_rejected", "appeal_rejected", "mobile_reset_rejected"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("验" * 33, 1),
        ("验" * 70, 1),
        ("验" * 71, 2),
        ("验" * 134, 2),
        ("验" * 135, 3),
        ("𠮷" * 35, 1),
        ("𠮷" * 36, 2),
        ("𠮷" * 67, 3),  # 134 units, but a pair does not fit into the 67th place
    ],
)
def test_parts_follow_the_units(text: str, parts: int) -> None:
    assert segments(text) == parts


def test_rare_character_takes_two_units() -> None:
    assert units("𠮷验") == 3


def test_only_reasons_are_longer_than_a_message() -> None:
    words = section("notices")
    assert {name for one in words.values() for _, name, _, _ in Formatter().parse(one["zh"]) if name} <= _LONGEST.keys()
    texts = {name: f"【国家外国专家局】{say('notices', name, Language.ZH, _LONGEST)}" for name in words}
    assert {name for name, text in texts.items() if segments(text) > LIMITS.sms_parts_most} == _CUT
    assert max(len(cut(text, LIMITS.sms_parts_most).encode()) for text in texts.values()) <= 1600


@pytest.mark.parametrize("text", ["验" * 500, "𠮷" * 300, "验𠮷" * 200])
def test_a_longer_text_is_cut_at_its_end(text: str) -> None:
    kept = cut(text, 7)
    assert (segments(kept), kept[-1], text.startswith(kept[:-1])) == (7, "…", True)
    assert segments(text[: len(kept)] + "…") > 7
    assert cut(text[:30], 1) == text[:30]
