"""The agreements in force, for whoever is about to register."""

import pytest

from tests.stage import Stage


@pytest.mark.parametrize(("language", "title"), [("zh", "《隐私协议》"), ("en", "Privacy policy")])
def test_the_versions_in_force_are_listed(stage: Stage, language: str, title: str) -> None:
    items = stage.call("account.list_agreements", language=language).json["items"]
    assert {"agreement": "privacy_policy", "title": title, "version": "2024-06"} in items
    assert len(items) == 2
