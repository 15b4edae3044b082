"""What only looks, and what is asked with a key only here, played like the changes of the fault sweep."""

from collections.abc import Callable
from typing import Any

from expertgate.account.model import RealPerson
from expertgate.account.store import account
from expertgate.delegation.ticket_keys import add_key
from expertgate.review.model import Duty
from tests.builders.accounts import PASSWORD, log_in, person_form, register_person
from tests.builders.admission import administered, registered, with_workflow
from tests.builders.cases import applicant, as_system
from tests.builders.cases import opened as opened_case
from tests.builders.faces import call_back, scanned
from tests.builders.grants import Somebody, bound, day, document_of, opened, person, unit
from tests.builders.officials import HANDAN, NATIONAL, PLATFORM, Desk, official
from tests.builders.people import a_verified_person, token_of
from tests.builders.services import administrator
from tests.builders.services import registered as system
from tests.faults.scenario import KEY, Asked, Prepare, Send, asking
from tests.stage import Stage


def _anybody(action: str, body: object = None, **request: Any) -> Callable[[Stage], Asked]:
    return lambda stage: asking(stage, action, body, **request)


def _of_account(action: str, body: object = None) -> Callable[[Stage], Asked]:
    def prepare(stage: Stage) -> Asked:
        form = person_form()
        register_person(stage, form)
        for _ in range(2):
            stage.clock.advance(minutes=1)
            entered = log_in(stage, form["mobile"])
        return asking(stage, action, body, token=entered.json["token"])

    return prepare


def _face_result(stage: Stage) -> Send:
    token = token_of(stage, a_verified_person(stage, real_person=RealPerson.NOT_PASSED))
    check, state = scanned(stage.call("identity.start_face_check", {}, token=token).json)
    return lambda: call_back(stage, check, state, key=KEY)


def _of_unit(action: str, **query: str) -> Callable[[Stage], Asked]:
    def prepare(stage: Stage) -> Asked:
        employer, _ = _bound(stage)
        return asking(stage, action, token=employer.token, query=query)

    return prepare


def _bound(stage: Stage) -> tuple[Somebody, Somebody]:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent, last_day=day(stage, 89))
    return employer, agent


def _my_units(stage: Stage) -> Asked:
    return asking(stage, "delegation.list_my_units", token=_bound(stage)[1].token)


def _past_authority(stage: Stage) -> Asked:
    employer, _ = _bound(stage)
    asked = {"service": "fepms", "at": stage.clock.now().isoformat().replace("+00:00", "Z")}
    stage.clock.advance(minutes=1)
    return asking(stage, "delegation.show_past_authority", token=employer.token, query=asked)


def _authority(stage: Stage) -> Asked:
    client, (employer, agent) = system(stage), _bound(stage)
    question = {"agent_id": agent.id, "unit_id": employer.id, "service": "fepms"}
    return asking(stage, "delegation.check_authority", question, token=client.token)


def _authorities(stage: Stage) -> Asked:
    asked = _authority(stage)
    questions = [asked.body, {**dict(asked.body), "agent_id": "0" * 26}]  # type: ignore[call-overload]  # a question is a dict
    return Asked(stage, "delegation.check_authorities", {"questions": questions}, asked.request)


def _service_token(stage: Stage) -> Asked:
    client = system(stage)
    form = f"grant_type=client_credentials&client_id={client.client_id}&client_secret={client.secret}"
    return asking(stage, "delegation.issue_service_token", raw=form, headers={"content-type": "application/x-www-form-urlencoded"})


def _service_clients(stage: Stage) -> Asked:
    system(stage)
    return asking(stage, "delegation.list_service_clients", token=administrator(stage))


def _ticket_keys(stage: Stage) -> Asked:
    change = as_system(stage)
    add_key(change, stage.clock.now())
    change.commit(None)
    return asking(stage, "delegation.show_ticket_keys")


