"""A bureau's queue: oldest due first, by kind and state, page by page, with counts."""

from dataclasses import replace

import pytest

from expertgate.inbound.fields import Pages
from expertgate.review.model import CaseState, Duty, Wanted
from expertgate.review.store.queues import page
from tests.builders.cases import claim, decide, opened
from tests.builders.officials import HEBEI, NATIONAL, PLATFORM, Desk, official
from tests.stage import Answered, Stage

pytestmark = pytest.mark.usefixtures("workflow")


HANDAN = "130400"


def _where(bureau: str) -> str | None:
    return None if bureau == PLATFORM else bureau


def _queue(stage: Stage, desk: Desk, **query: object) -> Answered:
    return stage.call("review.list_queue", token=desk.token, query=query)


def test_the_oldest_due_comes_first(stage: Stage) -> None:
    first = opened(stage, subject="U1")
    stage.clock.advance(days=1)
    second = opened(stage, subject="U2")
    items = _queue(stage, official(stage)).json["items"]
    assert [one["id"] for one in items] == [first, second]
    assert items[0]["due"] == "2026-03-09T16:00:00.000Z"


def test_a_case_past_its_due_time_is_marked(stage: Stage) -> None:
    opened(stage)
    stage.clock.advance(days=8)
    assert _queue(stage, official(stage)).json["items"][0]["overdue"] is True


def test_other_bureaus_do_not_see_it(stage: Stage) -> None:
    opened(stage)
    assert _queue(stage, official(stage, HEBEI)).json["items"] == []


def test_counts_follow_the_cases(stage: Stage) -> None:
    first, desk = opened(stage, subject="U1"), official(stage)
    opened(stage, subject="U2")
    decide(stage, first, desk)
    assert _queue(stage, desk).json["counts"] == {"unit_admission": {"in_review": 1, "waiting_return": 0, "suspended": 0}}
    assert _queue(stage, official(stage, HEBEI)).json["counts"]["unit_admission"]["in_review"] == 1


def test_a_nation_wide_queue_is_paged(stage: Stage) -> None:
    cases = []
    for number in range(7):
        cases.append(opened(stage, kind="appeal", subject=f"A{number}", bureau=None))
        stage.clock.advance(days=1)
    desk, seen, cursor = official(stage, PLATFORM), [], None
    for _ in range(3):
        page = _queue(stage, desk, size=3, **({"cursor": cursor} if cursor else {})).json
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert (sorted(seen), cursor) == (sorted(cases), None)


def test_a_kind_and_a_state_can_be_asked_for(stage: Stage) -> None:
    desk = official(stage)
    returned = opened(stage, subject="U1")
    opened(stage, subject="U2")
    decide(stage, returned, desk, "return")
    assert [one["id"] for one in _queue(stage, desk, state="returned").json["items"]] == [returned]
    assert _queue(stage, desk, kind="unit_change").json["items"] == []


@pytest.mark.parametrize(("kind", "bureau"), [("unit_change", HANDAN), ("appeal", PLATFORM)])
def test_a_rare_kind_is_looked_for_piece_by_piece(stage: Stage, kind: str, bureau: str) -> None:
    wanted, pages, found = Wanted(CaseState.IN_REVIEW, kind, None, None, 1, None), 0, list[str]()
    for number in range(9):
        opened(stage, subject=f"U{number}", kind="unit_admission" if bureau == HANDAN else "duplicate_hold", bureau=_where(bureau))
        stage.clock.advance(days=1)
    rare = [opened(stage, subject=f"R{number}", kind=kind, bureau=_where(bureau)) for number in range(2)]
    while pages == 0 or wanted.cursor:
        ids, cursor = page(bureau, wanted, most=2)
        pages, found, wanted = pages + 1, found + ids, replace(wanted, cursor=cursor)
    assert (found, pages > len(rare)) == (sorted(rare), True)


