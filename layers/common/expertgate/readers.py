"""Who may read what belongs to a case: like `effects`, it looks upward by name, so that evidence knows no review desk."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from expertgate.caller import Caller

_READERS = "expertgate.review.store.readers:may_read"


def may_read_case(case_id: str, caller: "Caller") -> bool:
    """Tell whether the caller is the applicant of a case or the official who holds it."""
    module, _, name = _READERS.partition(":")
    return bool(getattr(import_module(module), name)(case_id, caller))
