"""What an import keeps: the key of each account that moved, how far it came, and what each part of the file gave."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from expertgate.account.legacy.survey import Survey
from expertgate.outbound.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from expertgate.outbound.rows import Key, Row
from expertgate.outbound.world import World
from expertgate.settings import LIMITS, variable

ALL = "IMPORTS"
RUNNING, FINISHED, FAILED = "running", "finished", "failed"

type Refused = tuple[int, str, str]  # line, column or "-", code: nothing personal


class LegacyRow(Row):
    """That an account of an old platform has moved: to which account, from which line of which run, and what the line said (keyed hash)."""

    class Meta:
        """In the table of accounts; the key is a blind index."""

        table_name = variable("ACCOUNTS_TABLE")

    account_id = UnicodeAttribute()
    digest = UnicodeAttribute()
    run = UnicodeAttribute()
    line = NumberAttribute()


class ImportRow(Row):
    """An import of one file's content and the place up to which it is done."""

    class Meta:
        """In the table of accounts: the sentinels it works with are there."""

        table_name = variable("ACCOUNTS_TABLE")

    state = UnicodeAttribute(default=RUNNING)
    run = NumberAttribute(default=1)
    place = UnicodeAttribute(default="")
    tag = UnicodeAttribute(default="")
    coding = UnicodeAttribute()
    form = UnicodeAttribute()
    size = NumberAttribute()
    at = NumberAttribute()
    line = NumberAttribute()
    columns = JSONAttribute()
    counts = JSONAttribute(default=dict)
    began = UnicodeAttribute()
    held_until = UnicodeAttribute(default="")

    @property
    def facts(self) -> Survey:
        """Return what the survey found."""
        return Survey(self.sk, self.coding, self.form, 0)

    @property
    def run_id(self) -> str:
        """Return what tells this run from an earlier one of the same content."""
        return f"{self.sk}#{self.run:.0f}"


class PartRow(Row):
    """What one part of a run gave."""

    class Meta:
        """In the table of accounts."""

        table_name = variable("ACCOUNTS_TABLE")

    counts = JSONAttribute()
    refused = JSONAttribute()


@dataclass
class Part:
    """Counts of one part, and its refused lines in their order."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("imported", "unchanged", "refused"), 0))
    refused: list[Refused] = field(default_factory=list)


def legacy_key(world: World, key: str) -> Key:
    """Return where it stands that an old account has moved."""
    return LegacyRow, f"CLAIM#legacy#{world.keys.index('legacy', key)}", "-"


def import_row(sha256: str) -> ImportRow | None:
    """Return the import of this content."""
    return ImportRow.find(ALL, sha256)


def running() -> Iterator[ImportRow]:
    """Yield the imports from buckets that are not done; those from a disk only the operator can go on with."""
    found = ImportRow.query(ALL, page_size=LIMITS.page_size, consistent_read=True)
    return (row for row in found if row.state == RUNNING and row.place)


def part_row(row: ImportRow, part: Part) -> PartRow:
    """Return the row of the part that begins where the import stands."""
    return PartRow(pk=f"IMPORT#{row.run_id}", sk=f"{row.line:012.0f}", counts=part.counts, refused=part.refused)


def refused_of(row: ImportRow) -> Iterator[Refused]:
    """Yield the refused lines of the run, in the order of the file."""
    for part in PartRow.query(f"IMPORT#{row.run_id}", page_size=LIMITS.page_size, consistent_read=True):
        yield from (tuple(one) for one in part.refused)
