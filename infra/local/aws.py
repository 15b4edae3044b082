"""The other AWS services: moto, in this process, spoken to over HTTP on the loopback interface like the real ones."""

import json
import logging
import os
import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, Final
from urllib.parse import parse_qsl, unquote
from uuid import uuid4

from botocore.credentials import Credentials
from botocore.handlers import BUILTIN_HANDLERS
from botocore.session import get_session

from infra.local.facts import Template
from infra.local.front import Front
from infra.local.functions import FunctionFailed, Functions
from infra.local.http import HOST, Server
from infra.local.messages import Application, Request, Response
from infra.local.naming import ACCOUNT, REGION
from infra.local.objects import Objects
from infra.local.state import State
from infra.local.workflows import Executions, spare_garbage

CREDENTIALS: Final = Credentials("AKIALOCALLOCALLOCAL0", "local-secret")
SMS_FILE: Final = "sms.jsonl"
EMAIL_FILE: Final = "email.jsonl"
_BODY_LIMIT: Final = 64 * 1024 * 1024
_SERVICE = re.compile(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/aws4_request")
_E164: Final = re.compile(r"\+[1-9]\d{6,14}")
_PUBLISHED: Final = (
    '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>{}</MessageId></PublishResult>'
    "<ResponseMetadata><RequestId>{}</RequestId></ResponseMetadata></PublishResponse>"
)
_ROLE: Final = f"arn:aws:iam::{ACCOUNT}:role/local"


class Aws:
    """The engine for everything but tables (and for tables too, in memory, where there is no dynoxide)."""

    def __init__(self, state: State, template: Template, root: Path) -> None:
        """Prepare the engine; nothing runs yet."""
        self._state = state
        self._template = template
        self._root = root
        self._objects = Objects(state)
        self._executions = Executions()
        self._machines_ready = Event()
        self._table_lock = Lock()
        self._pool = ThreadPoolExecutor(8, "lambda-event")
        self.functions: Functions | None = None
        self.after_invocation: Callable[[], None] = _nothing
        self.endpoint = ""

    def start(self, on_error: Callable[[Request, Exception], None]) -> str:
        """Serve the engine on a free port and return its endpoint."""
        _configure()
        application = _dispatcher()
        front = Front(application, self._objects, CREDENTIALS)

        def serve(request: Request) -> Response:
            return self._serve(request, application, front)

        port = Server(serve, _BODY_LIMIT, on_error).start()
        os.environ["MOTO_PORT"] = str(port)
        self.endpoint = f"http://{HOST}:{port}"
        self._hook()
        return self.endpoint

    def environment(self, tables: str) -> dict[str, str]:
        """Return the variables that lead an AWS client here."""
        return {
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": CREDENTIALS.access_key,
            "AWS_SECRET_ACCESS_KEY": CREDENTIALS.secret_key,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ENDPOINT_URL_DYNAMODB": tables,
            "AWS_ENDPOINT_URL_DYNAMODB_STREAMS": tables,
            "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def restore(self) -> None:
        """Make keys, secrets, buckets, topics and queues as they were; workflows follow in the background."""
        from infra.local.vault import Vault  # noqa: PLC0415 -- after the configuration of the engine

        vault = Vault(self._state)
        for name, facts in self._template.secrets.items():
            vault.secret(name, facts)
        vault.restore(self._template)
        self._objects.restore(self._template.buckets)
        for topic in self._template.topics:
            client("sns").create_topic(Name=topic)
        for queue in self._template.queues:
            client("sqs").create_queue(QueueName=queue)
        if sender := self._template.environment.get("EMAIL_FROM"):
            client("sesv2").create_email_identity(EmailIdentity=sender)
        Thread(target=self._make_machines, name="machines", daemon=True).start()

    def _make_machines(self) -> None:
        try:
            spare_garbage()
            self._make_each_machine()
        finally:
            # a definition that is refused is told on the terminal; calls then fail instead of waiting for ever
            self._machines_ready.set()

    def _make_each_machine(self) -> None:
        for machine in self._template.machines:
            definition = (self._root / machine.definition_uri).read_text(encoding="utf-8")
            for name, value in machine.substitutions.items():
                definition = definition.replace(f"${{{name}}}", value)
            client("stepfunctions").create_state_machine(name=machine.name, definition=definition, roleArn=_ROLE)

    def _serve(self, request: Request, application: Application, front: Front) -> Response:
        service = service_of(request)
        if service == "s3":
            return front(request)
        if service == "sns" and (sent := self._short_message(request)):
            return sent
        if service == "states" and not request.header("x-amz-target").endswith("CreateStateMachine"):
            # the interpreter takes a second to load, meanwhile the rest already serves
            self._machines_ready.wait()
            return self._executions.serve(request, application)
        # moto's tables have no lock of their own
        with self._table_lock if service == "dynamodb" else nullcontext():
            return application(request)

    def _hook(self) -> None:
        from moto.awslambda_simple.models import LambdaSimpleBackend  # noqa: PLC0415 -- after the configuration of the engine
        from moto.sns.models import SNSBackend  # noqa: PLC0415 -- the same

        names = {function.name: logical_id for logical_id, function in self._template.functions.items()}

        def invoke(_: object, name: str, __: object, body: Any, headers: Any, answered: dict[str, str]) -> bytes:  # noqa: ANN401
            logical_id = names[name.rpartition(":")[2]]
            if headers.get("X-Amz-Invocation-Type") == "Event":
                self._pool.submit(self._invoked, logical_id, body, {})
                return b""
            return self._invoked(logical_id, body, answered)

        LambdaSimpleBackend.invoke = invoke  # type: ignore[method-assign,assignment]
        publish = SNSBackend.publish

        def published(backend: SNSBackend, message: str, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401
            message_id = publish(backend, message, *args, **kwargs)
            if phone := kwargs.get("phone_number"):
                self.remember_sms(phone, message, message_id)
            return message_id

        SNSBackend.publish = published  # type: ignore[method-assign,assignment]
        self._hook_email()

    def _hook_email(self) -> None:
        from moto.ses.models import SESBackend  # noqa: PLC0415 -- after the configuration of the engine

        send = SESBackend.send_email

        def sent(backend: SESBackend, source: str, subject: str, body: str, destinations: dict[str, list[str]]) -> Any:  # noqa: ANN401
            letter = send(backend, source, subject, body, destinations)
            for address in destinations["ToAddresses"]:
                self._remember(EMAIL_FILE, {"to": address, "subject": subject, "text": body, "id": letter.id})
            return letter

        SESBackend.send_email = sent  # type: ignore[method-assign,assignment]

    def _short_message(self, request: Request) -> Response | None:
        """Take a message to one number at once, as the engine would at ten times the cost; None for whatever else is asked of SNS."""
        asked = dict(parse_qsl(request.body.decode()))
        phone = asked.get("PhoneNumber", "")
        if asked.get("Action") != "Publish" or not asked.get("Message") or not _E164.fullmatch(phone):
            return None
        message_id = str(uuid4())
        self.remember_sms(phone, asked["Message"], message_id)
        return Response(200, (("content-type", "text/xml"),), _PUBLISHED.format(message_id, uuid4()).encode())

    def remember_sms(self, phone: str, message: str, message_id: str) -> None:
        """Keep a message that a carrier would have delivered."""
        self._remember(SMS_FILE, {"to": phone, "text": message, "id": message_id})

    def _remember(self, file: str, delivered: dict[str, str]) -> None:
        self._state.append(file, {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), **delivered})

    def _invoked(self, logical_id: str, body: Any, answered: dict[str, str]) -> bytes:  # noqa: ANN401
        if self.functions is None:
            raise RuntimeError("functions are not there yet")
        try:
            return json.dumps(self.functions.invoke(logical_id, json.loads(body or "{}"))).encode()
        except FunctionFailed as failed:
            answered["x-amz-function-error"] = "Unhandled"
            print(f"{logical_id}: {failed.kind}: {failed.message}", file=sys.stderr)
            return json.dumps(failed.as_json()).encode()
        finally:
            self.after_invocation()


def _nothing() -> None:
    """Nobody waits for invocations."""


def client(service: str) -> Any:  # noqa: ANN401 -- botocore makes its clients at run time
    """Return a client of one of the engines, by the environment."""
    return get_session().create_client(service)


def service_of(request: Request) -> str:
    """Return the service a request is signed for; unsigned ones and signed links are for S3."""
    found = _SERVICE.search(request.header("authorization"))
    return found[1] if found else "s3"


def _configure() -> None:
    from moto.core.config import default_user_config  # noqa: PLC0415 -- imports cost a second; the server says so first
    from moto.core.models import botocore_stubber  # noqa: PLC0415 -- the same

    # it would look at every call of this process, to answer none: the engine is spoken to over HTTP
    BUILTIN_HANDLERS.remove(("before-send", botocore_stubber))
    # a task that fails is told where it is called; the interpreter would tell it again with all its inner life
    logging.getLogger("moto").setLevel(logging.CRITICAL)
    default_user_config["stepfunctions"] = {"execute_state_machine": True}
    default_user_config["lambda"] = {"use_docker": False}


def _dispatcher() -> Application:
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: PLC0415 -- as above
    from werkzeug.test import run_wsgi_app  # noqa: PLC0415 -- as above

    dispatcher = DomainDispatcherApplication(create_backend_app)

    def serve(request: Request) -> Response:
        chunks, status, headers = run_wsgi_app(dispatcher, _environ(request), buffered=True)
        return Response(int(status.split(" ")[0]), tuple(headers), b"".join(chunks))

    return serve


def _environ(request: Request) -> dict[str, Any]:
    host, _, port = request.header("host").partition(":")
    target = request.path + (f"?{request.query}" if request.query else "")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(request.path, "latin1"),
        "QUERY_STRING": request.query,
        "REQUEST_URI": target,
        "RAW_URI": target,
        "SERVER_NAME": host,
        "SERVER_PORT": port or "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": request.client,
        "CONTENT_TYPE": request.header("content-type"),
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(request.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.fields.items():
        if name not in {"content-type", "content-length"}:
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
    return environ
