"""An official and the case before him, read at one moment."""

from typing import cast

from expertgate.errors.review import CaseUnknown, OfficialUnknown
from expertgate.outbound.rows import read_together
from expertgate.outbound.world import World
from expertgate.review.model import Case, Official
from expertgate.review.store.cases import to_case
from expertgate.review.store.officials import OfficialRow, official_key, to_official
from expertgate.review.store.rows import META, CaseRow, case_key


def official_and_case(world: World, official_id: str, case_id: str, bureau: str | None) -> tuple[Official, Case]:
    """Return both as they stand now, the case only where this bureau is part of its chain.

    Raises OfficialUnknown, CaseUnknown.
    """
    found = read_together((OfficialRow, official_key(official_id), META), (CaseRow, case_key(case_id), META))
    if found[0] is None:
        raise OfficialUnknown
    if found[1] is None:
        raise CaseUnknown
    case = to_case(cast("CaseRow", found[1]), world.keys)
    if bureau not in {level.bureau for level in case.chain}:
        raise CaseUnknown
    return to_official(cast("OfficialRow", found[0]), world), case


def holder_and_heir(world: World, case: Case) -> tuple[Official, str | None]:
    """Return who holds a case as he stands now, and for whom his cases are kept if he has left.

    Raises OfficialUnknown.
    """
    from expertgate.review.store.jobs import JobRow, place_of  # noqa: PLC0415 -- only where a case is claimed already

    holder_id = case.claimed_by or ""
    found = read_together((OfficialRow, official_key(holder_id), META), place_of(holder_id))
    if found[0] is None:
        raise OfficialUnknown
    job = cast("JobRow | None", found[1])
    return to_official(cast("OfficialRow", found[0]), world), job.heir if job else None
