"""What the audit says, for tests."""

import json
from typing import Any

from expertgate.outbound.audit import AuditRow


def facts_of(subject: str, tag: str) -> list[dict[str, Any]]:
    """Return the facts of the deeds of one kind done to a subject, oldest first; those of one instant in any order."""
    return [json.loads(row.facts) for row in AuditRow.query(subject, page_size=100) if row.tag == tag]
