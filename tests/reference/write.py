"""`python -m tests.reference.write`: play all doors and write down what the reference shows of their answers, a file for each area."""

import json
import logging
import sys
from typing import Any

from infra.reference.samples import FOLDER
from tests.conftest import TEMPLATE
from tests.engines import start_engine
from tests.stage import open_stage
from tests.tree.house import routed


def main() -> int:
    """Write all files anew; git shows what differs."""
    from tests.reference.samples import played, sample_of  # noqa: PLC0415 -- rows name their tables when they are imported

    logging.disable(logging.CRITICAL)
    found: dict[str, dict[str, Any]] = {}
    with start_engine(None) as address:
        for action in routed():
            with open_stage(TEMPLATE, address) as stage:
                found.setdefault(action.area, {})[action.name] = sample_of(played(str(action), stage))
    FOLDER.mkdir(exist_ok=True)
    for area, samples in found.items():
        text = json.dumps(dict(sorted(samples.items())), ensure_ascii=False, indent=2)
        (FOLDER / f"{area}.json").write_text(f"{text}\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
