"""Accounts look alike by number and mobile, a settled pair never again."""

import pytest

from expertgate.admission.model import HoldState, Likeness, Mark
from expertgate.admission.rules.duplicates import demand_joinable, demand_narrow, likenesses, marks_of, unsettled, was_refused
from expertgate.errors.admission import JoinTooCrowded, JoinTooWide

NUMBER, PHONE, NAME = Mark("document", "E12345678"), Mark("mobile", "+8613912345678"), Mark("user_name", "li")


def test_marks_are_folded_and_empty_ones_left_out() -> None:
    made = marks_of(("document", "e12345678"), ("mobile", None), ("document", "E12345678"), ("mobile", ""))
    assert made == (NUMBER,)


def test_somebody_else_with_the_same_number_is_alike() -> None:
    alike = likenesses("B", {NUMBER: ["A", "B"], PHONE: ["A", "C"]})
    assert alike == (Likeness("A", frozenset({NUMBER, PHONE})), Likeness("C", frozenset({PHONE})))
    assert [sorted(one.kinds) for one in alike] == [["document", "mobile"], ["mobile"]]


def test_nobody_looks_like_oneself_or_by_account_name() -> None:
    assert likenesses("B", {NUMBER: ["B"], PHONE: [], NAME: ["A"]}) == ()


def test_a_released_pair_is_settled_in_either_order() -> None:
    alike = likenesses("B", {PHONE: ["A", "C"]})
    assert [one.account_id for one in unsettled("B", alike, [frozenset({"A", "B"})])] == ["C"]
    assert [one.account_id for one in unsettled("C", likenesses("C", {PHONE: ["A", "B"]}), [frozenset({"B", "A"})])] == ["A", "B"]


@pytest.mark.parametrize(
    ("state", "refused_for", "expected"),
    [
        (HoldState.REFUSED, ["A"], True),
        (HoldState.REFUSED, ["A", "C"], True),
        (HoldState.REFUSED, ["C"], False),
        (HoldState.RELEASED, ["A"], False),
        (HoldState.NONE, [], False),
    ],
)
def test_only_the_same_suspicion_stays_refused(state: HoldState, refused_for: list[str], expected: bool) -> None:
    assert was_refused(state, refused_for, [Likeness("A", frozenset({PHONE}))]) is expected


def test_a_join_ends_only_so_many_applications() -> None:
    demand_joinable(8, 8)
    with pytest.raises(JoinTooWide):
        demand_joinable(9, 8)


def test_a_join_takes_over_what_a_transaction_holds() -> None:
    demand_narrow(60, 60)
    with pytest.raises(JoinTooCrowded):
        demand_narrow(61, 60)
