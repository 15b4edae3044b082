"""Writes what botocore knows of the endpoints of our services: `python -m infra.checks.endpoints`, after each new botocore."""

import json
from typing import Any

from botocore.loaders import Loader

from expertgate.outbound.service_models import ENDPOINTS, SERVICES


def ours() -> dict[str, Any]:
    """Return botocore's endpoints without the services nobody here calls."""
    whole: dict[str, Any] = Loader().load_data("endpoints")
    wanted = {_prefix(service) for service in SERVICES}
    for partition in whole["partitions"]:
        partition["services"] = {name: one for name, one in partition["services"].items() if name in wanted}
    return whole


def _prefix(service: str) -> str:
    model: dict[str, Any] = Loader().load_service_model(service, "service-2")
    return str(model["metadata"]["endpointPrefix"])


def main() -> None:
    """Write them."""
    ENDPOINTS.write_text(json.dumps(ours(), separators=(",", ":"), sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
