"""The agreements in force, for whoever is about to register."""

from collections.abc import Callable

import pytest

from expertgate.account.store import account
from tests.builders.accounts import CONSENTS, PASSWORD
from tests.builders.recoveries import code_for
from tests.stage import Stage


@pytest.mark.parametrize(("language", "title"), [("zh", "《隐私协议》"), ("en", "Privacy policy")])
def test_the_versions_in_force_are_listed(stage: Stage, language: str, title: str) -> None:
    items = stage.call("account.list_agreements", language=language).json["items"]
    assert {"agreement": "privacy_policy", "title": title, "version": "2024-06", "url": None} in items
    assert len(items) == 2


@pytest.fixture
def deployed(deploy: Callable[..., None]) -> None:
    """Deploy with a new privacy policy and an address of the texts."""
    deploy(PRIVACY_POLICY_VERSION="2026-03", AGREEMENTS_URL="https://static.example/agreements")


@pytest.mark.usefixtures("deployed")
def test_operators_say_version_and_place_of_the_text(stage: Stage) -> None:
    items = stage.call("account.list_agreements", language="en").json["items"]
    addresses = {one["agreement"]: one["url"] for one in items}
    assert addresses == {
        "user_agreement": "https://static.example/agreements/user_agreement/2024-06/en.html",
        "privacy_policy": "https://static.example/agreements/privacy_policy/2026-03/en.html",
    }


@pytest.mark.usefixtures("deployed")
def test_only_the_version_in_force_is_consented_to(stage: Stage) -> None:
    form = {"channel": "app", "mobile": "13712345678", "password": PASSWORD, "password_confirmation": PASSWORD}
    form |= {"sms_code": code_for(stage, "+8613712345678", "register_person")}
    old = stage.call("account.register_person_by_app", form | {"consents": CONSENTS})
    assert old.broken == {"consents.privacy_policy": "consent_version"}
    made = stage.call("account.register_person_by_app", form | {"consents": CONSENTS | {"privacy_policy": "2026-03"}})
    kept = account(stage.world, made.json["account_id"])
    assert kept is not None
    assert {one.agreement: one.version for one in kept.consents} == {"user_agreement": "2024-06", "privacy_policy": "2026-03"}
