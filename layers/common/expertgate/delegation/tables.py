"""Files of grants as people and spreadsheets write them: CSV, headers in Chinese or English (DEL-16)."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from expertgate.errors.delegation import FileUnreadable
from expertgate.forms.dates import parse_day
from expertgate.forms.documents import Document, DocumentType, other_documents, parse_document, possible_documents
from expertgate.forms.names import parse_person_name
from expertgate.forms.problems import FieldProblem, told_at
from expertgate.settings import LIMITS

# Also by what the export heads them: 系统名称 is the manual's word in the list of agents, 服务事项 its word where one is bound.
_HEADERS = {
    "证件类型": "document_type",
    "证件号码": "document_number",
    "姓名": "name",
    "服务事项": "service",
    "系统名称": "service",
    "角色": "roles",
    "开始日期": "first_day",
    "结束日期": "last_day",
    "first day": "first_day",
    "last day": "last_day",
}
_TYPES = {name: one for one in DocumentType for name in (one.chinese, one.value)}
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read_lines(text: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the lines of a file by column.

    Raises FileUnreadable where a column is missing or there twice, a line has more cells than the header, or there are too many lines.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), skipinitialspace=True)
    wrong = FileUnreadable(columns=list(columns), optional=["document_type"], most=LIMITS.grant_file_lines)
    try:
        named = [_HEADERS.get(name.strip(), name.strip()) for name in reader.fieldnames or ()]
        reader.fieldnames = named
        lines = [line for line in reader if any(line.values())]
    except csv.Error as exc:
        raise wrong from exc
    if not _are_once(columns, named) or not 0 < len(lines) <= LIMITS.grant_file_lines or any(None in line for line in lines):
        raise wrong
    return [{name: (line[name] or "").strip() for name in named} for line in lines]


def _are_once(columns: tuple[str, ...], named: list[str]) -> bool:
    return all(named.count(one) == 1 for one in columns)


def documents_in(line: dict[str, str], today: date) -> list[Document]:
    """Return the documents a line may mean: of its type, by code or official name; of any where it names none."""
    with told_at("document_number"):
        return _documents(line.get("document_type", ""), line["document_number"], today)


def _documents(written: str, number: str, today: date) -> list[Document]:
    if not written:
        return possible_documents(number, today)
    if written not in _TYPES:
        raise FieldProblem("not_in_list", expected=[one.chinese for one in DocumentType]).at("document_type")
    kind = _TYPES[written]
    return other_documents(number) if kind is DocumentType.OTHER else [parse_document(kind, number, today)]


def day_in(line: dict[str, str], column: str) -> date:
    """Return the day in a column."""
    with told_at(column):
        return parse_day(line[column])


def name_in(line: dict[str, str]) -> str:
    """Return the name, which a file must give: who has a number only looks people up one by one."""
    with told_at("name"):
        return parse_person_name(line["name"])


def write_lines(lines: Iterable[Iterable[str]]) -> str:
    """Return lines as CSV that no spreadsheet takes for formulas."""
    out = io.StringIO()
    csv.writer(out).writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in line] for line in lines)
    return out.getvalue()
