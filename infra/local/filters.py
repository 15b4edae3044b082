"""Event filters of stream mappings, as Lambda's FilterCriteria defines them."""

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

_NUMERIC: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def passes(event: Mapping[str, Any], filters: tuple[Mapping[str, Any], ...]) -> bool:
    """Tell whether an event passes at least one filter; without filters everything does."""
    return not filters or any(_matches(event, pattern) for pattern in filters)


def _matches(event: Any, pattern: Mapping[str, Any]) -> bool:  # noqa: ANN401 -- any JSON
    return all(_field_matches(event, name, wanted) for name, wanted in pattern.items())


def _field_matches(event: Any, name: str, wanted: Any) -> bool:  # noqa: ANN401 -- any JSON
    if name == "$or":
        return any(_matches(event, each) for each in wanted)
    value = event.get(name) if isinstance(event, Mapping) else None
    if isinstance(wanted, Mapping):
        return isinstance(value, Mapping) and _matches(value, wanted)
    values = value if isinstance(value, list) else [value]
    return any(_rule(each, rule) for each in values for rule in wanted)


def _rule(value: Any, rule: Any) -> bool:  # noqa: ANN401 -- any JSON
    if not isinstance(rule, Mapping):
        return bool(value == rule)
    (kind, argument), *_ = rule.items()
    match kind:
        case "exists":
            return (value is not None) is argument
        case "prefix" | "suffix":
            return isinstance(value, str) and (value.startswith(argument) if kind == "prefix" else value.endswith(argument))
        case "anything-but":
            unwanted = argument if isinstance(argument, list) else [argument]
            return value is not None and not any(_rule(value, each) for each in unwanted)
        case "equals-ignore-case":
            return isinstance(value, str) and value.lower() == str(argument).lower()
        case "numeric":
            return _number(value, argument)
    raise ValueError(f"unknown filter rule {kind}")


def _number(value: Any, argument: list[Any]) -> bool:  # noqa: ANN401 -- any JSON
    if value is None:
        return False
    return all(_NUMERIC[sign](float(value), float(limit)) for sign, limit in zip(argument[::2], argument[1::2], strict=True))
