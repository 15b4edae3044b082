"""Arriving: who acts for which unit by what right, and where both stand in the project system."""

from dataclasses import dataclass
from typing import cast

from expertgate.account.model import Account, AccountKind, RealPerson
from expertgate.account.store import AccountRow, key_of, to_account
from expertgate.admission.model import PROJECT_SYSTEM, EntryOutcome, ReviewState, Situation, Standing
from expertgate.admission.rules.entry import decide
from expertgate.admission.store.standings import Found, found_keys, to_found
from expertgate.caller import Caller, CallerKind
from expertgate.delegation.actions.authority import require_grant
from expertgate.delegation.model import Grant
from expertgate.errors.admission import RealPersonCheckFirst
from expertgate.errors.delegation import NoAuthority
from expertgate.outbound.rows import ONLY, read_together
from expertgate.outbound.world import World
from expertgate.review.model import Applicant, Case
from expertgate.review.store.cases import case as find_case


@dataclass(frozen=True)
class Scene:
    """Who is here, for whom, and what is known of both."""

    grant: Grant | None
    me: Account
    unit: Account
    found: Found
    case: Case | None

    @property
    def review(self) -> ReviewState:
        """Return the state of the case in question."""
        return ReviewState(self.case.state.value) if self.case else ReviewState.NONE

    @property
    def returned(self) -> Case | None:
        """Return the case that lies with its sender for correction."""
        return self.case if self.review is ReviewState.RETURNED else None

    @property
    def is_submitter(self) -> bool:
        """Tell whether the unit's form was sent by the one who is here."""
        return self.found.unit is not None and self.found.unit.submitted_by == self.me.id

    @property
    def is_sender(self) -> bool:
        """Tell whether the form in question was sent by the one who is here: a member's form is about who is here."""
        return self.found.unit_standing is Standing.ADMITTED or self.is_submitter

    @property
    def may_withdraw(self) -> bool:
        """Tell whether the one who is here may withdraw the form in question; the unit may withdraw what its agents sent for it."""
        is_open = self.case is not None and self.case.state.is_open
        return is_open and (self.is_sender or self.me.id == self.unit.id)

    @property
    def outcome(self) -> EntryOutcome:
        """Return what entering leads to."""
        found = self.found
        return decide(Situation(found.hold_state, found.unit_standing, found.member_standing, self.review))


def applicant_of(me: Account, unit: Account, mobile: str | None, name: str) -> Applicant:
    """Return who applies, with the mobile that the form names for news, and what makes four-eyes possible: the account's document."""
    return Applicant(me.id, unit.id, mobile, name, me.document.unique_key if me.document else None, unit.known_as)


def arrive(caller: Caller, world: World, unit_id: str, service: str = PROJECT_SYSTEM) -> Scene:
    """Return the scene of a caller who acts for a unit: one read for the grant, one for all rows, one for the case.

    Raises NoAuthority, RealPersonCheckFirst.
    """
    grant = grant_of(caller, world, unit_id, service)
    rows = read_together(*found_keys(unit_id, caller.id), *((AccountRow, key_of(one), ONLY) for one in (caller.id, unit_id)))
    me, unit = (to_account(world, cast("AccountRow", row)) if row else None for row in rows[3:])
    if me is None or unit is None:
        raise NoAuthority
    if me.kind is AccountKind.PERSON and me.real_person is not RealPerson.PASSED:
        raise RealPersonCheckFirst
    found = to_found(rows[:3])
    return Scene(grant, me, unit, found, find_case(world, found.case_id) if found.case_id else None)


def demand_right(caller: Caller, world: World, unit_id: str) -> None:
    """Demand that the caller acts for the unit in the project system now (DEL-05).

    Raises NoAuthority.
    """
    grant_of(caller, world, unit_id, PROJECT_SYSTEM)


def grant_of(caller: Caller, world: World, unit_id: str, service: str) -> Grant | None:
    """Return the grant by which a person acts for the unit, None for the unit itself.

    Raises NoAuthority.
    """
    if caller.kind is CallerKind.PERSON:
        return require_grant(caller.id, unit_id, service, world.clock.now())
    if caller.id != unit_id:
        raise NoAuthority
    return None
