"""An import of old accounts goes part by part, so that it can stop anywhere and go on (ACC-15)."""

from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextvars import copy_context
from datetime import timedelta
from itertools import batched, islice
from typing import cast

from expertgate.account.actions.claims import claims_of
from expertgate.account.actions.moving import TOGETHER, move_together, moved_before
from expertgate.account.legacy import rows
from expertgate.account.legacy.reading import Moved, read
from expertgate.account.legacy.records import Place, Record, begin, records
from expertgate.account.legacy.rows import ImportRow, LegacyRow, Part, legacy_key
from expertgate.account.legacy.survey import Source, Survey, survey
from expertgate.caller import Caller
from expertgate.errors.account import ImportInHand
from expertgate.errors.base import Conflict, InvalidInput
from expertgate.errors.edge import ChangedMeanwhile
from expertgate.forms.user_names import answering_keys
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.rows import read_many
from expertgate.outbound.world import World
from expertgate.settings import LIMITS

type _Readable = tuple[Record, Moved]
type _Begun = tuple[list[int], Future[list[str | Conflict]]]


def start_import(world: World, caller: Caller, source: Source, *, resume: bool, tag: str = "") -> ImportRow:
    """Return the import of a file's content: begun anew or, to be resumed, as far as it came.

    Raises LegacyFileRefused; ImportInHand where somebody else works on it, unless it is taken over by resuming.
    """
    facts = survey(source)
    row = rows.import_row(facts.sha256)
    if row is not None and ((row.state == rows.RUNNING and resume) or (tag and row.tag == tag)):
        return row
    if row is not None and is_held(world, row):
        raise ImportInHand
    return _begun(Change(world, caller), row, source, facts, tag)


def go_on(world: World, caller: Caller, row: ImportRow, source: Source) -> Iterator[ImportRow]:
    """Import part after part and yield how far it is; whoever stops taking may go on later with the same row.

    Raises ChangedMeanwhile when somebody else took the import over, TryAgain when the store does not answer.
    """
    _keep(Change(world, caller), row)
    place = Place(int(row.at), int(row.line), tuple(row.columns))
    with source.open(place.at) as file, ThreadPoolExecutor(LIMITS.import_workers, "import") as pool:
        found = records(file, place, row.facts)
        while part := list(islice(found, LIMITS.import_part)):
            change = Change(world, caller)
            _advance(change, row, _Mover(world, caller, row.run_id, pool).moved(part), part[-1].after)
            yield row
    row.state, row.held_until = rows.FINISHED, ""
    change = Change(world, caller)
    change.audit("account:import:finished", subject=f"IMPORT#{row.run_id}", **row.counts)
    _keep(change, row)
    yield row


def is_held(world: World, row: ImportRow) -> bool:
    """Tell whether somebody works on it now, or did a moment ago."""
    return row.state == rows.RUNNING and row.held_until > stamp(world.clock.now())


def give_up_import(world: World, caller: Caller, row: ImportRow, reason: str) -> None:
    """End an import that can't go on."""
    row.state, row.held_until = rows.FAILED, ""
    change = Change(world, caller)
    change.audit("account:import:given_up", subject=f"IMPORT#{row.run_id}", reason=reason)
    _keep(change, row)


def let_go(world: World, caller: Caller, row: ImportRow) -> None:
    """Let anybody go on with it at once."""
    row.held_until = ""
    change = Change(world, caller)
    change.replace(row)
    change.commit(None)


def _begun(change: Change, before: ImportRow | None, source: Source, facts: Survey, tag: str) -> ImportRow:
    with source.open(facts.begins) as file:
        place = begin(file, facts)
    row = ImportRow(
        pk=rows.ALL,
        sk=facts.sha256,
        run=before.run + 1 if before else 1,
        place=source.place,
        tag=tag,
        coding=facts.coding,
        form=facts.form,
        size=source.size,
        at=place.at,
        line=place.line,
        columns=list(place.columns),
        counts=Part().counts,
        began=stamp(change.now),
    )
    change.audit("account:import:begun", subject=f"IMPORT#{row.run_id}", bytes=source.size)
    if before is None:
        change.put(row, otherwise=ImportInHand())
    else:
        row.version = before.version
        change.replace(row, otherwise=ImportInHand())
    change.commit(None)
    return row


