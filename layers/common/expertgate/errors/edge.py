"""Errors of the edge itself: authentication, repeats, malformed requests, busy neighbours."""

from expertgate.errors.base import Conflict, NotAllowed, NotAuthenticated, NotFound, TooLarge, TooMany, Unavailable, Unprocessable


class LoginRequired(NotAuthenticated):
    """No session, or one that has ended."""


class CallerKindRefused(NotAllowed):
    """This kind of account has no business at this door."""


class RouteUnknown(NotFound):
    """No such resource."""


class MalformedBody(Unprocessable):
    """The body is not the JSON object it should be."""


class BodyTooLarge(TooLarge):
    """The body is larger than the door accepts."""


class IdempotencyKeyInvalid(Unprocessable):
    """The Idempotency-Key has a form that is not accepted."""


class IdempotencyKeyReused(Conflict):
    """The Idempotency-Key was used before with another request."""


class ChangedMeanwhile(Conflict):
    """Someone else changed it between reading and writing; look again and repeat."""


class TryAgain(Unavailable):
    """The store or a neighbour is busy; nothing was changed, or the repeat will say so."""


class TooManyRequests(TooMany):
    """This client sends too much."""
