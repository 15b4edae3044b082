"""Queues of bureaus and lists of applicants, page by page."""

from heapq import merge
from itertools import islice

from pynamodb.expressions.condition import And, Condition

from expertgate.catalogue.store import NATIONAL
from expertgate.forms.dates import end_of
from expertgate.outbound.clock import stamp
from expertgate.review.model import PLATFORM, Wanted
from expertgate.review.rules.queues import queues
from expertgate.review.store.rows import ByApplicant, ByQueue, CaseRow

# Before and behind everything that is printable: the sort key is the due time and the case's id.
_AFTER, _LAST = " ", "~"


def page(bureau: str, asked: Wanted) -> tuple[list[str], str | None]:
    """Return case ids, oldest due first, merged from the queue's partitions, and where the next page begins."""
    first, last = f"{asked.cursor or ''}{_AFTER}", f"{stamp(end_of(asked.due_by)) if asked.due_by else ''}{_LAST}"
    if first > last:
        return [], None
    within, wanted = ByQueue.queue_sort.between(first, last), _condition(asked)
    parts = [
        CaseRow.by_queue.query(queue, within, filter_condition=wanted, limit=asked.size + 1, page_size=asked.size + 1)
        for queue in queues(bureau, asked.state, nation_wide=bureau in {NATIONAL, PLATFORM})
    ]
    sorts = list(islice(merge(*([str(row.queue_sort) for row in part] for part in parts)), asked.size + 1))
    shown = sorts[: asked.size]
    return [one.partition("#")[2] for one in shown], shown[-1] if len(sorts) > asked.size else None


def _condition(asked: Wanted) -> Condition | None:
    kind: Condition | None = CaseRow.kind == asked.kind if asked.kind else None
    level: Condition | None = CaseRow.level == asked.level if asked.level is not None else None
    if kind is None or level is None:
        return level if kind is None else kind
    return And(kind, level)


def cases_of(account_id: str, size: int, before: str | None) -> tuple[list[str], str | None]:
    """Return the ids of an account's cases, newest first, and where the next page begins."""
    older = ByApplicant.applicant_sort < before if before else None
    found = CaseRow.by_applicant.query(account_id, older, scan_index_forward=False, limit=size + 1, page_size=size + 1)
    sorts = [str(row.applicant_sort) for row in found]
    shown = sorts[:size]
    return [one.partition("#")[2] for one in shown], shown[-1] if len(sorts) > size else None
