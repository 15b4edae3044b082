"""The sandbox's telephone: a page on which the developer passes or fails a face check (ID-04, ID-05)."""

import html
import json
import secrets
from collections.abc import Callable
from urllib.parse import parse_qs

from infra.local.clock import LocalClock
from infra.local.http import HOST
from infra.local.messages import Request, Response, json_response
from infra.local.pages import page, wants_json

PREFIX = "/_local/face"
CALL_BACK = "/v1/face-results"
_OUTCOMES = {"passed": "通过 Pass", "failed": "不通过 Fail"}


class FacePhone:
    """Shows the check and, as the provider would, sends the signed result to the API."""

    def __init__(self, clock: LocalClock, secret: str | None, api: Callable[[Request], Response]) -> None:
        """Remember what signs and where the result goes."""
        self._clock = clock
        self._secret = secret
        self._api = api

    def __call__(self, request: Request) -> Response:
        """Show the telephone's page; a press of a button (POST outcome=passed or failed) sends the result."""
        check = request.plain_path.removeprefix(PREFIX).strip("/")
        state = request.parameter("state") or ""
        if not check:
            return json_response({"message": "name a check: /_local/face/<check>?state=<state>"}, 404)
        if request.method != "POST":
            return self._show(check)
        outcome = request.parameter("outcome") or parse_qs(request.body.decode()).get("outcome", [""])[0]
        if outcome not in _OUTCOMES:
            return json_response({"message": "outcome is passed or failed"}, 400)
        answer = self._send(check, state, outcome)
        if wants_json(request):
            return answer
        said = f"<p>{html.escape(_OUTCOMES[outcome])}: {answer.status}</p><pre>{html.escape(answer.body.decode())}</pre>"
        return page("Face check", said)

    def _show(self, check: str) -> Response:
        buttons = "".join(f'<button name="outcome" value="{key}">{html.escape(name)}</button>' for key, name in _OUTCOMES.items())
        return page(
            "Face check", f"<p>Check <code>{html.escape(check)}</code>: what does the camera see?</p><form method=post>{buttons}</form>"
        )

    def _send(self, check: str, state: str, outcome: str) -> Response:
        # the layer is the program's own code, found where the functions find it
        from expertgate.outbound.signed import signed_headers  # noqa: PLC0415 -- only once somebody plays the telephone

        body = json.dumps({"check": check, "state": state, "outcome": outcome})
        now = self._clock.now().timestamp()
        signed = signed_headers(self._secret or secrets.token_hex(), f"POST {CALL_BACK}", body, now)
        headers = (("host", HOST), ("content-type", "application/json"), ("user-agent", "sandbox-face"), *signed.items())
        return self._api(Request("POST", CALL_BACK, "", headers, body.encode(), HOST))
