"""What must be there before the first request: the key ring."""

from typing import Any

from expertgate.caller import Caller
from expertgate.outbound.ring import make_ring
from expertgate.outbound.world import World


def prepare(_event: dict[str, Any], _caller: Caller, world: World) -> dict[str, Any]:
    """Make the key ring unless there is one; run once after each deployment, as often as one likes."""
    return {"ring_made": make_ring(world.clock.now())}
