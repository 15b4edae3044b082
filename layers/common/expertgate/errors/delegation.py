"""Errors of delegation: who may act for whom, and who may not."""

from typing import ClassVar

from expertgate.errors.base import BadRequest, Conflict, Gone, NotAllowed, NotAuthenticated, NotFound, TooMany, Unprocessable


class NoAuthority(NotAllowed):
    """No grant lets this person do this now (DEL-10); the fact `reason` says why."""

    @property
    def because(self) -> str | None:
        """Return the sentence of the verdict; the manual's own one stands for who has no grant at all."""
        reason = self.facts.get("reason", "no_grant")
        return None if reason == "no_grant" else f"authority_{reason}"


class ServiceNotOpened(NotAllowed):
    """The unit has not entered the service yet, so it has nothing to grant (DEL-03)."""


class UnitNotRealNamed(NotAllowed):
    """The unit's real-name check has not passed."""


class PersonNotFound(NotFound):
    """No verified person with this number (and name); says what the person must do first (DEL-01)."""


class TooManyWrongNames(TooMany):
    """Too many pairs of name and number that do not belong together."""


class TooManyLookUps(TooMany):
    """Too many people looked for in an hour."""


class TooManyGrantChanges(TooMany):
    """One side told the other too often a day that a grant was made, changed or asked for; ending one is never refused."""


class GrantUnknown(NotFound):
    """No such grant of this unit or this agent."""


class AgentBoundAlready(Conflict):
    """The person has a live grant of this unit in this service; the fact `state` says how it stands."""

    @property
    def because(self) -> str | None:
        """Return the sentence of why the grant does not count though it is there."""
        state = self.facts.get("state")
        return f"authority_{state}" if state in {"at_rest", "disabled"} else None


class GrantStateForbids(Conflict):
    """In the state the grant is in, this side may not do this."""


class ExtensionNotAsked(Conflict):
    """There is no request for an extension to answer."""


class UnitUnknown(NotFound):
    """No such unit."""


class ClientRefused(NotAuthenticated):
    """The service credentials are not good (RFC 6749, 5.2)."""

    challenge: ClassVar[str] = 'Basic realm="expertgate", charset="UTF-8"'
    members: ClassVar[dict[str, str]] = {"error": "invalid_client"}


class TokenRequestInvalid(BadRequest):
    """The token request lacks a parameter, has one that is too long, shows credentials twice, or is no form (RFC 6749, 5.2)."""

    members: ClassVar[dict[str, str]] = {"error": "invalid_request"}


class GrantTypeUnsupported(BadRequest):
    """Only client credentials are given tokens here (RFC 6749, 5.2)."""

    members: ClassVar[dict[str, str]] = {"error": "unsupported_grant_type"}


class ScopeNotYours(BadRequest):
    """The service client asks for a scope it was not given (RFC 6749, 5.2)."""

    members: ClassVar[dict[str, str]] = {"error": "invalid_scope"}


class ScopeRefused(NotAllowed):
    """The service client's token does not allow this (RFC 6750, 3.1)."""

    challenge: ClassVar[str] = 'Bearer error="insufficient_scope"'


class ClientUnknown(NotFound):
    """There is no such service client."""


class TicketRefused(Unprocessable):
    """The ticket is forged, late, or for somebody else."""


class TicketUsed(Gone):
    """The ticket was redeemed before."""


class FileUnreadable(Unprocessable):
    """The file is not the CSV it should be."""


class HistoryTooLong(Unprocessable):
    """More happened than one answer can look through."""
