"""Who may read what was handed in with a case; found by name from `expertgate.readers`."""

from expertgate.caller import Caller, CallerKind
from expertgate.review.store.rows import META, CaseRow, case_key


def may_read(case_id: str, caller: Caller) -> bool:
    """Tell whether the caller is the applicant, the unit applied for, or the official who holds the case now (D-13)."""
    row = CaseRow.find(case_key(case_id), META)
    if row is None or caller.account_id is None:
        return False
    readers = {row.claimed_by} if caller.kind is CallerKind.OFFICIAL else {row.account_id, row.unit_id}
    return caller.account_id in readers
