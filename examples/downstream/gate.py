"""A downstream system that lets agents in by their entry tickets, with a stock JWT library and nothing of ExpertGate's code."""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import jwt

MOST_BYTES = 8192


class Gate:
    """Reads the tickets of one platform for one service."""

    def __init__(self, issuer: str, service: str, keys_url: str | None = None) -> None:
        """Remember whose tickets are good; keys are fetched when first needed and kept for an hour."""
        self._issuer = issuer
        self._service = service
        self._keys = jwt.PyJWKClient(keys_url or f"{issuer}/.well-known/jwks.json", lifespan=3600)

    def enter(self, ticket: str) -> dict[str, object]:
        """Return who enters for whom. Raises jwt.PyJWTError for a ticket that is not good here."""
        key = self._keys.get_signing_key_from_jwt(ticket)
        # A clock that is a second behind would take a fresh ticket for one of the future: `iat` is not compared, `exp` is.
        claims = jwt.decode(
            ticket, key, ["ES256"], {"require": ["sub", "exp", "jti"], "verify_iat": False}, audience=self._service, issuer=self._issuer
        )
        return {"unit": claims["sub"], "agent": claims.get("act", {}).get("sub"), "roles": claims["roles"]}


def serve(gate: Gate, port: int) -> None:
    """Answer POST /enter with the form field `ticket`."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(min(int(self.headers.get("content-length", 0)), MOST_BYTES)).decode())
            try:
                status, answer = 200, gate.enter(form.get("ticket", [""])[0])
            except jwt.PyJWTError as exc:
                status, answer = 403, {"refused": type(exc).__name__}
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

    ThreadingHTTPServer(("127.0.0.1", port), Door).serve_forever()


if __name__ == "__main__":
    serve(Gate(sys.argv[1], sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 8700)  # noqa: PLR2004 -- an optional port
