"""Whether a user name is taken (ACC-07): the one question to which a stranger gets an answer, so it is counted."""

from expertgate.account import store
from expertgate.account.actions.captchas import demand_captcha
from expertgate.account.requests.registration import CheckUserName, UserNameChecked
from expertgate.caller import Caller
from expertgate.forms.user_names import answering_keys
from expertgate.outbound.limits import count
from expertgate.outbound.world import World
from expertgate.settings import HOUR, LIMITS


def check_user_name(request: CheckUserName, caller: Caller, world: World) -> UserNameChecked:
    """Tell whether an account answers to this name, with or without the prefix of the old project system."""
    counted = count(world, f"user_name#{caller.client}", LIMITS.look_ups_per_client_an_hour, HOUR)
    if counted.times > LIMITS.look_ups_before_captcha:
        demand_captcha(world, request.captcha)
    keys = answering_keys(request.user_name)
    taken = any(store.holders(world, *(("user_name", key) for key in keys)))
    return UserNameChecked(user_name=request.user_name, is_taken=taken, also_asked=keys[1].upper())
