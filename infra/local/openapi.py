"""Makes one OpenAPI document of all doors: `python -m infra.local.openapi MODULE...` prints it."""

import gc
import json
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from aws_lambda_powertools.event_handler.openapi import OpenAPIMerge


def merged(doors: list[str]) -> str:
    """Return the document as JSON; a door's resolver is its variable `app`, one without it tells nothing of itself."""
    modules = [module for door in doors if hasattr(module := import_module(door), "app")]
    schemas, about = _described(modules) if all(hasattr(one.app, "allow") for one in modules) else ([schema_of(one) for one in modules], {})
    merge = OpenAPIMerge(title="ExpertGate (外专通)", version="1", on_conflict="warn", **about)
    for schema in schemas:
        merge.add_schema(schema)
    return json.dumps(merge.get_openapi_schema(), ensure_ascii=False, indent=1)


def _described(modules: list[ModuleType]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    from infra.reference.document import about, described  # noqa: PLC0415 -- it knows our doors only, a template may have others

    return described(modules), about()


def schema_of(module: ModuleType) -> dict[str, Any]:
    """Return what a door declares by itself."""
    schema: dict[str, Any] = module.app.get_openapi_schema().model_dump(by_alias=True, exclude_none=True, mode="json")
    return schema


if __name__ == "__main__":
    gc.disable()  # syntax trees and models stay to the end: looking for rubbish among them is a tenth of the work and finds none
    sys.stdout.write(merged(sys.argv[1:]))
