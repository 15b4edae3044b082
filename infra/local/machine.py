"""One machine that plays the deployed system: engines, resources, functions, gateway, pump, pages."""

import importlib
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from infra.local import face, pages
from infra.local.aws import Aws, client
from infra.local.clock import LocalClock
from infra.local.desk import Desk
from infra.local.dynoxide import Dynoxide, find
from infra.local.expiry import Expiry
from infra.local.functions import FunctionFailed, Functions, InProcess, find_code_in, set_environment, shared_environment
from infra.local.gateway import BODY_LIMIT, Gateway
from infra.local.http import HOST, Server
from infra.local.messages import Request, Response
from infra.local.reference import Reference
from infra.local.schedules import Scheduler
from infra.local.state import State
from infra.local.streams import Streams
from infra.local.template import create_tables, load
from infra.local.tidy import Tidy

# Whom the prepare function named, with the code that sets up his log-in; the folder is its owner's only.
ADMINISTRATOR_FILE = "administrator.json"


@dataclass(frozen=True)
class Options:
    """What the command line says."""

    root: Path
    template: Path
    state: Path
    port: int
    ric: bool = False
    reset: bool = False
    memory: bool = False


class Machine:
    """Starts everything in order and stops it."""

    def __init__(self, options: Options) -> None:
        """Read the template and take the state folder."""
        self.options = options
        self.url = f"http://{HOST}:{options.port}"
        self.state = State(options.state)
        self.state.hold()
        if options.reset:
            self.state.empty()
        self.template = load(options.template, {"PublicUrl": self.url})
        self.clock = LocalClock(self.state)
        self.tables: Dynoxide | None = None
        self.aws = Aws(self.state, self.template, options.template.parent)

    def start(self) -> None:
        """Start engines, resources, functions, pump and gateway; return when it serves."""
        program = None if self.options.memory else find(self.options.root)
        self.tables = Dynoxide(program, self.state) if program else None
        tables = self.tables.start() if self.tables else ""
        endpoint = self.aws.start(report)
        environment = self.environment = {**self.aws.environment(tables or endpoint), "EXPERTGATE_CLOCK_FILE": str(self.clock.file)}
        set_environment(environment)
        self.aws.restore()
        rows = client("dynamodb")
        create_tables(rows, self.template)
        functions = self.functions = self.aws.functions = self._functions(environment)
        self.streams = Streams(self.template, functions, self.state)
        self.aws.after_invocation = self.streams.nudge
        self.scheduler = Scheduler(self.template, functions, self.clock)
        self.expiry = Expiry(self.template, rows, self.clock)
        self.tidy = Tidy()
        self._prepare(functions)
        self._serve(functions)
        self.streams.start()
        self.scheduler.start()
        self.expiry.start()
        Thread(target=self._settle, args=(functions,), name="settle", daemon=True).start()

    def stop(self) -> None:
        """Stop what was started; what is kept is on disk already."""
        for name in ("server", "streams", "scheduler", "expiry", "tidy", "functions", "tables"):
            if part := getattr(self, name, None):
                part.stop()

    def _functions(self, environment: dict[str, str]) -> Functions:
        find_code_in(self.options.template.parent)
        if self.options.ric:
            from infra.local.ric import Processes  # noqa: PLC0415 -- only with --ric

            return Processes(self.template, self.options.template.parent, environment, self.state)
        set_environment(shared_environment(self.template))
        return InProcess(self.template, self.options.template.parent)

    def _prepare(self, functions: Functions) -> None:
        if self.template.local.prepare:
            name, event = self.template.local.prepare
            prepared = functions.invoke(name, {"local": True} if event is None else event)
            if prepared and prepared.get("administrator"):
                self.state.write(ADMINISTRATOR_FILE, prepared["administrator"])

    def _serve(self, functions: Functions) -> None:
        gateway = Gateway(self.template, functions, self.streams.nudge_after)
        reference = self.reference = Reference(self.template, self.options.template.parent, self.options.root, self.state)
        desk = Desk(self.state, self.clock, self.scheduler, self.streams)
        for module in self.template.local.pages:
            importlib.import_module(module)
        own: list[tuple[str, pages.Page]] = [
            ("/docs", reference.page),
            ("/openapi.json", reference.document),
            ("/_local/sms", desk.sms),
            ("/_local/email", desk.email),
            ("/_local/executions", desk.executions),
            ("/_local/schedules", desk.schedules),
            ("/_local/clock", desk.clock),
            (face.PREFIX, face.FacePhone(self.clock, self.template.environment.get("PROVIDER_SECRET"), gateway)),
            *pages.plugins,
        ]

        def serve(request: Request) -> Response:
            if request.path == "/":
                return desk.start_page(self.places())
            for prefix, page in own:
                if request.path == prefix or request.path.startswith(f"{prefix}/"):
                    return page(request)
            return gateway(request)

        self.server = Server(serve, BODY_LIMIT, report, self.options.port)
        self.server.start()

    def _settle(self, functions: Functions) -> None:
        """Repair what the last process left undone, then import what was not used yet."""
        if self.template.local.reconcile:
            name, event = self.template.local.reconcile
            try:
                functions.invoke(name, {"all": True} if event is None else event)
            except FunctionFailed as failed:
                print(f"{name}: {failed.kind}: {failed.message}", file=sys.stderr)
        self.streams.nudge()
        if isinstance(functions, InProcess):
            functions.import_all()
        self.tidy.start()
        self.reference.start()

    def places(self) -> dict[str, str]:
        """Return where things are."""
        engine = f"dynoxide, {self.state.path('tables.db')}" if self.tables else "moto: rows are in memory only and end with this process"
        return {
            "API": f"{self.url}/v1",
            **({"Administrator": str(administrator)} if (administrator := self.state.path(ADMINISTRATOR_FILE)).exists() else {}),
            "Reference": f"{self.url}/docs",
            "SMS inbox": f"{self.url}/_local/sms",
            "E-mail inbox": f"{self.url}/_local/email",
            "Workflows": f"{self.url}/_local/executions",
            "Clock": f"{self.url}/_local/clock",
            "Rows": engine,
            "Log": str(self.state.path("functions.log")),
        }


def report(request: Request, exc: Exception) -> None:
    """Tell the terminal about a fault of this machine; the query may hold personal data and is left out."""
    print(f"{request.method} {request.path}: {type(exc).__name__}", file=sys.stderr)
    traceback.print_exception(exc, file=sys.stderr)
