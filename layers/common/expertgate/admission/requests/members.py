"""What is told of a unit's users (ADM-14, ADM-15)."""

from typing import Annotated

from expertgate.admission.model import MemberRole, Standing
from expertgate.inbound.fields import ID, Answer, Pages, Stamp, one_of

# Where a page of users ended: an account, or a user of the old system who has none yet.
_MEMBERS = Pages("members", rf"{ID}|LEGACY-[0-9a-f]{{20}}")
MembersCursor = Annotated[str, _MEMBERS.asked]


class AdministratorAnswer(Answer):
    """A present or former administrator, masked."""

    account_id: str
    user_name: str
    name: str
    mobile: str
    standing: Annotated[str, one_of(Standing)]
    standing_name: str
    since: Stamp | None
    until: Stamp | None
    successor: str | None


class AdministratorsAnswer(Answer):
    """The administrators of a unit; `complete` is false where it has more users than one request looks at."""

    unit_id: str
    unit_name: str
    items: list[AdministratorAnswer]
    complete: bool


class MemberAnswer(Answer):
    """A user of the unit in the project system, as its administrator sees him."""

    account_id: str
    user_name: str
    name: str
    role: Annotated[str, one_of(MemberRole)]
    role_name: str
    standing: Annotated[str, one_of(Standing)]
    standing_name: str


class MembersAnswer(Answer):
    """A page of the users of a unit."""

    items: list[MemberAnswer]
    next_cursor: Annotated[str | None, _MEMBERS.told]
