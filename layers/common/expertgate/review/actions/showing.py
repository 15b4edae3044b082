"""Cases as they are answered, for officials and for applicants."""

from dataclasses import replace

from expertgate.catalogue.store import bureau
from expertgate.forms.masks import mask_name
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.world import World
from expertgate.review.model import PLATFORM, Case, Decision, Level, Round
from expertgate.review.requests.desk import (
    CaseAnswer,
    CaseFileAnswer,
    DecisionAnswer,
    DeedAnswer,
    DifferenceAnswer,
    LevelAnswer,
    RemarkAnswer,
    RoundAnswer,
)
from expertgate.review.rules.forms import differences, fields_of
from expertgate.review.rules.masking import masked
from expertgate.review.store.cases import CaseFile


def case_answer(case: Case, world: World, viewer: str) -> CaseAnswer:
    """Return where a case stands; the applicant's name is masked for all but himself and the holder."""
    sees_all = viewer in {case.claimed_by, case.applicant.account_id, case.applicant.unit_id}
    return CaseAnswer(
        id=case.id,
        kind=case.kind,
        state=case.state,
        round=case.round,
        level=case.level,
        version=case.version,
        chain=[_level(one) for one in case.chain],
        opened=case.opened,
        due=case.due,
        overdue=case.is_overdue(world.clock.now()),
        claimed=case.claimed_by is not None,
        mine=case.claimed_by == viewer,
        applicant=case.applicant.name if sees_all else mask_name(case.applicant.name),
        concluded=case.concluded,
    )


def file_for_official(file: CaseFile, world: World, viewer: str, deeds: list[AuditRow]) -> CaseFileAnswer:
    """Return a case with its history; numbers in full only for who holds it."""
    is_holder = file.case.claimed_by == viewer
    rounds = _rounds(file, hide=not is_holder, name_officials=True)
    return CaseFileAnswer(
        case=case_answer(file.case, world, viewer),
        rounds=rounds,
        open_fields=sorted(file.case.open_fields),
        deeds=tuple(DeedAnswer(at=row.at, tag=row.tag, actor=row.actor) for row in deeds),
    )


def file_for_applicant(file: CaseFile, world: World, viewer: str, hidden: frozenset[str]) -> CaseFileAnswer:
    """Return one's own case with all that was submitted and said of it; numbers to who applied, not to the unit he applied for.

    The `hidden` parts of the form, which tell of somebody else (the other side of a suspected duplicate), are left out.
    """
    own = replace(file, rounds=tuple(_without(hidden, one) for one in file.rounds))
    rounds = _rounds(own, hide=viewer != file.case.applicant.account_id, name_officials=False)
    return CaseFileAnswer(case=case_answer(file.case, world, viewer), rounds=rounds, open_fields=sorted(file.case.open_fields))


def _without(hidden: frozenset[str], submitted: Round) -> Round:
    return replace(submitted, form={name: part for name, part in submitted.form.items() if name not in hidden})


def _rounds(file: CaseFile, *, hide: bool, name_officials: bool) -> list[RoundAnswer]:
    forms = [masked(one.form) if hide else one.form for one in file.rounds]
    # What changed is found in what was submitted: two masked values may look alike.
    changes = [[], *(sorted(one) for one in differences([one.form for one in file.rounds]))]
    former = [{}, *forms]
    return [
        RoundAnswer(
            number=one.number,
            submitted=one.submitted,
            form=form,
            attachments=list(one.attachments),
            differences=[_difference(field, before, form) for field in fields],
            decisions=[_decision(made, name_officials=name_officials) for made in file.decisions if made.round == one.number],
        )
        for one, form, before, fields in zip(file.rounds, forms, former, changes, strict=False)
    ]


def _difference(field: str, before: dict[str, object], after: dict[str, object]) -> DifferenceAnswer:
    return DifferenceAnswer(field=field, before=fields_of(before).get(field), after=fields_of(after).get(field))


def _decision(made: Decision, *, name_officials: bool) -> DecisionAnswer:
    return DecisionAnswer(
        level=made.level,
        bureau=made.bureau,
        bureau_name=name_of(made.bureau),
        outcome=made.outcome,
        at=made.at,
        reason=made.reason,
        remarks=[RemarkAnswer(field=one.field, text=one.text) for one in made.remarks],
        official_id=made.official_id if name_officials else None,
    )


def _level(one: Level) -> LevelAnswer:
    return LevelAnswer(bureau=one.bureau, bureau_name=name_of(one.bureau), name=one.name, working_days=one.working_days)


def name_of(code: str) -> str:
    """Return the name of a bureau; the platform is none of the catalogue's."""
    return "平台运营" if code == PLATFORM else bureau(code).name
