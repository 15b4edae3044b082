"""What is published on the home page: 通知公告 and 引智动态."""

from pynamodb.attributes import UnicodeAttribute

from expertgate.admission.model import BulletinKind
from expertgate.outbound.rows import Row
from expertgate.settings import variable

_SHOWN = 6


class BulletinRow(Row):
    """One publication, for everybody."""

    class Meta:
        """In the table of admission."""

        table_name = variable("ADMISSION_TABLE")

    title = UnicodeAttribute()
    text = UnicodeAttribute()
    at = UnicodeAttribute()


def latest(kind: BulletinKind) -> list[BulletinRow]:
    """Return the newest publications of a kind."""
    return list(BulletinRow.query(key_of(kind), scan_index_forward=False, limit=_SHOWN, page_size=_SHOWN))


def key_of(kind: BulletinKind) -> str:
    """Return the partition of a kind."""
    return f"BULLETIN#{kind}"
