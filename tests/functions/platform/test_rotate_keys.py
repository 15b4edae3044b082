"""The ring turns when its generation is old, once per wish, and never while older keys are still in use."""

from expertgate.outbound.audit import AuditRow
from expertgate.outbound.ring import load_ring
from expertgate.settings import LIMITS
from tests.builders.keys import prepared
from tests.stage import Stage

FIRST = {"instead_of": "00000001"}


def test_a_young_generation_stays(stage: Stage) -> None:
    prepared(stage)
    assert stage.run("platform.rotate_keys") == {"turned": False, "generation": "00000001"}


def test_an_old_generation_is_followed_by_another(stage: Stage) -> None:
    prepared(stage)
    first = load_ring()
    stage.clock.advance(days=LIMITS.key_life_days)
    assert stage.run("platform.rotate_keys") == {"turned": True, "generation": "00000002"}
    turned = load_ring()
    assert (turned.current, turned.index_root) == ("00000002", first.index_root)
    assert {one: turned.roots[one] for one in first.roots} == first.roots
    assert [row.tag for row in AuditRow.query("PLATFORM#KEYS", limit=5)] == ["platform:keys:turned"]


def test_a_wish_repeated_turns_once(stage: Stage) -> None:
    prepared(stage)
    assert stage.run("platform.rotate_keys", FIRST)["turned"]
    assert stage.run("platform.rotate_keys", FIRST) == {"turned": False, "generation": "00000002"}


def test_nothing_turns_before_the_last_is_done(stage: Stage) -> None:
    prepared(stage)
    stage.run("platform.rotate_keys", FIRST)
    assert not stage.run("platform.rotate_keys", {"instead_of": "00000002"})["turned"]
