"""Preparing makes the ring once."""

import os

from expertgate.outbound.aws import client
from expertgate.outbound.ring import load_ring, turn_ring
from expertgate.settings import settings
from tests.stage import Stage


def test_preparing_twice_keeps_the_first_ring(stage: Stage) -> None:
    os.environ["MASTER_KEY"] = client("kms").create_key()["KeyMetadata"]["KeyId"]
    settings.cache_clear()
    assert stage.run("platform.prepare") == {"ring_made": True}
    first = load_ring()
    assert stage.run("platform.prepare") == {"ring_made": False}
    assert load_ring() == first


def test_a_turned_ring_keeps_what_older_keys_sealed(stage: Stage) -> None:
    os.environ["MASTER_KEY"] = client("kms").create_key()["KeyMetadata"]["KeyId"]
    settings.cache_clear()
    stage.run("platform.prepare")
    first = load_ring()
    generation = turn_ring(stage.clock.now())
    turned = load_ring()
    assert (turned.current, turned.index_root) == (generation, first.index_root)
    assert turned.roots[first.current] == first.roots[first.current]
