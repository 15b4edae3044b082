"""Suspending an account that looks like another one of the project system (ADM-10)."""

from typing import Any

from expertgate.account.model import Account
from expertgate.account.people import marks_of_people
from expertgate.account.store import accounts
from expertgate.admission.actions.arriving import Scene, applicant_of
from expertgate.admission.model import HoldState, Likeness, Subject
from expertgate.admission.rules.duplicates import DOCUMENT, MOBILE, number_of
from expertgate.admission.store import standings
from expertgate.admission.store.standings import HoldRow
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.review.actions.opening import open_case

KIND = "duplicate_hold"
_MOST_SHOWN = 10
# By these names values are masked like the fields they come from.
_SHOWN_AS = {DOCUMENT: "document_number", MOBILE: "mobile"}


def open_hold(change: Change, scene: Scene, waiting: Subject, alike: tuple[Likeness, ...], mobile: str | None) -> str:
    """Add the hold, its sentinel the row itself, and the case an administrator decides; returns the case's id."""
    me, unit_id = scene.me, scene.unit.id
    others = {one.id: one for one in accounts(change.world, [one.account_id for one in alike[:_MOST_SHOWN]])}
    case_id = open_case(
        change,
        kind=KIND,
        subject=member_subject(unit_id, me.id),
        applicant=applicant_of(me, scene.unit, mobile, me.known_as),
        bureau=None,
        form=pair_of(scene, alike, others),
        attachments=[],
        concerned=concerned_in(change, scene.unit, me, *others.values()),
    ).id
    row = scene.found.hold or HoldRow(pk=standings.unit_key(unit_id), sk=standings.hold_key(me.id))
    row.state, row.waiting, row.case_id = HoldState.OPEN, waiting, case_id
    row.others = [{"account_id": one.account_id, "kinds": sorted(one.kinds)} for one in alike]
    row.opened_at, row.closed_at, row.resolution, row.joined = stamp(change.now), None, None, None
    standings.save(change, row, is_new=scene.found.hold is None)
    change.audit("admission:account:held", subject=row.pk, account=me.id, case=case_id, others=[one.account_id for one in alike])
    return case_id


def pair_of(scene: Scene, alike: tuple[Likeness, ...], found: dict[str, Account]) -> dict[str, object]:
    """Return both sides as the administrator compares them; the case seals it."""
    others = [{**_side(found[one.account_id]), **_shared(one)} for one in alike if one.account_id in found]
    return {"held": {**_side(scene.me), "unit_id": scene.unit.id, "unit_name": scene.unit.known_as}, "others": others}


def _shared(likeness: Likeness) -> dict[str, Any]:
    """Return what is alike and its values: they may stand in a form alone, where neither account shows them."""
    values: dict[str, list[str]] = {}
    for mark in sorted(likeness.shared, key=lambda one: (one.kind, one.value)):
        values.setdefault(_SHOWN_AS[mark.kind], []).append(mark.value)
    return {"same": sorted(likeness.kinds), "shared": values}


def _side(account: Account) -> dict[str, Any]:
    return {
        "account_id": account.id,
        "kind": account.kind.value,
        "name": account.known_as,
        "document_number": number_of(account),
        "mobile": account.mobile,
        "user_name": account.user_name,
        "created": stamp(account.created),
        "units": standings.memberships(account.id),
    }


def concerned_in(change: Change, *accounts: Account) -> frozenset[str]:
    """Return by what the people behind these accounts are known, so that none of them decides (REV-03)."""
    marks = (marks_of_people(change.world.keys.index, one) for one in accounts)
    return frozenset().union(*marks)


def member_subject(unit_id: str, account_id: str) -> str:
    """Return the subject of cases about a member."""
    return f"MEMBER#{unit_id}#{account_id}"
