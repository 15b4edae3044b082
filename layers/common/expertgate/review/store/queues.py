"""Queues of bureaus, page by page."""

from heapq import merge
from itertools import islice
from typing import Any

from pynamodb.expressions.condition import And, Condition
from pynamodb.pagination import PageIterator

from expertgate.catalogue.store import NATIONAL
from expertgate.forms.dates import end_of
from expertgate.outbound.clock import stamp
from expertgate.review.model import PLATFORM, Wanted
from expertgate.review.rules.queues import queues
from expertgate.review.store.rows import ByQueue, CaseRow
from expertgate.settings import LIMITS

# Before and behind everything that is printable: the sort key is the due time and the case's id.
_AFTER, _LAST = " ", "~"


def page(bureau: str, asked: Wanted, most: int = LIMITS.queue_rows_looked_at) -> tuple[list[str], str | None]:
    """Return case ids, oldest due first, merged from the queue's partitions, and where the next page begins.

    At most some `most` rows are looked at: a filter for what is rare gets a page with less than was asked for, and goes on from there.
    """
    first, last = f"{asked.cursor or ''}{_AFTER}", f"{stamp(end_of(asked.due_by)) if asked.due_by else ''}{_LAST}"
    if first > last:
        return [], None
    within, wanted = ByQueue.queue_sort.between(first, last), _condition(asked)
    lanes = queues(bureau, asked.state, nation_wide=bureau in {NATIONAL, PLATFORM})
    rows = asked.size + 1 if wanted is None else max(asked.size + 1, most // len(lanes))
    parts = [
        _looked_at(CaseRow.by_queue.query(lane, within, filter_condition=wanted, page_size=rows).page_iter, asked.size) for lane in lanes
    ]
    # Behind the place where one partition was left nothing is known of it: what others have there belongs to a later page.
    known = min(until for _, until in parts)
    sorts = list(islice((one for one in merge(*(found for found, _ in parts)) if one <= known), asked.size + 1))
    shown = sorts[: asked.size]
    if len(sorts) > asked.size:
        return _ids(shown), shown[-1]
    return _ids(shown), known if known < _LAST else None


def _looked_at(pages: PageIterator[dict[str, Any]], size: int) -> tuple[list[str], str]:
    """Return the sort keys that one page of a partition's rows has, and up to where it was looked through."""
    found = [str(item["queue_sort"]["S"]) for item in next(pages)["Items"]]
    left = pages.last_evaluated_key
    return found[: size + 1], str(left["queue_sort"]["S"]) if left else _LAST


def _ids(sorts: list[str]) -> list[str]:
    return [one.partition("#")[2] for one in sorts]


def _condition(asked: Wanted) -> Condition | None:
    kind: Condition | None = CaseRow.kind == asked.kind if asked.kind else None
    level: Condition | None = CaseRow.level == asked.level if asked.level is not None else None
    if kind is None or level is None:
        return level if kind is None else kind
    return And(kind, level)
