"""An attribute of ours says in every expression what PynamoDB's own says, and a row holds the same."""

from collections.abc import Callable
from typing import Any

import pytest
from pynamodb import attributes as usual  # noqa: TID251 -- ours are compared with them
from pynamodb.expressions.update import Update

from expertgate.outbound import attributes as ours
from expertgate.outbound.attributes import given
from expertgate.outbound.expressions import Prepared, said, updating

type Expression = Callable[[Any], Any]

KINDS = {"NumberAttribute": 5, "UnicodeAttribute": "五", "BinaryAttribute": b"\x05", "BooleanAttribute": False, "JSONAttribute": [5]}
CONDITIONS: list[Expression] = [
    lambda one: one.exists(),
    lambda one: one.does_not_exist() | ~one.exists(),
    lambda one: one == one,  # noqa: PLR0124 -- an attribute may be compared with another
]
COMPARISONS: list[Callable[[Any, Any], Any]] = [
    lambda one, value: one == value,
    lambda one, value: one != value,
    lambda one, value: one < value,
    lambda one, value: one <= value,
    lambda one, value: one > value,
    lambda one, value: (one >= value) & one.is_in(value, value),
    lambda one, value: one.between(value, value),
]


def made(module: Any, kind: str, name: str = "some") -> Any:
    given = {"legacy_encoding": False} if kind == "BinaryAttribute" else {}
    attribute = getattr(module, kind)(**given)
    attribute.__set_name__(object, name)
    return attribute


def told(expression: Any) -> tuple[str, dict[str, str], dict[str, Any]]:
    names, values = dict[str, str](), dict[str, Any]()
    return expression.serialize(names, values), names, values


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("condition", [*CONDITIONS, *COMPARISONS])
def test_conditions_are_those_of_pynamodb(kind: str, condition: Callable[..., Any]) -> None:
    given = (KINDS[kind],) if condition in COMPARISONS else ()
    assert told(condition(made(ours, kind), *given)) == told(condition(made(usual, kind), *given))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", [None, "its own", 5, 5.5, True])
def test_what_is_set_is_that_of_pynamodb(kind: str, value: Any) -> None:
    given = KINDS[kind] if value == "its own" else value
    try:
        expected = told(made(usual, kind).set(value=given))
    except (TypeError, ValueError) as exc:
        with pytest.raises(type(exc)):
            made(ours, kind).set(value=given)
    else:
        assert told(made(ours, kind).set(value=given)) == expected


def test_an_update_is_that_of_pynamodb() -> None:
    def actions(module: Any) -> list[Any]:
        one, two, three = (made(module, "NumberAttribute", name) for name in ("one", "two", "three"))
        four = made(module, "JSONAttribute", "four").set({"a": 1})
        return [one.add(1), three.remove(), two.set(one + 7), three.set(two | 4), two.add(2.5), four]

    names, values = dict[str, str](), dict[str, Any]()
    assert (updating(actions(ours), names, values), names, values) == told(Update(*actions(usual)))


@pytest.mark.parametrize("value", [0, 7, -7, 10**30, 1.5, -0.25, 1e-7, True])
def test_a_number_is_written_and_read_as_by_pynamodb(value: float) -> None:
    written = made(usual, "NumberAttribute").serialize(value)
    assert made(ours, "NumberAttribute").serialize(value) == written
    if not isinstance(value, bool):  # no number of DynamoDB
        assert made(ours, "NumberAttribute").deserialize(written) == made(usual, "NumberAttribute").deserialize(written) == value


def test_what_is_prepared_says_the_same() -> None:
    one, two, three = made(ours, "NumberAttribute", "one"), made(ours, "UnicodeAttribute", "two"), made(ours, "JSONAttribute", "three")

    def written(most: Any, name: Any, more: Any) -> tuple[Any, list[Any]]:
        return one.does_not_exist() | ((one < most) & (two == "fixed")), [one.add(1), two.set(name), three.set(more)]

    prepared = Prepared(*written(given("most"), given("name"), given("more")))
    for values in ({"most": 5, "name": "五", "more": '{"a":1}'}, {"most": 0.5, "name": "", "more": "x"}):
        assert prepared(**values) == said(*written(**values))
    with pytest.raises(KeyError, match="more"):
        prepared(most=5, name="五")


def test_prepared_without_places_stays_the_same() -> None:
    one = made(ours, "NumberAttribute", "one")
    assert Prepared(one == 5)() == said(one == 5)
    assert Prepared(one.exists())() == said(one.exists())
