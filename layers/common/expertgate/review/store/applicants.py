"""The cases of an applicant, read without what belongs to the desk."""

from collections.abc import Sequence
from typing import cast

from expertgate.outbound.rows import page_of, read_together
from expertgate.outbound.world import World
from expertgate.review.store.rows import META, ByApplicant, CaseRow, RoundRow, case_key, round_key


def cases_of(account_id: str, size: int, before: str | None) -> tuple[list[str], str | None]:
    """Return the ids of an account's cases, newest first, and where the next page begins."""
    older = ByApplicant.applicant_sort < before if before else None
    found = CaseRow.by_applicant.query(account_id, older, scan_index_forward=False, limit=size + 1, page_size=size + 1)
    shown, following = page_of(list(found), size, lambda row: str(row.applicant_sort))
    return [str(row.applicant_sort).partition("#")[2] for row in shown], following


def case_rows(case_ids: list[str]) -> list[CaseRow]:
    """Return the rows of these cases, at most 100; where they stand is not sealed."""
    found = read_together(*((CaseRow, case_key(one), META) for one in case_ids)) if case_ids else []
    return [cast("CaseRow", row) for row in found if row is not None]


def forms_of(world: World, found: Sequence[CaseRow]) -> dict[str, dict[str, object]]:
    """Return by case key what was last handed in with each of these cases, at most 100, without what tells of somebody else."""
    rounds = read_together(*((RoundRow, row.pk, round_key(int(row.round))) for row in found))
    return {row.pk: _own(row.kind, one.unseal(world.keys)["form"]) for row, one in zip(found, rounds, strict=True) if one is not None}


def _own(kind: str, form: dict[str, object]) -> dict[str, object]:
    from expertgate.review.store.kinds import kinds  # noqa: PLC0415 -- only where there are cases

    return {name: part for name, part in form.items() if name not in kinds()[kind].hidden}
