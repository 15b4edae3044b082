"""Errors about notices."""

from expertgate.errors.base import NotFound


class MessageUnknown(NotFound):
    """No such message in this account's message centre."""
