"""Signed links to stored objects: over, or changed on the way, they are refused as S3 refuses them."""

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from botocore.auth import HmacV1QueryAuth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from infra.local.messages import Request
from infra.local.postforms import FormRefused


def check_link(request: Request, credentials: Credentials, now: datetime) -> None:
    """Let requests without a signature in the query pass, check the others.

    Raises FormRefused.
    """
    query = dict(parse_qsl(request.query, keep_blank_values=True))
    if "X-Amz-Signature" in query:
        begun = datetime.strptime(query["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        ends = begun + timedelta(seconds=int(query["X-Amz-Expires"]))
        given, expected = query["X-Amz-Signature"], _signature_v4(request, query, credentials)
    elif "Signature" in query:
        ends = datetime.fromtimestamp(int(query["Expires"]), UTC)
        given, expected = query["Signature"], _signature_v2(request, query, credentials)
    else:
        return
    if ends <= now:
        raise FormRefused(403, "AccessDenied", "Request has expired")
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise FormRefused(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.")


def _signature_v4(request: Request, query: Mapping[str, str], credentials: Credentials) -> str:
    signed = "&".join(part for part in request.query.split("&") if not part.startswith("X-Amz-Signature="))
    again = AWSRequest(request.method, f"http://{request.header('host')}{request.path}?{signed}")
    again.context["timestamp"] = query["X-Amz-Date"]
    for name in query["X-Amz-SignedHeaders"].split(";"):
        again.headers[name] = request.header(name)
    signer = S3SigV4QueryAuth(credentials, "s3", query["X-Amz-Credential"].split("/")[2])
    return str(signer.signature(signer.string_to_sign(again, signer.canonical_request(again)), again))


class _Dated(HmacV1QueryAuth):  # type: ignore[misc]
    """Signs with the date the link was made for."""

    def __init__(self, credentials: Credentials, date: str) -> None:
        super().__init__(credentials)
        self._date = date

    def _get_date(self) -> Any:  # noqa: ANN401 -- the base class's signature
        return self._date


def _signature_v2(request: Request, query: Mapping[str, str], credentials: Credentials) -> str:
    again = AWSRequest(request.method, f"http://{request.header('host')}{request.path}?{request.query}")
    for name in ("content-md5", "content-type"):
        if name in query:
            again.headers[name] = query[name]
    signer = _Dated(credentials, query["Expires"])
    return str(signer.get_signature(request.method, urlsplit(again.url), again.headers))
