"""The telephone of the sandbox's face provider: a page with two buttons that signs and posts the provider's call-back."""

import html
import json
import secrets
from http import HTTPStatus
from urllib.error import HTTPError
from urllib.request import Request as Outgoing
from urllib.request import urlopen

from expertgate.outbound.face import RESULT_PATH
from expertgate.outbound.signed import NONCE_HEADER, SIGNATURE_HEADER, TIME_HEADER, sign
from expertgate.outbound.world import World
from expertgate.settings import settings
from infra.local import pages
from infra.local.http import Request, Response, json_response
from infra.local.pages import page

PREFIX = "/_local/face"
_ANSWERS = {"pass": "passed", "fail": "failed"}


def press(check_id: str, state: str, outcome: str) -> int:
    """Send the provider's signed result of a check and return the status it was answered with."""
    body = json.dumps({"check": check_id, "state": state, "outcome": outcome})
    request = Outgoing(settings().public_url + RESULT_PATH, body.encode(), signed(body), method="POST")  # noqa: S310 -- our own machine
    try:
        with urlopen(request, timeout=10) as answered:  # noqa: S310 -- as above
            return int(answered.status)
    except HTTPError as exc:
        return exc.code


def signed(body: str) -> dict[str, str]:
    """Return the headers of a call-back signed now, by the clock that functions see."""
    instant, nonce = str(int(World().clock.now().timestamp())), secrets.token_hex(16)
    signature = sign(settings().provider_secret, f"POST {RESULT_PATH}", instant, nonce, body)
    return {"content-type": "application/json", TIME_HEADER: instant, NONCE_HEADER: nonce, SIGNATURE_HEADER: signature}


def phone(request: Request) -> Response:
    """Show the two buttons (GET), or press one: POST with ?press=pass or ?press=fail."""
    check_id, state = request.path.removeprefix(PREFIX).strip("/"), request.parameter("state") or ""
    if not check_id or not state:
        return page("Face check", "<p>Open the address that a face check answered.</p>")
    if request.method != "POST":
        return page("Face check", _buttons(check_id, state))
    outcome = _ANSWERS.get(request.parameter("press") or "")
    if outcome is None:
        return json_response({"message": "say press=pass or press=fail"}, 400)
    status = press(check_id, state, outcome)
    return json_response({"sent": outcome, "answered": status}, 200 if status == HTTPStatus.OK else 502)


def _buttons(check_id: str, state: str) -> str:
    """Return the page's inside; the answer of the call-back is shown by the browser."""
    to = f"{PREFIX}/{html.escape(check_id, quote=True)}?state={html.escape(state, quote=True)}"
    forms = "".join(
        f'<form method="post" action="{to}&amp;press={one}" style="display:inline"><button>{text}</button></form>'
        for one, text in (("pass", "人脸识别通过 · pass"), ("fail", "人脸识别不通过 · fail"))
    )
    return f"<p>掌上12333 · 实人认证</p><p>{forms}</p>"


pages.plugins.append((PREFIX, phone))
