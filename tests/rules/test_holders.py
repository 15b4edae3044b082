"""Who stands for a desk after joins, and what its history says (ADM-10, ADM-14)."""

from expertgate.admission.model import Assignment, Succession
from expertgate.admission.rules.holders import JOINED, holder_of, with_successors

CHAIN = {"A": Succession("B", "2026-03-02"), "B": Succession("C", "2026-03-05")}


def test_a_desk_is_its_last_successors() -> None:
    assert [holder_of(one, CHAIN) for one in ("A", "B", "C", "D", None)] == ["C", "C", "C", "D", None]


def test_a_ring_of_successors_has_an_end() -> None:
    assert holder_of("A", {"A": Succession("B", "1"), "B": Succession("A", "2")}) in {"A", "B"}


def test_joins_stand_between_the_assignments() -> None:
    made = [Assignment("D", "boss", "2026-03-04"), Assignment("A", "boss", "2026-03-01")]
    assert with_successors(made, CHAIN) == [made[0], Assignment("B", JOINED, "2026-03-02"), made[1]]


def test_each_step_of_a_chain_is_told() -> None:
    made = [Assignment("A", "boss", "2026-03-01")]
    joins = [Assignment("C", JOINED, "2026-03-05"), Assignment("B", JOINED, "2026-03-02")]
    assert with_successors(made, CHAIN) == [*joins, *made]


def test_a_join_before_the_assignment_is_none_of_it() -> None:
    made = [Assignment(None, "boss", "2026-03-06"), Assignment("A", "boss", "2026-03-03")]
    assert with_successors(made, CHAIN) == made
