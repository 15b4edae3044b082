"""Types of request fields: what people type, parsed by `forms`, refused with the name of the rule."""

import re
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from hashlib import sha256
from importlib import import_module
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from expertgate.forms.dates import parse_day, parse_moment
from expertgate.forms.problems import FieldProblem
from expertgate.outbound.clock import stamp


class Request(BaseModel):
    """A body or part of one: unknown fields are refused, nothing is converted behind the caller's back."""

    # Built when first used: the module of a door's models has those of other doors in it.
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, hide_input_in_errors=True, defer_build=True)


class Answer(BaseModel):
    """What a door answers."""

    model_config = ConfigDict(frozen=True, defer_build=True)


def ruled[Value, Parsed](parse: Callable[[Value], Parsed]) -> AfterValidator:
    """Return a validator that parses with a function of `forms` and names the broken rule."""

    def check(value: Value) -> Parsed:
        try:
            return parse(value)
        except FieldProblem as exc:
            raise refused(exc.rule, **exc.facts) from exc

    return AfterValidator(check)


def _written[Parsed](parse: Callable[[str], Parsed], kind: type[Parsed], rule: str) -> BeforeValidator:
    """Return a validator that reads a text, and takes what our own code made; a number is neither, whatever pydantic could make of it."""

    def check(value: object) -> Parsed:
        if isinstance(value, kind):
            return value
        if not isinstance(value, str):
            raise refused(rule)
        try:
            return parse(value)
        except FieldProblem as exc:
            raise refused(exc.rule, **exc.facts) from exc

    return BeforeValidator(check)


def known(look_up: Callable[[str], object]) -> AfterValidator:
    """Return a validator that keeps a code which this finds, and names the rule where there is none."""

    def found(code: str) -> str:
        look_up(code)
        return code

    return ruled(found)


class Pages:
    """What a list is known by, so that it refuses other lists' cursors: `asked` reads its own, `told` and `cursor` write them.

    Actions and stores see the place alone. The mark keeps nobody out: a place only says where one's own list goes on.
    """

    def __init__(self, listed: str, form: str = ".+") -> None:
        """Name the list, and the form of a place where what is near it in the table must not be reached by one."""
        self.asked: Final[AfterValidator] = ruled(partial(_place, listed, form))
        self.cursor: Final = partial(_cursor, listed)
        self.told: Final = PlainSerializer(self.cursor, str | None, "json")


def _cursor(listed: str, place: str | None) -> str | None:
    return None if place is None else f"{place}.{_mark(listed, place)}"


def _place(listed: str, form: str, cursor: str) -> str:
    place, _, mark = cursor.rpartition(".")
    if not re.fullmatch(form, place, re.DOTALL) or mark != _mark(listed, place):
        raise FieldProblem("cursor_form")
    return place


def _mark(listed: str, place: str) -> str:
    return sha256(f"{listed}|{place}".encode(errors="surrogatepass")).hexdigest()[:8]


def refused(rule: str, **facts: object) -> PydanticCustomError:
    """Return what pydantic must be told so that the answer names this rule."""
    context: dict[str, Any] = {**facts, "rule": rule}
    return PydanticCustomError("field_rule", "field rule", context)


class RemarkAnswer(Answer):
    """A remark of a reviewer as it was made."""

    field: str
    text: str


def one_of(codes: type[StrEnum] | str) -> Any:  # noqa: ANN401 -- as pydantic says of its own
    """Return what lists the codes that a text of an answer may be; a class that its door has no need to load goes by its name."""

    def listed(schema: dict[str, Any]) -> None:
        schema["enum"] = [code.value for code in (_named(codes) if isinstance(codes, str) else codes)]

    return Field(json_schema_extra=listed)


def _named(path: str) -> type[StrEnum]:
    module, _, name = path.rpartition(".")
    named: type[StrEnum] = getattr(import_module(module), name)
    return named


ID = "[0-9A-HJKMNP-TV-Z]{26}"
Id = Annotated[str, StringConstraints(pattern=rf"^{ID}$")]
Day = Annotated[date, _written(parse_day, date, "day_form")]
Moment = Annotated[datetime, _written(parse_moment, datetime, "moment_form")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Paragraph = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=64, strip_whitespace=False)]
Stamp = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
# An instant of an answer, written as a stamp is: pydantic would write six digits behind the second, or none.
Instant = Annotated[datetime, PlainSerializer(stamp, str, "json"), WithJsonSchema({"type": "string", "format": "date-time"})]
