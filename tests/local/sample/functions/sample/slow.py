"""Take too long (?for=sleep), or end the process (?for=death)."""

import os
import time
from typing import Any


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Do as told."""
    match event.get("queryStringParameters", {}).get("for"):
        case "sleep":
            time.sleep(30)
        case "death":
            os._exit(3)
    return {"pid": os.getpid()}
