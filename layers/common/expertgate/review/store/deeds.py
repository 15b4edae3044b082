"""What the audit says of a case, for its history at the desk."""

from expertgate.outbound.audit import AuditRow
from expertgate.settings import LIMITS

_LOOKS = "review:case:read"


def deeds_of(case_id: str) -> list[AuditRow]:
    """Return what was done with a case lately, oldest first, looks left out, at most a page."""
    size, done = LIMITS.page_size_most, AuditRow.tag != _LOOKS
    return list(AuditRow.query(f"CASE#{case_id}", filter_condition=done, scan_index_forward=False, limit=size, page_size=size))[::-1]
