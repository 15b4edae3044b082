"""Records are frozen dataclasses, from the first one made."""

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, field, fields, is_dataclass, replace
from threading import Barrier, Thread

import pytest

from expertgate.records import Record


class Point(Record):
    """A place."""

    x: int
    y: int = 2
    names: tuple[str, ...] = field(default_factory=tuple)


def _fresh() -> type[Record]:
    """Return a kind of which none was made."""

    class Fresh(Record):
        x: int
        y: int = 2

    return Fresh


def test_a_record_is_what_the_library_makes() -> None:
    made = Point(1)
    assert (made, hash(made)) == (Point(1, 2, ()), hash(Point(1)))
    assert made != Point(2)
    assert repr(made) == "Point(x=1, y=2, names=())"
    assert asdict(replace(made, y=3)) == {"x": 1, "y": 3, "names": ()}
    assert copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == made  # noqa: S301 -- our own bytes


@pytest.mark.parametrize("name", ["x", "nobody"])
def test_a_record_can_not_be_changed(name: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(Point(1), name, 5)


def test_a_record_takes_only_its_fields() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        _fresh()()
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        _fresh()(x=1, z=1)


def test_fields_are_known_before_one_is_made() -> None:
    kind = _fresh()
    assert "__init__" not in kind.__dict__
    assert is_dataclass(kind)
    assert [one.name for one in fields(kind)] == ["x", "y"]
    assert "__init__" in kind.__dict__


def test_a_pattern_takes_a_record_apart() -> None:
    match Point(5):
        case Point(x, 2):
            assert x == 5
        case _:
            pytest.fail("it has no places")


def test_threads_that_make_the_first_agree() -> None:
    for _ in range(50):
        kind, together = _fresh(), Barrier(4)
        made: list[Record] = []

        def make(kind: type[Record] = kind, together: Barrier = together, made: list[Record] = made) -> None:
            together.wait()
            made.append(kind(x=1))

        threads = [Thread(target=make) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert made == [kind(1, 2)] * 4
        assert len({hash(one) for one in made}) == 1
