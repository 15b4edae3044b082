"""Accounts in their table: the row of the account, the row of its password, and a claim for everything that must be unique."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from expertgate.account import model
from expertgate.account.model import Account
from expertgate.account.sealed import pack, unpack_document, unpack_unit
from expertgate.errors.base import ExpertGateError
from expertgate.errors.edge import ChangedMeanwhile
from expertgate.outbound.attributes import BooleanAttribute, JSONAttribute, UnicodeAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.clock import instant, stamp
from expertgate.outbound.rows import Key, Row, read_many, read_together
from expertgate.outbound.world import World
from expertgate.settings import variable

_PASSWORD = "PASSWORD"  # noqa: S105 -- the sort key of the row, not a secret


class AccountRow(Row):
    """An account; sealed: names, numbers, mobile, e-mail, the unit's facts."""

    class Meta:
        """In the table of accounts."""

        table_name = variable("ACCOUNTS_TABLE")

    kind = UnicodeAttribute()
    status = UnicodeAttribute()
    channel = UnicodeAttribute()
    real_name = UnicodeAttribute()
    real_person = UnicodeAttribute()
    created = UnicodeAttribute()
    changed = UnicodeAttribute()
    consents = JSONAttribute()


class PasswordRow(Row):
    """The password of an account and when it was last used; beside the account, so that a log-in does not collide with a change of data."""

    class Meta:
        """In the table of accounts."""

        table_name = variable("ACCOUNTS_TABLE")

    stored = UnicodeAttribute(null=True)
    set_at = UnicodeAttribute(null=True)
    must_be_reset = BooleanAttribute(default=False)
    last_login = UnicodeAttribute(null=True)
    login_before = UnicodeAttribute(null=True)
    objected_from = UnicodeAttribute(null=True)
    objected_at = UnicodeAttribute(null=True)


class ClaimRow(Row):
    """That a document, a mobile, a user name, a unit name or a credit code belongs to one account."""

    class Meta:
        """In the table of accounts; the key is a blind index."""

        table_name = variable("ACCOUNTS_TABLE")

    account_id = UnicodeAttribute()


@dataclass(frozen=True, slots=True)
class Claimed:
    """One thing that must be unique: what kind of thing, its normalised value, what to say when somebody else has it."""

    kind: str
    value: str
    otherwise: ExpertGateError


def account(world: World, account_id: str) -> Account | None:
    """Return an account as it stands now, closed ones too, or None."""
    row = AccountRow.find(key_of(account_id))
    return to_account(world, row) if row else None


def accounts(world: World, account_ids: Iterable[str]) -> list[Account]:
    """Return those of these accounts that exist, in the order asked."""
    found = read_many((AccountRow, key_of(one), "-") for one in dict.fromkeys(account_ids))
    return [to_account(world, cast("AccountRow", row)) for row in found if row is not None]


def mobile_of(world: World, account_id: str) -> str | None:
    """Return the mobile that an account has now, None where it has none or is no more."""
    return next((one.mobile for one in accounts(world, [account_id])), None)


def person_by_mobile(world: World, mobile: str) -> Account | None:
    """Return the person with this mobile (E.164)."""
    return holder(world, "mobile", mobile)


def unit_by_uscc(world: World, uscc: str) -> Account | None:
    """Return the unit with this credit code."""
    return holder(world, "uscc", uscc)


def holder(world: World, kind: str, value: str) -> Account | None:
    """Return the account that holds a unique value, or None."""
    found = holders(world, (kind, value))[0]
    return account(world, found) if found else None


def holders(world: World, *wanted: tuple[str, str], read: Callable[..., list[Row | None]] = read_together) -> list[str | None]:
    """Return who holds each of these (kind, value), in one read; `read` may look for something else on the way."""
    found = read(*claim_keys(world, *wanted))
    return [cast("ClaimRow", row).account_id if row else None for row in found]


def claim_key(world: World, kind: str, value: str) -> Key:
    """Return where the claim of a unique value lies."""
    return claim_keys(world, (kind, value))[0]


def claim_keys(world: World, *wanted: tuple[str, str]) -> list[Key]:
    """Return where the claims of several unique (kind, value) lie."""
    indexes = world.keys.indexes(*wanted)
    return [(ClaimRow, f"CLAIM#{kind}#{index}", "-") for (kind, _), index in zip(wanted, indexes, strict=True)]


