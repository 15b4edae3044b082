"""Stored passwords: ours, and the hashes of the old platforms, which are good for one proof and never for a session."""

import hashlib
from typing import TYPE_CHECKING

from expertgate.outbound.keys import same
from expertgate.outbound.passwords import fits, is_outdated

if TYPE_CHECKING:
    from expertgate.outbound.world import World

_LEGACY = "legacy"
LEGACY_SCHEMES = ("md5", "sha1", "sha256")


def legacy_stored(world: "World", scheme: str, hexdigest: str) -> str:
    """Return how a hash of an old platform is kept: under our key, so that a dump of the table is not a dump of weak hashes."""
    return f"{_LEGACY}${scheme}${world.keys.digest('legacy_password', hexdigest.lower())}"


def fits_stored(world: "World", password: str, stored: str | None) -> bool:
    """Tell whether a password is the stored one; ours, an old platform's and none at all cost the same time."""
    if stored is None or not stored.startswith(f"{_LEGACY}$"):
        return fits(password, stored)
    fits(password, None)
    _, scheme, digest = stored.split("$")
    typed = hashlib.new(scheme, password.encode(), usedforsecurity=False).hexdigest()
    return same(digest, world.keys.digest("legacy_password", typed))


def needs_rehash(stored: str) -> bool:
    """Tell whether our own hash was made with less than today's parameters."""
    return not stored.startswith(f"{_LEGACY}$") and is_outdated(stored)
