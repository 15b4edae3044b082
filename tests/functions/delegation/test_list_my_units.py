"""The person's side (DEL-09): which units authorised me, for what, until when."""

from expertgate.caller import system
from expertgate.outbound.change import Change
from expertgate.outbound.standing import rest_grants
from tests.builders.grants import act, bound, day, opened, person, unit
from tests.stage import Stage


def test_a_person_sees_every_unit(stage: Stage) -> None:
    agent = person(stage)
    first, second = opened(stage, unit(stage)), opened(stage, unit(stage, 2, "石家庄市另一家公司"))
    bound(stage, first, agent)
    bound(stage, second, agent, first_day=day(stage, 1))
    items = stage.call("delegation.list_my_units", token=agent.token).json["items"]
    shown = {(one["unit_name"], one["service_name"], one["state_name"], one["last_day"]) for one in items}
    service = "外国专家项目管理信息系统"
    assert shown == {(first.name, service, "有效", day(stage, 364)), (second.name, service, "未生效", day(stage, 364))}


def test_a_person_sees_which_grants_rest(stage: Stage) -> None:
    agent, change = person(stage), Change(stage.world, system("test"))
    resting, other = opened(stage, unit(stage)), opened(stage, unit(stage, 2, "石家庄市另一家公司"))
    for employer in (resting, other):
        bound(stage, employer, agent)
    rest_grants(change, resting.id, "new_legal_representative")
    change.commit(None)
    items = stage.call("delegation.list_my_units", token=agent.token).json["items"]
    assert {one["unit_id"]: one["at_rest"] for one in items} == {resting.id: True, other.id: False}


def test_a_person_pages_and_filters(stage: Stage) -> None:
    agent = person(stage)
    for seed, name in enumerate(("邯郸市甲公司", "邯郸市乙公司", "石家庄市丙公司"), 1):
        bound(stage, opened(stage, unit(stage, seed, name)), agent)
    page = stage.call("delegation.list_my_units", token=agent.token, query={"size": 2}).json
    rest = stage.call("delegation.list_my_units", token=agent.token, query={"size": 2, "cursor": page["next_cursor"]}).json
    assert (len(page["items"]), len(rest["items"]), rest["next_cursor"]) == (2, 1, None)
    found = stage.call("delegation.list_my_units", token=agent.token, query={"text": "石家庄"}).json["items"]
    assert [one["unit_name"] for one in found] == ["石家庄市丙公司"]


def test_a_full_last_page_of_units_is_the_last(stage: Stage) -> None:
    agent = person(stage)
    bound(stage, opened(stage, unit(stage)), agent)
    page = stage.call("delegation.list_my_units", token=agent.token, query={"size": 1}).json
    assert (len(page["items"]), page["next_cursor"]) == (1, None)


def test_a_person_filters_by_state_and_service(stage: Stage) -> None:
    agent, employer = person(stage), opened(stage, opened(stage, unit(stage)), "work_permit")
    later = bound(stage, employer, agent, first_day=day(stage, 1)).json["id"]
    ended = bound(stage, employer, agent, service="work_permit").json["id"]
    act(stage, agent, "give_back_grant", ended)
    for query, expected in (({"state": "not_yet_in_force"}, later), ({"state": "given_back"}, ended), ({"service": "work_permit"}, ended)):
        items = stage.call("delegation.list_my_units", token=agent.token, query=query).json["items"]
        assert [one["id"] for one in items] == [expected]


def test_a_person_sees_nobody_elses_units(stage: Stage) -> None:
    bound(stage, opened(stage, unit(stage)), person(stage))
    stranger = person(stage, 2, "王小明")
    assert stage.call("delegation.list_my_units", token=stranger.token).json == {"items": [], "next_cursor": None}
    assert stage.call("delegation.list_my_units", token=unit(stage, 2, "石家庄市另一家公司").token).code == "caller_kind_refused"
