"""What the register of projects asks and answers (ADM-14), and the application to move them in a merge of accounts (REC-12)."""

from typing import Annotated

from pydantic import Field, StringConstraints

from expertgate.admission.model import ProjectClass, ProjectState
from expertgate.admission.requests import fields as f
from expertgate.forms.text import number
from expertgate.inbound.fields import ID, Answer, Pages, Paragraph, Request, Stamp, ruled
from expertgate.settings import LIMITS

# Folded like the numbers of documents: a number in small letters is the same number.
Number = Annotated[f.Typed, ruled(number), StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]{2,39}$")]
Year = Annotated[int, Field(ge=1980, le=2100)]
# Where a page of projects ended: which desk, and the last project on it. Nothing else may come near the sort keys of a unit's partition.
_PROJECTS = Pages("projects", rf"[0-9]{{1,4}}:{ID}")
ProjectsCursor = Annotated[str, _PROJECTS.asked]


class RegisterProject(Request):
    """A project of the unit; who is no administrator registers onto the own desk."""

    number: Number
    title: f.Text
    project_class: ProjectClass
    year: Year
    state: ProjectState = ProjectState.DRAFT
    account_id: str | None = None


class ChangeProject(Request):
    """Where the project stands now, and what was registered wrongly; what is left out stays as it is. The number is what the project is."""

    state: ProjectState | None = None
    title: f.Text | None = None
    project_class: ProjectClass | None = None
    year: Year | None = None


class AssignProject(Request):
    """To which user of the unit."""

    account_id: str


class ProjectAnswer(Answer):
    """A project as its users see it."""

    id: str
    number: str
    title: str
    project_class: ProjectClass
    class_name: str
    year: int
    state: ProjectState
    state_name: str
    assigned_to: str | None


class AssignmentAnswer(Answer):
    """A present or former assignment; `by` is who made it, `joined` where two accounts became one, `legacy` where the old system did."""

    assigned_to: str | None
    by: str
    at: Stamp


class ProjectFileAnswer(ProjectAnswer):
    """A project with its assignments, newest first; no more than the newest hundred are shown."""

    assignments: list[AssignmentAnswer]


class ProjectsAnswer(Answer):
    """A page of projects."""

    items: list[ProjectAnswer]
    next_cursor: Annotated[str | None, _PROJECTS.told]


AccountName = Annotated[str, StringConstraints(min_length=1, max_length=50)]


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
