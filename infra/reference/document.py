"""The whole reference: what the doors declare, described, put together with what they have in common."""

import inspect
from collections.abc import Iterable
from types import ModuleType
from typing import Any, Final

from expertgate.inbound.caching import cached
from infra.local.openapi import schema_of
from infra.reference.components import components
from infra.reference.definitions import ROOT
from infra.reference.fields import explain
from infra.reference.introduction import ABOUT, TAGS
from infra.reference.operations import describe
from infra.reference.refusals import Operation, Refusal, Refusals

type Schema = dict[str, Any]

# Powertools' own refusals, in whose place the edge tells its own.
_NEVER_ANSWERED: Final = ("HTTPValidationError", "ResponseValidationError", "ValidationError")
_CHANGING: Final = {"POST", "PUT", "PATCH", "DELETE"}


def described(doors: Iterable[ModuleType]) -> list[Schema]:
    """Return the schemas of doors to be merged, and one of what they share."""
    refusals, told = Refusals(ROOT), set[Refusal]()
    schemas = []
    for module in doors:
        schema = plain(module)
        for methods in schema["paths"].values():
            for method, declared in methods.items():
                operation = operation_of(module, method, declared)
                found = refusals.of(operation)
                told |= {*found}
                methods[method] = describe(declared, operation, _promise(module, operation), found)
        schemas.append(schema)
    return [*schemas, {"components": components(sorted(told, key=lambda one: one.code))}]


def about() -> dict[str, Any]:
    """Return what is said at the top of the reference."""
    return {"description": ABOUT, "tags": [{"name": name, "description": said} for name, said in TAGS.items()]}


def plain(module: ModuleType) -> Schema:
    """Return what a door declares by itself, without what the edge answers in place of Powertools, fields with rules explained."""
    schema = schema_of(module)
    for name in _NEVER_ANSWERED:
        schema.get("components", {}).get("schemas", {}).pop(name, None)
    explain(schema.get("components", {}).get("schemas", {}))
    return schema


def operation_of(module: ModuleType, method: str, declared: Schema) -> Operation:
    """Return what the edge looks at before the action of a door is called."""
    parameters, has_body = declared.get("parameters", []), "requestBody" in declared
    return Operation(
        area=module.__name__.split(".")[-2],
        name=module.app.operation,
        allow=module.app.allow,
        changes=method.upper() in _CHANGING,
        in_path=any(one["in"] == "path" for one in parameters),
        is_checked=has_body or any(_is_checked(one["schema"]) for one in parameters),
        has_body=has_body,
        is_kept=getattr(module, "cached", None) is cached,
        unreadable=module.app.unreadable,
    )


def _is_checked(schema: Schema) -> bool:
    """Tell whether a parameter can be wrong."""
    return schema != {"type": "string", "title": schema.get("title")}


def _promise(module: ModuleType, operation: Operation) -> str:
    return inspect.getdoc(getattr(module, operation.name)) or ""
