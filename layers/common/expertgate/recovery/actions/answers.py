"""What the holder of a recovery's ticket sees."""

from expertgate.account.model import Account
from expertgate.account.rules import SmsPurpose
from expertgate.caller import Caller, Language
from expertgate.forms.masks import mask_mobile, mask_number
from expertgate.inbound.fields import RemarkAnswer
from expertgate.outbound.world import World
from expertgate.recovery import rules
from expertgate.recovery.model import Kind, Recovery, Step
from expertgate.recovery.requests.answers import NextAnswer, OtherwiseAnswer, RecoveryAnswer, RecoveryCase, StepAnswer
from expertgate.wording import say


def recovery_answer(recovery: Recovery, account: Account | None, caller: Caller, world: World) -> RecoveryAnswer:
    """Return a recovery in words; names are shown only where the steps before have earned them."""
    case = _case(recovery, world)
    return _answer(rules.as_its_case_stands(recovery, case.state) if case else recovery, account, case, caller, world)


def application_answer(recovery: Recovery, caller: Caller, world: World) -> RecoveryAnswer:
    """Return a recovery whose case is being submitted in the same transaction."""
    case = RecoveryCase(case_id=recovery.case_id or "-", state="in_review", remarks=[])
    return _answer(recovery, None, case, caller, world)


def _answer(recovery: Recovery, account: Account | None, case: RecoveryCase | None, caller: Caller, world: World) -> RecoveryAnswer:
    now, language = world.clock.now(), caller.language
    hint = rules.hint_of(recovery, account)
    is_alive = now < recovery.ends
    return RecoveryAnswer(
        recovery_id=recovery.id,
        kind=recovery.kind,
        steps=_steps(recovery, language),
        next=_next(recovery, case, language),
        hint=say("sentences", hint, language) if hint else None,
        user_name=_user_name(recovery, account) if is_alive else None,
        login_names=_login_names(recovery, account) if is_alive else [],
        face_state=_face_state(recovery, world),
        case=case,
        expires_in=max(0, int((recovery.ends - now).total_seconds())) if recovery.step is not Step.DONE else 0,
    )


def _steps(recovery: Recovery, language: Language) -> list[StepAnswer]:
    at = recovery.steps.index(recovery.step)
    is_done = recovery.step is Step.DONE
    return [
        StepAnswer(
            number=number + 1,
            step=step,
            title=say("sentences", f"step_{step}", language),
            state="done" if number < at or is_done else "current" if number == at else "to_come",
        )
        for number, step in enumerate(recovery.steps)
    ]


def _next(recovery: Recovery, case: RecoveryCase | None, language: Language) -> NextAnswer:
    asks_for_given = recovery.step is Step.VERIFY_MOBILE and recovery.mobile is not None
    then = "verify_given_mobile" if asks_for_given else str(recovery.step)
    if case is not None and case.state != "in_review":
        then = f"case_{case.state}"
    message = say("sentences", f"then_{then}", language)
    return NextAnswer(
        step=recovery.step,
        message=message,
        code_purpose=SmsPurpose(recovery.code_purpose) if recovery.code_purpose else None,
        otherwise=_otherwise(recovery, language),
    )


def _otherwise(recovery: Recovery, language: Language) -> OtherwiseAnswer | None:
    if not recovery.may_reset_mobile:
        return None
    return OtherwiseAnswer(message=say("sentences", "otherwise_reset_mobile", language), code_purpose=SmsPurpose.RESET_MOBILE)


def _user_name(recovery: Recovery, account: Account | None) -> str | None:
    """Return the unit's user name: at its reset (REC-06) and where it was asked for (REC-07)."""
    is_shown = (recovery.kind, recovery.step) in {(Kind.UNIT_PASSWORD, Step.SET_PASSWORD), (Kind.UNIT_USER_NAME, Step.DONE)}
    return account.user_name if is_shown and account else None


def _login_names(recovery: Recovery, account: Account | None) -> list[str]:
    """Return what a person logs in with (REC-08); number and mobile masked, he knows them."""
    if account is None or (recovery.kind, recovery.step) != (Kind.PERSON_LOGIN_NAME, Step.DONE):
        return []
    number = mask_number(account.document.number) if account.document else None
    mobile = mask_mobile(account.mobile) if account.mobile else None
    return [one for one in (account.user_name, mobile, number) if one]


def _face_state(recovery: Recovery, world: World) -> str | None:
    if recovery.face_check_id is None:
        return None
    from expertgate.identity import rules as identity_rules  # noqa: PLC0415 -- only recoveries with a face check load this room
    from expertgate.identity import store as identity  # noqa: PLC0415

    check = identity.face_check(recovery.face_check_id)
    return identity_rules.shown_state(check, world.clock.now()) if check else None


def _case(recovery: Recovery, world: World) -> RecoveryCase | None:
    if recovery.case_id is None:
        return None
    from expertgate.review.actions.requested import as_requested  # noqa: PLC0415 -- only recoveries with a case load this room
    from expertgate.review.store import cases  # noqa: PLC0415

    file = as_requested(cases.file_of(world, recovery.case_id))
    last = file.decisions[-1] if file.decisions else None
    remarks = [RemarkAnswer(field=one.field, text=one.text) for one in last.remarks] if last else []
    return RecoveryCase(case_id=file.case.id, state=file.case.state, remarks=remarks, reason=last.reason if last else None)
