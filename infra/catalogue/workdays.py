"""Write the working-day table of past years from chinesecalendar; a new year is added by hand from the State Council's notice."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar

TARGET = Path(__file__).parents[2] / "layers/common/expertgate/catalogue/data/workdays.json"
FIRST, LAST = 2004, 2026
_SATURDAY = 5
HEAD = {
    "title": "工作日历",
    "source": "Holiday notices of the General Office of the State Council, by way of chinesecalendar 1.11.0 (MIT)",
    "edition": f"{FIRST}-{LAST}",
    "version": "2026-11-21",
    "caveat": "The notice for 2027 is not out; a year that is not in the table goes by the weekday and its dates are pending",
}


def year_of(year: int) -> dict[str, Any]:
    """The departures of a year from Monday to Friday."""
    first = date(year, 1, 1)
    days = [first + timedelta(days=one) for one in range((date(year + 1, 1, 1) - first).days)]
    working = {day for day in days if chinese_calendar.is_workday(day)}
    return {
        "year": year,
        "status": "official",
        "weekday_off": [day.isoformat() for day in days if day.weekday() < _SATURDAY and day not in working],
        "weekend_work": [day.isoformat() for day in days if day.weekday() >= _SATURDAY and day in working],
    }


def text() -> str:
    """The table as it is shipped: a year a line."""
    rows = ",\n".join("    " + json.dumps(year_of(year)) for year in range(FIRST, LAST + 1))
    head = json.dumps(HEAD, ensure_ascii=False, indent=2).removesuffix("\n}")
    return f'{head},\n  "rows": [\n{rows}\n  ]\n}}\n'


if __name__ == "__main__":
    TARGET.write_text(text(), "utf-8")
    print(f"{LAST - FIRST + 1} years")
