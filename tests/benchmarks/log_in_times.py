"""How long a refused log-in takes, by who is asked for: a stranger must not learn from the time who has an account.

Run `python -m tests.benchmarks.log_in_times [rounds]`: the cases take turns, so that a busy machine slows all of them alike. It prints
medians and their ratio to the unknown name; it decides nothing, since a machine under load would decide instead of the code.
"""

import logging
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from os import devnull
from pathlib import Path
from statistics import median

from tests.conftest import TEMPLATE
from tests.engines import start_engine
from tests.stage import Stage, open_stage

ROUNDS = 60
WRONG = "Wrong12345"


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    logging.disable(logging.CRITICAL)
    nowhere = Path(devnull).open("w")  # noqa: SIM115 -- open as long as the process: the log lines of the doors go there
    with start_engine(None) as address, open_stage(TEMPLATE, address) as stage, redirect_stdout(nowhere):
        times = measured(stage, cases_of(stage), rounds)
    unknown = median(times["unknown mobile"])
    for name, taken in times.items():
        print(f"{name:28} median {median(taken) * 1000:7.2f} ms   ratio {median(taken) / unknown:5.3f}")  # noqa: T201 -- its surface


def cases_of(stage: Stage) -> dict[str, Callable[[str], int]]:
    """Return what is asked for: each takes the address of a client and returns the status."""
    from expertgate.account import passwords, store  # noqa: PLC0415 -- rows name their tables from the stage's environment
    from expertgate.account.store import PasswordRow  # noqa: PLC0415
    from tests.builders.accounts import a_person, a_unit, log_in  # noqa: PLC0415

    person, unit, legacy = a_person(stage, 1), a_unit(stage, 1), a_person(stage, 2)
    row = store.password_of(legacy.id)
    assert row is not None
    old = passwords.legacy_stored(stage.world, "md5", "5f4dcc3b5aa765d61d8327deb882cf99")
    row.update([PasswordRow.stored.set(old), PasswordRow.must_be_reset.set(value=True)])

    def asking(name: str, kind: str = "person") -> Callable[[str], int]:
        return lambda address: log_in(stage, name, WRONG, kind, address=address).status

    return {
        "unknown mobile": asking("13900000000"),
        "known mobile": asking(person.mobile),
        "unknown document": asking("130403198506150011"),
        "known document": asking(str(person.form["document_number"])),
        "legacy account": asking(legacy.mobile),
        "unknown user name": asking("nobody_here", "unit"),
        "known user name": asking(unit.login_name, "unit"),
    }


def measured(stage: Stage, cases: dict[str, Callable[[str], int]], rounds: int) -> dict[str, list[float]]:
    """Let the cases take turns, each round from another client, an hour later."""
    times: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(rounds + 2):
        stage.clock.advance(hours=1)
        for name, ask in cases.items():
            began = time.perf_counter()
            status = ask(f"198.51.{number // 250}.{number % 250}")
            taken = time.perf_counter() - began
            assert status == 401, f"{name}: {status}"
            times[name] += [taken] if number >= 2 else []  # the first two warm up
    return times


if __name__ == "__main__":
    main()
