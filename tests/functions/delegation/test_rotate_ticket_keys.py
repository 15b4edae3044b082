"""Keys of entry tickets turn with an overlap (DEL-12)."""

from expertgate.delegation.ticket_keys import TicketKeyRow, published, signing_key
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
