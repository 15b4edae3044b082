"""Comparing what an account says with the authority's register (ID-01); before the change, since a register may be slow."""

from expertgate.account.model import Account, HeldDocument, RealName, UnitFacts
from expertgate.outbound.register import Comparison, NamedPerson, NamedUnit, Outcome
from expertgate.outbound.world import World

_STATES = {Outcome.PASSED: RealName.PASSED, Outcome.FAILED: RealName.FAILED, Outcome.UNAVAILABLE: RealName.UNCHECKED}


def compared(world: World, account: Account) -> Comparison | None:
    """Return what the register says of a person or a unit; None where there is no name and number to compare."""
    if account.unit is not None:
        return _compared_unit(world, account.unit)
    if account.name is None or account.document is None:
        return None
    return world.authority.compare_person(named_person(account.name, account.document))


def _compared_unit(world: World, unit: UnitFacts) -> Comparison | None:
    """Compare the unit with its legal representative, then its main agent (ID-07); the first that does not pass decides."""
    representative, agent = unit.legal_representative, unit.main_agent
    if representative is None or agent is None:
        return None
    named = named_person(representative.name, representative.document)
    comparison = world.authority.compare_unit(NamedUnit(unit.unit_name, unit.uscc, unit.legal_person_type.value, named))
    return world.authority.compare_person(named_person(agent.name, agent.document)) if comparison.has_passed else comparison


def state_of(comparison: Comparison | None) -> RealName:
    """Return the state after a comparison; no answer is no failure."""
    return _STATES[comparison.outcome] if comparison else RealName.UNCHECKED


def named_person(name: str, held: HeldDocument) -> NamedPerson:
    """Return a person as the register is asked about."""
    return NamedPerson(held.type.value, held.number, name, held.valid_from, held.valid_to)
