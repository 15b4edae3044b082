"""What doors refuse in any test, held against the reference: it lists each code, and each fact, that an operation answers with."""

from functools import cache
from types import ModuleType
from typing import Any

from infra.reference.definitions import ROOT
from infra.reference.document import operation_of, plain
from infra.reference.refusals import Refusals
from infra.reference.words import facts

_FAILED = 400
_REFUSALS = Refusals(ROOT)
_UNEXPECTED = "internal_error"
# What becomes of a body that nobody asked for.
_OF_BODIES = {"malformed_body", "body_too_large"}


class NotListed(AssertionError):
    """An operation refused in a way that its reference does not tell of."""


def demand_listed(action: str, module: ModuleType, status: int, told: Any) -> None:
    """Demand that the reference tells of a refusal.

    Raises NotListed.
    """
    if status < _FAILED or told["code"] == _UNEXPECTED:
        return
    listed = listed_of(module)
    if told["code"] in _OF_BODIES and not _OF_BODIES & listed.keys():
        return
    if told["code"] not in listed:
        message = (
            f"{action} answers {told['code']}, the reference lists {sorted(listed)} (infra/reference/refusals.py says how it is found)"
        )
        raise NotListed(message)
    if more := told.get("facts", {}).keys() - listed[told["code"]]:
        message = f"{action} answers {told['code']} with {sorted(more)}, the reference does not know these facts"
        raise NotListed(message)


@cache
def listed_of(module: ModuleType) -> dict[str, set[str]]:
    """Return the codes that the reference lists for a door, with their facts."""
    (methods,) = plain(module)["paths"].values()
    ((method, declared),) = methods.items()
    operation = operation_of(module, method, declared)
    return {one.code: set(facts().of(one)) for one in _REFUSALS.of(operation)}
