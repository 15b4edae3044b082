"""What everybody together may do in a minute: a flood from many addresses ends as well, with the seconds to wait."""

import pytest

from expertgate.outbound.limits import LimitRow, rows_in_total
from tests.stage import Stage

_CODES, _RECOVERIES, _SHARDS = 3_000, 600, 10


def _used_up(stage: Stage, key: str, most: int) -> None:
    """Let everybody together have done it as often as a minute allows: over all shards of the counter."""
    minute = int(stage.clock.now().timestamp()) // 60 * 60 + 60
    for shard in range(_SHARDS):
        LimitRow(pk=f"LIMIT#{key}#{shard}", sk=f"60#{minute}", times=most // _SHARDS).save()


@pytest.mark.parametrize(
    ("key", "most", "action", "body"),
    [
        ("codes", _CODES, "account.send_sms_code", {"purpose": "register_person", "mobile": "13912345678"}),
        ("codes", _CODES, "account.send_email_code", {"purpose": "reset_password", "email": "li@example.org"}),
        ("recovery", _RECOVERIES, "recovery.start_recovery", {"kind": "person_password_by_login_name", "login_name": "wgzj_li"}),
    ],
    ids=["codes by SMS", "codes by e-mail", "recoveries"],
)
def test_a_flood_from_everywhere_ends_in_total(stage: Stage, key: str, most: int, action: str, body: dict[str, str]) -> None:
    stage.clock.advance(seconds=20)
    _used_up(stage, key, most)
    answered = stage.call(action, body)
    assert (answered.status, answered.code, answered.headers["Retry-After"]) == (429, "too_many_requests", "40")
    stage.clock.advance(seconds=60)
    assert stage.call(action, body).status == 201


def test_a_flow_is_given_a_quarter_of_an_hour(stage: Stage) -> None:
    started = stage.call("recovery.start_recovery", {"kind": "person_password_by_login_name", "login_name": "wgzj_li"})
    assert started.json["expires_in"] == 15 * 60


@pytest.mark.parametrize(("limit", "window", "rows"), [(600, 60, 10), (3_000, 60, 10), (600_000, 60, 100), (600_001, 60, 101), (50, 1, 10)])
def test_a_higher_total_needs_more_rows(limit: int, window: int, rows: int) -> None:
    assert rows_in_total(limit, window) == rows
    assert limit / window / rows <= 100
