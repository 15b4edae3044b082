"""What an official may be: which duties belong to which bureau, when a log-in is locked (REV-06)."""

from datetime import datetime, timedelta

from expertgate.caller import Caller
from expertgate.errors.review import DutiesUnfit, DutyMissing
from expertgate.review.model import PLATFORM, Duty, Official
from expertgate.settings import LIMITS

_OF_PLATFORM = frozenset({Duty.OPERATOR, Duty.SUPERVISOR, Duty.SUPPORT})
_DECIDING = frozenset({Duty.REVIEWER, Duty.OPERATOR})
_OF_BUREAU = frozenset({Duty.REVIEWER, Duty.SUPERVISOR})


def require_fit(bureau: str, duties: frozenset[Duty], national: str) -> None:
    """Refuse duties a bureau does not have: operators and support sit on the platform, administrators in the national bureau."""
    fit = _OF_PLATFORM if bureau == PLATFORM else _OF_BUREAU | ({Duty.ADMINISTRATOR} if bureau == national else set())
    unfit = sorted(duties - fit)
    if unfit:
        raise DutiesUnfit(duties=unfit)


def require_duty(caller: Caller, *duties: Duty) -> None:
    """Refuse an official without any of these duties."""
    if not caller.duties & set(duties):
        raise DutyMissing


def loses_work(one: Official, bureau: str, duties: frozenset[Duty]) -> bool:
    """Tell whether an official who is moved there may no longer decide what he holds."""
    return bureau != one.bureau or bool((one.duties - duties) & _DECIDING)


def lock_after(failures: int, now: datetime) -> datetime | None:
    """Return until when the log-in is locked after so many failures in a row; none while there are few."""
    if failures < LIMITS.login_lock_after:
        return None
    return now + timedelta(seconds=LIMITS.login_lock_time)
