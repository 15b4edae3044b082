"""What the audit says of a case, for its history at the desk."""

from expertgate.outbound.audit import AuditRow
from expertgate.settings import LIMITS

_LOOKS = "review:case:read"


def deeds_of(case_id: str) -> list[AuditRow]:
    """Return what was done with a case, oldest first, looks left out, at most a page."""
    size = LIMITS.page_size_most
    return list(AuditRow.query(f"CASE#{case_id}", filter_condition=AuditRow.tag != _LOOKS, limit=size, page_size=size))
