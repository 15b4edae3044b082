"""外专系统账号合并申请: reason, unit, credit code, agent, and the table of projects with their old and new accounts (REC-12)."""

from typing import Annotated

from pydantic import Field, StringConstraints

from expertgate.admission.requests import fields as f
from expertgate.admission.requests.projects import Number
from expertgate.inbound.fields import Paragraph, Request
from expertgate.settings import LIMITS

type AccountName = Annotated[str, StringConstraints(min_length=1, max_length=50)]


class MergeLine(Request):
    """序号、项目编号、原账号、现账号: an account by its name in the project system, its user name on the platform, or its id."""

    number: Annotated[int, Field(ge=1, le=9999)]
    project_number: Number
    old_account: AccountName
    new_account: AccountName


class MergeAttachments(Request):
    """The stamped application, scanned as PDF."""

    stamped_application: f.EvidenceField


class MergeForm(Request):
    """附件2 with its table; the agent (经办人) is who acts for the unit: an agent who applies names himself."""

    reason: Annotated[Paragraph, Field(max_length=1000)]
    unit_name: f.UnitNameField
    uscc: f.UsccField
    agent_name: f.PersonNameField
    agent_document_number: f.DocumentNumberField
    agent_mobile: f.MobileField
    lines: Annotated[tuple[MergeLine, ...], Field(min_length=1, max_length=LIMITS.merge_lines_most)]
    attachments: MergeAttachments
