"""Comparing what an account says with the authority's register (ID-01); before the change, since a register may be slow."""

from expertgate.account.model import Account, Part
from expertgate.account.real_name import to_compare
from expertgate.outbound.register import Comparison, NamedPerson, NamedUnit
from expertgate.outbound.world import World


def compared(world: World, account: Account) -> dict[Part, Comparison]:
    """Return what the register says of each part of an account; nothing where there is no name and number to compare."""
    return {part: _compared(world, one) for part, one in to_compare(account).items()}


def _compared(world: World, one: NamedPerson | NamedUnit) -> Comparison:
    return world.authority.compare_unit(one) if isinstance(one, NamedUnit) else world.authority.compare_person(one)
