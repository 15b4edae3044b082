"""What an administrator says of a hold."""

from typing import Annotated

from pydantic import Field

from expertgate.admission.model import Resolution
from expertgate.inbound.fields import Line, Paragraph, Request


class ResolveHold(Request):
    """A resolution of exactly what the administrator looked at; `joined` names the accounts that are one person, all where it is empty."""

    resolution: Resolution
    reason: Annotated[Paragraph, Field(max_length=1000)]
    joined: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    round: Annotated[int, Field(ge=1)]
    level: Annotated[int, Field(ge=0)]
    version: Annotated[int, Field(ge=1)]
