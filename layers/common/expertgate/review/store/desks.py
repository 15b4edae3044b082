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
