"""The ends of cases do what they do, where the other tests of the desk only note them."""

import pytest


@pytest.fixture(autouse=True)
def applied() -> None:
    """Put nothing in place of the effects."""
