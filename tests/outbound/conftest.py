"""Clients of AWS as Lambda would have them."""

from collections.abc import Iterator

import pytest

from expertgate.outbound.aws import forget_clients


@pytest.fixture
def fresh_clients(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Let the test make clients of its own, that reach no engine and that nobody has afterwards."""
    monkeypatch.delenv("AWS_ENDPOINT_URL_S3", raising=False)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    forget_clients()
    yield monkeypatch
    forget_clients()
