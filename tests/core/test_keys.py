"""A process sees within minutes that the ring was turned elsewhere."""

from functools import partial

from expertgate.outbound.keys import Keys, Ring, generation_of
from expertgate.settings import LIMITS

_ROOTS = {f"0000000{number}": bytes([number]) * 32 for number in range(3)}


def _ring(current: str) -> Ring:
    return Ring(roots=_ROOTS, current=current, index_root="00000000")


def test_a_ring_grows_old_and_is_loaded_anew() -> None:
    rings, elapsed = [_ring("00000001"), _ring("00000002")], [0.0]
    keys = Keys(lambda: rings.pop(0), lambda: elapsed[0])
    elapsed[0] = LIMITS.ring_life - 1
    assert generation_of(keys.seal("here", {})) == "00000001"
    elapsed[0] = LIMITS.ring_life * 2
    assert generation_of(keys.seal("here", {})) == "00000002"


def test_the_index_outlives_a_turn() -> None:
    before, after = (Keys(partial(_ring, name)) for name in ("00000001", "00000002"))
    assert before.index("mobile", "+8613800138000") == after.index("mobile", "+8613800138000")
