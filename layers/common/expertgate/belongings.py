"""What upper areas keep of an account, for its export: like `effects`, it looks upward by name, so that account knows none of them."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from expertgate.caller import Caller
    from expertgate.outbound.world import World

# A page of it as its own door shows it: `page(caller, world, cursor)` returns it and where the next begins.
_GRANTS = "expertgate.delegation.actions.listing:own_grants"


def own_grants(caller: "Caller", world: "World", cursor: str | None) -> tuple[list[dict[str, object]], str | None]:
    """Return a page of the grants that a unit gave or a person has, and where the next page begins."""
    module, _, name = _GRANTS.partition(":")
    page: tuple[list[dict[str, object]], str | None] = getattr(import_module(module), name)(caller, world, cursor)
    return page
