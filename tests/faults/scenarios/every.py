"""All scenarios, and the actions that have none, each with its reason."""

from tests.faults.scenario import SCENARIOS, Prepare
from tests.faults.scenarios import account, admission, delegation, evidence, identity, notice, platform, recovery, review

_FILES = (account, admission, delegation, evidence, identity, notice, platform, recovery, review)

# Nothing of these can be done twice or half.
WITHOUT = {
    "admission.resolve_hold": "a note and a decision, the latter swept by itself; see tests/functions/admission/test_resolve_hold.py",
    "account.import_accounts": "repeated and resumed without a duplicate in tests/functions/account/test_import_accounts.py",
    "account.export_account": "reads; each look is on record, a repeated one too",
    "delegation.check_authorities": "reads",
    "delegation.check_authority": "reads",
    "delegation.issue_service_token": "a token nobody got is a session that ends by itself; the next request gets another",
    "delegation.redeem_ticket": "tried with its tickets in tests/functions/delegation/test_redeem_ticket.py",
    "review.level_timed_out": "reads",
    "review.remind_officials": "each step of a case's clock is one conditional write; see tests/functions/review/test_remind_officials.py",
    "review.move_work": "carries on what disable, move and invite left; tried as what comes by after their faults",
    "account.check_user_name": "reads",
    "account.renew_captcha": "a picture nobody saw is rubbish that goes after five minutes",
    "platform.prepare": "one conditional write; tried by the runs that prepare a stage",
}

# Not swept yet: each is one transaction by `Change`, as those that are.
NOT_YET = {
    "admission.assign_project",
    "admission.correct_unit_change",
    "admission.import_legacy_members",
    "admission.publish_bulletin",
    "admission.register_project",
    "admission.request_unit_change",
    "admission.save_member_draft",
    "admission.save_unit_draft",
    "admission.take_back_project",
}

# They end the session of their own request: whoever repeats them is told to log in.
ENDS_ITSELF = {"account.close_account", "account.log_out"}


def scenarios() -> dict[str, Prepare]:
    """Return action -> what prepares the world for it."""
    assert _FILES
    return SCENARIOS
