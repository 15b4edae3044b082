"""What the register of projects asks and answers (ADM-14)."""

from typing import Annotated

from pydantic import Field, StringConstraints

from expertgate.admission.model import ProjectClass, ProjectState
from expertgate.admission.requests.fields import Text
from expertgate.inbound.fields import Answer, Request

Number = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{2,39}$")]


class RegisterProject(Request):
    """A project of the unit; who is no administrator registers onto the own desk."""

    number: Number
    title: Text
    project_class: ProjectClass
    year: Annotated[int, Field(ge=1980, le=2100)]
    state: ProjectState = ProjectState.DRAFT
    account_id: str | None = None


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
    """A present or former assignment."""

    assigned_to: str | None
    by: str
    at: str


class ProjectFileAnswer(ProjectAnswer):
    """A project with all its assignments, newest first."""

    assignments: list[AssignmentAnswer]


class ProjectsAnswer(Answer):
    """A page of projects."""

    items: list[ProjectAnswer]
    next_cursor: str | None
