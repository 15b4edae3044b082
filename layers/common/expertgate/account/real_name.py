"""The real-name rule (ID-01, ID-07): what of an account the authority's register is asked, and which answer decides."""

from collections.abc import Mapping
from dataclasses import replace

from expertgate.account.model import Account, Checked, HeldDocument, Part, RealName, UnitFacts
from expertgate.outbound.register import Comparison, NamedPerson, NamedUnit, Outcome

_STATES = {Outcome.PASSED: RealName.PASSED, Outcome.FAILED: RealName.FAILED, Outcome.UNAVAILABLE: RealName.UNCHECKED}
# What failed stays failed whatever an answer that never came would have said.
_DECIDES = (Outcome.FAILED, Outcome.UNAVAILABLE, Outcome.PASSED)


def to_compare(account: Account) -> dict[Part, NamedPerson | NamedUnit]:
    """Return what is compared, each person with the validity of the document; nothing where a name or number is missing."""
    if account.unit is not None:
        return _of_unit(account.unit)
    if account.name is None or account.document is None:
        return {}
    return {Part.PERSON: named_person(account.name, account.document)}


def deciding(compared: Mapping[Part, Comparison]) -> Comparison | None:
    """Return the answer that decides, since all parts must pass; None where nothing was compared."""
    return min(compared.values(), key=lambda one: _DECIDES.index(one.outcome), default=None)


def state_of(comparison: Comparison | None) -> RealName:
    """Return the state after a comparison; no answer is no failure."""
    return _STATES[comparison.outcome] if comparison else RealName.UNCHECKED


def objections(before: Account, after: Account, answers: Mapping[Part, Comparison], known: Checked | None) -> dict[Part, Comparison]:
    """Return the answers that count against a change of a real-named account.

    Where an operator confirmed what the register did not (ID-02), the register says the same as then of whom the change leaves as he was.
    """
    was, becomes, settled = to_compare(before), to_compare(after), known.parts if known else {}
    return {
        part: one
        for part, one in answers.items()
        if one.outcome is not Outcome.FAILED or settled.get(part) != one.reason or _who(was.get(part)) != _who(becomes[part])
    }


def _who(named: NamedPerson | NamedUnit | None) -> object:
    """Return whom a part names, whatever the validity of the document."""
    if isinstance(named, NamedUnit):
        return replace(named, representative=_who(named.representative))  # type: ignore[arg-type]  # a person for a person
    return replace(named, valid_from=None, valid_to=None) if named else None


def named_person(name: str, held: HeldDocument) -> NamedPerson:
    """Return a person as the register is asked about."""
    return NamedPerson(held.type.value, held.number, name, held.valid_from, held.valid_to)


def _of_unit(unit: UnitFacts) -> dict[Part, NamedPerson | NamedUnit]:
    representative, agent = unit.legal_representative, unit.main_agent
    if representative is None or agent is None:
        return {}
    named = named_person(representative.name, representative.document)
    return {
        Part.UNIT: NamedUnit(unit.unit_name, unit.uscc, unit.legal_person_type.value, named),
        Part.MAIN_AGENT: named_person(agent.name, agent.document),
    }
