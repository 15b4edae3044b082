"""How many parts an SMS takes."""

import pytest

from expertgate.forms.sms_text import segments, units


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
