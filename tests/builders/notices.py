"""What was told to whom, for tests."""

from expertgate.notice.store import NoticeRow, box_of


def told(account_id: str) -> list[str]:
    """Return the templates of the notices of an account, oldest first."""
    return [row.template for row in NoticeRow.query(box_of(account_id), page_size=100)]
