"""Own data to take along (ACC-24)."""

from collections.abc import Callable
from dataclasses import replace

from expertgate.account import store
from expertgate.account.actions.passwords import demand_password
from expertgate.account.actions.showing import rows_of
from expertgate.account.model import Account
from expertgate.account.requests.information import ConsentAnswer, DeedAnswer, ExportAnswer, ExportedCase, WithPassword
from expertgate.account.sealed import pack
from expertgate.caller import Caller
from expertgate.notice.store import NoticeRow, inbox
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.world import World
from expertgate.review.store.applicants import case_rows, cases_of
from expertgate.review.store.rows import CaseRow
from expertgate.settings import LIMITS
from expertgate.wording import say

_SIZE = LIMITS.page_size_most

type _Page[One] = Callable[[str | None], tuple[list[One], str | None]]


def export_account(request: WithPassword, caller: Caller, world: World) -> ExportAnswer:
    """Return account, consents, messages, deeds and cases of the caller, unmasked; the password is asked for again.

    What other areas keep has doors of its own: grants, forms and files of cases, the project system, face checks, sessions.
    """
    row, password, _ = rows_of(caller)
    account = store.to_account(world, row)
    demand_password(world, account.id, password, request.current_password)
    messages, more_messages = _walked(lambda before: _messages(account.id, before))
    deeds, more_deeds = _walked(lambda before: _deeds(account.id, before))
    opened, more_cases = _walked(lambda before: _cases(account.id, before))
    change = Change(world, replace(caller, repeat=None))  # a repeat row would keep the whole export for a day
    change.audit("account:data:exported", subject=store.key_of(account.id))
    exported = ExportAnswer(
        made_at=stamp(change.now),
        account=_plain(account),
        consents=[ConsentAnswer(agreement=one.agreement, version=one.version, at=stamp(one.at)) for one in account.consents],
        messages=[_message(one, caller, world) for one in messages],
        deeds=[DeedAnswer(tag=one.tag, at=one.at, by_me=one.actor == account.id) for one in deeds],
        cases=[_case(one) for one in opened],
        left_off=[name for name, more in (("messages", more_messages), ("deeds", more_deeds), ("cases", more_cases)) if more],
    )
    return change.commit(exported)


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


def _messages(account_id: str, before: str | None) -> tuple[list[NoticeRow], str | None]:
    rows = inbox(account_id, _SIZE, before)
    return rows, rows[-1].sk if len(rows) == _SIZE else None


def _deeds(account_id: str, before: str | None) -> tuple[list[AuditRow], str | None]:
    older = AuditRow.sk < before if before else None
    rows = list(AuditRow.query(store.key_of(account_id), older, scan_index_forward=False, limit=_SIZE, page_size=_SIZE))
    return rows, rows[-1].sk if len(rows) == _SIZE else None


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


def _case(row: CaseRow) -> ExportedCase:
    return ExportedCase(id=row.pk.removeprefix("CASE#"), kind=row.kind, state=row.state, opened=row.opened, concluded=row.concluded)
