"""What an application to merge accounts must say, and what its lines mean (REC-12)."""

from collections.abc import Mapping, Sequence

from expertgate.account.model import Account, AccountKind
from expertgate.admission.model import Line, Move
from expertgate.errors.base import InvalidInput
from expertgate.forms.names import parse_unit_name
from expertgate.forms.problems import FieldProblem

type Problem = tuple[str, str, dict[str, object]]


def check_applicant(unit: Account, me: Account, form: Mapping[str, object]) -> None:
    """Refuse another unit than the registered one, and an agent who gives somebody else's name or number for his own."""
    facts = unit.unit
    if facts is None or form["uscc"] != facts.uscc:
        raise FieldProblem("uscc_not_registered").at("uscc")
    if parse_unit_name(str(form["unit_name"])).key != facts.name_key:
        raise FieldProblem("unit_name_not_registered").at("unit_name")
    if me.kind is AccountKind.UNIT:
        return
    if form["agent_name"] != me.name:
        raise FieldProblem("agent_not_caller").at("agent_name")
    if me.document is None or form["agent_document_number"] != me.document.number:
        raise FieldProblem("agent_not_caller").at("agent_document_number")


def check_lines(lines: Sequence[Line], most_accounts: int) -> None:
    """Refuse a number or a project that stands in two lines, and more accounts than one application deals with."""
    found = [*_twice([one.number for one in lines], "number"), *_twice([one.project for one in lines], "project_number")]
    if found:
        raise InvalidInput(found)
    if len({name for one in lines for name in (one.old, one.new)}) > most_accounts:
        raise FieldProblem("merge_accounts_too_many", most=most_accounts).at("lines")


def moves_of(
    lines: Sequence[Line],
    accounts: Mapping[str, Sequence[str]],
    users: frozenset[str],
    projects: Mapping[str, tuple[str, str | None]],
) -> list[Move]:
    """Return what the lines mean: accounts are name -> ids, projects number -> (id, holder), users who is admitted.

    Raises InvalidInput with what is wrong in each line: 项目移送必须同个单位原账号底下的项目编号才可以移送.
    """
    found: list[Problem] = []
    moves: list[Move] = []
    for place, line in enumerate(lines):
        problems = [*_account(line.old, "old_account", accounts, None), *_account(line.new, "new_account", accounts, users)]
        if not problems:
            (old,), (new,) = accounts[line.old], accounts[line.new]
            problems = _line(line, old, new, projects)
            moves += [] if problems else [Move(line.number, projects[line.project][0], old, new)]
        found += [(f"lines.{place}.{field}", rule, {}) for field, rule in problems]
    if not found:
        found = _both(moves)
    if found:
        raise InvalidInput(found)
    return moves


def _account(name: str, field: str, accounts: Mapping[str, Sequence[str]], users: frozenset[str] | None) -> list[tuple[str, str]]:
    ids = accounts.get(name, ())
    if len(ids) > 1:
        return [(field, "account_ambiguous")]
    if not ids or (users is not None and ids[0] not in users):
        return [(field, "not_a_member")]
    return []


def _line(line: Line, old: str, new: str, projects: Mapping[str, tuple[str, str | None]]) -> list[tuple[str, str]]:
    if old == new:
        return [("new_account", "same_account")]
    if line.project not in projects:
        return [("project_number", "project_not_of_unit")]
    if projects[line.project][1] != old:
        return [("project_number", "project_not_of_account")]
    return []


def _both(moves: Sequence[Move]) -> list[Problem]:
    """Return the lines whose new account is the old one of another line: nobody could say where its projects end."""
    olds = {one.old for one in moves}
    return [(f"lines.{place}.new_account", "account_on_both_sides", {}) for place, one in enumerate(moves) if one.new in olds]


def _twice(values: Sequence[str], field: str) -> list[Problem]:
    return [(f"lines.{place}.{field}", "line_twice", {}) for place, one in enumerate(values) if one in values[:place]]
