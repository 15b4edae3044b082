"""What the catalogues hold: bureaus, divisions, codes with names, services with roles, the working calendar."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from expertgate.forms.ids import BureauCode
from expertgate.records import Record


class Level(StrEnum):
    """Levels of bureaus; a unit chooses among the first three (主管外专局类型)."""

    CITY = "city"
    PROVINCE = "province"
    MINISTRY = "ministry"
    NATIONAL = "national"


class Bureau(Record):
    """A reviewing authority and the one above it (D-02)."""

    code: BureauCode
    name: str
    level: Level
    region: str
    superior: BureauCode | None
    province: str = ""


class Division(Record):
    """A province, city or county; not official are level placeholders and zones."""

    code: str
    name: str
    level: str
    parent: str | None
    official: bool


class Named(Record):
    """A code with its names."""

    code: str
    name: str
    english: str = ""


class Role(Record):
    """What somebody may be in a service."""

    code: str
    name: str
    english: str
    held_by: str

    @property
    def words(self) -> dict[str, str]:
        """Return its name as a fact that is said in the reader's language."""
        return {"zh": self.name, "en": self.english}


class Service(Record):
    """A service item (服务事项) that a unit enters and grants."""

    code: str
    name: str
    english: str
    needs_admission: bool
    needs_acceptance: bool
    roles: tuple[Role, ...]

    @property
    def words(self) -> dict[str, str]:
        """Return its name as a fact that is said in the reader's language."""
        return {"zh": self.name, "en": self.english}

    def role_of(self, holder: str) -> Role:
        """The role of the unit's own account (`unit`) or of its agent (`agent`)."""
        return next(role for role in self.roles if role.held_by == holder)


class Catalogue(Record):
    """A catalogue as it is served: rows with their source, and a tag that changes with them."""

    name: str
    title: str
    source: str
    edition: str
    version: str
    caveat: str
    rows: tuple[dict[str, Any], ...]
    etag: str


class CalendarStatus(StrEnum):
    """How sure a date in working days is."""

    OFFICIAL = "official"
    PROJECTED = "projected"
    PENDING = "pending"


class Year(Record):
    """A year's departures from Monday to Friday."""

    status: CalendarStatus
    weekday_off: frozenset[date]
    weekend_work: frozenset[date]


class Due(Record):
    """The first instant at which something is late, the last day it may be done on, and how sure that is."""

    instant: datetime
    day: date
    status: CalendarStatus
