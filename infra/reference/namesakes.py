"""Models of one name in several areas, told apart: a document has one place for each name, and the last would hide the others."""

import inspect
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

type Schema = dict[str, Any]

_PLACE: Final = "#/components/schemas/"
_OURS: Final = "expertgate."


def told_apart(schemas: Iterable[Schema]) -> list[Schema]:
    """Return the schemas of doors in which each name stands for one model: one of several is named after its area too."""
    schemas = list(schemas)
    meanings = defaultdict(set)
    for schema in schemas:
        for name, model in _models(schema).items():
            meanings[name].add(json.dumps(model, sort_keys=True))
    shared = {name for name, several in meanings.items() if len(several) > 1}
    areas = _areas(shared)
    return [
        _renamed(schema, {name: areas[name, model["description"]] for name, model in _models(schema).items() if name in shared})
        for schema in schemas
    ]


def _models(schema: Schema) -> Schema:
    found: Schema = schema.get("components", {}).get("schemas", {})
    return found


def _areas(names: set[str]) -> dict[tuple[str, str], str]:
    """Return in which area a model of each of these names is that promises this."""
    ours = [one for name, module in sys.modules.items() if name.startswith(_OURS) for one in vars(module).values()]
    models = [one for one in ours if isinstance(one, type) and one.__name__ in names]
    return {(one.__name__, inspect.getdoc(one) or ""): one.__module__.split(".")[1] for one in models}


def _renamed(schema: Schema, areas: dict[str, str]) -> Schema:
    """Return a door's schema with these models under the names of their areas."""
    if not areas:
        return schema
    text = json.dumps(schema)
    for name, area in areas.items():
        text = text.replace(f'"{_PLACE}{name}"', f'"{_PLACE}{area}.{name}"')
    renamed: Schema = json.loads(text)
    renamed["components"]["schemas"] = {f"{areas[name]}.{name}" if name in areas else name: one for name, one in _models(renamed).items()}
    return renamed
