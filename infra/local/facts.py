"""What the template says, as typed facts that the one-machine default is built from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Function:
    """One Lambda function."""

    logical_id: str
    name: str
    code_uri: str
    handler: str
    environment: Mapping[str, str]
    timeout: int
    writes: frozenset[str] | None = None  # the tables its policies let it change; None where they do not say

    @property
    def module(self) -> str:
        """Return the module as tests and this machine import it: from the project's root."""
        return f"{self.code_uri.strip('./').replace('/', '.')}.{self.handler.rpartition('.')[0]}"

    @property
    def callable_name(self) -> str:
        """Return the name of the handler inside its module."""
        return self.handler.rpartition(".")[2]


@dataclass(frozen=True)
class Route:
    """One route of the HTTP API: method (or ANY), path with {parameters}, the function's logical id."""

    method: str
    path: str
    function: str


@dataclass(frozen=True)
class Schedule:
    """One schedule: what is called when, with which input."""

    logical_id: str
    function: str
    expression: str
    timezone: str
    payload: Any
    enabled: bool


@dataclass(frozen=True)
class StreamMapping:
    """One table stream that calls a function."""

    logical_id: str
    function: str
    table: str
    batch_size: int
    filters: tuple[Mapping[str, Any], ...]
    reports_failures: bool
    retries: int


@dataclass(frozen=True)
class Table:
    """One table: the arguments of create_table, and the attribute by which rows expire."""

    logical_id: str
    create: Mapping[str, Any]
    ttl_attribute: str | None

    @property
    def name(self) -> str:
        """Return the physical name."""
        return str(self.create["TableName"])

    @property
    def has_stream(self) -> bool:
        """Tell whether changes are recorded in a stream."""
        return "StreamSpecification" in self.create

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the names of the primary key's attributes."""
        return tuple(each["AttributeName"] for each in self.create["KeySchema"])


@dataclass(frozen=True)
class StateMachine:
    """One workflow."""

    logical_id: str
    name: str
    arn: str
    definition_uri: str
    substitutions: Mapping[str, str]


@dataclass(frozen=True)
class Local:
    """What the template's Metadata tells this machine alone: seeds, repairs, modules with pages."""

    prepare: tuple[str, Any] | None = None
    reconcile: tuple[str, Any] | None = None
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Template:
    """Everything the one-machine default needs to know."""

    functions: Mapping[str, Function]
    routes: tuple[Route, ...]
    schedules: tuple[Schedule, ...]
    streams: tuple[StreamMapping, ...]
    tables: tuple[Table, ...]
    machines: tuple[StateMachine, ...]
    topics: tuple[str, ...]
    queues: tuple[str, ...]
    buckets: tuple[str, ...]
    keys: Mapping[str, Mapping[str, Any]]
    aliases: Mapping[str, str]
    secrets: Mapping[str, Mapping[str, Any]]
    cors: Mapping[str, Any] | None
    environment: Mapping[str, str]
    local: Local
    unsupported: tuple[str, ...]
