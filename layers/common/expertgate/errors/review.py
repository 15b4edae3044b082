"""Errors of cases and officials."""

from expertgate.errors.base import Conflict, Gone, NotAllowed, NotAuthenticated, NotFound, Unprocessable


class CaseUnknown(NotFound):
    """No such case, or not for this caller."""


class CaseAlreadyOpen(Conflict):
    """There is an open case of this kind for this subject."""


class CaseMoved(Conflict):
    """The case is not where the caller thought; the facts say where it stands."""


class CaseNotReturned(Conflict):
    """Only a returned case can be corrected and submitted again."""


class CaseNotWithdrawable(Conflict):
    """The case has ended."""


class CaseClaimed(Conflict):
    """Somebody else works on the case."""


class CaseNotClaimed(Conflict):
    """The case must be claimed before it is decided."""


class OwnCase(NotAllowed):
    """Nobody decides his own application or that of a unit he acts for."""


class DecidedInThisChain(NotAllowed):
    """Nobody decides twice in one chain."""


class CaseElsewhere(NotAllowed):
    """The case lies at another bureau or another level."""


class DutyMissing(NotAllowed):
    """The official has not the duty for this."""


class ReasonMissing(Unprocessable):
    """A rejection needs a reason."""


class RemarksMissing(Unprocessable):
    """A return needs at least one remark on a field."""


class ReturnImpossible(Unprocessable):
    """Nothing of this kind of case is corrected by an applicant: it is approved or rejected."""


class RemarkFieldUnknown(Unprocessable):
    """A remark names a field that the form does not have."""


class RemarkFieldFixed(Unprocessable):
    """A remark is on what the applicant cannot change in this case: only a rejection with its reason tells him."""


class FieldsNotOpen(Unprocessable):
    """Only the fields with remarks may be changed."""


class BureauUnknown(Unprocessable):
    """There is no such bureau, or it reviews no such case."""


class OfficialUnknown(NotFound):
    """No such official."""


class OfficialNameTaken(Conflict):
    """The user name belongs to another official."""


class OfficialExists(Conflict):
    """This person has an official's account: one person, one account, or four eyes would be two."""


class HandoverUnfit(Conflict):
    """Both officials must be active and of one bureau."""


class OfficialInactive(Conflict):
    """The official is not active."""


class AdministratorHimself(Conflict):
    """An administrator neither disables himself nor gives up his duty: nobody might be left to name officials."""


class OfficialLoginRefused(NotAuthenticated):
    """User name, password or second factor is wrong."""


class DutiesUnfit(Unprocessable):
    """The bureau does not have officials with these duties."""


class EnrolmentRefused(Gone):
    """The enrolment code is wrong, used or too old."""