def claim(change: Change, account_id: str, claimed: Claimed) -> None:
    """Take a unique value for an account, or fail with what the claim says."""
    _, pk, _ = claim_key(change.world, claimed.kind, claimed.value)
    change.put(ClaimRow(pk=pk, account_id=account_id), otherwise=claimed.otherwise)


def demand_unclaimed(change: Change, claimed: Claimed) -> None:
    """Demand that nobody holds a value, without taking it."""
    _, pk, sk = claim_key(change.world, claimed.kind, claimed.value)
    change.check(ClaimRow(pk=pk, sk=sk), when=ClaimRow.pk.does_not_exist(), otherwise=claimed.otherwise)


def give_up(change: Change, account_id: str, kind: str, value: str) -> None:
    """Free a unique value that this account holds."""
    _, pk, _ = claim_key(change.world, kind, value)
    change.delete(ClaimRow(pk=pk), when=ClaimRow.account_id == account_id)


def add(change: Change, made: Account, stored_password: str | None, *, must_be_reset: bool = False) -> None:
    """Add the rows of a new account to the change; its claims are taken apart."""
    change.put(to_row(change.world, made, AccountRow(pk=key_of(made.id)), change.now))
    change.put(
        PasswordRow(
            pk=key_of(made.id),
            sk=_PASSWORD,
            stored=stored_password,
            set_at=stamp(change.now) if stored_password else None,
            must_be_reset=must_be_reset,
        ),
    )


def save(change: Change, row: AccountRow, changed: Account, otherwise: ExpertGateError | None = None) -> None:
    """Write a changed account over the row it was read from; nobody may have written it since."""
    change.replace(to_row(change.world, changed, row, change.now), otherwise or ChangedMeanwhile())


def row_of(account_id: str) -> AccountRow | None:
    """Return the row of an account, to be changed."""
    return AccountRow.find(key_of(account_id))


def password_of(account_id: str) -> PasswordRow | None:
    """Return the row of an account's password."""
    return PasswordRow.find(key_of(account_id), _PASSWORD)


def with_password(account_id: str) -> tuple[Key, Key]:
    """Return where account and password lie, to be read together."""
    return (AccountRow, key_of(account_id), "-"), (PasswordRow, key_of(account_id), _PASSWORD)


def set_password(change: Change, row: PasswordRow, stored: str) -> None:
    """Write a new password; the old one must still be the one that was read."""
    row.stored, row.set_at, row.must_be_reset = stored, stamp(change.now), False
    change.replace(row)


def void_password(change: Change, row: PasswordRow, since: datetime) -> None:
    """Take the password away, as it was read, and what could undo a change of mobile made from then until now."""
    row.stored, row.objected_from, row.objected_at = None, stamp(since), stamp(change.now)
    change.replace(row)


def key_of(account_id: str) -> str:
    """Return the partition of an account; also the subject of its audit rows."""
    return f"ACCOUNT#{account_id}"


def to_row(world: World, made: Account, row: AccountRow, now: datetime) -> AccountRow:
    """Put an account into a row."""
    row.kind, row.status, row.channel = made.kind.value, made.status.value, made.channel.value
    row.real_name, row.real_person = made.real_name.value, made.real_person.value
    row.created, row.changed = stamp(made.created), stamp(now)
    row.consents = [{"agreement": one.agreement, "version": one.version, "at": stamp(one.at)} for one in made.consents]
    row.seal(world.keys, pack(made))
    return row


def to_account(world: World, row: AccountRow) -> Account:
    """Read an account out of its row."""
    opened = row.unseal(world.keys)
    return Account(
        id=row.pk.removeprefix("ACCOUNT#"),
        kind=model.AccountKind(row.kind),
        status=model.Status(row.status),
        channel=model.Channel(row.channel),
        created=instant(row.created),
        name=opened["name"],
        user_name=opened["user_name"],
        document=unpack_document(opened["document"]),
        mobile=opened["mobile"],
        email=opened["email"],
        email_proven=opened.get("email_proven", False),  # rows from before addresses were proven
        landline=opened["landline"],
        real_name=model.RealName(row.real_name),
        real_person=model.RealPerson(row.real_person),
        unit=unpack_unit(opened["unit"]),
        consents=tuple(model.Consent(one["agreement"], one["version"], instant(one["at"])) for one in row.consents),
        legacy_id=opened["legacy_id"],
    )
