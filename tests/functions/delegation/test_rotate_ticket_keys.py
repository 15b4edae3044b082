"""Keys of entry tickets turn with an overlap (DEL-12)."""

import pytest

from expertgate.delegation.ticket_keys import TicketKeyRow, public_key, published, signing_key
from expertgate.errors.edge import TryAgain
from expertgate.settings import LIMITS
from tests.stage import Stage


def _turned(stage: Stage) -> tuple[str | None, list[str]]:
    turned = stage.run("delegation.rotate_ticket_keys")
    return turned["made"], turned["dropped"]


def test_the_first_key_signs_at_once(stage: Stage) -> None:
    made, _ = _turned(stage)
    assert signing_key(stage.world).id == made
    assert _turned(stage) == (None, [])


def test_the_next_key_is_published_before_it_signs(stage: Stage) -> None:
    first, _ = _turned(stage)
    stage.clock.advance(days=30)
    second, dropped = _turned(stage)
    assert second is not None
    assert dropped == []
    assert [row.sk for row in published()] == [first, second]
    assert signing_key(stage.world).id == first
    stage.clock.advance(days=1)
    assert signing_key(stage.world).id == second
    assert _turned(stage) == (None, [])
    stage.clock.advance(hours=1, minutes=5)
    assert _turned(stage) == (None, [first])
    assert [row.sk for row in published()] == [second]


def test_a_private_key_is_sealed(stage: Stage) -> None:
    made, _ = _turned(stage)
    row = TicketKeyRow.find("TICKETS", str(made))
    assert row is not None
    assert "PRIVATE" not in str(row.serialize())
    assert "d" not in row.public


def test_a_process_keeps_the_keys_for_minutes(stage: Stage) -> None:
    made, _ = _turned(stage)
    assert (signing_key(stage.world).id, public_key(stage.world, str(made))) == (made, published()[0].public)
    TicketKeyRow(pk="TICKETS", sk=str(made)).delete()
    stage.clock.advance(seconds=LIMITS.ticket_keys_kept - 1)
    assert (signing_key(stage.world).id, public_key(stage.world, str(made)) is None) == (made, False)
    stage.clock.advance(seconds=1)
    assert public_key(stage.world, str(made)) is None
    with pytest.raises(TryAgain):
        signing_key(stage.world)
