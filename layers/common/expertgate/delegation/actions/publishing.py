"""Publishing the keys of entry tickets (DEL-12)."""

from expertgate.delegation import ticket_keys
from expertgate.delegation.requests.services import PublicKeys


def show_ticket_keys() -> PublicKeys:
    """Return the public keys as a JSON Web Key Set (RFC 7517)."""
    return PublicKeys(keys=[dict(row.public) for row in ticket_keys.published()])
