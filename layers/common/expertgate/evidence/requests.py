"""Requests and answers of evidence."""

from typing import Annotated

from pydantic import StringConstraints

from expertgate.evidence.colour import Colour
from expertgate.evidence.model import Format, Purpose, State
from expertgate.evidence.rules import LONGEST_NAME, file_name
from expertgate.inbound.fields import Answer, Request, Stamp, one_of, ruled

FileName = Annotated[str, StringConstraints(max_length=LONGEST_NAME), ruled(file_name)]


class RequestUpload(Request):
    """What is going to be sent: what it proves, its name and the type the browser will announce."""

    purpose: Purpose
    file_name: FileName
    media_type: Format


class Upload(Answer):
    """A form to post to `url` (multipart/form-data): the fields as they are, then the file as `file`."""

    url: str
    fields: dict[str, str]


class UploadAnswer(Answer):
    """Where and until when to send the file; after sending, ask for its check."""

    id: str
    purpose: str
    upload: Upload
    expires: Stamp
    most_bytes: int
    formats: list[str]


class EvidenceAnswer(Answer):
    """How far a file has come; who may read it gets a link that lives for minutes."""

    id: str
    purpose: str
    purpose_name: str
    state: Annotated[str, one_of(State)]
    message: str
    file_name: str
    media_type: str | None = None
    size: int | None = None
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    colour: Annotated[str, one_of(Colour)] | None = None
    sha256: str | None = None
    case_id: str | None = None
    link: str | None = None
    link_expires: Stamp | None = None
