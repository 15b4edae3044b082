"""Queues of bureaus and lists of applicants, page by page."""

from dataclasses import dataclass
from heapq import merge
from itertools import islice

from expertgate.catalogue.store import NATIONAL
from expertgate.review.model import PLATFORM, CaseState
from expertgate.review.rules.queues import queues
from expertgate.review.store.rows import ByApplicant, ByQueue, CaseRow


@dataclass(frozen=True)
class Asked:
    """Which part of a queue is asked for."""

    state: CaseState
    kind: str | None
    cursor: str | None
    size: int


def page(bureau: str, asked: Asked) -> tuple[list[str], str | None]:
    """Return case ids, oldest due first, merged from the queue's partitions, and where the next page begins."""
    after = ByQueue.queue_sort > asked.cursor if asked.cursor else None
    of_kind = CaseRow.kind == asked.kind if asked.kind else None
    parts = [
        CaseRow.by_queue.query(queue, after, filter_condition=of_kind, limit=asked.size + 1, page_size=asked.size + 1)
        for queue in queues(bureau, asked.state, nation_wide=bureau in {NATIONAL, PLATFORM})
    ]
    sorts = list(islice(merge(*([str(row.queue_sort) for row in part] for part in parts)), asked.size + 1))
    shown = sorts[: asked.size]
    return [one.partition("#")[2] for one in shown], shown[-1] if len(sorts) > asked.size else None


def cases_of(account_id: str, size: int, before: str | None) -> tuple[list[str], str | None]:
    """Return the ids of an account's cases, newest first, and where the next page begins."""
    older = ByApplicant.applicant_sort < before if before else None
    found = CaseRow.by_applicant.query(account_id, older, scan_index_forward=False, limit=size + 1, page_size=size + 1)
    sorts = [str(row.applicant_sort) for row in found]
    shown = sorts[:size]
    return [one.partition("#")[2] for one in shown], shown[-1] if len(sorts) > size else None
