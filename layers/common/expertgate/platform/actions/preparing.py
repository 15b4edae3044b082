"""What must be there before the first request: the key ring, a key for entry tickets, and somebody who can name the others."""

from typing import Any

from expertgate.caller import Caller
from expertgate.delegation.actions.ticket_keys import rotate_ticket_keys
from expertgate.outbound.ring import make_ring
from expertgate.outbound.world import World
from expertgate.review.actions.officials import first_administrator, invite_administrator_again


def prepare(event: dict[str, Any], caller: Caller, world: World) -> dict[str, Any]:
    """Make the key ring unless there is one; run once after each deployment, as often as one likes.

    With `administrator` in the event the first administrator (REV-06) is named too; the answer has the code with which he sets up his
    log-in, a new one each time until he has done so. With `invite_again` and a user name an administrator who lost his password or second
    factor gets one, whose former ones and sessions end: an official does that for every other, and nobody for the only administrator.
    """
    made: dict[str, Any] = {"ring_made": make_ring(world.clock.now())}
    rotate_ticket_keys({}, caller, world)
    if "administrator" in event:
        invited = first_administrator(event["administrator"], caller, world)
        made["administrator"] = invited.model_dump(mode="json") if invited else None
    if "invite_again" in event:
        made["administrator"] = invite_administrator_again(str(event["invite_again"]), caller, world).model_dump(mode="json")
    return made
