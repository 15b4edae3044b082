"""One machine for all tests that leave it as they found it."""

from collections.abc import Iterator

import pytest

from tests.local.running import Running, machine


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with machine(tmp_path_factory.mktemp("state")) as started:
        yield started
