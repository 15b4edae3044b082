"""The guard of the tests guards."""

import socket

import pytest

from tests.guards import OutsideWorld


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80), ("10.0.0.1", 443), ("example.invalid", 80)])
def test_connections_that_leave_the_machine_are_refused(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as outward, pytest.raises(OutsideWorld):
        outward.connect(address)


def test_names_of_other_machines_are_not_looked_up() -> None:
    with pytest.raises(OutsideWorld):
        socket.getaddrinfo("example.invalid", 80)


def test_loopback_stays_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as here, socket.create_connection(here.getsockname()) as there:
        assert there.getpeername() == here.getsockname()
