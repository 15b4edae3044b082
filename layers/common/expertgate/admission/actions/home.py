"""The home page of the project system: who, in which role, how many projects, what is new (ADM-12)."""

from expertgate.account.model import Account
from expertgate.admission.actions.projects import at_home, desks_of, is_administrator
from expertgate.admission.model import PROJECT_SYSTEM, BulletinKind
from expertgate.admission.requests.home import BulletinAnswer, HomeAnswer, PublishBulletin
from expertgate.admission.store import bulletins
from expertgate.admission.store.bulletins import BulletinRow
from expertgate.admission.store.projects import tally
from expertgate.caller import Caller, Language
from expertgate.catalogue.store import service
from expertgate.forms.masks import mask_name
from expertgate.notice.store import unread_ids
from expertgate.outbound.change import Change
from expertgate.outbound.clock import stamp
from expertgate.outbound.world import World
from expertgate.review.model import Duty
from expertgate.review.rules.officials import require_duty
from expertgate.wording import say


def show_home(unit_id: str, caller: Caller, world: World) -> HomeAnswer:
    """Return the home page; an administrator's counts are the unit's, everybody else's those of the own desks.

    Raises NotAdmitted.
    """
    scene = at_home(caller, world, unit_id)
    member = scene.found.member
    role = next(one for one in service(PROJECT_SYSTEM).roles if member is not None and one.code == member.role)
    return HomeAnswer(
        user=_shown(scene.me),
        unit_name=scene.unit.known_as,
        role=role.code,
        role_name=role.name if caller.language is Language.ZH else role.english,
        projects=tally(unit_id, None if is_administrator(scene) else desks_of(scene)),
        unread_messages=len(unread_ids(caller.id)),
        notices=[_answer(one) for one in bulletins.latest(world, BulletinKind.NOTICE)],
        news=[_answer(one) for one in bulletins.latest(world, BulletinKind.NEWS)],
        reminder=say("sentences", "no_secrets", caller.language),
    )


def publish_bulletin(request: PublishBulletin, caller: Caller, world: World) -> BulletinAnswer:
    """Publish a notice or news on every home page; the national administrator may. Raises DutyMissing."""
    require_duty(caller, Duty.ADMINISTRATOR)
    change = Change(world, caller)
    row = BulletinRow(pk=bulletins.key_of(request.kind), sk=world.codes.ulid(change.now))
    row.title, row.text, row.at = request.title, request.text, stamp(change.now)
    change.put(row)
    change.audit("admission:bulletin:published", subject=row.pk, bulletin=row.sk)
    return change.commit(_answer(row))


def _shown(me: Account) -> str:
    return me.user_name or mask_name(me.known_as)


def _answer(row: BulletinRow) -> BulletinAnswer:
    return BulletinAnswer(id=row.sk, title=row.title, text=row.text, at=row.at)
