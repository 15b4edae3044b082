"""What is told of a unit's users (ADM-14, ADM-15)."""

from expertgate.inbound.fields import Answer


class AdministratorAnswer(Answer):
    """A present or former administrator, masked."""

    account_id: str
    user_name: str
    name: str
    mobile: str
    standing: str
    since: str | None
    until: str | None
    successor: str | None


class AdministratorsAnswer(Answer):
    """All administrators of a unit."""

    unit_id: str
    unit_name: str
    items: list[AdministratorAnswer]


class MemberAnswer(Answer):
    """A user of the unit in the project system, as its administrator sees him."""

    account_id: str
    user_name: str
    name: str
    role: str
    standing: str


class MembersAnswer(Answer):
    """All users of a unit."""

    items: list[MemberAnswer]