def _advance(change: Change, row: ImportRow, part: Part, after: Place) -> None:
    """Write down what a part gave, in the same transaction with the place behind it."""
    change.put(rows.part_row(row, part), otherwise=ChangedMeanwhile())
    row.counts = {name: row.counts[name] + part.counts[name] for name in part.counts}
    row.at, row.line = after.at, after.line
    _keep(change, row)


def _keep(change: Change, row: ImportRow) -> None:
    if row.state == rows.RUNNING:
        row.held_until = stamp(change.now + timedelta(seconds=LIMITS.import_lease))
    change.replace(row)
    change.commit(None)


class _Mover:
    """Moves the accounts of one part: side by side where they can't meet, in the file's order where they may."""

    def __init__(self, world: World, caller: Caller, run: str, pool: Executor) -> None:
        self._world, self._caller, self._run, self._pool = world, caller, run, pool
        self._part = Part()

    def moved(self, found: list[Record]) -> Part:
        """Return what the part gave; the first of two lines that want the same name or number gets it, however often it is resumed."""
        apart, behind = _apart([one for record in found if (one := self._read(record))])
        there = self._there(apart)
        for record, moved in (one for one in apart if one[1].key in there):
            self._judge(record.line, self._again(there[moved.key], moved, record.line))
        fresh = ((moved, record.line) for record, moved in apart if moved.key not in there)
        self._settle([self._begin(some) for some in batched(fresh, TOGETHER, strict=False)])
        for record, moved in behind:
            self._settle([self._begin(((moved, record.line),))])
        self._part.refused.sort(key=lambda one: one[0])
        return self._part

    def _read(self, record: Record) -> _Readable | None:
        if record.broken:
            self._refuse(record.line, ("-", record.broken))
            return None
        now = self._world.clock.now()
        try:
            return record, read(record.values, self._world.codes.ulid(now), now)
        except InvalidInput as exc:
            self._refuse(record.line, *((field, rule) for field, rule, _ in exc.problems))
            return None

    def _there(self, found: list[_Readable]) -> dict[str, LegacyRow]:
        """Return what has moved before, a hundred at a time: a repeated file costs reads only."""
        keys = [moved.key for _, moved in found]
        there = read_many(legacy_key(self._world, key) for key in keys)
        return {key: cast("LegacyRow", row) for key, row in zip(keys, there, strict=True) if row}

    def _again(self, before: LegacyRow, moved: Moved, line: int) -> str | Conflict:
        try:
            return moved_before(self._world, before, moved, self._run, line)
        except Conflict as exc:
            return exc

    def _begin(self, some: tuple[tuple[Moved, int], ...]) -> _Begun:
        """Let another thread move them, in the context of this one."""
        outcomes = self._pool.submit(copy_context().run, move_together, self._world, self._caller, some, self._run)
        return [line for _, line in some], outcomes

    def _settle(self, begun: list[_Begun]) -> None:
        for lines, outcomes in begun:
            for line, outcome in zip(lines, outcomes.result(), strict=True):
                self._judge(line, outcome)

    def _judge(self, line: int, outcome: str | Conflict) -> None:
        if isinstance(outcome, Conflict):
            self._refuse(line, ("-", outcome.code))
        else:
            self._part.counts[outcome] += 1

    def _refuse(self, line: int, *problems: tuple[str, str]) -> None:
        self._part.counts["refused"] += 1
        self._part.refused += [(line, field, code) for field, code in problems]


def _apart(found: list[_Readable]) -> tuple[list[_Readable], list[_Readable]]:
    """Part those that claim something for the first time from those that claim what an earlier line does, too."""
    seen: set[tuple[str, str]] = set()
    apart: list[_Readable] = []
    behind: list[_Readable] = []
    for record, moved in found:
        wanted = _wanted(moved)
        (behind if seen & wanted else apart).append((record, moved))
        seen |= wanted
    return apart, behind


def _wanted(moved: Moved) -> set[tuple[str, str]]:
    names = answering_keys(moved.account.user_name) if moved.account.user_name else ()
    claims = {(one.kind, one.value) for one in claims_of(moved.account)}
    return claims | {("user_name", name) for name in names} | {("legacy", moved.key)}
