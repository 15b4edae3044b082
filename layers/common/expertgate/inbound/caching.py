"""Answers that clients may keep: an entity tag, and 304 for who has it already."""

from collections.abc import Mapping

from aws_lambda_powertools.event_handler import Response
from pydantic import BaseModel

_KEEP = "public, max-age=3600"
_NOT_MODIFIED = 304


def cached[Body: BaseModel](body: Body, etag: str, headers: Mapping[str, str]) -> Response[Body | None]:
    """Return the body with its tag, or nothing but the tag where the client has this state."""
    tag = f'"{etag}"'
    said = {"ETag": tag, "Cache-Control": _KEEP}
    if tag in (headers.get("if-none-match") or "").replace("W/", "").split(", "):
        return Response(_NOT_MODIFIED, headers=dict(said))
    return Response(200, content_type="application/json", body=body, headers=dict(said))
