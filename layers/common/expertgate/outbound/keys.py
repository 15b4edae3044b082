"""Keys and what is done with them: sealing personal data, blind indexes, keyed digests.

A root key per generation lies in the ring, wrapped by KMS; keys per purpose are derived from it (HKDF-SHA256). The blob says which
generation sealed it, so old rows stay readable while a rotation re-seals them. The index has a root of its own
that stays: its values are keys of rows and can only change together with them.
"""

import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from secrets import token_bytes
from typing import TYPE_CHECKING

from expertgate.settings import LIMITS

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = b"\x01"
_ID_BYTES = 4
_NONCE_BYTES = 12


class SealBroken(RuntimeError):
    """A sealed document was changed, moved to another place, or its key is gone."""


@dataclass(frozen=True)
class Ring:
    """The root keys by generation (8 hex digits), unwrapped; the newest seals, one apart indexes."""

    roots: Mapping[str, bytes]
    current: str
    index_root: str


class Keys:
    """Seals, opens, indexes; asks for the ring when first used and again when it is some minutes old.

    A process that kept its ring would go on sealing with a generation that was retired meanwhile.
    """

    def __init__(self, load: Callable[[], Ring], elapsed: Callable[[], float] = time.monotonic) -> None:
        """Remember how to load the ring."""
        self._load = load
        self._elapsed = elapsed
        self._held: tuple[float, Ring] | None = None

    @property
    def _ring(self) -> Ring:
        held, now = self._held, self._elapsed()
        if held is None or now - held[0] >= LIMITS.ring_life:
            held = self._held = (now, self._load())
        return held[1]

    def reload(self) -> None:
        """Forget the ring, so that a rotation made elsewhere is seen."""
        self._held = None

    @property
    def generation(self) -> str:
        """Return the generation that seals now."""
        return self._ring.current

    def seal(self, place: str, document: Mapping[str, object]) -> bytes:
        """Return the document encrypted for exactly this place (table, keys, field)."""
        ring = self._ring
        nonce = token_bytes(_NONCE_BYTES)
        plain = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        boxed = _box(ring.roots[ring.current]).encrypt(nonce, plain, place.encode())
        return _VERSION + bytes.fromhex(ring.current) + nonce + boxed

    def open(self, place: str, blob: bytes) -> dict[str, object]:
        """Return the document sealed for this place.

        Raises SealBroken for a blob that was altered or moved.
        """
        generation = generation_of(blob)
        if generation not in self._ring.roots:
            self.reload()
        nonce, boxed = blob[5:17], blob[17:]
        try:
            plain = _box(self._ring.roots[generation]).decrypt(nonce, boxed, place.encode())
        except Exception as exc:  # the library raises InvalidTag, the ring KeyError: both mean the same here
            raise SealBroken(place) from exc
        opened: dict[str, object] = json.loads(plain.decode())  # bytes would be searched for their encoding
        return opened

    def index(self, kind: str, value: str) -> str:
        """Return the blind index of a normalised personal value: equal values meet, nobody without the key can guess back."""
        return self.indexes((kind, value))[0]

    def indexes(self, *wanted: tuple[str, str]) -> list[str]:
        """Return the blind indexes of several (kind, value)."""
        ring = self._ring
        root = ring.roots[ring.index_root]
        return [hmac.digest(_derived(root, f"index:{kind}"), value.encode(), "sha256").hex()[:40] for kind, value in wanted]

    def digest(self, purpose: str, value: str) -> str:
        """Return a keyed hash for codes and short secrets, worthless for any other purpose."""
        ring = self._ring
        key = _derived(ring.roots[ring.index_root], f"digest:{purpose}")
        return hmac.digest(key, value.encode(), "sha256").hex()


def generation_of(blob: bytes) -> str:
    """Return the generation that sealed the blob."""
    return blob[1 : 1 + _ID_BYTES].hex()


def hash_secret(secret: str) -> str:
    """Return the stored form of a 256-bit random secret; it needs no key and no salt, nobody can try them all."""
    return sha256(secret.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two digests in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


@lru_cache(maxsize=64)
def _derived(root: bytes, purpose: str) -> bytes:
    """Return HKDF-SHA256 (RFC 5869) of the root without salt: 32 bytes are one block, and need nothing but the standard library."""
    extracted = hmac.digest(bytes(sha256().digest_size), root, "sha256")
    return hmac.digest(extracted, purpose.encode() + b"\x01", "sha256")


@lru_cache(maxsize=8)
def _box(root: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 -- many a request opens and seals nothing

    return AESGCM(_derived(root, "seal"))
