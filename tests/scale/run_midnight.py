"""The midnight at which very many grants end, on the engine of `make run`: `python -m tests.scale.run_midnight [grants]`.

Makes the grants, sweeps them with a kill midway, shows how far it is, and proves that each grant was closed once and each side told once.
Ends non-zero when that is not so. Figures go to docs/figures/midnight.json; those of CPU bear a busy machine, those of the clock don't.
"""

import logging
import os
import sys

from tests.benchmarks.ground import keep, machine, say
from tests.conftest import TEMPLATE
from tests.scale.engine import local_engine
from tests.scale.midnight import AGENTS, many_ending
from tests.scale.progress import Progress
from tests.scale.sweeping import WORKERS, Swept, faults_in, swept_with_a_kill
from tests.stage import open_stage

GRANTS = 100_000
FIVE_MINUTES = 300
CORES = os.cpu_count() or 1


def main() -> None:
    """Play one midnight and say how it went."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else GRANTS
    if number % AGENTS:
        sys.exit(f"grants come by the {AGENTS:,}: so many agents have as many each")
    logging.disable(logging.CRITICAL)
    with local_engine() as (address, cpu), open_stage(TEMPLATE, address) as stage:
        with Progress("grants made", number) as made:
            ended = many_ending(stage, number, made.at)
        before, load = cpu(), os.getloadavg()[0]
        with Progress("grants closed", number) as done:
            swept = swept_with_a_kill(address, ended, number, done.at)
        faults = faults_in(ended, number)
        _report(number, swept, cpu() - before, (load, os.getloadavg()[0]))
    for fault in faults:
        say(f"WRONG: not so: {fault}")
    sys.exit(1 if faults else 0)


def _report(number: int, swept: Swept, engine: float, load: tuple[float, float]) -> None:
    alone = max(engine, (swept.cpu + engine) / CORES)  # the engine writes one after the other
    say(f"{number:,} grants closed in {swept.seconds:.0f} s by {WORKERS} sweepers, killed once at half; {swept.after_kill:,} after that")
    say(f"load average {load[0]:.1f} before, {load[1]:.1f} after; limit {FIVE_MINUTES} s")
    say(f"CPU: sweepers {swept.cpu:.0f} s, engine {engine:.0f} s; on {CORES} idle cores that is {alone:.0f} s at least")
    figures = {"grants": number, "seconds": round(swept.seconds), "sweepers_cpu": round(swept.cpu), "engine_cpu": round(engine)}
    keep("midnight", figures | {"after_kill": swept.after_kill, "load": [round(one, 1) for one in load], "machine": machine()})


if __name__ == "__main__":
    main()
