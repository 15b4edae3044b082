"""What admission refuses."""

from expertgate.errors.base import Conflict, NotAllowed, NotFound


class ServiceUnknown(NotFound):
    """No such service item."""


class RealPersonCheckFirst(NotAllowed):
    """Entering a service asks for the real-person check (ID-06, D-16)."""


class AccountRetired(NotAllowed):
    """This account was joined into another one."""


class AccountRefused(NotAllowed):
    """An administrator found the account to be a wrong duplicate."""


class FormNotExpected(Conflict):
    """The form can't be sent now: it is in review, admitted, or the account is suspended."""


class NothingToWithdraw(Conflict):
    """There is no form in review to withdraw."""


class NotTheSubmitter(NotAllowed):
    """Only who sent the form may do this."""


class HoldUnknown(NotFound):
    """The case is not about a hold."""


class JoinTooWide(Conflict):
    """The accounts to be joined have more applications in review than can be ended at once."""


class JoinTooCrowded(Conflict):
    """The accounts to be joined are too many in one of their units."""


class NotAdmitted(NotAllowed):
    """The caller is not in the project system; `outcome` says where he stands."""


class NotTheAdministrator(NotAllowed):
    """Only the unit's administrator may do this."""


class ProjectUnknown(NotFound):
    """No such project of this unit, or not on the caller's desk."""


class ProjectNumberTaken(Conflict):
    """A project has this number already."""


class ProjectStateForbids(Conflict):
    """A project in this state does not become what is asked; `now` is where it stands."""


class ChangeNotReturned(Conflict):
    """There is no returned change of the unit's information to correct."""


class MergeNotReturned(Conflict):
    """There is no returned application to merge accounts to correct."""


class LegacyMemberKnown(Conflict):
    """This member of the old project system was brought in before."""
