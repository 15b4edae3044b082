"""Which errors can leave a function: all that is mentioned by what it can reach, less what is caught on the way."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from infra.reference.definitions import BUILTINS, Code, Definition
from infra.reference.uses import Caught, Use, Uses

_ANY_ERROR = Definition(BUILTINS, "Exception")


@dataclass
class _Walk:
    """What was met on the way from one function."""

    met: set[Definition] = field(default_factory=set)
    ahead: list[Definition] = field(default_factory=list)
    leads: dict[Definition, list[tuple[Definition, Caught]]] = field(default_factory=lambda: defaultdict(list))
    asked: dict[str, list[tuple[Definition, Caught]]] = field(default_factory=lambda: defaultdict(list))
    answers: dict[str, list[Definition]] = field(default_factory=lambda: defaultdict(list))
    raised: dict[Definition, set[Definition]] = field(default_factory=lambda: defaultdict(set))

    def meet(self, one: Definition) -> None:
        """Go there too, once."""
        if one not in self.met:
            self.met.add(one)
            self.ahead.append(one)

    def lead(self, asker: tuple[Definition, Caught], there: Definition) -> None:
        """Note that code goes from one to another, and go there."""
        here, caught = asker
        self.leads[here].append((there, caught))
        self.meet(there)


class Reach:
    """Walks from a function to all it can reach.

    A name leads to what it means; an attribute of a value, whose class nobody knows before running, to what any class met on the way
    defines under that name. So nothing is left out, and little is met that can't be.
    """

    def __init__(self, code: Code, errors: str, also: Definition, opaque: str) -> None:
        """Errors are the classes of the package `errors`, and one `also`; what is in the module `opaque` is not looked into."""
        self._code = code
        self._errors = f"{errors}."
        self._also = also
        self._opaque = opaque
        self._uses = cache(lambda definition: Uses(code, definition))

    def errors_of(self, start: Definition) -> frozenset[Definition]:
        """Return the errors that can leave a function."""
        return frozenset(self._gathered(self._walked(start))[start])

    def way(self, start: Definition, error: Definition) -> list[Definition]:
        """Return a shortest way from a function to where an error is mentioned; empty where there is none."""
        walk = self._walked(start)
        ways, met = [[start]], {start}
        for way in ways:
            if error in walk.raised[way[-1]]:
                return way
            ahead = dict.fromkeys(there for there, _ in walk.leads[way[-1]] if there not in met)
            met |= ahead.keys()
            ways += [[*way, there] for there in ahead]
        return []

    def _walked(self, start: Definition) -> _Walk:
        walk = _Walk()
        walk.meet(start)
        while walk.ahead:
            self._step(walk, walk.ahead.pop())
        return walk

    def _step(self, walk: _Walk, here: Definition) -> None:
        if self._code.is_class(here):
            self._offer(walk, here)
        uses = self._uses(here)
        for use in uses.definitions:
            self._follow(walk, here, use)
        for wanted in uses.attributes:
            walk.asked[wanted.what].append((here, wanted.caught))
            for method in walk.answers[wanted.what]:
                walk.lead((here, wanted.caught), method)

    def _offer(self, walk: _Walk, owner: Definition) -> None:
        """Let the methods of a class that was met answer what was and will be asked of values."""
        for name, method in self._code.methods(owner).items():
            walk.answers[name].append(method)
            for asker in walk.asked[name]:
                walk.lead(asker, method)

    def _follow(self, walk: _Walk, here: Definition, use: Use[Definition]) -> None:
        if use.what.module == self._opaque:
            return
        if not self._is_error(use.what):
            walk.lead((here, use.caught), use.what)
        elif not use.annotates and not self._is_caught(use.what, use.caught):
            walk.raised[here].add(use.what)

    def _gathered(self, walk: _Walk) -> dict[Definition, set[Definition]]:
        """Return the errors that leave each definition; what is called back and forth is gone through until nothing is added."""
        leaving = {one: set(walk.raised[one]) for one in walk.met}
        led_from = defaultdict(set)
        for here, leads in walk.leads.items():
            for there, _ in leads:
                led_from[there].add(here)
        pending = set(walk.met)
        while pending:
            here = pending.pop()
            more = {error for there, caught in walk.leads[here] for error in leaving[there] if not self._is_caught(error, caught)}
            if not more <= leaving[here]:
                leaving[here] |= more
                pending |= led_from[here]
        return leaving

    def _is_error(self, one: Definition) -> bool:
        return one == self._also or (one.module.startswith(self._errors) and self._code.is_class(one))

    def _is_caught(self, error: Definition, caught: Caught) -> bool:
        return bool(caught) and (_ANY_ERROR in caught or not caught.isdisjoint(self._code.ancestors(error)))
