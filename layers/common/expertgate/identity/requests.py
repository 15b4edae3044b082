"""Requests and answers of identity."""

from enum import StrEnum

from expertgate.account.model import Part, RealName, RealPerson
from expertgate.identity.model import FaceState, ToDo
from expertgate.inbound.fields import Answer, Line, Request, Stamp
from expertgate.outbound.register import Reason


class FaceChannel(StrEnum):
    """Where the check is started: on the web with a code to scan, or on the telephone itself."""

    WEB = "web"
    APP = "app"
    MINI_PROGRAM = "mini_program"


class StartFaceCheck(Request):
    """Start a face check (去认证 on the web, 立即认证 in the app)."""

    channel: FaceChannel = FaceChannel.WEB


class ScanCode(Answer):
    """What the telephone scans with WeChat, Alipay or the app."""

    text: str
    svg: str


class FaceCheckStarted(Answer):
    """A check that waits for its result; on the web with a code, on the telephone with the address to open."""

    face_check_id: str
    state: FaceState
    message: str
    scan: ScanCode | None
    open_url: str | None
    expires_in: int
    ask_again_after: int


class FaceCheckAnswer(Answer):
    """Where a check stands."""

    face_check_id: str
    state: FaceState
    message: str
    expires_in: int


class ResultTaken(Answer):
    """What every call-back is told, whatever it was worth."""

    received: bool = True


class SubmitRealNameEvidence(Request):
    """The checked uploads: a person's document; a unit's licence and its legal representative's ID."""

    document_front: Line | None = None
    document_back: Line | None = None
    business_licence: Line | None = None
    id_portrait: Line | None = None
    id_emblem: Line | None = None


class EvidenceSubmitted(Answer):
    """The documents are being reviewed."""

    case_id: str
    real_name: RealName
    message: str


class PartAnswer(Answer):
    """How one part of the account compared with the register."""

    part: Part
    reason: Reason
    message: str


class IdentityStep(Answer):
    """What the holder can do next."""

    step: ToDo
    message: str


class IdentityAnswer(Answer):
    """How far it is known who the holder is, and what to do; `case_id` is the review of his documents while it is open."""

    real_name: RealName
    real_name_message: str
    case_id: str | None
    parts: list[PartAnswer]
    checked_at: Stamp | None
    real_person: RealPerson | None
    real_person_message: str | None
    next: list[IdentityStep]
