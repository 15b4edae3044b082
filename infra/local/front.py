"""S3 as the world sees it: browser forms and signed links are checked before the engine takes them; changes go to disk."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from urllib.parse import unquote
from xml.sax.saxutils import escape

from botocore.credentials import Credentials
from werkzeug.formparser import parse_form_data

from infra.local.links import check_link
from infra.local.messages import Application, Request, Response
from infra.local.objects import Objects
from infra.local.postforms import Form, FormRefused, check

_CORS: Final = (
    ("access-control-allow-origin", "*"),
    ("access-control-allow-methods", "GET, HEAD, POST, PUT, DELETE"),
    ("access-control-allow-headers", "*"),
    ("access-control-expose-headers", "etag, location"),
    ("access-control-max-age", "600"),
)
_CREATED: Final = 201
_GOOD: Final = range(200, 300)


class Front:
    """The door to the object store."""

    def __init__(self, engine: Application, objects: Objects, credentials: Credentials) -> None:
        """Stand before an engine."""
        self._engine = engine
        self._objects = objects
        self._credentials = credentials

    def __call__(self, request: Request) -> Response:
        """Answer one request to S3."""
        try:
            answer = self._answer(request)
        except FormRefused as refused:
            answer = _error(refused)
        return replace(answer, headers=(*(each for each in answer.headers if not each[0].lower().startswith("access-control-")), *_CORS))

    def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(200)
        if request.method == "POST" and request.header("content-type").startswith("multipart/form-data"):
            return self._take_form(request)
        check_link(request, self._credentials, datetime.now(UTC))
        answer = self._engine(request)
        if request.method in {"PUT", "POST", "DELETE"} and answer.status in _GOOD:
            self._keep(request)
        return answer

    def _keep(self, request: Request) -> None:
        bucket, _, key = unquote(request.path).lstrip("/").partition("/")
        if key:
            self._objects.keep(bucket, key)
        else:
            self._objects.keep_all(bucket)

    def _take_form(self, request: Request) -> Response:
        bucket = unquote(request.path).strip("/")
        form = _form(request)
        check(form, bucket, self._credentials.secret_key, datetime.now(UTC))
        key = form.fields["key"]
        metadata = {name: value for name, value in form.fields.items() if name.startswith("x-amz-meta-")}
        metadata["Content-Type"] = form.fields.get("content-type", "binary/octet-stream")
        etag = self._objects.put(bucket, key, form.content, metadata)
        self._objects.keep(bucket, key)
        location = f"http://{request.header('host')}/{bucket}/{key}"
        status = int(form.fields.get("success_action_status", "204"))
        status = status if status in {200, 201, 204} else 204
        places = (("etag", etag), ("location", location))
        body = _posted(location, bucket, key, etag) if status == _CREATED else b""
        return Response(status, (*places, ("content-type", "application/xml")) if body else places, body)


def _form(request: Request) -> Form:
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": request.header("content-type"),
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.input": BytesIO(request.body),
    }
    _, fields, files = parse_form_data(environ)
    if "file" not in files:
        raise FormRefused(400, "InvalidArgument", "POST requires exactly one file upload per request.")
    file = files["file"]
    plain = {name.lower(): value for name, value in fields.items()}
    if "key" not in plain:
        raise FormRefused(400, "InvalidArgument", "Bucket POST must contain a field named 'key'.")
    plain["key"] = plain["key"].replace("${filename}", file.filename or "")
    return Form(plain, file.read())


def _posted(location: str, bucket: str, key: str, etag: str) -> bytes:
    facts = {"Location": location, "Bucket": bucket, "Key": key, "ETag": etag}
    inside = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in facts.items())
    return f'<?xml version="1.0" encoding="UTF-8"?><PostResponse>{inside}</PostResponse>'.encode()


def _error(refused: FormRefused) -> Response:
    body = f'<?xml version="1.0" encoding="UTF-8"?><Error><Code>{refused.code}</Code><Message>{escape(refused.message)}</Message></Error>'
    return Response(refused.status, (("content-type", "application/xml"),), body.encode())
