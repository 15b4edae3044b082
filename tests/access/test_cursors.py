"""A cursor that no list gave, or another one did, is refused at every list; so is a code that does not exist where a list is filtered."""

import inspect

import pytest

from expertgate.inbound.fields import Pages
from expertgate.review.model import Duty
from tests.access.matrix import ADMITS
from tests.builders.admission import administered, registered
from tests.builders.officials import HANDAN, official
from tests.stage import Answered, Stage
from tests.tree.house import Action, routed

STRANGE = [
    "",
    "D",
    "Z",
    "0:",
    "²:x",
    "1:D",
    "PROJECT#~",
    "~~",
    "\x00",
    "中文",
    "01KJPZ5B80000000000000000U",
    "0:01KJPZ5B80000000000000000U",
]
# By the name of the list, as its `Pages` has it.
NAMES = {
    "admission.list_members": "members",
    "admission.list_projects": "projects",
    "delegation.export_agent_grants": "agent_grant_exports",
    "delegation.list_agents": "agent_grants",
    "delegation.list_my_units": "my_units",
    "notice.list_messages": "messages",
    "review.list_my_cases": "my_cases",
    "review.list_officials": "officials",
    "review.list_queue": "cases",
}
FILTERS = {"service": "service_unknown", "kind": "not_in_list", "bureau": "bureau_unknown", "state": "not_in_list"}


def _of(action: Action) -> set[str]:
    return set(inspect.signature(getattr(action.module(), action.name)).parameters)


LISTS = [one for one in routed() if "cursor" in _of(one)]
COUNTS = [one for one in routed() if str(one) in {"delegation.count_agents", "review.show_statistics"}]
FILTERED = [(one, name) for one in (*LISTS, *COUNTS) for name in sorted(_of(one) & set(FILTERS))]


def _cursor(listed: str, place: str) -> str:
    return str(Pages(listed).cursor(place))


def _asked(stage: Stage, action: Action, *queries: dict[str, str]) -> list[Answered]:
    """Return what everybody who may ask it is answered."""
    employer, agent = administered(stage)
    registered(stage, employer, account_id=agent.id)
    tokens = {"U": employer.token, "P": agent.token, "O": official(stage, HANDAN, Duty.REVIEWER, Duty.SUPERVISOR).token}
    path = {"unit_id": employer.id}
    return [stage.call(str(action), token=tokens[kind], path=path, query=one) for kind in ADMITS[str(action)] for one in queries]


@pytest.mark.parametrize("action", LISTS, ids=str)
def test_strange_cursors_are_refused_everywhere(stage: Stage, action: Action) -> None:
    ours = NAMES[str(action)]
    others = [_cursor(name, place) for name in NAMES.values() if name != ours for place in STRANGE[-2:]]
    changed = [f"{_cursor(ours, place)[:-1]}g" for place in STRANGE[-2:]]
    for answered in _asked(stage, action, *({"cursor": one} for one in (*STRANGE, *others, *changed))):
        assert (answered.status, answered.broken) == (422, {"cursor": "cursor_form"})


@pytest.mark.parametrize("action", LISTS, ids=str)
def test_a_made_up_place_breaks_no_list(stage: Stage, action: Action) -> None:
    made_up = [_cursor(NAMES[str(action)], place) for place in STRANGE if place]
    assert {one.status for one in _asked(stage, action, *({"cursor": one} for one in made_up))} <= {200, 422}


@pytest.mark.parametrize(("action", "name"), FILTERED, ids=str)
def test_a_filter_by_what_does_not_exist_is_refused(stage: Stage, action: Action, name: str) -> None:
    for answered in _asked(stage, action, {name: "nothing"}):
        assert (answered.status, answered.broken) == (422, {name: FILTERS[name]})
