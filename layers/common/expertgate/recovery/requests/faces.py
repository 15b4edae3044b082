"""The face branch: which telephone, and the check that was started."""

from expertgate.identity.requests import FaceChannel, FaceCheckStarted
from expertgate.inbound.fields import Answer, Request
from expertgate.recovery.requests.answers import RecoveryAnswer


class ShowFace(Request):
    """Show the face, on the web with a code to scan or on the telephone itself."""

    channel: FaceChannel = FaceChannel.APP


class RecoveryFace(Answer):
    """The face check of a recovery; its state is told by the recovery."""

    face: FaceCheckStarted
    recovery: RecoveryAnswer
