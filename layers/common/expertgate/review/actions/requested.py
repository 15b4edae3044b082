"""A case in the words of the request its applicant sent: what is remarked on is then a field of his form."""

from dataclasses import replace

from expertgate.review.model import Decision, Remark, Round
from expertgate.review.rules.forms import Form, flattened, requested
from expertgate.review.store.cases import CaseFile
from expertgate.review.store.kinds import kinds


def as_requested(file: CaseFile) -> CaseFile:
    """Return the case with the names of its request, whose files may lie beside the other fields."""
    if not kinds()[file.case.kind].flat:
        return file
    opened = frozenset(name for path in file.case.open_fields for name in requested(path, file.last.form))
    forms = {one.number: one.form for one in file.rounds}
    return replace(
        file,
        case=replace(file.case, open_fields=opened),
        rounds=tuple(_round(one) for one in file.rounds),
        decisions=tuple(_decision(one, forms[one.round]) for one in file.decisions),
    )


def _round(one: Round) -> Round:
    return replace(one, form=flattened(one.form), former=flattened(one.former))


def _decision(made: Decision, form: Form) -> Decision:
    return replace(made, remarks=tuple(Remark(name, one.text) for one in made.remarks for name in requested(one.field, form)))
