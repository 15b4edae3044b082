"""Makes one OpenAPI document of all doors: `python -m infra.local.openapi FILE...` prints it."""

import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from aws_lambda_powertools.event_handler.openapi import OpenAPIMerge


def merged(doors: list[Path]) -> str:
    """Return the document as JSON; each door's resolver is its variable `app`."""
    modules = {door: _loaded(door) for door in doors}
    schemas, about = _described(modules) if all(hasattr(one.app, "allow") for one in modules.values()) else (_plain(modules), {})
    merge = OpenAPIMerge(title="ExpertGate (外专通)", version="1", on_conflict="warn", **about)
    for schema in schemas:
        merge.add_schema(schema)
    return json.dumps(merge.get_openapi_schema(), ensure_ascii=False, indent=1)


def _described(modules: dict[Path, ModuleType]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    from infra.reference.document import about, described  # noqa: PLC0415 -- it knows our doors only, a template may have others

    return described(modules, next(iter(modules)).resolve().parents[2]), about()


def _plain(modules: dict[Path, ModuleType]) -> list[dict[str, Any]]:
    return [one.app.get_openapi_schema().model_dump(by_alias=True, exclude_none=True, mode="json") for one in modules.values()]


def _loaded(door: Path) -> ModuleType:
    spec = spec_from_file_location(f"functions.{door.parent.name}.{door.stem}", door)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.stdout.write(merged([Path(each) for each in sys.argv[1:]]))
