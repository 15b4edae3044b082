"""Whoever waits is told to try again: a service that does not answer is given up before Lambda ends the door that asked it."""

import pytest

from expertgate.outbound.aws import client
from tests.conftest import TEMPLATE

_DOORS = [TEMPLATE.functions[route.function] for route in TEMPLATE.routes]


def _longest(service: str) -> float:
    """Return how long a call of a service that takes connections and says nothing lasts, the pauses of botocore's retries included."""
    config = client(service).meta.config
    attempts = config.retries["total_max_attempts"]
    return float(config.connect_timeout + attempts * config.read_timeout + sum(2**pause for pause in range(attempts - 1)))


@pytest.mark.usefixtures("fresh_clients")
@pytest.mark.parametrize("service", ["dynamodb", "kms", "stepfunctions"])
def test_a_silent_service_is_given_up_in_time(service: str) -> None:
    assert _longest(service) < min(door.timeout for door in _DOORS)


def test_no_door_outlives_the_gateway() -> None:
    assert max(door.timeout for door in _DOORS) <= 30
