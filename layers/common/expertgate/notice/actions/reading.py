"""The message centre (消息中心): what an account was told (ACC-22)."""

from pynamodb.exceptions import UpdateError

from expertgate.caller import Caller
from expertgate.errors.notice import MessageUnknown
from expertgate.notice.requests import MessageAnswer, MessagesAnswer, ReadAnswer
from expertgate.notice.store import NoticeRow, box_of, inbox, unread_ids
from expertgate.outbound.rows import condition_failed
from expertgate.outbound.world import World
from expertgate.wording import say


def list_messages(caller: Caller, world: World, size: int, cursor: str | None) -> MessagesAnswer:
    """Return a page of the caller's notices, newest first."""
    rows, following = inbox(caller.id, size, cursor)
    unread = len(unread_ids(caller.id))
    items = [_answer(row, caller, world) for row in rows]
    return MessagesAnswer(items=items, next_cursor=following, unread=unread)


def read_message(message_id: str, caller: Caller) -> ReadAnswer:
    """Mark one notice as read; reading it twice is no error.

    Raises MessageUnknown.
    """
    _mark_read(caller.id, message_id)
    return ReadAnswer(unread=len([one for one in unread_ids(caller.id) if one != message_id]))


def read_all_messages(caller: Caller) -> ReadAnswer:
    """Mark a page of unread notices (100) as read; the answer says how many remain."""
    marked = unread_ids(caller.id)
    for message_id in marked:
        _mark_read(caller.id, message_id)
    return ReadAnswer(unread=len(set(unread_ids(caller.id)) - set(marked)))


def _mark_read(account_id: str, message_id: str) -> None:
    row = NoticeRow(pk=box_of(account_id), sk=message_id)
    try:
        row.update([NoticeRow.unread_for.remove()], condition=NoticeRow.pk.exists())
    except UpdateError as exc:
        if not condition_failed(exc):
            raise
        raise MessageUnknown from exc


def _answer(row: NoticeRow, caller: Caller, world: World) -> MessageAnswer:
    facts = row.unseal(world.keys).get("facts", {})
    text = say("notices", row.template, caller.language, facts)
    return MessageAnswer(id=row.sk, template=row.template, text=text, at=row.at, is_read=row.unread_for is None)
