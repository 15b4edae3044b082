"""The only place for limits (with their units) and for what the environment says."""

import os
from functools import cache
from typing import Final, NamedTuple

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
COLLECT_AFTER: Final = 150_000  # objects made and not dropped; imports, a first request and three clients make 120,000 that stay


class Limits(NamedTuple):  # as a dataclass it would take a hundredth of each cold start
    """Numbers that someone chose; architecture section 5 where no other source is named. Seconds unless said otherwise."""

    body_bytes: int = 256 * 1024
    json_depth: int = 20

    code_digits: int = 6
    code_life: int = 5 * MINUTE
    code_tries: int = 5
    code_resend_after: int = 60
    codes_per_mobile_a_day: int = 10
    codes_per_email_a_day: int = 10
    codes_per_client_an_hour: int = 30
    codes_in_total_a_minute: int = 3_000
    codes_before_captcha: int = 10
    mobile_proof_life: int = 10 * MINUTE
    objection_digits: int = 20
    objection_life: int = 3 * DAY
    password_proofs_an_hour: int = 10

    login_free_failures: int = 5
    login_lock_after: int = 10
    login_lock_time: int = 15 * MINUTE
    login_failures_per_client_an_hour: int = 100
    login_failures_per_name_an_hour: int = 30
    login_captcha_after: int = 3
    captcha_life: int = 5 * MINUTE
    captchas_per_client_an_hour: int = 120

    session_idle: int = 30 * MINUTE
    session_absolute: int = 12 * HOUR
    official_session_idle: int = 15 * MINUTE
    official_session_absolute: int = 8 * HOUR
    session_touch_every: int = 5 * MINUTE

    flow_life: int = 15 * MINUTE
    face_flow_life: int = 10 * MINUTE
    callback_skew: int = 5 * MINUTE
    recoveries_per_target_an_hour: int = 10
    recoveries_per_client_an_hour: int = 30
    recoveries_in_total_a_minute: int = 600
    recovery_failures_before_captcha: int = 3
    case_ticket_life: int = 30 * DAY
    one_time_code_digits: int = 10
    one_time_code_life: int = 3 * DAY
    one_time_code_tries: int = 5
    face_checks_an_hour: int = 10
    real_name_checks_a_day: int = 10

    ring_life: int = 5 * MINUTE
    key_life_days: int = 90
    reseal_grace: int = HOUR
    reseal_pages: int = 40
    reseal_page_rows: int = 100

    repeat_life: int = DAY
    password_life_days: int = 365
    registrations_per_client_an_hour: int = 30
    look_ups_per_client_an_hour: int = 120
    find_person_wrong_names: int = 3
    find_person_lock_time: int = HOUR

    grant_longest_days: int = 3 * 366
    grant_reminder_days: tuple[int, ...] = (30, 7, 1)
    grant_offer_life: int = 7 * DAY
    grant_changes_a_day: int = 10  # that one side tells the other of, per unit and person; taking away is not counted
    grant_file_lines: int = 500
    grant_file_characters: int = 200_000
    resting_told_after: int = MINUTE
    authority_answer_kept: int = 30
    history_rows_most: int = 20_000
    service_token_life: int = 30 * MINUTE
    old_service_secret_life: int = 7 * DAY
    ticket_key_life: int = 30 * DAY
    ticket_key_published_before: int = DAY
    ticket_keys_kept: int = 5 * MINUTE  # by a process; far less than the hour for which a key outlives its last ticket
    bulletins_kept: int = MINUTE
    page_size: int = 20
    page_size_most: int = 100
    queue_rows_looked_at: int = 2_000  # by one request with a filter, over all partitions of the queue
    exported_rows: int = 2_000  # of each list in an export of own data
    agent_grants_looked_at: int = 2_000  # of a person, ended ones too, by one entry that names no unit
    members_looked_at: int = 2_000  # by one request for a unit's administrators

    upload_bytes: int = 10 * 1024 * 1024
    upload_link_life: int = 10 * MINUTE
    upload_check_life: int = HOUR
    evidence_unused_life: int = 30 * DAY
    uploads_an_hour: int = 60
    evidence_link_life: int = 5 * MINUTE

    message_shards: int = 32  # may grow, never shrink: notice/rules.py
    sms_attempts: int = 30  # with these pauses a day and half an hour: carriers and providers are away for hours
    sms_lease: int = 2 * MINUTE  # of whoever sends it
    # SNS takes 1,600 bytes, three for a Chinese character.
    sms_parts_most: int = 7
    sms_retry_first: int = 5
    sms_retry_longest: int = HOUR
    parked_life: int = 30 * DAY  # the number may be somebody else's by then
    sent_again_a_minute: int = 300  # one run of the retries sends some hundreds, and codes of today want their turn

    enrolment_life: int = 3 * DAY
    recovery_codes: int = 10
    recovery_code_digits: int = 10

    import_part: int = 400
    import_workers: int = 4
    import_tries: int = 6
    import_slice: int = 10 * MINUTE
    import_lease: int = 2 * MINUTE

    callback_grace: int = 30
    case_check_every: int = DAY
    ticket_life: int = 5 * MINUTE
    # A join ends what the joined accounts have in review: about eight operations each, in the transaction of the decision.
    join_applications_most: int = 8
    # What a join takes over in the closing transaction, in operations, and the pairs released with it; more goes before it in parts.
    join_part: int = 60
    join_pairs_most: int = 10
    # A merge: lines of a table, accounts in it, and the lines that one transaction of DynamoDB (100 operations) moves beside all else.
    merge_lines_most: int = 100
    merge_accounts_most: int = 6
    merge_part_lines: int = 10
    look_ups_before_captcha: int = 20


