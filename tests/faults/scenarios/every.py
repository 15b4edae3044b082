"""All scenarios, and the actions that have none, each with its reason."""

from tests.faults.scenario import SCENARIOS, Prepare
from tests.faults.scenarios import account, admission, delegation, evidence, identity, imports, members, notice, platform, recovery, review

_FILES = (account, admission, delegation, evidence, identity, imports, members, notice, platform, recovery, review)

# They change nothing that anybody could miss or have twice.
WITHOUT = {
    "account.check_user_name": "reads",
    "account.export_account": "reads; each look is on record, a repeated one too",
    "account.renew_captcha": "a picture nobody saw is rubbish that goes after five minutes",
    "delegation.check_authorities": "reads",
    "delegation.check_authority": "reads",
    "delegation.issue_service_token": "a token nobody got is a session that ends by itself; the next request gets another",
    "review.level_timed_out": "reads",
}

# They end the session of their own request: whoever repeats them is told to log in.
ENDS_ITSELF = {"account.close_account", "account.log_out"}


def scenarios() -> dict[str, Prepare]:
    """Return action -> what prepares the world for it."""
    assert _FILES
    return SCENARIOS
