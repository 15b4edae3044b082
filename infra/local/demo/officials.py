"""Chapter 3: the national administrator names officials; each sets up a password and a second factor."""

import base64
import hmac
import struct

from infra.local.demo.cast import OFFICIALS_PASSWORD, Cast, Official
from infra.local.demo.client import Client

_STEP_SECONDS = 30


def name_officials(client: Client, cast: Cast, invitation: dict[str, str]) -> None:
    """Play the set-up of the desk (REV-06)."""
    story = client.story
    story.chapter("The administrator names officials; each logs in with a second factor")
    story.step("The first administrator, made when the platform was prepared, sets up his log-in")
    administrator = cast.administrator
    administrator.user_name = invitation["user_name"]
    enrol(client, administrator, invitation["enrolment_code"])
    for official in (cast.city, cast.province, cast.national, cast.operator):
        story.step(f"{official.name} is named {official.duty} of bureau {official.bureau}")
        invited = client.ask("POST", "/v1/officials", _naming(cast, official), token=administrator.token, expect=201)
        enrol(client, official, invited["enrolment_code"])


def log_in_official(client: Client, official: Official) -> None:
    """Log in with password and the authenticator's present code."""
    code = totp(official.totp_secret, client.now())
    body = {"user_name": official.user_name, "password": OFFICIALS_PASSWORD, "code": code}
    official.token = client.ask("POST", "/v1/officials/sessions", body, expect=201)["token"]


def totp(secret: str, now: float) -> str:
    """Return the code an authenticator app shows (RFC 6238: SHA-1, 30 seconds, six digits)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(now) // _STEP_SECONDS), "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def enrol(client: Client, official: Official, code: str) -> None:
    """Set up password and second factor with the code of an invitation, and log in."""
    body = {
        "user_name": official.user_name,
        "enrolment_code": code,
        "password": OFFICIALS_PASSWORD,
        "password_confirmation": OFFICIALS_PASSWORD,
    }
    enrolled = client.ask("POST", "/v1/officials/enrolments", body, expect=201)
    official.totp_secret = enrolled["totp_secret"]
    log_in_official(client, official)


def _naming(cast: Cast, official: Official) -> dict[str, object]:
    return {
        "user_name": official.user_name,
        "name": official.name,
        "mobile": cast.numbers.mobile("186"),
        "document_type": "resident_id",
        "document_number": cast.numbers.resident_id(),
        "bureau": official.bureau,
        "duties": [official.duty],
    }
