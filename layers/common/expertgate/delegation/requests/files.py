"""Binding or revoking many by file, and what became of each line (DEL-16)."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from expertgate.inbound.fields import Answer, Pages, Request
from expertgate.settings import LIMITS

EXPORTED = Pages("agent_grant_exports")
ExportCursor = Annotated[str, EXPORTED.asked]


class FileDeed(StrEnum):
    """What the lines of a file ask for."""

    BIND = "bind"
    REVOKE = "revoke"


class LineOutcome(StrEnum):
    """What became of a line."""

    DONE = "done"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class GrantFile(Request):
    """A CSV with a header; `from_line` goes on where an earlier answer stopped."""

    deed: FileDeed
    csv: Annotated[str, StringConstraints(min_length=1, max_length=LIMITS.grant_file_characters)]
    from_line: Annotated[int, Field(ge=1, le=LIMITS.grant_file_lines)] = 1


class LineResult(Answer):
    """What became of a line; `code` and `message` say why it was refused or left."""

    line: int
    outcome: LineOutcome
    grant_id: str | None = None
    code: str | None = None
    message: str | None = None


class FileResult(Answer):
    """Line by line; with `next_line` send the same file again from there, after `retry_after` seconds where it is given."""

    lines: list[LineResult]
    done: int
    unchanged: int
    refused: int
    next_line: int | None
    retry_after: int | None
