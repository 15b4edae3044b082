"""One account moves: its rows, its claims and the key under which it moves only once, in one transaction (ACC-13, ACC-14, ACC-15)."""

import json
import random
import time
from collections.abc import Sequence
from dataclasses import replace

from expertgate.account import store
from expertgate.account.actions.claims import claim_all
from expertgate.account.legacy.reading import Moved
from expertgate.account.legacy.rows import LegacyRow, legacy_key
from expertgate.account.passwords import legacy_stored
from expertgate.account.sealed import pack
from expertgate.account.store import Claimed
from expertgate.caller import Caller, CallerKind
from expertgate.errors.account import LegacyRecordDiffers, LegacyRecordRepeated, UserNameRegistered
from expertgate.errors.base import Conflict, Unavailable
from expertgate.errors.edge import TryAgain
from expertgate.forms.user_names import LEGACY_PREFIX, answering_keys
from expertgate.outbound.change import Change
from expertgate.outbound.sessions import open_gate
from expertgate.outbound.world import World
from expertgate.settings import LIMITS

# DynamoDB takes a hundred operations together, and an account has ten at most.
TOGETHER = 10
IMPORTED, UNCHANGED = "imported", "unchanged"


def move(world: World, caller: Caller, moved: Moved, run: str, line: int) -> str:
    """Bring the account in unless it is there; returns which of the two.

    Raises the conflict that stands against it, TryAgain when the store does not answer for a while.
    """
    for attempt in range(LIMITS.import_tries):
        try:
            _write(world, caller, moved, run, line)
        except LegacyRecordRepeated:  # the key is taken; by whom is told by its row
            row = LegacyRow.find(*legacy_key(world, moved.key)[1:])
            return moved_before(world, row, moved, run, line) if row else IMPORTED
        except Unavailable:
            time.sleep(random.uniform(0, 0.2 * 2**attempt))  # noqa: S311 -- jitter, not a secret
        else:
            return IMPORTED
    raise TryAgain


def move_together(world: World, caller: Caller, some: Sequence[tuple[Moved, int]], run: str) -> list[str | Conflict]:
    """Bring in some accounts that can't meet, at most `TOGETHER`, in one transaction; where one is refused each goes alone.

    A transaction of ten accounts costs little more than one of a single account. Raises TryAgain.
    """
    change = Change(world, caller)
    for moved, line in some:
        _add(change, moved, run, line)
    try:
        change.commit(None)
    except (Conflict, Unavailable):
        return [_alone(world, caller, moved, run, line) for moved, line in some]
    return [IMPORTED] * len(some)


def _alone(world: World, caller: Caller, moved: Moved, run: str, line: int) -> str | Conflict:
    try:
        return move(world, caller, moved, run, line)
    except Conflict as exc:
        return exc


def moved_before(world: World, row: LegacyRow, moved: Moved, run: str, line: int) -> str:
    """Say what it means that the account is there: this very line before a crash, the same data again, or other data.

    Raises LegacyRecordRepeated for a second line of one file, LegacyRecordDiffers where the data differ: what the holder may have
    changed since is not overwritten.
    """
    if row.run == run and row.line == line:
        return IMPORTED
    if row.digest != _digest(world, moved):
        raise LegacyRecordDiffers
    if row.run == run:
        raise LegacyRecordRepeated
    return UNCHANGED


def _write(world: World, caller: Caller, moved: Moved, run: str, line: int) -> None:
    change = Change(world, caller)
    _add(change, moved, run, line)
    change.commit(None)


def _add(change: Change, moved: Moved, run: str, line: int) -> None:
    world, account = change.world, moved.account
    _, pk, _ = legacy_key(world, moved.key)
    change.put(LegacyRow(pk=pk, account_id=account.id, digest=_digest(world, moved), run=run, line=line), otherwise=LegacyRecordRepeated())
    stored = legacy_stored(world, moved.scheme, moved.digest) if moved.scheme and moved.digest else None
    store.add(change, account, stored, must_be_reset=True)
    claim_all(change, account)
    _demand_plain_name(change, account.user_name)
    open_gate(change, account.id, CallerKind(account.kind.value))
    tag = f"account:{account.kind.value}:imported"
    change.audit(tag, subject=store.key_of(account.id), platform=moved.platform.value, run=run, line=line)


def _demand_plain_name(change: Change, user_name: str | None) -> None:
    """Demand for `WGZJXM_A` that nobody is `A`, who answers to it already (ACC-14)."""
    if user_name and user_name.upper().startswith(LEGACY_PREFIX):
        key, plain = answering_keys(user_name)
        if plain != key:
            store.demand_unclaimed(change, Claimed("user_name", plain, UserNameRegistered()))


def _digest(world: World, moved: Moved) -> str:
    # What is made of the address is ours, not the record's: accounts that moved before it counted are unchanged, too.
    said = {**pack(replace(moved.account, email_proven=False)), "scheme": moved.scheme, "digest": moved.digest}
    return world.keys.digest("legacy_record", json.dumps(said, ensure_ascii=False, sort_keys=True))