LIMITS: Final = Limits()


class SettingMissing(RuntimeError):
    """A setting the function needs is not in its environment: a fault of deployment, not of the caller."""


class Settings(NamedTuple):
    """What the template tells a function by its environment."""

    stage: str
    providers: str
    master_key: str
    evidence_bucket: str
    review_machine: str
    sms_sender: str
    sms_signature: str
    sms_url: str
    email_sender: str
    email_from: str
    email_url: str
    authority_url: str
    face_url: str
    provider_secret: str
    public_url: str
    user_agreement_version: str
    privacy_policy_version: str
    agreements_url: str
    clock_file: str


def variable(name: str) -> str:
    """Return a variable of the environment that must be there.

    Raises SettingMissing where it is not.
    """
    try:
        return os.environ[name]
    except KeyError:
        raise SettingMissing(name) from None


@cache
def settings() -> Settings:
    """Return the environment as one frozen object, read and checked once."""
    return Settings(
        stage=variable("STAGE"),
        providers=variable("PROVIDERS"),
        master_key=variable("MASTER_KEY"),
        evidence_bucket=variable("EVIDENCE_BUCKET"),
        review_machine=os.environ.get("REVIEW_MACHINE", ""),
        sms_sender=variable("SMS_SENDER"),
        sms_signature=variable("SMS_SIGNATURE"),
        sms_url=os.environ.get("SMS_URL", ""),
        email_sender=variable("EMAIL_SENDER"),
        email_from=variable("EMAIL_FROM"),
        email_url=os.environ.get("EMAIL_URL", ""),
        authority_url=os.environ.get("AUTHORITY_URL", ""),
        face_url=os.environ.get("FACE_URL", ""),
        provider_secret=variable("PROVIDER_SECRET"),
        public_url=variable("PUBLIC_URL"),
        user_agreement_version=variable("USER_AGREEMENT_VERSION"),
        privacy_policy_version=variable("PRIVACY_POLICY_VERSION"),
        agreements_url=os.environ.get("AGREEMENTS_URL", ""),
        clock_file=os.environ.get("EXPERTGATE_CLOCK_FILE", ""),
    )


def agreements() -> dict[str, str]:
    """Return the versions in force of what is consented to; a new one is asked of all who have not consented to it."""
    return {"user_agreement": settings().user_agreement_version, "privacy_policy": settings().privacy_policy_version}
