"""Whoever goes from page to page sees each row once, in order, whatever comes and goes meanwhile, and no page leads to an empty one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expertgate.catalogue.store import NATIONAL
from expertgate.outbound.aws import client
from expertgate.outbound.clock import stamp
from expertgate.review.model import CaseState, Wanted
from expertgate.review.rules.queues import queues
from expertgate.review.store.queues import page
from expertgate.review.store.rows import CaseRow
from tests.stage import Stage

KINDS = ("appeal", "unit_admission")
ROWS = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 5), st.sampled_from(KINDS)), max_size=30)  # lane, due hour, kind
ASKED = st.tuples(st.sampled_from([None, *KINDS]), st.integers(1, 3), st.integers(8, 40))  # kind, size of a page, rows looked at
_DUE, _numbers = datetime(2026, 3, 2, 16, tzinfo=UTC), count(1)


def _put(lane: int, hour: int, kind: str) -> tuple[str, str]:
    """Lay a case into a lane of the nation's queue; return its place in the queue and its kind."""
    case_id = f"C{next(_numbers):06}"
    sort = f"{stamp(_DUE + timedelta(hours=hour))}#{case_id}"
    queue = queues(NATIONAL, CaseState.IN_REVIEW, nation_wide=True)[lane]
    row = {"pk": f"CASE#{case_id}", "sk": "META", "queue": queue, "queue_sort": sort, "kind": kind}
    client("dynamodb").put_item(TableName=CaseRow.Meta.table_name, Item={name: {"S": value} for name, value in row.items()})
    return sort, kind


def _take(sort: str) -> None:
    key = {"pk": {"S": f"CASE#{sort.partition('#')[2]}"}, "sk": {"S": "META"}}
    client("dynamodb").delete_item(TableName=CaseRow.Meta.table_name, Key=key)


def _walked(kind: str | None, size: int, looked_at: int, between: Callable[[], None]) -> list[list[str]]:
    pages: list[list[str]] = []
    cursor: str | None = None
    while cursor is not None or not pages:
        shown, cursor = page(NATIONAL, Wanted(CaseState.IN_REVIEW, kind, None, None, size, cursor), looked_at)
        pages.append(shown)
        between()
        assert len(pages) < 300
    return pages


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(rows=ROWS, more=ROWS, gone=st.integers(0, 5), asked=ASKED)
def test_a_queue_is_read_once_from_end_to_end(
    stage: Stage, rows: list[tuple[int, int, str]], more: list[tuple[int, int, str]], gone: int, asked: tuple[str | None, int, int]
) -> None:
    kind = asked[0]
    there = [_put(*row) for row in rows]
    leaving, later, added = there[:gone], list(more), list[tuple[str, str]]()

    def meanwhile() -> None:
        if later:
            added.append(_put(*later.pop()))
        if leaving:
            _take(leaving.pop()[0])

    pages = _walked(*asked, meanwhile)
    seen = [one for shown in pages for one in shown]
    stayed = sorted(sort for sort, of in there[gone:] if kind in {None, of})
    assert [one for one in seen if one in {sort.partition("#")[2] for sort in stayed}] == [sort.partition("#")[2] for sort in stayed]
    assert len(seen) == len(set(seen))
    assert kind is not None or gone or len(pages) == 1 or all(pages)
    for sort, _ in [*there, *added]:
        _take(sort)