def test_a_claimed_case_shows_whose_it_is(stage: Stage) -> None:
    case_id, desk = opened(stage), official(stage)
    claim(stage, case_id, desk)
    assert [(one["claimed"], one["mine"]) for one in _queue(stage, desk).json["items"]] == [(True, True)]
    assert [(one["claimed"], one["mine"]) for one in _queue(stage, official(stage)).json["items"]] == [(True, False)]


def test_a_level_and_a_due_day_are_filters(stage: Stage) -> None:
    from_the_city = opened(stage, subject="U1")
    decide(stage, from_the_city, official(stage))
    stage.clock.advance(days=1)
    begun_here, desk = opened(stage, subject="U2", bureau=HEBEI), official(stage, HEBEI)
    of = {level: [one["id"] for one in _queue(stage, desk, level=level, kind="unit_admission").json["items"]] for level in (0, 1, 2)}
    assert of == {0: [begun_here], 1: [from_the_city], 2: []}
    by_day = [[one["id"] for one in _queue(stage, desk, due_by=f"2026-03-{day:02}").json["items"]] for day in (8, 9, 10)]
    assert by_day == [[], [from_the_city], [from_the_city, begun_here]]
    after = _queue(stage, desk, due_by="2026-03-09", cursor=Pages("cases").cursor("2026-03-10")).json
    assert (after["items"], after["next_cursor"]) == ([], None)


@pytest.mark.parametrize("due_by", ["9999-12-31", "0001-01-01", "0", "1772409600", "2026-03-02T00:00:00Z"])
def test_only_a_day_people_mean_is_a_due_day(stage: Stage, due_by: str) -> None:
    assert _queue(stage, official(stage), due_by=due_by).broken == {"due_by": "day_form"}


@pytest.mark.parametrize("query", [{"due_by": "soon"}, {"level": -1}, {"state": "lost"}, {"size": 0}])
def test_a_filter_that_says_nothing_is_refused(stage: Stage, query: dict[str, object]) -> None:
    answered = _queue(stage, official(stage), **query)
    assert (answered.status, list(answered.broken)) == (422, list(query))


def test_a_case_nobody_can_decide_is_not_overdue(stage: Stage) -> None:
    decide(stage, opened(stage), official(stage), "return")
    stage.clock.advance(days=60)
    assert [one["overdue"] for one in _queue(stage, official(stage), state="returned").json["items"]] == [False]


def test_an_administrator_has_no_queue(stage: Stage) -> None:
    answered = _queue(stage, official(stage, NATIONAL, Duty.ADMINISTRATOR))
    assert (answered.status, answered.code) == (403, "duty_missing")


@pytest.mark.parametrize(("language", "name"), [("zh", "单位信息审核"), ("en", "unit information")])
def test_what_is_counted_has_a_name(stage: Stage, language: str, name: str) -> None:
    opened(stage)
    answered = stage.call("review.list_queue", token=official(stage).token, language=language)
    assert answered.json["kind_names"] == {"unit_admission": name}


@pytest.mark.parametrize(("language", "name"), [("zh", "平台运营"), ("en", "platform")])
def test_the_platform_has_a_name_too(stage: Stage, language: str, name: str) -> None:
    opened(stage, kind="appeal", bureau=None)
    (case,) = stage.call("review.list_queue", token=official(stage, PLATFORM).token, language=language).json["items"]
    assert {(one["bureau_name"], one["level_name"]) for one in case["chain"]} == {(name, name)}


def test_the_counts_say_when_to_stop(stage: Stage) -> None:
    opened(stage, subject="U1")
    wanted = opened(stage, kind="unit_change", subject="U2")
    found = _queue(stage, official(stage), kind="unit_change", size=1).json
    assert [one["id"] for one in found["items"]] == [wanted]
    assert len(found["items"]) == found["counts"]["unit_change"]["in_review"]
    assert "member_admission" not in found["counts"]
