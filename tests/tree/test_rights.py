"""The check that no policy allows what nothing does sees a right too many; what it excepts is in the template and has a reason."""

import json

from infra.local.template import statements
from tests.permissions import EXCEPTED, idle_rights, named, rights_in


def test_a_right_too_many_is_seen() -> None:
    rights = {("dynamodb:GetItem", "table/A"), ("dynamodb:Scan", "table/A"), ("s3:GetObject", "bucket/*")}
    used = {("dynamodb:GetItem", "table/A"), ("s3:GetObject", "bucket/a"), ("dynamodb:Scan", "table/B")}
    assert idle_rights(rights, used) == [("dynamodb:Scan", "table/A")]


def test_exceptions_are_rights_that_exist_with_a_reason() -> None:
    allowed = {named(function, right) for function, own in statements(shared=False).items() for right in rights_in(own)}
    excepted = json.loads(EXCEPTED.read_text("utf-8"))
    assert [one for one in excepted if len(one["why"]) < 20] == []
    assert sorted({right for one in excepted for right in one["rights"]} - allowed) == []


def test_no_function_repeats_what_its_shared_policies_allow() -> None:
    own = statements(shared=False)
    shared = {function: [one for one in all_of if one not in own[function]] for function, all_of in statements().items()}
    twice = {named(function, right) for function in own for right in rights_in(own[function]) & rights_in(shared[function])}
    assert sorted(twice) == []
