"""The key ring in its table: root keys wrapped by KMS, made once, grown by rotation."""

from datetime import datetime

from pynamodb.exceptions import PutError

from expertgate.outbound.attributes import JSONAttribute, UnicodeAttribute
from expertgate.outbound.aws import client
from expertgate.outbound.clock import stamp
from expertgate.outbound.keys import Ring
from expertgate.outbound.passing import give_up
from expertgate.outbound.rows import Row, condition_failed
from expertgate.settings import settings, variable

_RING = "RING"
_INDEX, _FIRST = "00000000", "00000001"
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
    row = ring_row()
    roots = {generation: _unwrap(bytes.fromhex(wrapped)) for generation, wrapped in row.roots.items()}
    return Ring(roots=roots, current=row.current, index_root=row.index_root)


def make_ring(now: datetime) -> bool:
    """Make the root of the index and the first generation unless they are there; tell whether they were made."""
    roots = {_INDEX: _wrapped(), _FIRST: _wrapped()}
    row = RingRow(pk=_RING, current=_FIRST, index_root=_INDEX, roots=roots, made=dict.fromkeys(roots, stamp(now)))
    try:
        row.save(condition=RingRow.pk.does_not_exist())
    except PutError as exc:
        if condition_failed(exc):
            return False
        give_up(exc)
    return True


def ring_row() -> RingRow:
    """Return the ring's row as it stands.

    Raises RingMissing before the platform was prepared.
    """
    row = RingRow.find(_RING)
    if row is None:
        raise RingMissing
    return row


def turn(row: RingRow, now: datetime) -> str:
    """Add to the row a generation that seals from now on and return it; what older ones sealed stays readable until retired."""
    generation = f"{max(int(one, 16) for one in row.roots) + 1:08x}"
    row.roots = row.roots | {generation: _wrapped()}
    row.made = row.made | {generation: stamp(now)}
    row.current = generation
    return generation


def older_generations(row: RingRow) -> list[str]:
    """Return the generations that seal no more and are still kept, oldest first."""
    return sorted(set(row.roots) - {row.current, row.index_root})


def retire_older(row: RingRow) -> None:
    """Take the older generations from the row: nothing sealed by them can be opened once it is written."""
    retired = set(older_generations(row))
    row.roots = {one: wrapped for one, wrapped in row.roots.items() if one not in retired}


def _wrapped() -> str:
    made = client("kms").generate_data_key_without_plaintext(KeyId=settings().master_key, KeySpec="AES_256", EncryptionContext=_CONTEXT)
    return str(made["CiphertextBlob"].hex())


def _unwrap(blob: bytes) -> bytes:
    opened = client("kms").decrypt(CiphertextBlob=blob, KeyId=settings().master_key, EncryptionContext=_CONTEXT)
    plain: bytes = opened["Plaintext"]
    return plain
