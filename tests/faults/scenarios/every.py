"""All scenarios, and the actions that have none, each with its reason."""

from tests.faults.scenario import SCENARIOS, Prepare
from tests.faults.scenarios import account, delegation, evidence, identity, notice, platform, review

_FILES = (account, delegation, evidence, identity, notice, platform, review)

# Nothing of these can be done twice or half.
WITHOUT = {
    "account.check_user_name": "reads",
    "account.close_account": "one transaction; the repeat has no session any more and is told so, as after account.log_out",
    "account.export_account": "reads; a second export is a second deed on record",
    "account.renew_captcha": "a picture nobody saw is rubbish that goes after five minutes",
    "account.log_out": "the repeat has no session any more and is told so; ending a session is tried by account.end_session",
    "platform.prepare": "one conditional write; tried by the runs that prepare a stage",
}


def scenarios() -> dict[str, Prepare]:
    """Return action -> what prepares the world for it."""
    assert _FILES
    return SCENARIOS
