"""Say why an operation lists a code: `python -m infra.reference.why review.claim_case case_moved` shows how its door gets to the error."""

import argparse
import sys

from infra.reference.definitions import ROOT
from infra.reference.refusals import Refusals


def main(arguments: list[str] | None = None) -> int:
    """Print the way, a definition on each line; fail where there is none."""
    parser = argparse.ArgumentParser(prog="infra.reference.why", description=__doc__)
    parser.add_argument("operation", help="area.name")
    parser.add_argument("code")
    chosen = parser.parse_args(arguments)
    area, _, name = chosen.operation.partition(".")
    if not (ROOT / "functions" / area / f"{name}.py").is_file():
        parser.error(f"no such operation: {chosen.operation}")
    refusals = Refusals(ROOT)
    ways = [refusals.way(area, name, one) for one in refusals.raised(area, name) if one.code == chosen.code]
    for here in ways[0] if ways else []:
        print(f"{here.module}:{here.name}")
    if not ways:
        print(f"nothing that {chosen.operation} reaches can raise {chosen.code}; the edge may (of_the_edge in infra/reference/refusals.py)")
    return 0 if ways else 1


if __name__ == "__main__":
    sys.exit(main())
