"""Where the catalogues come from: files of the layer, read once in a process."""

import hashlib
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from expertgate.catalogue.model import Bureau, CalendarStatus, Catalogue, Division, Level, Named, Role, Service, Year
from expertgate.forms.ids import BureauCode
from expertgate.forms.problems import FieldProblem

_DATA = Path(__file__).parent / "data"
NATIONAL: Final = BureauCode("100000")
NAMES: Final = (
    "bureaus",
    "card_provinces",
    "case_kinds",
    "continents",
    "disciplines",
    "divisions",
    "document_types",
    "industries",
    "legal_person_types",
    "legal_representative_types",
    "services",
    "unit_natures",
    "unit_types",
    "workdays",
)


@cache
def catalogue(name: str) -> Catalogue:
    """A catalogue with its source, as it is served."""
    if name not in NAMES:
        raise FieldProblem("catalogue_unknown")
    content = (_DATA / f"{name}.json").read_bytes()
    data = json.loads(content)
    rows = tuple(data.pop("rows"))
    return Catalogue(name=name, rows=rows, etag=hashlib.sha256(content).hexdigest()[:32], **data)


def bureau(code: str) -> Bureau:
    """The bureau of a code."""
    row = _row("bureaus", code, "bureau_unknown")
    return Bureau(BureauCode(row["code"]), row["name"], Level(row["level"]), row["region"], row["superior"], row.get("province", ""))


def chain(code: str) -> tuple[Bureau, ...]:
    """Who reviews a unit of this bureau, in order: itself, then each superior up to the national one (D-02)."""
    found = bureau(code)
    return (found, *chain(found.superior)) if found.superior else (found,)


@cache
def bureaus(level: Level, superior: str | None = None) -> tuple[Bureau, ...]:
    """The bureaus of a level; of cities, those of one province."""
    rows = (row for row in catalogue("bureaus").rows if row["level"] == level and superior in {None, row["superior"]})
    return tuple(bureau(row["code"]) for row in rows)


def require_case_kind(code: str) -> None:
    """Demand a kind of case. Raises FieldProblem with the kinds there are."""
    kinds = _by_code("case_kinds")
    if code not in kinds:
        raise FieldProblem("not_in_list", expected=sorted(kinds))


def division(code: str) -> Division:
    """The division of a code."""
    return Division(**_row("divisions", code, "division_unknown"))


def place(county: str) -> tuple[Division, Division, Division]:
    """Province, city and county of a county's code (所在省市区)."""
    last = division(county)
    if last.level != "county":
        raise FieldProblem("division_incomplete")
    city = division(last.parent or "")
    return division(city.parent or ""), city, last


@cache
def divisions(parent: str | None) -> tuple[Division, ...]:
    """The divisions directly below another; without one, the provinces."""
    return tuple(Division(**row) for row in catalogue("divisions").rows if row["parent"] == parent)


def named(name: str, code: str) -> Named:
    """A code of one of the simple catalogues (industries, natures, types, disciplines, continents, ...)."""
    row = _row(name, code, "catalogue_code_unknown")
    return Named(row["code"], row["name"], row.get("english", ""))


@cache
def service(code: str) -> Service:
    """A service item with its roles."""
    row = dict(_row("services", code, "service_unknown"))
    return Service(**{**row, "roles": tuple(Role(**one) for one in row["roles"])})


@cache
def services() -> tuple[Service, ...]:
    """Every service item."""
    return tuple(service(row["code"]) for row in catalogue("services").rows)


@cache
def workdays() -> dict[int, Year]:
    """The working calendar by year."""
    return {
        row["year"]: Year(CalendarStatus(row["status"]), _days(row["weekday_off"]), _days(row["weekend_work"]))
        for row in catalogue("workdays").rows
    }


def _days(texts: list[str]) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, texts))


def _row(name: str, code: str, rule: str) -> dict[str, Any]:
    try:
        return _by_code(name)[code]
    except KeyError:
        raise FieldProblem(rule) from None


@cache
def _by_code(name: str) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in catalogue(name).rows}
