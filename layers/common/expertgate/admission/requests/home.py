"""What the home page shows, and what is published on it (ADM-12)."""

from typing import Annotated

from pydantic import Field

from expertgate.admission.model import BulletinKind, MemberRole
from expertgate.inbound.fields import Answer, Line, Paragraph, Request, Stamp, one_of


class PublishBulletin(Request):
    """A notice (通知公告) or news (引智动态)."""

    kind: BulletinKind
    title: Line
    text: Annotated[Paragraph, Field(max_length=4000)]


class BulletinAnswer(Answer):
    """A publication."""

    id: str
    title: str
    text: str
    at: Stamp


class HomeAnswer(Answer):
    """The home page; `reminder` says 请勿上传涉密材料."""

    user: str
    unit_name: str
    role: Annotated[str, one_of(MemberRole)]
    role_name: str
    projects: dict[str, int]
    unread_messages: int
    notices: list[BulletinAnswer]
    news: list[BulletinAnswer]
    reminder: str
