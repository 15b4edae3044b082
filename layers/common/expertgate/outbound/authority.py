"""The port of the authority's register: is this name that of this number (ID-01)? A sandbox with sample people, and HTTP."""

import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any, Protocol

from expertgate.forms.names import parse_unit_name, person_key
from expertgate.outbound.register import Comparison, NamedPerson, NamedUnit, Outcome, Reason
from expertgate.outbound.sandbox import Sample, sample_person, sample_unit
from expertgate.settings import Settings

SLOW_SECONDS = 3.0

__all__ = ["Authority", "Comparison", "NamedPerson", "NamedUnit", "Outcome", "Reason", "choose_authority"]


MATCHES = Comparison(Outcome.PASSED, Reason.MATCHES)
NO_ANSWER = Comparison(Outcome.UNAVAILABLE, Reason.NO_ANSWER)
_TOLD = (Reason.NUMBER_UNKNOWN, Reason.NAME_DIFFERS, Reason.VALIDITY_DIFFERS, Reason.REPRESENTATIVE_DIFFERS)


class Authority(Protocol):
    """Compares what an account says with the register."""

    def compare_person(self, person: NamedPerson) -> Comparison:
        """Compare name, number and, where known, validity."""

    def compare_unit(self, unit: NamedUnit) -> Comparison:
        """Compare unit name, credit code and legal representative."""


class SandboxAuthority:
    """Answers by the sample people and units of `data/sandbox.json`; whoever is not listed passes."""

    def __init__(self, pause: Callable[[float], None] = time.sleep) -> None:
        """Remember how to be slow."""
        self._pause = pause

    def compare_person(self, person: NamedPerson) -> Comparison:
        """Compare with the sample of this number."""
        sample = sample_person(person.number)
        return self._compared(sample, _person_differs(sample, person)) if sample else MATCHES

    def compare_unit(self, unit: NamedUnit) -> Comparison:
        """Compare with the sample of this credit code."""
        sample = sample_unit(unit.uscc)
        if sample is None:
            return self.compare_person(unit.representative)
        return self._compared(sample, _unit_differs(sample, unit))

    def _compared(self, sample: Sample, differs: Reason | None) -> Comparison:
        if sample.does == "down":
            return NO_ANSWER
        if sample.does == "unknown":
            return Comparison(Outcome.FAILED, Reason.NUMBER_UNKNOWN)
        if sample.does == "slow":
            self._pause(SLOW_SECONDS)
        return Comparison(Outcome.FAILED, differs) if differs else MATCHES


class HttpAuthority:
    """The register over HTTP, each request signed. A register that does not answer is `unavailable`, never a failed check."""

    def __init__(self, url: str, secret: str) -> None:
        """Remember where the register is and what signs."""
        self._url = url.rstrip("/")
        self._secret = secret

    def compare_person(self, person: NamedPerson) -> Comparison:
        """Ask `POST /persons/comparisons`."""
        return self._ask("/persons/comparisons", asdict(person))

    def compare_unit(self, unit: NamedUnit) -> Comparison:
        """Ask `POST /units/comparisons`."""
        return self._ask("/units/comparisons", asdict(unit))

    def _ask(self, path: str, document: dict[str, Any]) -> Comparison:
        from expertgate.outbound.signed import ProviderAnsweredBadly, post_signed  # noqa: PLC0415 -- only where this provider is chosen

        try:
            answered = post_signed(self._url + path, self._secret, _plain(document))
        except ProviderAnsweredBadly:
            return NO_ANSWER
        return _read(answered)


def choose_authority(settings: Settings) -> Authority:
    """Return the register the deployment asks for."""
    if settings.providers == "http":
        return HttpAuthority(settings.authority_url, settings.provider_secret)
    return SandboxAuthority()


def _person_differs(sample: Sample, person: NamedPerson) -> Reason | None:
    if person_key(person.name) != person_key(sample.name):
        return Reason.NAME_DIFFERS
    says = person.valid_from is not None and sample.valid_from is not None
    if says and (person.valid_from, person.valid_to) != (sample.valid_from, sample.valid_to):
        return Reason.VALIDITY_DIFFERS
    return None


def _unit_differs(sample: Sample, unit: NamedUnit) -> Reason | None:
    if parse_unit_name(unit.name).key != parse_unit_name(sample.name).key:
        return Reason.NAME_DIFFERS
    same = person_key(unit.representative.name) == person_key(sample.representative)
    return None if same else Reason.REPRESENTATIVE_DIFFERS


def _read(answered: dict[str, Any]) -> Comparison:
    """Map the register's answer; what we don't understand is no answer, and a reason we don't know is `refused`."""
    outcome = answered.get("outcome")
    if outcome == Outcome.PASSED:
        return MATCHES
    if outcome != Outcome.FAILED:
        return NO_ANSWER
    return Comparison(Outcome.FAILED, next((one for one in _TOLD if one == answered.get("reason")), Reason.REFUSED))


def _plain(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with days as text."""
    return {name: _plain(value) if isinstance(value, dict) else _day(value) for name, value in document.items()}


def _day(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
