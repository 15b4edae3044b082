"""Telling somebody: the notice is a row of the change it tells of, so neither exists without the other (MSG-01)."""

from expertgate.notice.model import Delivery, Recipient, account, email_only, mobile_only
from expertgate.notice.rules import shard_of
from expertgate.notice.store import NoticeRow, box_of
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.world import World
from expertgate.settings import DAY

_FORGET_STRANGERS_AFTER = 30 * DAY

__all__ = ["account", "email_only", "mobile_only", "tell"]


def tell(change: Change, to: Recipient, template: str, *, secret_for: int | None = None, **facts: object) -> None:
    """Add the notice to the change; `facts` may be personal, they are sealed.

    Facts are codes, or words in both languages, wherever there are: the reader may read another language than who caused the notice.
    A secret goes to a mobile or an e-mail address only, is wiped when sent, and is not sent any more after the seconds of `secret_for`.
    """
    if secret_for is not None and to.account_id is not None:
        message = "a secret is never kept in a message centre"
        raise ValueError(message)
    notice_id = change.world.codes.ulid(change.now)
    row = NoticeRow(
        pk=_box(to, change.world),
        sk=notice_id,
        template=template,
        at=stamp(change.now),
        delivery=Delivery.QUEUED if to.leaves else Delivery.NOT_BY_SMS,
        secret=secret_for is not None,
        ends=int(change.now.timestamp()) + secret_for if secret_for is not None else None,
        due_shard=shard_of(notice_id) if to.leaves else None,
        due_at=stamp(change.now) if to.leaves else None,
        unread_for=box_of(to.account_id) if to.account_id else None,
        expires=None if to.account_id else int(change.now.timestamp()) + _FORGET_STRANGERS_AFTER,
    )
    row.seal(change.world.keys, {"mobile": to.mobile, "email": to.email, "facts": facts})
    change.put(row)


def _box(to: Recipient, world: World) -> str:
    if to.account_id:
        return box_of(to.account_id)
    kind, place = ("mobile", to.mobile) if to.mobile else ("email", to.email)
    return f"{kind.upper()}#{world.keys.index(kind, str(place))}"
