"""Types of request fields: what people type, parsed by `forms`, refused with the name of the rule."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from expertgate.forms.problems import FieldProblem
from expertgate.forms.sent_codes import parse_sent_code
from expertgate.settings import LIMITS


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


def refused(rule: str, **facts: object) -> PydanticCustomError:
    """Return what pydantic must be told so that the answer names this rule."""
    context: dict[str, Any] = {**facts, "rule": rule}
    return PydanticCustomError("field_rule", "field rule", context)


ID = "[0-9A-HJKMNP-TV-Z]{26}"
Id = Annotated[str, StringConstraints(pattern=rf"^{ID}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Paragraph = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=64, strip_whitespace=False)]
SentCode = Annotated[
    Line, ruled(partial(parse_sent_code, digits=LIMITS.code_digits)), Field(json_schema_extra={"pattern": f"^[0-9]{{{LIMITS.code_digits}}}$"})
]
