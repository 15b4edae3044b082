"""Preparing makes the ring once."""

from expertgate.outbound.ring import load_ring
from tests.builders.keys import prepared
from tests.stage import Stage


def test_preparing_twice_keeps_the_first_ring(stage: Stage) -> None:
    prepared(stage)
    first = load_ring()
    assert stage.run("platform.prepare") == {"ring_made": False}
    assert load_ring() == first


def test_what_indexes_seals_nothing(stage: Stage) -> None:
    prepared(stage)
    ring = load_ring()
    assert set(ring.roots) == {ring.current, ring.index_root}
    assert ring.current != ring.index_root
