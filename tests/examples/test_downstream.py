"""The example of a downstream system lets good tickets in and refuses the others, with the published keys alone."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from examples.downstream.gate import Gate
from expertgate.delegation.actions.tickets import Entry, issue_ticket
from expertgate.settings import settings
from tests.stage import Stage

ENTRY = Entry("fepms", "UNIT1", ("unit_applicant",), "AGENT1", "GRANT1")


@pytest.fixture
def gate(stage: Stage) -> Iterator[Gate]:
    """Give the example's gate, with the keys door served over HTTP; its clock is the machine's, so the stage's is set to that."""
    stage.clock.set(datetime.now(UTC))
    stage.run("delegation.rotate_ticket_keys")

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(stage.call("delegation.show_ticket_keys").json).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Gate(settings().public_url, "fepms", f"http://127.0.0.1:{server.server_address[1]}/")
    server.shutdown()
    server.server_close()


def test_a_good_ticket_lets_its_agent_in(stage: Stage, gate: Gate) -> None:
    assert gate.enter(issue_ticket(stage.world, ENTRY)) == {"unit": "UNIT1", "agent": "AGENT1", "roles": ["unit_applicant"]}


def test_a_clock_that_is_behind_keeps_nobody_out(stage: Stage, gate: Gate) -> None:
    stage.clock.set(datetime.now(UTC) + timedelta(seconds=5))
    assert gate.enter(issue_ticket(stage.world, ENTRY))["unit"] == "UNIT1"


def test_a_late_ticket_stays_outside(stage: Stage, gate: Gate) -> None:
    late = replace(ENTRY, until=stage.clock.now() - timedelta(seconds=1))
    with pytest.raises(jwt.ExpiredSignatureError):
        gate.enter(issue_ticket(stage.world, late))


def test_a_foreign_audience_stays_outside(stage: Stage, gate: Gate) -> None:
    with pytest.raises(jwt.InvalidAudienceError):
        gate.enter(issue_ticket(stage.world, Entry("work_permit", "UNIT1", ())))


def test_a_forged_ticket_stays_outside(stage: Stage, gate: Gate) -> None:
    good = issue_ticket(stage.world, ENTRY)
    header, claims = jwt.get_unverified_header(good), jwt.decode(good, options={"verify_signature": False})
    with pytest.raises(jwt.InvalidSignatureError):
        gate.enter(jwt.encode(claims, ec.generate_private_key(ec.SECP256R1()), "ES256", {"kid": header["kid"]}))
    with pytest.raises(jwt.PyJWKClientError):
        gate.enter(jwt.encode(claims, ec.generate_private_key(ec.SECP256R1()), "ES256", {"kid": "unknown"}))
    with pytest.raises(jwt.PyJWTError):
        gate.enter(jwt.encode(claims, "secret-of-thirty-two-bytes-length", "HS256", {"kid": header["kid"]}))


def test_a_platform_elsewhere_stays_outside(stage: Stage, gate: Gate) -> None:
    other = Gate("https://elsewhere.example", "fepms")
    other._keys = gate._keys
    with pytest.raises(jwt.InvalidIssuerError):
        other.enter(issue_ticket(stage.world, ENTRY))
