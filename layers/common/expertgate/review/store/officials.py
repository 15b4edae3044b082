"""Officials in their table: who they are, what they may do, how they log in (REV-06)."""

from collections.abc import Iterator
from typing import cast

from pynamodb.expressions.update import Action

from expertgate.errors.review import (
    DutyMissing,
    EnrolmentRefused,
    OfficialExists,
    OfficialInactive,
    OfficialLoginRefused,
    OfficialNameTaken,
    OfficialUnknown,
)
from expertgate.forms.user_names import user_name_key
from expertgate.outbound.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.rows import Row, page_of, read_together, updated
from expertgate.outbound.world import World
from expertgate.records import Record
from expertgate.review.model import Duty, Official, OfficialStatus
from expertgate.review.store.rows import META
from expertgate.settings import LIMITS, variable

_FIRST = "FIRST_ADMINISTRATOR"


class OfficialRow(Row):
    """An official; sealed: name, mobile, document, the second factor's secret."""

    class Meta:
        """In the review table."""

        table_name = variable("REVIEW_TABLE")

    user_name = UnicodeAttribute()
    bureau = UnicodeAttribute()
    duties = JSONAttribute()
    status = UnicodeAttribute()
    marks = JSONAttribute()
    created = UnicodeAttribute()
    password_hash = UnicodeAttribute(null=True)
    enrolment_hash = UnicodeAttribute(null=True)
    enrolment_ends = UnicodeAttribute(null=True)
    recovery_hashes = JSONAttribute(null=True)
    last_step = NumberAttribute(default=0)
    failures = NumberAttribute(default=0)
    locked_until = UnicodeAttribute(null=True)


class NameRow(Row):
    """The sentinel of an official's user name."""

    class Meta:
        """In the review table."""

        table_name = variable("REVIEW_TABLE")

    official_id = UnicodeAttribute()


class RosterRow(Row):
    """An official in the list of his bureau."""

    class Meta:
        """In the review table."""

        table_name = variable("REVIEW_TABLE")


class Proof(Record):
    """What a second factor uses up: a step of the app's clock, or one recovery code."""

    step: int | None = None
    recovery_hash: str | None = None


def official(world: World, official_id: str) -> Official:
    """Return the official as he stands now.

    Raises OfficialUnknown.
    """
    return to_official(row_of(official_id), world)


def row_of(official_id: str) -> OfficialRow:
    """Return an official's row.

    Raises OfficialUnknown.
    """
    row = OfficialRow.find(official_key(official_id), META)
    if row is None:
        raise OfficialUnknown
    return row


def row_by_name(user_name: str) -> OfficialRow | None:
    """Return the row of a user name, None where nobody has it."""
    sentinel = NameRow.find(_name_key(user_name))
    return OfficialRow.find(official_key(sentinel.official_id), META) if sentinel else None


def officials_of(world: World, bureau: str, size: int, after: str | None = None) -> tuple[list[Official], str | None]:
    """Return a page of the officials of a bureau, in the order of their ids, and where the next begins."""
    later = RosterRow.sk > after if after else None
    found = RosterRow.query(_roster_key(bureau), later, consistent_read=True, limit=size + 1, page_size=size + 1)
    shown, following = page_of(list(found), size, lambda row: row.sk)
    keys = [(OfficialRow, official_key(one.sk), META) for one in shown]
    rows = read_together(*keys) if keys else []
    return [to_official(cast("OfficialRow", row), world) for row in rows if row is not None], following


def all_officials_of(world: World, bureau: str) -> Iterator[Official]:
    """Yield the officials of a bureau, a page at a time."""
    page, following = officials_of(world, bureau, LIMITS.page_size_most)
    yield from page
    while following is not None:
        page, following = officials_of(world, bureau, LIMITS.page_size_most, following)
        yield from page


def save_new(change: Change, new: Official, enrolment_hash: str, enrolment_ends: str) -> None:
    """Add a new official, his name and his place in the bureau's list to the change."""
    row = OfficialRow(
        pk=official_key(new.id),
        sk=META,
        user_name=new.user_name,
        bureau=new.bureau,
        duties=sorted(new.duties),
        status=new.status.value,
        marks=sorted(new.marks),
        created=stamp(change.now),
        enrolment_hash=enrolment_hash,
        enrolment_ends=enrolment_ends,
    )
    personal: dict[str, object] = {"name": new.name, "mobile": new.mobile, "document": list(new.document), "document_key": new.document_key}
    row.seal(change.world.keys, personal)
    document = NameRow(pk=f"OFFICIAL_DOCUMENT#{change.world.keys.index('document', new.document_key)}", official_id=new.id)
    change.put(document, when=NameRow.pk.does_not_exist(), otherwise=OfficialExists())
    name = NameRow(pk=_name_key(new.user_name), official_id=new.id)
    change.put(name, when=NameRow.pk.does_not_exist(), otherwise=OfficialNameTaken())
    change.put(row)
    change.put(RosterRow(pk=_roster_key(new.bureau), sk=new.id))


def save_first(change: Change, official_id: str) -> None:
    """Keep who the first administrator is; there is one."""
    change.put(NameRow(pk=_FIRST, official_id=official_id))


def first_administrator() -> OfficialRow | None:
    """Return the first administrator's row, None before the platform was prepared."""
    sentinel = NameRow.find(_FIRST)
    return row_of(sentinel.official_id) if sentinel else None


def save_invitation(change: Change, row: OfficialRow, enrolment_hash: str, enrolment_ends: str) -> None:
    """Let an official set up his log-in anew: password and second factor are gone."""
    actions = [
        OfficialRow.enrolment_hash.set(enrolment_hash),
        OfficialRow.enrolment_ends.set(enrolment_ends),
        OfficialRow.status.set(OfficialStatus.INVITED.value),
        OfficialRow.password_hash.remove(),
        OfficialRow.recovery_hashes.remove(),
    ]
    change.update(row, actions, when=OfficialRow.status == row.status)


