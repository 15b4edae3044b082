"""Types of fields that only delegation asks for."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from expertgate.forms.dates import parse_day
from expertgate.forms.problems import FieldProblem
from expertgate.inbound.fields import refused


def _day(typed: object) -> object:
    """Read a day; a number or a time stamp is none, whatever pydantic could make of it."""
    if not isinstance(typed, str | date):
        raise refused("day_form")
    try:
        return parse_day(typed) if isinstance(typed, str) else typed
    except FieldProblem as exc:
        raise refused(exc.rule, **exc.facts) from exc


Day = Annotated[date, BeforeValidator(_day)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Roles = Annotated[list[Code], Field(max_length=20)]
