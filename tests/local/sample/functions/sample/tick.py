"""Count the ticks of a schedule."""

from typing import Any

from sample_shared.aws import count


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Count."""
    return {"times": count(f"TICK:{event.get('why', 'daily')}"), "event": event}
