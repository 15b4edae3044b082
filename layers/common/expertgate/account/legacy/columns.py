"""The columns of a file of old accounts, by their English or Chinese names; docs/legacy-import.md describes each."""

from collections.abc import Iterable
from typing import Final

from expertgate.errors.account import LegacyFileRefused

NEEDED: Final = ("source", "legacy_id", "kind")
COLUMNS: Final = {
    "source": "来源平台",
    "legacy_id": "原账号标识",
    "kind": "账号类型",
    "user_name": "用户名",
    "name": "姓名",
    "document_type": "证件类型",
    "document_number": "证件号码",
    "continent": "所属大洲",
    "mobile": "手机号",
    "email": "电子邮箱",
    "landline": "固定电话",
    "unit_name": "单位名称",
    "uscc": "统一社会信用代码",
    "legal_person_type": "法人类型",
    "password_scheme": "密码算法",
    "password_digest": "密码摘要",
}
_BY_NAME: Final = {chinese: name for name, chinese in COLUMNS.items()} | {name: name for name in COLUMNS}


def columns_of(header: Iterable[str]) -> tuple[str, ...]:
    """Return the columns that a header names.

    Raises LegacyFileRefused for a name that is not known: a misspelt column would leave its data behind without a word.
    """
    names = tuple(_BY_NAME.get(one.strip().lower(), "") for one in header)
    if "" in names:
        raise LegacyFileRefused(reason="column_unknown")
    if len(set(names)) < len(names):
        raise LegacyFileRefused(reason="column_repeated")
    if not set(NEEDED) <= set(names):
        raise LegacyFileRefused(reason="column_missing")
    return names


def unknown_names(names: Iterable[str]) -> bool:
    """Tell whether a record of JSON Lines names something that is no column."""
    return any(name not in _BY_NAME for name in names)


def renamed(values: dict[str, str]) -> dict[str, str]:
    """Return the values of a record under the English names of their columns."""
    return {_BY_NAME[name]: value for name, value in values.items()}
