"""What is published on the home page: 通知公告 and 引智动态."""

from expertgate.admission.model import BulletinKind
from expertgate.outbound.attributes import UnicodeAttribute
from expertgate.outbound.rows import Row
from expertgate.outbound.world import World
from expertgate.settings import LIMITS, variable

_SHOWN = 6


class BulletinRow(Row):
    """One publication, for everybody."""

    class Meta:
        """In the table of admission."""

        table_name = variable("ADMISSION_TABLE")

    title = UnicodeAttribute()
    text = UnicodeAttribute()
    at = UnicodeAttribute()


def latest(world: World, kind: BulletinKind) -> list[BulletinRow]:
    """Return the newest publications of a kind, up to a minute late: every home page of the country asks for these few rows."""
    key = key_of(kind)
    return world.memory.recall(key, world.clock.now(), LIMITS.bulletins_kept, lambda: _newest(key))


def _newest(key: str) -> list[BulletinRow]:
    return list(BulletinRow.query(key, scan_index_forward=False, limit=_SHOWN, page_size=_SHOWN))


def key_of(kind: BulletinKind) -> str:
    """Return the partition of a kind."""
    return f"BULLETIN#{kind}"
