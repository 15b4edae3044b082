"""Who holds which document number, mobile and user name in the project system, by blind index, and which likenesses are settled."""

from collections.abc import Iterable, Mapping
from typing import cast

from expertgate.admission.model import Likeness, Mark
from expertgate.outbound.attributes import JSONAttribute
from expertgate.outbound.change import Change
from expertgate.outbound.rows import Row, read_many, read_together
from expertgate.outbound.world import World
from expertgate.settings import variable

type Marked = dict[str, "MarkRow | None"]


class MarkRow(Row):
    """The accounts that have one number, mobile or name, first come first; the sentinel two racing forms meet at.

    An account stands here once for each of its forms: what ends in one unit frees nothing that it has by another one's form.
    """

    class Meta:
        """In the table of admission; the key is a blind index."""

        table_name = variable("ADMISSION_TABLE")

    accounts = JSONAttribute()


class PairRow(Row):
    """That two accounts were looked at and are different people."""

    class Meta:
        """In the table of admission."""

        table_name = variable("ADMISSION_TABLE")


def place_of(world: World, mark: Mark) -> str:
    """Return where a mark lies; the same value of two kinds lies in two places."""
    return f"MARK#{mark.kind}#{world.keys.index(f'admission:{mark.kind}', mark.value)}"


def read_marks(places: Iterable[str]) -> Marked:
    """Return the rows of these marks by place, in one read."""
    wanted = list(dict.fromkeys(places))
    found = read_together(*((MarkRow, place, "-") for place in wanted)) if wanted else []
    return dict(zip(wanted, cast("list[MarkRow | None]", found), strict=True))


def holders(marked: Marked, places: Mapping[Mark, str]) -> dict[Mark, list[str]]:
    """Return who holds each mark."""
    rows = {mark: marked[place] for mark, place in places.items()}
    return {mark: list(row.accounts) if row else [] for mark, row in rows.items()}


def write_marks(change: Change, marked: Marked, wanted: Mapping[str, list[str]]) -> None:
    """Let each place hold exactly these accounts; nobody may have written it since it was read."""
    for place, accounts in wanted.items():
        row = marked[place]
        if row is None:
            change.put(MarkRow(pk=place, accounts=accounts))
        elif list(row.accounts) != accounts:
            row.accounts = accounts
            change.replace(row)


def added(marked: Marked, places: Iterable[str], account_id: str) -> dict[str, list[str]]:
    """Return who holds the places once this account does by one more form."""
    return {place: [*_accounts(marked, place), account_id] for place in places}


def removed(marked: Marked, places: Iterable[str], account_id: str) -> dict[str, list[str]]:
    """Return who holds the places once this account does by one form less."""
    return {place: _without(_accounts(marked, place), account_id) for place in places}


def replaced(marked: Marked, olds: list[str], new: str, place: str) -> list[str]:
    """Return who holds a place once one account stands for others."""
    return [new if one in olds else one for one in _accounts(marked, place)]


def released_pairs(me: str, alike: Iterable[Likeness]) -> list[frozenset[str]]:
    """Return those pairs of this account and another that were found to be different people."""
    pairs = [frozenset({me, one.account_id}) for one in alike]
    found = read_many((PairRow, pair_key(pair), "-") for pair in pairs)
    return [pair for pair, row in zip(pairs, found, strict=True) if row is not None]


def release_pair(change: Change, pair: frozenset[str]) -> None:
    """Note that two accounts are different people; noting it again changes nothing."""
    change.overwrite(PairRow(pk=pair_key(pair)))


def pair_key(pair: frozenset[str]) -> str:
    """Return where a pair lies, the same for both orders."""
    return "PAIR#" + "#".join(sorted(pair))


def _accounts(marked: Marked, place: str) -> list[str]:
    row = marked[place]
    return list(row.accounts) if row else []


def _without(accounts: list[str], account_id: str) -> list[str]:
    if account_id in accounts:
        accounts.remove(account_id)
    return accounts
