"""Keys change while everybody works: a new generation, every row sealed anew, the old generation gone."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from expertgate.caller import Caller
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.keys import SealBroken
from expertgate.outbound.ring import RingRow, older_generations, retire_older, ring_row, turn
from expertgate.outbound.world import World
from expertgate.platform import store
from expertgate.settings import LIMITS

_SUBJECT = "PLATFORM#KEYS"


def rotate_keys(event: dict[str, Any], caller: Caller, world: World) -> dict[str, Any]:
    """Turn the ring when its generation is old; at once where `instead_of` names the generation in use, once however often it is asked."""
    row = ring_row()
    wished = event.get("instead_of") == row.current
    age = world.clock.now() - instant(row.made[row.current])
    if older_generations(row) or not (wished or age >= timedelta(days=LIMITS.key_life_days)):
        return {"turned": False, "generation": row.current}
    change = Change(world, caller)
    generation = turn(row, change.now)
    change.replace(row)
    change.audit("platform:keys:turned", subject=_SUBJECT, generation=generation)
    change.commit(None)
    world.keys.reload()
    return {"turned": True, "generation": generation}


def reseal_rows(_event: dict[str, Any], caller: Caller, world: World) -> dict[str, Any]:
    """Walk some pages on and seal anew what an older generation sealed; retire that generation when a later, whole pass finds nothing.

    Between the last find and that pass lies `reseal_grace`: a request that read an old document could still write it back. Raises
    SealBroken, after its pages are done, for a row that nobody can open: its generation is kept.
    """
    world.keys.reload()
    ring = ring_row()
    if not older_generations(ring):
        return {"state": "nothing_to_do", "resealed": 0}
    now = stamp(world.clock.now())
    at = store.position(ring.current, now, _later(world))
    if not at.began and now < at.clean_from:
        return {"state": "waiting", "resealed": 0}
    done = _walk(world, at)
    if done.broken:
        raise SealBroken(done.broken[0])
    if done.is_clean:
        _retire(Change(world, caller), ring)
        return {"state": "retired", "resealed": 0}
    return {"state": "resealing" if at.began else "waiting", "resealed": done.resealed}


@dataclass
class _Done:
    """What one run of the task saw."""

    resealed: int = 0
    broken: list[str] = field(default_factory=list)
    is_clean: bool = False


def _walk(world: World, at: store.PositionRow) -> _Done:
    """Do some pages; `began` is empty when the pass is over."""
    tables, done = store.sealed_tables(), _Done()
    at.began = at.began or stamp(world.clock.now())
    at.table = at.table or next(iter(tables))
    for _ in range(LIMITS.reseal_pages):
        rows, at.after = store.page_of(at.table, at.after)
        if _reseal_page(world, at.generation, tables[at.table], rows, done):
            at.clean_from = _later(world)
        if at.after is None:
            at.table = next((name for name in tables if name > at.table), "")
        is_clean = not at.table and at.began >= at.clean_from
        at.began = at.began if at.table else ""
        if not store.keep_position(at):
            break
        done.is_clean = is_clean
        if not at.began:
            break
    return done


def _reseal_page(world: World, generation: str, names: list[str], rows: list[store.SealedRow], done: _Done) -> bool:
    """Seal the old documents of a page anew; tell whether there were any."""
    old = [row for row in rows if store.is_old(row, generation)]
    for row in old:
        try:
            store.reseal(world.keys, row, names)
        except SealBroken:
            done.broken.append(row.table)
        else:
            done.resealed += 1
    return bool(old)


def _retire(change: Change, ring: RingRow) -> None:
    for generation in older_generations(ring):
        change.audit("platform:keys:retired", subject=_SUBJECT, generation=generation)
    retire_older(ring)
    change.replace(ring)
    change.commit(None)
    change.world.keys.reload()


def _later(world: World) -> str:
    return stamp(world.clock.now() + timedelta(seconds=LIMITS.reseal_grace))
