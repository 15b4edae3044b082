"""What an operation never answers though code it reaches could raise it: which of several it raises hangs on a value it always has."""

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class RuledOut:
    """Codes that these operations (`area.name`, `*` for any), but for some, never answer, and the reason."""

    because: str
    codes: frozenset[str]
    operations: tuple[str, ...]
    but: frozenset[str] = frozenset()

    def holds_for(self, operation: str) -> bool:
        """Tell whether an operation is meant."""
        return operation not in self.but and any(fnmatchcase(operation, one) for one in self.operations)


_REGISTERED = frozenset({"document_registered", "mobile_registered", "unit_name_registered", "uscc_registered", "user_name_registered"})
_OF_UNITS = frozenset({"unit_name_registered", "uscc_registered", "user_name_registered"})

RULED_OUT = (
    RuledOut(
        "the code went to a mobile",
        frozenset({"email_code_wrong", "email_code_too_soon", "email_codes_used_up"}),
        (
            "account.register_*",
            "account.change_mobile",
            "account.send_sms_code",
            "account.verify_sms_code",
            "recovery.submit_mobile_reset",
            "recovery.verify_recovery_mobile",
        ),
    ),
    RuledOut(
        "the code went to an e-mail address",
        frozenset({"sms_code_wrong", "sms_code_too_soon", "sms_codes_used_up"}),
        ("account.send_email_code", "recovery.verify_recovery_email"),
    ),
    RuledOut("a person holds neither a unit's name nor its code, nor takes a user name", _OF_UNITS, ("account.register_person*",)),
    RuledOut("in the app nobody says yet who he is", frozenset({"document_registered"}), ("account.register_person_by_app",)),
    RuledOut("a unit shares its mobile, and documents are those of its people", _REGISTERED - _OF_UNITS, ("account.register_unit",)),
    RuledOut("a person's name and document are all that is new", _REGISTERED - {"document_registered"}, ("account.complete_information",)),
    RuledOut("mobile and user name stay", frozenset({"mobile_registered", "user_name_registered"}), ("account.change_information",)),
    RuledOut("only the mobile is new", _REGISTERED - {"mobile_registered"}, ("account.change_mobile", "account.object_to_mobile_change")),
    RuledOut("what the account held is given up", _REGISTERED, ("account.close_account",)),
    RuledOut(
        "what is counted has a refusal of its own, too_many_requests is said where none is named",
        frozenset({"too_many_requests"}),
        (
            "delegation.ask_extension",
            "delegation.bind_agent",
            "delegation.change_agent",
            "delegation.change_validity",
            "delegation.enable_grant",
            "delegation.find_person",
            "delegation.grant_again",
            "identity.check_real_name",
            "identity.start_face_check",
            "recovery.start_recovery_face_check",
            "recovery.submit_added_mobile",
            "recovery.submit_person_appeal",
            "recovery.submit_unit_appeal",
        ),
    ),
    RuledOut(
        "what the end of a case does is done for one that was approved; of a withdrawn one it is noted",
        _REGISTERED
        | {"bureau_unknown", "case_already_open", "case_not_returned", "evidence_in_use", "fields_not_open"}
        | {"official_inactive", "official_unknown"},
        ("review.withdraw_case", "admission.withdraw_*"),
    ),
    RuledOut(
        "a hold is approved or rejected with the reason its form demands, never returned",
        frozenset({"reason_missing", "remarks_missing", "remark_field_unknown", "return_impossible"}),
        ("admission.resolve_hold",),
    ),
    RuledOut(
        "nothing typed is read: codes are looked up as rows of ours keep them",
        frozenset({"invalid_input"}),
        (
            "admission.show_home",
            "admission.take_back_project",
            "*.withdraw_*",
            "catalogue.*_catalogue*",
            "delegation.accept_grant",
            "delegation.*able_grant",
            "delegation.give_back_grant",
            "delegation.refuse_grant",
            "delegation.revoke_grant",
            "delegation.show_agent_grant",
            "review.claim_case",
            "review.release_case",
            "review.show_*case",
            "review.disable_official",
            "review.invite_official",
        ),
    ),
    RuledOut(
        "no case is named: it is found by what a row of ours keeps, and no case is ever removed",
        frozenset({"case_unknown"}),
        ("admission.*", "recovery.*", "identity.*", "review.*_official"),
        but=frozenset({"admission.resolve_hold"}),
    ),
    RuledOut(
        "what it writes is written without the key: a way on is looked for anew each time, and no export is kept for a day",
        frozenset({"idempotency_key_reused"}),
        ("admission.enter_service", "account.export_account"),
    ),
)


def is_ruled_out(operation: str, code: str) -> bool:
    """Tell whether an operation never answers this code."""
    return any(code in one.codes and one.holds_for(operation) for one in RULED_OUT)
