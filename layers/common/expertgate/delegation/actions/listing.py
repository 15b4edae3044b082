"""The lists of both sides, paged; a state follows from the clock, so it is a filter of what was read, not an index."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from expertgate.account import store as accounts
from expertgate.account.model import Account
from expertgate.caller import Caller, CallerKind
from expertgate.delegation import store
from expertgate.delegation.actions.naming import grant_of_agent, grant_of_unit, sides_of
from expertgate.delegation.actions.showing import agent_grant, unit_grant
from expertgate.delegation.model import State
from expertgate.delegation.requests.grants import AgentGrant, AgentGrants, GrantCounts, UnitGrant, UnitGrants
from expertgate.delegation.store import GrantRow, Kept
from expertgate.outbound.change import Change
from expertgate.outbound.rows import read_together
from expertgate.outbound.standing import standing_key
from expertgate.outbound.world import World
from expertgate.settings import LIMITS

_PAGES_AT_MOST = 10


@dataclass(frozen=True)
class Walk:
    """How the grants of one side are read: the page after a key with one row more, the key of a row, and how many rows a page has."""

    fetch: Callable[[str | None], list[GrantRow]]
    key: Callable[[GrantRow], str]
    size: int


@dataclass(frozen=True)
class Wanted:
    """Which grants a list shows, and where the page before it ended."""

    state: State | None = None
    service: str | None = None
    text: str | None = None
    size: int = LIMITS.page_size
    cursor: str | None = None

    @property
    def rows(self) -> int:
        """Return how many rows to read at once: what is filtered needs more than what is shown."""
        is_filtered = self.state is not None or self.service is not None or self.text is not None
        return LIMITS.page_size_most if is_filtered else self.size


def list_agents(wanted: Wanted, caller: Caller, world: World) -> AgentGrants:
    """Return a page of the unit's grants, newest first (DEL-04)."""
    view, epoch = Change(world, caller), store.epoch_of_unit(caller.id)
    found, cursor = _page(view, wanted, _own(caller, wanted.rows), lambda kept: kept.agent_name)
    people = _by_id(world, [kept.grant.agent_id for kept in found])
    items = [agent_grant(view, _under(kept, epoch), people.get(kept.grant.agent_id)) for kept in found]
    return AgentGrants(items=items, next_cursor=cursor)


def list_my_units(wanted: Wanted, caller: Caller, world: World) -> UnitGrants:
    """Return a page of the grants to the person who calls (DEL-09)."""
    view = Change(world, caller)
    found, cursor = _page(view, wanted, _own(caller, wanted.rows), lambda kept: kept.unit_name)
    units = _by_id(world, [kept.grant.unit_id for kept in found])
    epochs = _epochs([kept.grant.unit_id for kept in found])
    items = [unit_grant(view, _under(kept, epochs[kept.grant.unit_id]), units.get(kept.grant.unit_id)) for kept in found]
    return UnitGrants(items=items, next_cursor=cursor)


def own_grants(caller: Caller, world: World, cursor: str | None) -> tuple[list[dict[str, object]], str | None]:
    """Return a page of what the list of one's side shows, for the export of own data; `expertgate.belongings` names this."""
    listed = (list_agents if caller.kind is CallerKind.UNIT else list_my_units)(
        Wanted(size=LIMITS.page_size_most, cursor=cursor), caller, world
    )
    return [one.model_dump(mode="json") for one in listed.items], listed.next_cursor


def count_agents(service: str | None, caller: Caller, world: World) -> GrantCounts:
    """Return how many grants a unit gave, or a person has, in each state now (DEL-04, DEL-09)."""
    now, counts = world.clock.now(), dict.fromkeys(map(str, State), 0)
    complete = True
    for row, is_more in _walk(_own(caller, LIMITS.page_size_most), None):
        grant = store.to_grant(row)
        if service in {None, grant.service}:
            counts[grant.state_at(now).value] += 1
        complete = not is_more
    return GrantCounts(counts=counts, complete=complete)


def show_agent_grant(grant_id: str, caller: Caller, world: World) -> AgentGrant | UnitGrant:
    """Return one grant to the unit that gave it or to the person who has it."""
    view = Change(world, caller)
    kept = (grant_of_unit if caller.kind is CallerKind.UNIT else grant_of_agent)(world, caller, grant_id)
    agent, unit = sides_of(world, kept.grant)
    return agent_grant(view, kept, agent) if caller.kind is CallerKind.UNIT else unit_grant(view, kept, unit)


def _own(caller: Caller, size: int) -> Walk:
    """Return how the grants of the side that calls are read, so many rows at once."""
    if caller.kind is CallerKind.UNIT:
        return Walk(lambda after: store.of_unit(caller.id, size + 1, after), lambda row: row.unit_sort, size)
    return Walk(lambda after: store.of_agent(caller.id, size + 1, after), lambda row: row.sk, size)


def _page(view: Change, wanted: Wanted, walk: Walk, name: Callable[[Kept], str]) -> tuple[list[Kept], str | None]:
    """Return what is wanted and the cursor behind it; a page may be short where the filter leaves little, the cursor goes on."""
    found: list[Kept] = []
    cursor = None
    for row, is_more in _walk(walk, wanted.cursor):
        cursor = walk.key(row) if is_more else None
        kept = store.to_kept(row, view.world.keys)
        if _fits(kept, wanted, view, name(kept)):
            found.append(kept)
        if len(found) == wanted.size:
            break
    return found, cursor


def _walk(walk: Walk, cursor: str | None) -> Iterator[tuple[GrantRow, bool]]:
    """Yield rows over page after page up to the bound of one request, each with whether another is behind it."""
    for _ in range(_PAGES_AT_MOST):
        rows = walk.fetch(cursor)
        shown = rows[: walk.size]
        yield from ((row, place < len(rows)) for place, row in enumerate(shown, 1))
        if len(rows) == len(shown):
            return
        cursor = walk.key(shown[-1])


def _fits(kept: Kept, wanted: Wanted, view: Change, name: str) -> bool:
    grant = kept.grant
    return (
        (wanted.service is None or grant.service == wanted.service)
        and (wanted.state is None or grant.state_at(view.now) is wanted.state)
        and (wanted.text is None or wanted.text.casefold() in name.casefold())
    )


def _by_id(world: World, ids: list[str]) -> dict[str, Account]:
    return {one.id: one for one in accounts.accounts(world, ids)} if ids else {}


def _epochs(unit_ids: list[str]) -> dict[str, int]:
    ids = list(dict.fromkeys(unit_ids))
    standings = read_together(*(standing_key(one) for one in ids)) if ids else []
    return {one: store.epoch_of(row) for one, row in zip(ids, standings, strict=True)}


def _under(kept: Kept, epoch: int) -> Kept:
    return Kept(kept.grant, kept.row, kept.agent_name, kept.unit_name, epoch)
