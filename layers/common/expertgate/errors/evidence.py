"""Errors of uploaded evidence."""

from expertgate.errors.base import Conflict, Gone, NotFound, Unprocessable


class EvidenceUnknown(NotFound):
    """No such file, or not for this caller."""


class EvidenceMissing(Unprocessable):
    """A form names a file that its sender did not upload; `purpose` says which."""


class EvidenceNotChecked(Conflict):
    """A form names a file whose content was not checked yet, or was refused."""


class EvidencePurposeWrong(Unprocessable):
    """A form names a file that was uploaded as something else."""


class EvidenceInUse(Conflict):
    """The file belongs to another case; each case gets its own upload."""


class UploadMissing(Conflict):
    """Nothing has arrived yet under this upload."""


class UploadExpired(Gone):
    """The upload was not finished in time."""
