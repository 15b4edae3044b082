"""Answers of the message centre (消息中心)."""

from typing import Annotated

from expertgate.inbound.fields import Answer, Pages, Stamp

_MESSAGES = Pages("messages")
MessagesCursor = Annotated[str, _MESSAGES.asked]


class MessageAnswer(Answer):
    """One notice, in the reader's language."""

    id: str
    template: str
    text: str
    at: Stamp
    is_read: bool


class MessagesAnswer(Answer):
    """A page of notices, newest first, and how many are unread (at most 100 are counted)."""

    items: list[MessageAnswer]
    next_cursor: Annotated[str | None, _MESSAGES.told]
    unread: int


class ReadAnswer(Answer):
    """How many notices are unread now."""

    unread: int
