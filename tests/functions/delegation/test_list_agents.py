"""My agents (DEL-04): paged, filtered, and no more of a person than the manual shows."""

from typing import Any

import pytest

from expertgate.delegation.actions import listing
from tests.builders.grants import Somebody, again, bound, day, opened, person, unit
from tests.stage import Answered, Stage


def _list(stage: Stage, employer: Somebody, **query: Any) -> Answered:
    return stage.call("delegation.list_agents", token=employer.token, query=query)


def _ids(answered: Answered) -> list[str]:
    return [one["id"] for one in answered.json["items"]]


def test_a_line_shows_what_the_manual_shows(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    made = bound(stage, employer, agent).json
    answered = _list(stage, employer)
    assert answered.json == {"items": [made], "next_cursor": None}
    assert made["agent_mobile"][3:7] == "****"
    assert agent.name not in answered.text
    assert agent.number not in answered.text


def test_pages_follow_each_other_newest_first(stage: Stage) -> None:
    employer = opened(stage, unit(stage))
    made = []
    for seed in range(5):
        stage.clock.advance(seconds=1)
        made.append(bound(stage, employer, person(stage, seed)).json["id"])
    seen, cursor = [], None
    for _ in range(3):
        answered = _list(stage, employer, size=2, **({"cursor": cursor} if cursor else {}))
        seen += _ids(answered)
        cursor = answered.json["next_cursor"]
    assert seen == made[::-1]
    assert cursor is None


@pytest.mark.parametrize("query", [{"size": 2}, {"size": 2, "state": "in_force"}], ids=["all", "filtered"])
def test_a_full_last_page_of_agents_is_the_last(stage: Stage, query: dict[str, Any]) -> None:
    employer = opened(stage, unit(stage))
    for seed in range(2):
        bound(stage, employer, person(stage, seed))
    page = _list(stage, employer, **query)
    assert (len(_ids(page)), page.json["next_cursor"]) == (2, None)


def test_states_and_services_and_names_are_filters(stage: Stage) -> None:
    employer = opened(stage, opened(stage, unit(stage)), "work_permit")
    in_force = bound(stage, employer, person(stage, 1, "李晓波")).json["id"]
    later = bound(stage, employer, person(stage, 2, "欧阳文华"), first_day=day(stage, 1)).json["id"]
    other = bound(stage, employer, person(stage, 3, "王小明"), service="work_permit").json["id"]
    stage.call("delegation.revoke_grant", token=employer.token, path={"grant_id": other})
    assert _ids(_list(stage, employer, state="in_force")) == [in_force]
    assert _ids(_list(stage, employer, state="not_yet_in_force")) == [later]
    assert _ids(_list(stage, employer, state="revoked")) == [other]
    assert _ids(_list(stage, employer, service="work_permit")) == [other]
    assert _ids(_list(stage, employer, text="欧阳")) == [later]


def test_any_part_of_a_name_finds_it(stage: Stage) -> None:
    employer = opened(stage, unit(stage))
    john = bound(stage, employer, person(stage, 1, "John Smith")).json["id"]
    jane = bound(stage, employer, person(stage, 2, "Jane Smithson")).json["id"]
    found = {text: sorted(_ids(_list(stage, employer, text=text))) for text in ("SMITH", "smithson", "john s", "smyth")}
    assert found == {"SMITH": sorted([john, jane]), "smithson": [jane], "john s": [john], "smyth": []}


@pytest.mark.parametrize(
    "wanted", [{"text": "李晓波"}, {"state": "in_force"}, {"service": "work_permit"}], ids=["text", "state", "service"]
)
def test_a_small_page_of_a_filter_looks_far(stage: Stage, monkeypatch: pytest.MonkeyPatch, wanted: dict[str, str]) -> None:
    monkeypatch.setattr(listing, "_PAGES_AT_MOST", 2)
    employer = opened(stage, opened(stage, unit(stage)), "work_permit")
    oldest = bound(stage, employer, person(stage, 1, "李晓波"), service="work_permit").json["id"]
    for seed in (2, 3, 4):
        stage.clock.advance(seconds=1)
        bound(stage, employer, person(stage, seed, "欧阳文华"), first_day=day(stage, 1))
    assert _ids(_list(stage, employer, size=1, **wanted)) == [oldest]


def test_states_change_with_the_clock_alone(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    bound(stage, employer, agent, first_day=day(stage, 1), last_day=day(stage, 1))
    seen = []
    for _ in range(3):
        seen.append(_list(stage, again(stage, employer)).json["items"][0]["state_name"])
        stage.clock.advance(days=1)
    assert seen == ["未生效", "有效", "过期"]


def test_one_unit_sees_nothing_of_another(stage: Stage) -> None:
    employer, other = opened(stage, unit(stage)), unit(stage, 2, "石家庄市另一家公司")
    bound(stage, employer, person(stage))
    assert _list(stage, other).json == {"items": [], "next_cursor": None}


def test_an_unknown_filter_value_is_refused(stage: Stage) -> None:
    employer = unit(stage)
    assert _list(stage, employer, state="asleep").broken == {"state": "not_in_list"}
    assert _list(stage, employer, size=101).broken == {"size": "too_big"}
