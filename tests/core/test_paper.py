"""The money of docs/scale.md follows from counted units and from the parameters, line by line."""

from pathlib import Path

import pytest

from infra.checks import paper

_COUNTED = """
| action | calls | least | beyond | most seen | budget | read units | write units | $ a million |
| account.log_in | 4 | 2 | c d | 6 | 7 | 15 | 21 | 16.60 |
| evidence.check_upload | 6 | 3 | 3o | 6 | 6 | 3 | 4 | 19.48 |

* **account.log_in**: read together (10 × accounts CLAIM); transaction (put sessions ACCOUNT SESSION)
* **evidence.check_upload**: read evidence EVIDENCE; s3 GetObject; s3 PutObject; transaction (put audit EVIDENCE); s3 DeleteObject
"""


def test_units_are_read_from_the_counted_page() -> None:
    assert paper.counted(_COUNTED) == {
        "account.log_in": paper.Counted(15, 21, 0),
        "evidence.check_upload": paper.Counted(3, 4, 3),
    }


def test_a_line_is_units_times_prices() -> None:
    given = paper.parameters()
    given["actions"] = [{"action": "account.log_in", "what": "log-ins", "of_log_ins": 1}]
    given["world"]["log_ins_a_second"], given["month"] = (
        100,
        given["month"] | {"average_of_peak": 0.5, "seconds": 1_000_000, "log_in_ms": 50},
    )
    (line,) = paper.bill(given, paper.counted(_COUNTED))
    assert line.times == 50_000_000
    assert line.of_a_million == pytest.approx(15 * 0.125 + 21 * 0.625 + 0.2 + 0.05 * 13.3334)
    assert line.dollars == pytest.approx(50 * line.of_a_million)


def test_every_action_of_the_bill_is_counted() -> None:
    units = paper.counted(paper.COUNTED.read_text("utf-8"))
    assert {one["action"] for one in paper.parameters()["actions"]} - units.keys() == set()


def test_every_price_names_where_it_stands() -> None:
    assert [name for name, one in paper.parameters()["prices"].items() if not one["source"]] == []


def test_the_section_is_replaced_not_added(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{paper.BEGIN}old\n{paper.END}after\n", "utf-8")
    for _ in range(2):
        paper.write(page)
    text = page.read_text("utf-8")
    assert (text.startswith("before\n"), text.endswith("after\n"), "old" in text, text.count("| **all** |")) == (True, True, False, 1)
