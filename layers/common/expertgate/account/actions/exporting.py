"""Own data to take along (ACC-24)."""

from collections.abc import Callable
from dataclasses import replace

from expertgate.account import store
from expertgate.account.actions.agreements import consents_of
from expertgate.account.actions.passwords import demand_password
from expertgate.account.actions.showing import rows_of
from expertgate.account.model import Account
from expertgate.account.requests.information import ExportAnswer, ExportedCase, ExportedDeed, WithPassword
from expertgate.account.sealed import pack
from expertgate.belongings import own_grants
from expertgate.caller import Caller, Language
from expertgate.notice.store import NoticeRow, inbox
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.rows import page_of
from expertgate.outbound.world import World
from expertgate.review.store.applicants import case_rows, cases_of, forms_of
from expertgate.review.store.rows import CaseRow
from expertgate.settings import LIMITS
from expertgate.wording import say

_SIZE = LIMITS.page_size_most

type _Page[One] = Callable[[str | None], tuple[list[One], str | None]]


def export_account(request: WithPassword, caller: Caller, world: World) -> ExportAnswer:
    """Return account, consents, messages, deeds, cases with what was handed in, and grants; the password is asked for again.

    What is not in it has doors of its own: files and remarks of cases, the project system, sessions. Of a face check the deed stays.
    """
    row, password, _ = rows_of(caller)
    account = store.to_account(world, row)
    demand_password(world, account.id, password, request.current_password)
    messages, more_messages = _walked(lambda before: inbox(account.id, _SIZE, before))
    deeds, more_deeds = _walked(lambda before: _deeds(account.id, before))
    opened, more_cases = _walked(lambda before: _cases(account.id, before))
    own = [one for one in opened if one.account_id == account.id]
    forms = forms_of(world, own[:_SIZE])
    grants, more_grants = _walked(lambda after: own_grants(caller, world, after))
    change = Change(world, replace(caller, repeat=None))  # a repeat row would keep the whole export for a day
    change.audit("account:data:exported", subject=store.key_of(account.id))
    exported = ExportAnswer(
        made_at=stamp(change.now),
        account=_plain(account),
        consents=consents_of(account),
        messages=[_message(one, caller, world) for one in messages],
        deeds=[ExportedDeed(tag=one.tag, at=one.at, by_me=one.actor == account.id) for one in deeds],
        cases=[_case(one, forms.get(one.pk), caller.language) for one in opened],
        grants=grants,
        left_off=_left_off(messages=more_messages, deeds=more_deeds, cases=more_cases, forms=len(own) > _SIZE, grants=more_grants),
    )
    return change.commit(exported)


def _left_off(**more: bool) -> list[str]:
    return [name for name, is_more in more.items() if is_more]


def _walked[One](page: _Page[One]) -> tuple[list[One], bool]:
    """Return what is there, newest first, and whether older ones were left off."""
    found: list[One] = []
    before: str | None = None
    for _ in range(0, LIMITS.exported_rows, _SIZE):
        ones, before = page(before)
        found += ones
        if before is None:
            return found, False
    return found, True


def _deeds(account_id: str, before: str | None) -> tuple[list[AuditRow], str | None]:
    older = AuditRow.sk < before if before else None
    found = AuditRow.query(store.key_of(account_id), older, scan_index_forward=False, limit=_SIZE + 1, page_size=_SIZE + 1)
    return page_of(list(found), _SIZE, lambda row: row.sk)


def _cases(account_id: str, before: str | None) -> tuple[list[CaseRow], str | None]:
    ids, following = cases_of(account_id, _SIZE, before)
    return case_rows(ids), following


def _plain(account: Account) -> dict[str, object]:
    states = {"id": account.id, "kind": account.kind, "status": account.status, "channel": account.channel}
    known = {"real_name": account.real_name, "real_person": account.real_person, "created": stamp(account.created)}
    return {**states, **known, **pack(account)}


def _message(row: NoticeRow, caller: Caller, world: World) -> dict[str, object]:
    facts = row.unseal(world.keys).get("facts", {})
    return {"at": row.at, "template": row.template, "text": say("notices", row.template, caller.language, facts)}


def _case(row: CaseRow, form: dict[str, object] | None, language: Language) -> ExportedCase:
    from expertgate.review.store.kinds import kind_name  # noqa: PLC0415 -- only for who has cases

    case_id = row.pk.removeprefix("CASE#")
    names = {"kind_name": kind_name(row.kind, language), "state_name": say("sentences", f"case_{row.state}", language)}
    return ExportedCase(id=case_id, kind=row.kind, state=row.state, opened=row.opened, concluded=row.concluded, form=form, **names)
