"""Which levels a case passes: its kind's chain over the bureau catalogue (D-02)."""

from collections.abc import Sequence

from expertgate.catalogue.model import Bureau
from expertgate.errors.review import BureauUnknown
from expertgate.review.model import PLATFORM, CaseKind, Level


def chain_of(kind: CaseKind, bureaus: Sequence[Bureau]) -> tuple[Level, ...]:
    """Return the levels, first to decide first; `bureaus` leads from the chosen one up to the national one.

    Raises BureauUnknown where there is none or the kind knows no time for a level.
    """
    above = [(str(one.code), str(one.level)) for one in bureaus]
    steps = {PLATFORM: [(PLATFORM, PLATFORM)], "national": above[-1:], "bureau": above}[kind.chain]
    if not steps or any(name not in kind.working_days for _, name in steps):
        raise BureauUnknown
    return tuple(Level(bureau, name, kind.working_days[name]) for bureau, name in steps)
