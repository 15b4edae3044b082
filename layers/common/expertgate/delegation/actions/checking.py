"""The authority check as downstream systems ask it (DEL-12)."""

from collections.abc import Sequence
from datetime import datetime

from expertgate.caller import Caller, Language
from expertgate.delegation.actions.authority import Question, verdicts
from expertgate.delegation.actions.clients import demand_scope
from expertgate.delegation.model import Verdict
from expertgate.delegation.requests.services import AskAuthorities, AskAuthority, Authorities, Authority, Scope
from expertgate.outbound.world import World
from expertgate.settings import LIMITS
from expertgate.wording import say


def check_authority(body: AskAuthority, caller: Caller, world: World) -> Authority:
    """Answer one question from one strongly consistent read."""
    return _answers([body], caller, world)[0]


def check_authorities(body: AskAuthorities, caller: Caller, world: World) -> Authorities:
    """Answer up to a hundred questions, each from one strongly consistent read."""
    return Authorities(answers=_answers(body.questions, caller, world))


def shown(verdict: Verdict, now: datetime, language: Language) -> Authority:
    """Return a verdict as a downstream system reads it."""
    return Authority(
        allowed=verdict.allowed,
        reason=verdict.reason,
        reason_text=say("sentences", f"authority_{verdict.reason}", language),
        grant_id=verdict.grant.id if verdict.grant else None,
        roles=list(verdict.roles),
        valid_until=verdict.valid_until,
        checked_at=now,
        keep_seconds=_keep(verdict, now),
    )


def _answers(questions: Sequence[AskAuthority], caller: Caller, world: World) -> list[Authority]:
    for service in dict.fromkeys(one.service for one in questions):
        demand_scope(caller, Scope.CHECK, service)
    now = world.clock.now()
    asked = [Question(one.agent_id, one.unit_id, one.service, one.role) for one in questions]
    return [shown(verdict, now, caller.language) for verdict in verdicts(asked, now)]


def _keep(verdict: Verdict, now: datetime) -> int:
    """A no may turn into a yes at any moment and is not kept; a yes never outlives the grant."""
    if not verdict.allowed:
        return 0
    left = (verdict.valid_until - now).total_seconds() if verdict.valid_until else LIMITS.authority_answer_kept
    return min(LIMITS.authority_answer_kept, int(left))
