"""What a sent form says of the one it is about, read from its fields."""

from typing import Any

from expertgate.admission.model import Sent, Subject

type Form = dict[str, Any]


def sent_unit(form: Form) -> Sent:
    """Return a unit's form with the contact who will use the system first (D-08)."""
    contact, files = form["account"], form["attachments"]
    return Sent(
        subject=Subject.UNIT,
        form=form,
        attachments=(files["registration_proof"], files["bank_page"]),
        bureau=form["basic"]["bureau"],
        name=contact["name_zh"],
        mobile=contact["mobile"],
        user_name=contact["user_name"],
        document_number=contact["document_number"],
    )


def sent_member(form: Form, bureau: str) -> Sent:
    """Return a member's form; where it gives no mobile, news goes to the account's own one."""
    return Sent(
        subject=Subject.MEMBER,
        form=form,
        attachments=(),
        bureau=bureau,
        name=form["name_zh"],
        mobile=form.get("mobile"),
        user_name=form["user_name"],
        document_number=form.get("document_number"),
    )
