"""Officials in their table: who they are, what they may do, how they log in (REV-06)."""

from dataclasses import dataclass

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from expertgate.errors.edge import TryAgain
from expertgate.errors.review import OfficialInactive, OfficialNameTaken, OfficialUnknown
from expertgate.forms.user_names import user_name_key
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.rows import Row
from expertgate.outbound.world import World
from expertgate.review.model import Duty, Official, OfficialStatus
from expertgate.settings import LIMITS, variable

_META = "META"


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


@dataclass(frozen=True)
class Secrets:
    """What an official proves himself with."""

    password_hash: str | None
    totp_secret: str | None


def official(world: World, official_id: str) -> Official:
    """Return the official as he stands now.

    Raises OfficialUnknown.
    """
    return to_official(row_of(official_id), world)


def row_of(official_id: str) -> OfficialRow:
    """Return an official's row.

    Raises OfficialUnknown.
    """
    row = OfficialRow.find(_key(official_id), _META)
    if row is None:
        raise OfficialUnknown
    return row


def row_by_name(user_name: str) -> OfficialRow | None:
    """Return the row of a user name, None where nobody has it."""
    sentinel = NameRow.find(_name_key(user_name))
    return OfficialRow.find(_key(sentinel.official_id), _META) if sentinel else None


def officials_of(world: World, bureau: str) -> list[Official]:
    """Return the officials of a bureau, at most a page."""
    size = LIMITS.page_size_most
    found = RosterRow.query(_roster_key(bureau), consistent_read=True, limit=size, page_size=size)
    rows = [OfficialRow.find(_key(one.sk), _META) for one in found]
    return [to_official(row, world) for row in rows if row is not None]


def save_new(change: Change, new: Official, enrolment_hash: str, enrolment_ends: str) -> None:
    """Add a new official, his name and his place in the bureau's list to the change."""
    row = OfficialRow(
        pk=_key(new.id),
        sk=_META,
        user_name=new.user_name,
        bureau=new.bureau,
        duties=sorted(new.duties),
        status=new.status.value,
        marks=sorted(new.marks),
        created=stamp(change.now),
        enrolment_hash=enrolment_hash,
        enrolment_ends=enrolment_ends,
    )
    row.seal(change.world.keys, {"name": new.name, "mobile": new.mobile, "document": list(new.document)})
    name = NameRow(pk=_name_key(new.user_name), official_id=new.id)
    change.put(name, when=NameRow.pk.does_not_exist(), otherwise=OfficialNameTaken())
    change.put(row)
    change.put(RosterRow(pk=_roster_key(new.bureau), sk=new.id))


def require_active(change: Change, one: Official) -> None:
    """Demand that the official is still active, at the same bureau with the same duties, when the change is written."""
    row = OfficialRow(pk=_key(one.id), sk=_META)
    unchanged = (OfficialRow.status == OfficialStatus.ACTIVE.value) & (OfficialRow.bureau == one.bureau)
    change.check(row, when=unchanged & (OfficialRow.duties == sorted(one.duties)), otherwise=OfficialInactive())


def count_failure(row: OfficialRow, seen: int, locked_until: str | None) -> bool:
    """Count a try before it is judged; False when another try was counted at the same time."""
    actions: list[Action] = [OfficialRow.failures.set(seen + 1)]
    if locked_until is not None:
        actions.append(OfficialRow.locked_until.set(locked_until))
    return _written(row, actions, OfficialRow.failures == seen)


def to_official(row: OfficialRow, world: World) -> Official:
    """Return the official a row keeps."""
    personal = row.unseal(world.keys)
    document = personal["document"]
    return Official(
        id=row.pk.removeprefix("OFFICIAL#"),
        user_name=row.user_name,
        name=personal["name"],
        mobile=personal["mobile"],
        bureau=row.bureau,
        duties=frozenset(map(Duty, row.duties)),
        status=OfficialStatus(row.status),
        document=(document[0], document[1]),
        marks=frozenset(row.marks),
    )


def secrets_of(row: OfficialRow, world: World) -> Secrets:
    """Return what an official proves himself with."""
    return Secrets(row.password_hash, row.unseal(world.keys).get("totp_secret"))


def sealed_with(row: OfficialRow, world: World, **more: object) -> bytes:
    """Return the row's sealed document with more in it."""
    row.seal(world.keys, {**row.unseal(world.keys), **more})
    return bytes(row.sealed)


def _key(official_id: str) -> str:
    return f"OFFICIAL#{official_id}"


def _name_key(user_name: str) -> str:
    return f"OFFICIAL_NAME#{user_name_key(user_name)}"


def _roster_key(bureau: str) -> str:
    return f"ROSTER#{bureau}"


def _written(row: OfficialRow, actions: list[Action], when: Condition) -> bool:
    try:
        row.update(actions, condition=when, add_version_condition=False)
    except UpdateError as exc:
        if exc.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise TryAgain from exc
    return True
