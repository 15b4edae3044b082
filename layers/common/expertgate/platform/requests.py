"""Answers of the platform's own doors."""

from expertgate.inbound.fields import Answer


class Health(Answer):
    """That the door, its key ring and its clock work."""

    stage: str
    time: str
