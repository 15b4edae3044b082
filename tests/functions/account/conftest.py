"""What tests of accounts deploy."""

from collections.abc import Callable, Iterator

import pytest

from expertgate.settings import settings


@pytest.fixture
def deploy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Give what deploys again with other variables, as an operator does who puts a new agreement in force."""

    def again(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()

    yield again
    monkeypatch.undo()
    settings.cache_clear()
