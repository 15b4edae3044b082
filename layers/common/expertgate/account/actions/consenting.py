"""Consenting to what came in force after the account was made: asked for, never demanded (docs/accounts.md)."""

from expertgate.account import store
from expertgate.account.actions.agreements import agreements_asked, consents_of
from expertgate.account.actions.showing import rows_of
from expertgate.account.consents import with_consents
from expertgate.account.requests.information import ConsentsAnswer, GiveConsents
from expertgate.caller import Caller
from expertgate.outbound.change import Change
from expertgate.outbound.world import World
from expertgate.settings import agreements


def give_consents(request: GiveConsents, caller: Caller, world: World) -> ConsentsAnswer:
    """Keep which versions the holder consents to, and when; what he consented to before stays as it was."""
    row, _, _ = rows_of(caller)
    before, change = store.to_account(world, row), Change(world, caller)
    after = with_consents(before, request.model_dump(exclude_none=True), agreements(), change.now)
    answer = ConsentsAnswer(consents=consents_of(after), agreements_asked=agreements_asked(after, caller.language))
    fresh = after.consents[len(before.consents) :]
    if not fresh:
        return answer
    store.save(change, row, after)
    versions = {one.agreement: one.version for one in fresh}
    change.audit("account:agreements:consented", subject=store.key_of(after.id), versions=versions)
    return change.commit(answer)