def _of_members(action: str) -> Callable[[Stage], Asked]:
    def prepare(stage: Stage) -> Asked:
        employer, agent = administered(stage)
        made = registered(stage, employer, account_id=agent.id)
        path = {"unit_id": employer.id, **({"project_id": made["id"]} if action == "show_project" else {})}
        return asking(stage, f"admission.{action}", token=employer.token, path=path)

    return prepare


def _administrators(stage: Stage) -> Asked:
    employer, _ = administered(stage)
    found = account(stage.world, employer.id)
    assert found is not None
    assert found.unit is not None
    return asking(
        stage, "admission.list_former_administrators", token=_desk(stage, PLATFORM, Duty.SUPPORT).token, query={"uscc": found.unit.uscc}
    )


def _messages(stage: Stage) -> Asked:
    _, agent = _bound(stage)
    return asking(stage, "notice.list_messages", token=agent.token)


def _my_cases(stage: Stage) -> Asked:
    owner = person(stage)
    with_workflow(stage)
    opened_case(stage, applicant=applicant(owner.id))
    return asking(stage, "review.list_my_cases", token=owner.token)


def _at_desk(action: str, *duties: Duty, bureau: str = HANDAN) -> Callable[[Stage], Asked]:
    def prepare(stage: Stage) -> Asked:
        with_workflow(stage)
        opened_case(stage)
        stage.clock.advance(minutes=9)
        return asking(stage, action, token=_desk(stage, bureau, *duties).token)

    return prepare


def _desk(stage: Stage, bureau: str, *duties: Duty) -> Desk:
    return official(stage, bureau, *duties, document=document_of(5001))


def _catalogue(stage: Stage) -> Asked:
    return asking(stage, "catalogue.show_catalogue", path={"name": "services"})


READINGS: dict[str, Prepare] = {
    "account.check_user_name": _anybody("account.check_user_name", {"user_name": "handan_keji"}),
    "account.export_account": _of_account("account.export_account", {"current_password": PASSWORD}),
    "account.list_agreements": _anybody("account.list_agreements"),
    "account.list_sessions": _of_account("account.list_sessions"),
    "account.renew_captcha": _anybody("account.renew_captcha", {}),
    "account.show_account": _of_account("account.show_account"),
    "admission.list_former_administrators": _administrators,
    "admission.list_members": _of_members("list_members"),
    "admission.list_projects": _of_members("list_projects"),
    "admission.show_home": _of_members("show_home"),
    "admission.show_project": _of_members("show_project"),
    "catalogue.list_bureaus": _anybody("catalogue.list_bureaus", query={"province": "130000", "bureau_type": "city"}),
    "catalogue.list_catalogues": _anybody("catalogue.list_catalogues"),
    "catalogue.list_divisions": _anybody("catalogue.list_divisions", query={"parent": "130400"}),
    "catalogue.show_catalogue": _catalogue,
    "delegation.check_authorities": _authorities,
    "delegation.check_authority": _authority,
    "delegation.count_agents": _of_unit("delegation.count_agents"),
    "delegation.export_agent_grants": _of_unit("delegation.export_agent_grants"),
    "delegation.issue_service_token": _service_token,
    "delegation.list_agents": _of_unit("delegation.list_agents"),
    "delegation.list_my_units": _my_units,
    "delegation.list_service_clients": _service_clients,
    "delegation.show_past_authority": _past_authority,
    "delegation.show_ticket_keys": _ticket_keys,
    "identity.receive_face_result": _face_result,
    "identity.show_identity": _of_account("identity.show_identity"),
    "notice.list_messages": _messages,
    "platform.show_health": _anybody("platform.show_health"),
    "review.list_my_cases": _my_cases,
    "review.list_officials": _at_desk("review.list_officials", Duty.ADMINISTRATOR, bureau=NATIONAL),
    "review.list_queue": _at_desk("review.list_queue"),
    "review.show_statistics": _at_desk("review.show_statistics"),
}
