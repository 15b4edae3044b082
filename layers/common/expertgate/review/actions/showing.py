"""Cases as they are answered, for officials and for applicants."""

from dataclasses import replace

from expertgate.caller import Caller, CallerKind, Language
from expertgate.catalogue.store import bureau
from expertgate.forms.masks import mask_name
from expertgate.inbound.fields import RemarkAnswer
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
    RoundAnswer,
)
from expertgate.review.rules.forms import differences, fields_of
from expertgate.review.rules.masking import masked
from expertgate.review.store.cases import CaseFile
from expertgate.review.store.kinds import kind_name
from expertgate.wording import say, section


def case_answer(case: Case, world: World, caller: Caller) -> CaseAnswer:
    """Return where a case stands; the applicant's name is masked for all but himself and the holder, who holds it is told to officials."""
    sees_all = caller.id in {case.claimed_by, case.applicant.account_id, case.applicant.unit_id}
    return CaseAnswer(
        id=case.id,
        kind=case.kind,
        kind_name=kind_name(case.kind, caller.language),
        state=case.state,
        state_name=say("sentences", f"case_{case.state}", caller.language),
        round=case.round,
        level=case.level,
        version=case.version,
        chain=[_level(one, caller.language) for one in case.chain],
        opened=case.opened,
        due=case.due,
        overdue=case.is_overdue(world.clock.now()),
        claimed=case.claimed_by is not None,
        mine=case.claimed_by == caller.id,
        holder_id=case.claimed_by if caller.kind is CallerKind.OFFICIAL else None,
        unit=case.applicant.unit_name,
        applicant=case.applicant.name if sees_all else mask_name(case.applicant.name),
        concluded=case.concluded,
    )


def file_for_official(file: CaseFile, world: World, caller: Caller, deeds: list[AuditRow]) -> CaseFileAnswer:
    """Return a case with its history; numbers in full only for who holds it."""
    is_holder = file.case.claimed_by == caller.id
    rounds = _rounds(file, caller.language, hide=not is_holder, name_officials=True)
    return CaseFileAnswer(
        case=case_answer(file.case, world, caller),
        rounds=rounds,
        open_fields=sorted(file.case.open_fields),
        deeds=tuple(_deed(row, caller.language) for row in deeds),
    )


def file_for_applicant(file: CaseFile, world: World, caller: Caller, hidden: frozenset[str]) -> CaseFileAnswer:
    """Return one's own case with all that was submitted and said of it; numbers to who applied, not to the unit he applied for.

    The `hidden` parts of the form, which tell of somebody else (the other side of a suspected duplicate), are left out.
    """
    from expertgate.review.actions.requested import as_requested  # noqa: PLC0415 -- only an applicant's doors load this room

    asked = as_requested(file)
    own = replace(asked, rounds=tuple(_without(hidden, one) for one in asked.rounds))
    rounds = _rounds(own, caller.language, hide=caller.id != file.case.applicant.account_id, name_officials=False)
    return CaseFileAnswer(case=case_answer(file.case, world, caller), rounds=rounds, open_fields=sorted(own.case.open_fields))


def _without(hidden: frozenset[str], submitted: Round) -> Round:
    return replace(submitted, form={name: part for name, part in submitted.form.items() if name not in hidden})


def _rounds(file: CaseFile, language: Language, *, hide: bool, name_officials: bool) -> list[RoundAnswer]:
    submitted = [file.rounds[0].former, *(one.form for one in file.rounds)]
    forms = [masked(one) if hide else one for one in submitted]
    # What changed is found in what was submitted: two masked values may look alike. A first form that takes no other's place changes none.
    changes = [sorted(one) if before else [] for one, before in zip(differences(submitted), submitted, strict=False)]
    return [
        RoundAnswer(
            number=one.number,
            submitted=one.submitted,
            form=form,
            attachments=list(one.attachments),
            differences=[_difference(field, before, form) for field in fields],
            decisions=[_decision(made, language, name_officials=name_officials) for made in file.decisions if made.round == one.number],
        )
        for one, form, before, fields in zip(file.rounds, forms[1:], forms, changes, strict=False)
    ]


def _difference(field: str, before: dict[str, object], after: dict[str, object]) -> DifferenceAnswer:
    return DifferenceAnswer(field=field, before=fields_of(before).get(field), after=fields_of(after).get(field))


def _decision(made: Decision, language: Language, *, name_officials: bool) -> DecisionAnswer:
    return DecisionAnswer(
        level=made.level,
        bureau=made.bureau,
        bureau_name=name_of(made.bureau, language),
        outcome=made.outcome,
        outcome_name=say("sentences", f"outcome_{made.outcome}", language),
        at=made.at,
        reason=made.reason,
        remarks=[RemarkAnswer(field=one.field, text=one.text) for one in made.remarks],
        official_id=made.official_id if name_officials else None,
    )


def _level(one: Level, language: Language) -> LevelAnswer:
    names = {"bureau_name": name_of(one.bureau, language), "level_name": level_name(one.name, language)}
    return LevelAnswer(bureau=one.bureau, name=one.name, working_days=one.working_days, **names)


def _deed(row: AuditRow, language: Language) -> DeedAnswer:
    known = section("sentences").get(f"deed_{row.tag.replace(':', '_')}")  # a row of long ago may have a tag that is none any more
    return DeedAnswer(at=row.at, tag=row.tag, tag_name=known[language.value] if known else row.tag, actor=row.actor)


def level_name(code: str, language: Language) -> str:
    """Return the name of a level of a chain."""
    return say("sentences", f"level_{code}", language)


def name_of(code: str, language: Language) -> str:
    """Return the name of a bureau, which has one language; the platform is none of the catalogue's."""
    return level_name(PLATFORM, language) if code == PLATFORM else bureau(code).name