def disable(change: Change, one: Official) -> None:
    """Let an official do nothing any more; what he holds is taken from him afterwards."""
    row = OfficialRow(pk=official_key(one.id), sk=META)
    actions = [OfficialRow.status.set(OfficialStatus.DISABLED.value), OfficialRow.enrolment_hash.remove()]
    change.update(row, actions, when=OfficialRow.status == one.status.value, otherwise=OfficialInactive())


def place(change: Change, one: Official, bureau: str, duties: frozenset[Duty]) -> None:
    """Give an official another bureau or other duties."""
    row = OfficialRow(pk=official_key(one.id), sk=META)
    same = (OfficialRow.status == one.status.value) & (OfficialRow.bureau == one.bureau) & (OfficialRow.duties == sorted(one.duties))
    change.update(row, [OfficialRow.bureau.set(bureau), OfficialRow.duties.set(sorted(duties))], when=same)
    if bureau != one.bureau:
        change.forget(RosterRow(pk=_roster_key(one.bureau), sk=one.id))
        change.put(RosterRow(pk=_roster_key(bureau), sk=one.id))


def require_active(change: Change, one: Official) -> None:
    """Demand that the official is still active, at the same bureau with the same duties, when the change is written."""
    row = OfficialRow(pk=official_key(one.id), sk=META)
    unchanged = (OfficialRow.status == OfficialStatus.ACTIVE.value) & (OfficialRow.bureau == one.bureau)
    change.check(row, when=unchanged & (OfficialRow.duties == sorted(one.duties)), otherwise=OfficialInactive())


def require_administrator(change: Change, official_id: str) -> None:
    """Demand that who takes somebody's authority has his own still: of two who take each other's, one is left."""
    row = OfficialRow(pk=official_key(official_id), sk=META)
    is_one = (OfficialRow.status == OfficialStatus.ACTIVE.value) & OfficialRow.duties.contains(Duty.ADMINISTRATOR.value)
    change.check(row, when=is_one, otherwise=DutyMissing())


def count_failure(row: OfficialRow, failures: int, locked_until: str | None) -> bool:
    """Count a try before it is judged; False when another one was counted at the same time."""
    lock = OfficialRow.locked_until.set(locked_until) if locked_until else OfficialRow.locked_until.remove()
    return updated(row, [OfficialRow.failures.set(failures), lock], OfficialRow.failures == row.failures)


def use_proof(change: Change, row: OfficialRow, proof: Proof) -> int:
    """Use up the second factor and forget the failures; return how many recovery codes are left.

    The commit raises OfficialLoginRefused where the same step or code was used meanwhile, or the official disabled.
    """
    left = [one for one in row.recovery_hashes or [] if one != proof.recovery_hash]
    actions: list[Action] = [OfficialRow.failures.set(0), OfficialRow.locked_until.remove(), OfficialRow.recovery_hashes.set(left)]
    actions += [OfficialRow.last_step.set(proof.step)] if proof.step is not None else []
    unused = (OfficialRow.last_step == row.last_step) & (OfficialRow.recovery_hashes == row.recovery_hashes)
    same = unused & (OfficialRow.status == OfficialStatus.ACTIVE.value) & (OfficialRow.password_hash == row.password_hash)
    change.update(row, actions, when=same, otherwise=OfficialLoginRefused())
    return len(left)


def save_enrolment(change: Change, row: OfficialRow, password_hash: str, totp_secret: str, recovery_hashes: list[str]) -> None:
    """Keep what the official will prove himself with; the enrolment code is used up."""
    used = row.enrolment_hash
    row.seal(change.world.keys, {**row.unseal(change.world.keys), "totp_secret": totp_secret})
    actions = [
        OfficialRow.sealed.set(row.sealed),
        OfficialRow.password_hash.set(password_hash),
        OfficialRow.recovery_hashes.set(recovery_hashes),
        OfficialRow.status.set(OfficialStatus.ACTIVE.value),
        OfficialRow.enrolment_hash.remove(),
        OfficialRow.enrolment_ends.remove(),
        OfficialRow.failures.set(0),
        OfficialRow.locked_until.remove(),
    ]
    change.update(row, actions, when=OfficialRow.enrolment_hash == used, otherwise=EnrolmentRefused())


def to_official(row: OfficialRow, world: World) -> Official:
    """Return the official a row keeps."""
    personal = row.unseal(world.keys)
    document = personal["document"]
    return Official(
        id=id_of(row),
        user_name=row.user_name,
        name=personal["name"],
        mobile=personal["mobile"],
        bureau=row.bureau,
        duties=frozenset(map(Duty, row.duties)),
        status=OfficialStatus(row.status),
        document=(document[0], document[1]),
        document_key=personal["document_key"],
        marks=frozenset(row.marks),
    )


def totp_secret(row: OfficialRow, world: World) -> str | None:
    """Return the secret of the second factor."""
    secret: str | None = row.unseal(world.keys).get("totp_secret")
    return secret


def id_of(row: OfficialRow) -> str:
    """Return whose row it is."""
    return str(row.pk.removeprefix("OFFICIAL#"))


def official_key(official_id: str) -> str:
    """Return the partition of an official."""
    return f"OFFICIAL#{official_id}"


def _name_key(user_name: str) -> str:
    return f"OFFICIAL_NAME#{user_name_key(user_name)}"


def _roster_key(bureau: str) -> str:
    return f"ROSTER#{bureau}"
