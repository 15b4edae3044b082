"""Types of fields that only delegation asks for."""

from typing import Annotated

from pydantic import Field, StringConstraints

from expertgate.catalogue.store import service
from expertgate.inbound.fields import known

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
KnownService = Annotated[str, known(service)]
Roles = Annotated[list[Code], Field(max_length=20)]
