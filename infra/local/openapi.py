"""Makes one OpenAPI document of all doors: `python -m infra.local.openapi FILE...` prints it."""

import sys
from pathlib import Path

from aws_lambda_powertools.event_handler.openapi import OpenAPIMerge


def merged(doors: list[Path]) -> str:
    """Return the document as JSON; each door's resolver is its variable `app`."""
    merge = OpenAPIMerge(title="ExpertGate (外专通)", version="1", on_conflict="warn")
    for door in doors:
        merge.add_file(door, resolver_name="app")
    return merge.get_openapi_json_schema()


if __name__ == "__main__":
    sys.stdout.write(merged([Path(each) for each in sys.argv[1:]]))
