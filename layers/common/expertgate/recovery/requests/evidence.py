"""What goes with evidence: each attachment is the id of an upload of this recovery that was checked."""

from expertgate.account.requests.fields import CodeOrProof, CreditCode, MobileNumber, NameOfUnit, PersonName
from expertgate.inbound.fields import Line, Paragraph, Request
from expertgate.recovery.model import AppealReason


class SubmitMobileReset(Request):
    """Ask for another mobile of the unit (重置手机号); the code goes to the new one and is needed again only for yet another."""

    unit_name: NameOfUnit
    uscc: CreditCode
    mobile: MobileNumber
    sms_code: CodeOrProof | None = None
    business_licence: Line
    id_portrait: Line
    id_emblem: Line
    mobile_proof: Line


class SubmitPersonAppeal(Request):
    """A person's appeal (自然人申诉): log-in name and password lost, or the document is bound to another account."""

    reason: AppealReason
    name: PersonName
    document_number: Line
    statement: Paragraph
    document_front: Line
    document_back: Line | None = None


class SubmitUnitAppeal(Request):
    """A unit's appeal (单位法人申诉): the main agent may be anyone of the unit; a renamed unit gives its newest name.

    `name_bound`: the name has an account already, under a credit code that is not the unit's.
    """

    reason: AppealReason
    unit_name: NameOfUnit
    uscc: CreditCode
    main_agent_name: PersonName
    statement: Paragraph
    document_front: Line
    document_back: Line | None = None
    change_statement: Line | None = None


class SubmitAddedMobile(Request):
    """Ask for a reserved mobile of an account that has none (附件1): the stamped application as PDF, both sides of the ID."""

    login_name: Line
    reason: Paragraph
    name: PersonName
    document_number: Line
    unit_name: NameOfUnit
    stamped_application: Line
    id_portrait: Line
    id_emblem: Line
