"""Errors of identity: who somebody is, compared with the register and shown by the face."""

from expertgate.errors.base import Conflict, NotAllowed, NotFound, TooMany, Unavailable


class InformationIncomplete(Conflict):
    """Name or document are missing: complete the account's information first (ACC-19)."""


class UnitInformationIncomplete(Conflict):
    """A unit has no legal representative or no main agent to compare."""


class RealNameAlreadyPassed(Conflict):
    """The real-name check was passed: nothing to check, nothing to upload (ID-02)."""


class RealNameInReview(Conflict):
    """The uploaded documents are being reviewed."""


class RealNameNotFailed(Conflict):
    """Documents are uploaded only after the automatic check failed."""


class RealNameRequired(NotAllowed):
    """The name must have been checked first."""


class RealPersonAlreadyPassed(Conflict):
    """The face was checked; nothing is left to do."""


class RegisterSilent(Unavailable):
    """The authority's register does not answer; nothing was decided."""


class FaceProviderSilent(Unavailable):
    """The face provider does not take the check now."""


class IdentityUnknown(NotFound):
    """There is no such account."""


class FaceCheckUnknown(NotFound):
    """No such face check of this account."""


class FaceResultRefused(Conflict):
    """A call-back that changes nothing; nobody outside is told why, or that."""


class TooManyChecks(TooMany):
    """This account was checked too often."""
