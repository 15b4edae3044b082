"""The operator's import, killed (SIGKILL) amid its work: `python -m tests.benchmarks.import_killed FILE ...`.

Killing it from outside is luck: on a busy machine a small file may be done before the killer is awake. The alarm is the process's own.
"""

import os
import re
import signal
import sys
from io import TextIOWrapper

from infra.operations.import_accounts import main

KILLED_AT = 30
_AFTER_SECONDS = 0.02  # amid the rows that follow, not between two pieces


class Watched(TextIOWrapper):
    """Standard error that sets the alarm once a third is told."""

    def write(self, text: str) -> int:
        """Write, and set the alarm at a third."""
        found = re.search(r"(\d+)%", text)
        if found and int(found[1]) >= KILLED_AT:
            signal.setitimer(signal.ITIMER_REAL, _AFTER_SECONDS)
        return super().write(text)


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    sys.stderr = Watched(sys.stderr.buffer, encoding="utf-8", line_buffering=True)
    sys.exit(main())
