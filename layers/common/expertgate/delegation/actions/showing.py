"""How a grant is shown to each side: no more of the other than the manual shows, masked."""

from expertgate.account.model import Account
from expertgate.delegation.requests.grants import AgentGrant, UnitGrant, grant_facts
from expertgate.delegation.store import Kept
from expertgate.forms.masks import mask_mobile, mask_name
from expertgate.outbound.change import Change


def agent_grant(change: Change, kept: Kept, agent: Account | None) -> AgentGrant:
    """Return a grant as its unit sees it."""
    return AgentGrant.model_validate(
        {
            **grant_facts(kept.grant, kept.epoch, change.now, change.caller.language),
            "agent_id": kept.grant.agent_id,
            "agent_name": mask_name(kept.agent_name),
            "agent_mobile": mask_mobile(agent.mobile) if agent and agent.mobile else None,
        },
    )


def unit_grant(change: Change, kept: Kept, unit: Account | None) -> UnitGrant:
    """Return a grant as its agent sees it."""
    return UnitGrant.model_validate(
        {
            **grant_facts(kept.grant, kept.epoch, change.now, change.caller.language),
            "unit_id": kept.grant.unit_id,
            "unit_name": unit.known_as if unit else kept.unit_name,
        },
    )
