"""A new version of an agreement is asked of who has an account already, and nothing is closed to him meanwhile (ACC-02)."""

from collections.abc import Callable

from expertgate.account.store import account
from expertgate.outbound.audit import AuditRow
from tests.builders.accounts import CONSENTS, PASSWORD, a_person, a_unit, log_in
from tests.builders.people import a_person as a_person_there
from tests.builders.people import token_of
from tests.stage import Answered, Stage

_ASKED = "consent_to_agreements"
_NEW = {"privacy_policy": "2026-03"}


def _give(stage: Stage, token: str, body: object, **request: str) -> Answered:
    return stage.call("account.give_consents", body, token=token, **request)


def _page(stage: Stage, token: str) -> dict[str, object]:
    page: dict[str, object] = stage.call("account.show_account", token=token, language="en").json
    return page


def _kept(stage: Stage, account_id: str) -> list[tuple[str, str]]:
    found = account(stage.world, account_id)
    assert found is not None
    return [(one.agreement, one.version) for one in found.consents]


def test_who_consented_is_asked_nothing(stage: Stage) -> None:
    page = _page(stage, a_person(stage).token)
    assert (page["missing"], page["agreements_asked"]) == (["check_real_person"], [])


def test_a_new_version_is_asked_of_a_person(stage: Stage, deploy: Callable[..., None]) -> None:
    made = a_person(stage)
    deploy(PRIVACY_POLICY_VERSION="2026-03", AGREEMENTS_URL="https://static.example/agreements")
    page = _page(stage, made.token)
    address = "https://static.example/agreements/privacy_policy/2026-03/en.html"
    assert page["missing"] == [_ASKED, "check_real_person"]
    assert page["agreements_asked"] == [
        {"agreement": "privacy_policy", "title": "Privacy policy", "version": "2026-03", "url": address},
    ]


def test_a_unit_is_asked_when_it_logs_in(stage: Stage, deploy: Callable[..., None]) -> None:
    made = a_unit(stage)
    deploy(USER_AGREEMENT_VERSION="2026-03")
    answered = log_in(stage, made.login_name, kind="unit")
    assert (answered.status, answered.json["next"]) == (201, [_ASKED])


def test_an_account_that_moved_in_is_asked_for_all(stage: Stage) -> None:
    page = _page(stage, token_of(stage, a_person_there(stage, consents=())))
    asked = page["agreements_asked"]
    assert isinstance(asked, list)
    assert {one["agreement"]: one["version"] for one in asked} == CONSENTS


def test_a_consent_is_kept_with_version_and_instant(stage: Stage, deploy: Callable[..., None]) -> None:
    made = a_person(stage)
    deploy(PRIVACY_POLICY_VERSION="2026-03")
    stage.clock.advance(minutes=1)
    answered = _give(stage, made.token, _NEW)
    assert (answered.status, answered.json["agreements_asked"]) == (200, [])
    newest = {"agreement": "privacy_policy", "version": "2026-03", "at": "2026-03-02T01:01:00.000Z"}
    assert answered.json["consents"][-1] == newest
    assert _kept(stage, made.id) == [*CONSENTS.items(), ("privacy_policy", "2026-03")]
    assert _page(stage, made.token)["missing"] == ["check_real_person"]
    (deed,) = [row for row in AuditRow.query(f"ACCOUNT#{made.id}") if row.tag == "account:agreements:consented"]
    assert (deed.actor, "2026-03" in deed.facts) == (made.id, True)


def test_consenting_twice_is_consenting_once(stage: Stage, deploy: Callable[..., None]) -> None:
    made = a_unit(stage)
    deploy(PRIVACY_POLICY_VERSION="2026-03")
    first = _give(stage, made.token, _NEW)
    stage.clock.advance(minutes=1)
    assert _give(stage, made.token, _NEW).json == first.json
    assert [row.tag for row in AuditRow.query(f"ACCOUNT#{made.id}")].count("account:agreements:consented") == 1


def test_only_what_is_in_force_is_consented_to(stage: Stage, deploy: Callable[..., None]) -> None:
    made = a_person(stage)
    deploy(PRIVACY_POLICY_VERSION="2026-03", USER_AGREEMENT_VERSION="2026-03")
    for body in ({"privacy_policy": "2024-06"}, {"privacy_policy": "2027-01"}, {"user_agreement": "2026-03", "privacy_policy": "2024-06"}):
        answered = _give(stage, made.token, body)
        assert (answered.status, answered.broken) == (422, {"privacy_policy": "consent_version"})
        assert "2026-03" in answered.text
    assert _kept(stage, made.id) == list(CONSENTS.items())


def test_one_agreement_may_be_consented_to_alone(stage: Stage, deploy: Callable[..., None]) -> None:
    made = a_person(stage)
    deploy(PRIVACY_POLICY_VERSION="2026-03", USER_AGREEMENT_VERSION="2026-03")
    answered = _give(stage, made.token, _NEW)
    assert [one["agreement"] for one in answered.json["agreements_asked"]] == ["user_agreement"]


def test_no_agreement_named_is_refused(stage: Stage) -> None:
    answered = _give(stage, a_person(stage).token, {})
    assert (answered.status, list(answered.broken.values())) == (422, ["agreement_required"])


def test_a_version_that_came_back_is_not_asked_again(stage: Stage, deploy: Callable[..., None]) -> None:
    made = a_person(stage)
    deploy(PRIVACY_POLICY_VERSION="2026-03")
    _give(stage, made.token, _NEW)
    deploy(PRIVACY_POLICY_VERSION="2024-06")
    assert _page(stage, made.token)["agreements_asked"] == []


def test_the_export_shows_old_and_new(stage: Stage, deploy: Callable[..., None]) -> None:
    made = a_person(stage)
    deploy(PRIVACY_POLICY_VERSION="2026-03")
    stage.clock.advance(minutes=1)
    _give(stage, made.token, _NEW)
    exported = stage.call("account.export_account", {"current_password": PASSWORD}, token=made.token).json
    consents = [(one["version"], one["at"]) for one in exported["consents"] if one["agreement"] == "privacy_policy"]
    assert consents == [("2024-06", "2026-03-02T01:00:00.000Z"), ("2026-03", "2026-03-02T01:01:00.000Z")]


def test_who_has_not_consented_yet_goes_on_working(stage: Stage, deploy: Callable[..., None]) -> None:
    made = a_person(stage)
    deploy(PRIVACY_POLICY_VERSION="2026-03")
    version = _page(stage, made.token)["version"]
    answered = stage.call("account.change_information", {"version": version, "landline": "010-88888888"}, token=made.token)
    assert (answered.status, answered.json["missing"]) == (200, [_ASKED, "check_real_person"])
