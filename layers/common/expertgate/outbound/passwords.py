"""Passwords: Argon2id (OWASP's m = 19 MiB, t = 2, p = 1), its parameters in the stored text, hashed again at log-in when they grow."""

import os
import re

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

_MEMORY_KIB = 19 * 1024
_ROUNDS = 2
_LANES = 1
_LENGTH = 32
_PARAMETERS = re.compile(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$")
_MOST_MEMORY_KIB = 128 * 1024
_MOST_ROUNDS = 10

# Verified against when there is no account, so that unknown and known names cost the same time.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$ZXhwZXJ0Z2F0ZS1ub2JvZHk$+ZuU1cke4LmnVdbg9/cddQEheY/qgVZc5KnaDct2mPs"


def hash_password(password: str) -> str:
    """Return the stored form of a password (PHC string)."""
    kdf = Argon2id(salt=os.urandom(16), length=_LENGTH, iterations=_ROUNDS, lanes=_LANES, memory_cost=_MEMORY_KIB)
    return kdf.derive_phc_encoded(password.encode())


def fits(password: str, stored: str | None) -> bool:
    """Tell whether the password is the stored one; without a stored one it takes the same time and says no."""
    if stored is not None and not _is_affordable(stored):
        return False
    try:
        Argon2id.verify_phc_encoded(password.encode(), stored or _NOBODY)
    except InvalidKey:
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Tell whether a stored password was hashed with less than today's parameters."""
    found = _PARAMETERS.match(stored)
    return found is None or (int(found[1]), int(found[2])) < (_MEMORY_KIB, _ROUNDS)


def _is_affordable(stored: str) -> bool:
    """Refuse a stored text that asks for more memory or time than we would ever give: it was not written by us."""
    found = _PARAMETERS.match(stored)
    return found is not None and int(found[1]) <= _MOST_MEMORY_KIB and int(found[2]) <= _MOST_ROUNDS
