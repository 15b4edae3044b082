"""Telling that the platform works."""

from expertgate.outbound.clock import stamp
from expertgate.outbound.world import World
from expertgate.platform.requests import Health
from expertgate.settings import settings


def show_health(world: World) -> Health:
    """Return stage and time; that it answers at all shows that the key ring could be opened."""
    return Health(stage=settings().stage, time=stamp(world.clock.now()))
