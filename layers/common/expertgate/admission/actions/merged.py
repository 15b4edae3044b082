"""What an approved merge does: projects move, an account that has none left is retired and its successor stands for it (REC-12)."""

from collections import Counter
from collections.abc import Mapping, Sequence

from expertgate.account.store import accounts
from expertgate.admission.model import MemberRole, Move, Standing
from expertgate.admission.rules.holders import holder_of
from expertgate.admission.store import merges, projects, standings
from expertgate.admission.store.merges import MergeRow
from expertgate.admission.store.standings import MemberRow, members_by_id, successions
from expertgate.notice.actions.telling import account as recipient
from expertgate.notice.actions.telling import tell
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.review.model import Case, CaseState
from expertgate.settings import LIMITS


def accounts_merged(change: Change, case: Case, outcome: str) -> None:
    """Carry out an approved merge, in the closing transaction as far as a transaction holds.

    Longer tables go before it part by part, each with its place in the table, so that one begun again goes on where it stopped.
    """
    unit_id = case.subject.removeprefix("UNIT#")
    merge = merges.merge_of(unit_id, case.id)
    if merge is None or outcome != CaseState.APPROVED:
        return
    while len(merge.moves) - merge.done > LIMITS.merge_part_lines:
        part = Change(change.world, change.caller)
        _carry_out(part, merge, case)
        part.commit(None)
    moved = _carry_out(change, merge, case)
    _retire(change, unit_id, merge, moved)
    _tell(change, unit_id, merge, case)


def _carry_out(change: Change, merge: MergeRow, case: Case) -> Counter[str]:
    """Move the projects of the next lines that are still where the application said; return how many left each account."""
    unit_id, first = standings.unit_id_of(merge), int(merge.done)
    lines = merges.moves_of(merge)[first : first + LIMITS.merge_part_lines]
    moving = _as_asked(unit_id, lines)
    projects.move(change, [(row, one.new) for one, row in moving], merge.by)
    moved = [one for one, _ in moving]
    left = [one.line for one in lines if one not in moved]
    merge.done, merge.left = first + len(lines), [*merge.left, *left]
    change.replace(merge)
    change.audit("admission:projects:moved", subject=merge.pk, case=case.id, projects=[one.project_id for one in moved], left=left)
    return Counter(one.old for one in moved)


def _as_asked(unit_id: str, lines: Sequence[Move]) -> list[tuple[Move, projects.ProjectRow]]:
    """Return the lines that can be carried out as they were asked for, each with its project."""
    found = projects.by_id(unit_id, [one.project_id for one in lines])
    joined = successions(unit_id, (row.desk for row in found.values()))
    users = members_by_id(unit_id, {one.new for one in lines})
    known = [(one, found[one.project_id]) for one in lines if one.project_id in found]
    return [(one, row) for one, row in known if _is_as_asked(one, users, holder_of(row.desk, joined))]


def _is_as_asked(move: Move, users: Mapping[str, MemberRow], holder: str | None) -> bool:
    """Tell whether a project is still held by the old account, and the new one still a user."""
    return holder == move.old and move.new in users and users[move.new].standing == Standing.ADMITTED


def _retire(change: Change, unit_id: str, merge: MergeRow, moved: Counter[str]) -> None:
    """Retire the old accounts that have no project left; the unit's own account stays what it is."""
    heirs = {one.old: one.new for one in reversed(merges.moves_of(merge))}
    rows = members_by_id(unit_id, {*heirs, *heirs.values()})
    changed: dict[str, MemberRow] = {}
    for old, heir in heirs.items():
        row, successor = rows.get(old), rows.get(heir)
        if old == unit_id or row is None or successor is None or not _may_go(unit_id, row, successor, moved[old]):
            continue
        row.standing, row.joined_into, row.retired_at = Standing.RETIRED, heir, stamp(change.now)
        successor.desks = [*dict.fromkeys([*standings.desks_of(successor), *standings.desks_of(row)])]
        if row.role == MemberRole.UNIT_ADMINISTRATOR:
            successor.role = row.role
        changed |= {old: row, heir: successor}
        change.audit("admission:member:merged", subject=row.pk, account=old, into=heir, role=successor.role)
    for row in changed.values():
        change.replace(row)


def _may_go(unit_id: str, row: MemberRow, successor: MemberRow, moved_now: int) -> bool:
    """Tell whether nothing is left on the desks of a user once this transaction is through, and the successor is there."""
    left = sum(projects.tally(unit_id, standings.desks_of(row)).values()) - moved_now
    return left == 0 and row.standing == successor.standing == Standing.ADMITTED


def _tell(change: Change, unit_id: str, merge: MergeRow, case: Case) -> None:
    """Tell the applicant how it went, and everybody whose projects went or came."""
    moved = merges.moved(merge)
    to = recipient(case.applicant.account_id, case.applicant.mobile)
    tell(change, to, "account_merge_approved", case=case.id, moved=len(moved), left=len(merge.left))
    olds, news = {one.old for one in moved}, {one.new for one in moved}
    known = {one.id: one for one in accounts(change.world, {*olds, *news, unit_id})}
    unit = known[unit_id].known_as
    for template, ids in (("projects_moved_away", olds), ("projects_received", news)):
        for one in sorted(ids & known.keys() - {case.applicant.account_id}):
            tell(change, recipient(one, known[one].mobile), template, unit=unit)
