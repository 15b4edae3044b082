"""A process sees within minutes that the ring was turned elsewhere."""

import hmac
import json
from functools import partial

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

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


def _derived(purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(_ROOTS["00000000"])


def test_a_sealing_key_is_derived_by_hkdf() -> None:
    blob = Keys(partial(_ring, "00000000")).seal("here", {"name": "a"})
    assert json.loads(AESGCM(_derived("seal")).decrypt(blob[5:17], blob[17:], b"here")) == {"name": "a"}


@pytest.mark.parametrize("kind", ["index", "digest"])
def test_a_hashing_key_is_derived_by_hkdf(kind: str) -> None:
    hashed = getattr(Keys(partial(_ring, "00000001")), kind)("mobile", "+8613800138000")
    assert hmac.digest(_derived(f"{kind}:mobile"), b"+8613800138000", "sha256").hex().startswith(hashed)
