"""What the fields of the unit form must say together, and of which unit (ADM-04, ADM-06)."""

from typing import Any

from expertgate.account.model import Account
from expertgate.catalogue.model import Bureau, Level
from expertgate.catalogue.rules import check_bureau_choice
from expertgate.forms.names import parse_unit_name
from expertgate.forms.problems import FieldProblem


def check_unit_form(form: dict[str, Any], unit: Account, bureau: Bureau) -> None:
    """Refuse a bureau of another type, more technicians than staff, another unit than the registered one."""
    basic = form["basic"]
    try:
        check_bureau_choice(Level(basic["bureau_type"]), bureau)
    except FieldProblem as exc:
        raise exc.at(f"basic.{exc.field}") from None
    if basic["technical_staff"] > basic["staff"]:
        raise FieldProblem("technical_staff_exceeds", staff=basic["staff"]).at("basic.technical_staff")
    facts = unit.unit
    if facts is None or basic["uscc"] != facts.uscc:
        raise FieldProblem("uscc_not_registered").at("basic.uscc")
    if parse_unit_name(basic["name_zh"]).key != facts.name_key:
        raise FieldProblem("unit_name_not_registered").at("basic.name_zh")
