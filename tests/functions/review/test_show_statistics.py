"""Statistics come from counters that moved with the cases."""

from collections import Counter
from typing import Any

import pytest

from expertgate.review.model import Duty, Level
from expertgate.review.store.counters import NOW, CountRow, partition_of, sort_of
from tests.builders.cases import decide, opened
from tests.builders.officials import HANDAN, HEBEI, NATIONAL, Desk, official
from tests.stage import Stage

pytestmark = pytest.mark.usefixtures("workflow")


def _numbers(stage: Stage, desk: Desk, **query: str) -> dict[str, dict[str, Any]]:
    answered = stage.call("review.show_statistics", token=desk.token, query=query)
    return {one["level"]: one for one in answered.json["items"]}


def test_a_months_numbers_by_level(stage: Stage) -> None:
    desk, above = official(stage), official(stage, HEBEI)
    cases = [opened(stage, subject=f"U{number}") for number in range(4)]
    stage.clock.advance(minutes=9)
    for case_id, outcome in zip(cases, ["approve", "approve", "return"], strict=False):
        decide(stage, case_id, desk, outcome)
    decide(stage, cases[0], above, "reject")
    city = _numbers(stage, desk)["city"]
    told = {name: city[name] for name in ("submitted", "approved", "returned", "in_review", "waiting_return", "mean_hours")}
    assert told == {"submitted": 4, "approved": 2, "returned": 1, "in_review": 1, "waiting_return": 1, "mean_hours": 0.15}
    province = _numbers(stage, above)["province"]
    assert (province["rejected"], province["in_review"], province["mean_hours"]) == (1, 1, 0.0)


def test_the_nation_sees_all_and_each_bureau(stage: Stage) -> None:
    opened(stage, subject="U1")
    opened(stage, subject="U2", bureau="370200")
    nation = official(stage, NATIONAL)
    assert {level: one["submitted"] for level, one in _numbers(stage, nation).items()} == {"city": 1, "province": 1}
    assert list(_numbers(stage, nation, bureau=HANDAN)) == ["city"]


def test_a_bureau_sees_its_own_only(stage: Stage) -> None:
    opened(stage)
    desk = official(stage, HEBEI)
    assert _numbers(stage, desk, bureau=HEBEI) == {}
    refused = stage.call("review.show_statistics", token=desk.token, query={"bureau": HANDAN})
    assert (refused.status, refused.code) == (403, "duty_missing")


@pytest.mark.parametrize("month", ["2026-13", "2026-3", "２０２６-03"])
def test_what_is_no_month_is_refused(stage: Stage, month: str) -> None:
    answered = stage.call("review.show_statistics", token=official(stage).token, query={"month": month})
    assert answered.broken == {"month": "bad_form"}


def test_another_month_has_other_numbers(stage: Stage) -> None:
    opened(stage)
    desk = official(stage)
    assert _numbers(stage, desk, month="2026-02") == {}
    stage.clock.advance(days=31)
    later = official(stage)
    city = _numbers(stage, later, month="2026-03")["city"]
    assert (city["submitted"], city["in_review"]) == (1, None)
    assert _numbers(stage, later)["city"]["in_review"] == 1


def test_support_sees_no_statistics(stage: Stage) -> None:
    desk = official(stage, "platform", Duty.SUPPORT)
    assert stage.call("review.show_statistics", token=desk.token).code == "duty_missing"


def test_the_nations_own_cases_are_counted_whole(stage: Stage) -> None:
    nation = official(stage, NATIONAL)
    cases = [opened(stage, subject=f"U{number}", bureau=NATIONAL) for number in range(8)]
    decide(stage, cases[0], nation, "approve")
    assert len({row.sk for shard in range(4) for row in CountRow.query(f"COUNT#{NOW}#{shard}", page_size=100)}) > 1
    told = _numbers(stage, nation)["national"]
    assert (told["submitted"], told["approved"], told["in_review"]) == (8, 1, 7)
    queue = stage.call("review.list_queue", token=nation.token).json
    assert queue["counts"]["unit_admission"]["in_review"] == 7


def test_only_nation_wide_levels_spread_their_counts() -> None:
    ids = [f"{number:026}" for number in range(4_000)]
    spread = {
        name: Counter((partition_of(NOW, one), sort_of(Level(bureau, name, 5), "unit_admission", one)) for one in ids)
        for bureau, name in ((HANDAN, "city"), (NATIONAL, "national"))
    }
    assert {name: len(rows) for name, rows in spread.items()} == {"city": 4, "national": 64}
    assert max(spread["national"].values()) < 2 * 4_000 / 64


@pytest.mark.parametrize(("language", "names"), [("zh", ("市级外专局", "单位信息审核")), ("en", ("city bureau", "unit information"))])
def test_what_was_counted_has_names(stage: Stage, language: str, names: tuple[str, str]) -> None:
    opened(stage)
    (one,) = stage.call("review.show_statistics", token=official(stage).token, language=language).json["items"]
    assert (one["level_name"], one["kind_name"]) == names
