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
