"""The key ring in its table: root keys wrapped by KMS, made once, grown by rotation."""

from datetime import datetime

from pynamodb.attributes import JSONAttribute, UnicodeAttribute
from pynamodb.exceptions import PutError

from expertgate.errors.edge import TryAgain
from expertgate.outbound.aws import client
from expertgate.outbound.clock import stamp
from expertgate.outbound.keys import Ring
from expertgate.outbound.rows import Row, condition_failed
from expertgate.settings import settings, variable

_RING = "RING"
_CONTEXT = {"purpose": "expertgate-root"}


class RingRow(Row):
    """The one row of the ring: generation -> wrapped root key (hex) and when it was made."""

    class Meta:
        """In the table of keys."""

        table_name = variable("KEYS_TABLE")

    current = UnicodeAttribute()
    index_root = UnicodeAttribute()
    roots = JSONAttribute()
    made = JSONAttribute()


class RingMissing(RuntimeError):
    """The platform was not prepared: run the function `prepare` once after deployment."""


def load_ring() -> Ring:
    """Return the ring, its keys unwrapped by KMS.

    Raises RingMissing before the platform was prepared.
    """
    row = RingRow.find(_RING)
    if row is None:
        raise RingMissing
    roots = {generation: _unwrap(bytes.fromhex(wrapped)) for generation, wrapped in row.roots.items()}
    return Ring(roots=roots, current=row.current, index_root=row.index_root)


def make_ring(now: datetime) -> bool:
    """Make the first generation unless there is one; tell whether it was made."""
    generation = "00000001"
    row = RingRow(pk=_RING, current=generation, index_root=generation, roots={generation: _wrapped()}, made={generation: stamp(now)})
    try:
        row.save(condition=RingRow.pk.does_not_exist())
    except PutError as exc:
        if condition_failed(exc):
            return False
        raise TryAgain from exc
    return True


def turn_ring(now: datetime) -> str:
    """Add a generation that seals from now on and return it; what older ones sealed stays readable until retired."""
    row = RingRow.find(_RING)
    if row is None:
        raise RingMissing
    generation = f"{max(int(one, 16) for one in row.roots) + 1:08x}"
    expected = row.version
    row.roots = row.roots | {generation: _wrapped()}
    row.made = row.made | {generation: stamp(now)}
    row.current, row.version = generation, expected + 1
    row.save(condition=RingRow.version == expected)
    return generation


def retire_generation(generation: str) -> None:
    """Remove a generation that seals and indexes nothing any more.

    Raises ValueError for the current or the indexing one.
    """
    row = RingRow.find(_RING)
    if row is None or generation in {row.current, row.index_root}:
        raise ValueError(generation)
    expected = row.version
    row.roots = {one: wrapped for one, wrapped in row.roots.items() if one != generation}
    row.version = expected + 1
    row.save(condition=RingRow.version == expected)


def _wrapped() -> str:
    made = client("kms").generate_data_key_without_plaintext(KeyId=settings().master_key, KeySpec="AES_256", EncryptionContext=_CONTEXT)
    return str(made["CiphertextBlob"].hex())


def _unwrap(blob: bytes) -> bytes:
    opened = client("kms").decrypt(CiphertextBlob=blob, KeyId=settings().master_key, EncryptionContext=_CONTEXT)
    plain: bytes = opened["Plaintext"]
    return plain
