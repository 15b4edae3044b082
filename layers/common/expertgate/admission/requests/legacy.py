"""Lines of the old project system's members, as a task is given them."""

from typing import Annotated

from pydantic import Field

from expertgate.admission.model import MemberRole
from expertgate.admission.requests import fields as f
from expertgate.admission.requests.projects import RegisterProject
from expertgate.inbound.fields import Request


class LegacyMember(Request):
    """One member: the name it logged in with, its unit, its bureau, its role, its projects."""

    user_name: f.UserNameField
    name_zh: f.PersonNameField | None = None
    mobile: f.MobileField | None = None
    uscc: f.UsccField
    bureau: f.BureauField
    role: MemberRole
    projects: Annotated[tuple[RegisterProject, ...], Field(max_length=1000)] = ()
