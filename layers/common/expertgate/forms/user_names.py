"""User names (ACC-06) and their legacy form (ACC-14)."""

import re

from expertgate.forms.problems import FieldProblem
from expertgate.forms.text import narrow

LONGEST = 50
LEGACY_PREFIX = "WGZJXM_"
_FORM = re.compile(r"[A-Za-z0-9_]*[A-Za-z0-9][A-Za-z0-9_]*")


def parse_user_name(raw: str) -> str:
    """Read a user name as typed; its length has no lower limit, since legacy names may be one letter and must fit again."""
    name = narrow(raw, LONGEST)
    if _FORM.fullmatch(name) is None:
        raise FieldProblem("user_name_form")
    return name


def user_name_key(name: str) -> str:
    """Fold a user name to what is unique: letters of either case are the same."""
    return name.lower()


def answering_keys(name: str) -> tuple[str, str]:
    """The keys an account may be found under, best first: `A` also answers to `WGZJXM_A` and the other way round."""
    key = user_name_key(name)
    prefix = LEGACY_PREFIX.lower()
    stem = key.removeprefix(prefix)
    return (key, stem) if stem and stem != key else (key, prefix + key)
