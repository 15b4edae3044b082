"""HTTP requests as API Gateway gives them to a function (HTTP API, payload 2.0), and the way back."""

import base64
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import parse_qsl
from uuid import uuid4

from infra.local.messages import Request, Response, json_response
from infra.local.naming import ACCOUNT

API_ID: Final = "local"
_TEXT: Final = re.compile(r"^(text/.*|application/(.*\+)?(json|xml|javascript|x-www-form-urlencoded).*)$", re.IGNORECASE)


def event_of(request: Request, route_key: str, parameters: Mapping[str, str]) -> dict[str, Any]:
    """Return the event for a request that was routed."""
    headers = {name: value for name, value in request.fields.items() if name != "cookie"}
    headers |= _forwarded(request, headers)
    now = datetime.now(UTC)
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": route_key,
        "rawPath": request.plain_path,
        "rawQueryString": request.query,
        "headers": headers,
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": API_ID,
            "domainName": request.header("host"),
            "domainPrefix": API_ID,
            "http": {
                "method": request.method,
                "path": request.plain_path,
                "protocol": request.protocol,
                "sourceIp": request.client,
                "userAgent": request.header("user-agent"),
            },
            "requestId": str(uuid4()),
            "routeKey": route_key,
            "stage": "$default",
            "time": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
            "timeEpoch": int(time.time() * 1000),
        },
        "isBase64Encoded": False,
    }
    event |= _optional(request, parameters)
    return event


def _forwarded(request: Request, headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that API Gateway adds; what the client claims stays in front of what is known."""
    claimed = headers.get("x-forwarded-for")
    return {
        "x-forwarded-for": f"{claimed}, {request.client}" if claimed else request.client,
        "x-forwarded-port": request.header("host").rpartition(":")[2],
        "x-forwarded-proto": "http",
        "x-amzn-trace-id": f"Root=1-{int(time.time()):08x}-{uuid4().hex[:24]}",
    }


def _optional(request: Request, parameters: Mapping[str, str]) -> dict[str, Any]:
    """Return the parts that API Gateway leaves out when they are empty."""
    found: dict[str, Any] = {}
    if cookies := request.header("cookie"):
        found["cookies"] = [each.strip() for each in cookies.split(";")]
    if request.query:
        query: dict[str, str] = {}
        for name, value in parse_qsl(request.query, keep_blank_values=True):
            query[name] = f"{query[name]},{value}" if name in query else value
        found["queryStringParameters"] = query
    if parameters:
        found["pathParameters"] = dict(parameters)
    if request.body:
        found |= _body(request)
    return found


def _body(request: Request) -> dict[str, Any]:
    if _TEXT.match(request.header("content-type") or "text/plain"):
        try:
            return {"body": request.body.decode()}
        except UnicodeDecodeError:
            pass
    return {"body": base64.b64encode(request.body).decode(), "isBase64Encoded": True}


def response_of(answer: Any) -> Response:  # noqa: ANN401 -- whatever the handler returned
    """Return the HTTP answer for what a function returned; without a status code the whole value is the JSON body."""
    if not isinstance(answer, dict) or "statusCode" not in answer:
        return json_response(answer)
    headers = [(name.lower(), str(value)) for name, value in (answer.get("headers") or {}).items()]
    for name, values in (answer.get("multiValueHeaders") or {}).items():
        headers.append((name.lower(), ",".join(str(value) for value in values)))
    headers += [("set-cookie", cookie) for cookie in answer.get("cookies") or ()]
    if not any(name == "content-type" for name, _ in headers):
        headers.append(("content-type", "text/plain;charset=UTF-8"))
    text = answer.get("body") or ""
    body = base64.b64decode(text) if answer.get("isBase64Encoded") else str(text).encode()
    return Response(int(answer["statusCode"]), tuple(headers), body)
