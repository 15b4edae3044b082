"""Errors of recovery: finding an account again, and who may do so."""

from expertgate.errors.base import Conflict, Gone, NotAllowed, NotFound, TooMany


class RecoveryUnknown(NotFound):
    """No such recovery for the holder of this ticket on this client."""


class RecoveryOver(Gone):
    """The recovery was finished or took too long: begin anew."""


class RecoveryStepWrong(Conflict):
    """Another step comes next; `step` names it."""


class RecoveredAccountUnknown(NotFound):
    """账号不存在: name and number (unit: account, name, credit code) were given in full and fit no account."""

    def __init__(self, way: str) -> None:
        """Keep the kind of recovery: its sentence says what can be done instead."""
        super().__init__(way=way)


class RecoveryByAppOnly(NotAllowed):
    """Whoever is neither real-named nor real-person verified recovers in the app or mini-program."""


class RecoveryByFaceOnly(NotAllowed):
    """The mobile belongs to an account bound to a document: name, number and face open it."""


class RecoveredAccountWithoutMobile(Conflict):
    """The account has no reserved mobile: add one by an application, or appeal."""


class RecoveryMobileDiffers(Conflict):
    """The mobile is not the one reserved at the account, or not the one the recovery began with."""

    def __init__(self, way: str) -> None:
        """Keep whether a person, a unit or the start of the recovery `given` the mobile."""
        super().__init__(way=way)


class RecoveryEmailDiffers(Conflict):
    """The e-mail address is not one that was proven at the account."""


class RecoveredAccountHasMobile(Conflict):
    """The account has a reserved mobile: use it, or appeal."""


class OneTimeCodeWrong(NotAllowed):
    """The one-time code is wrong, used, too old or was tried too often."""


class TooManyRecoveries(TooMany):
    """Too many recoveries were begun."""
