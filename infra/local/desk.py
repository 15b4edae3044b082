"""What the pages show and do: inboxes of SMS and e-mail, workflows, schedules, clock."""

import html
import json
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from infra.local.aws import EMAIL_FILE, SMS_FILE, client
from infra.local.clock import LocalClock
from infra.local.functions import FunctionFailed
from infra.local.messages import Request, Response, json_response
from infra.local.naming import ACCOUNT, REGION
from infra.local.pages import page, rows_page, wants_json
from infra.local.schedules import Scheduler
from infra.local.state import State
from infra.local.streams import Streams

_NEWEST = 200


class Desk:
    """The developer's desk: every answer is a page, or JSON with ?format=json."""

    def __init__(self, state: State, clock: LocalClock, scheduler: Scheduler, streams: Streams) -> None:
        """Take what the pages are about."""
        self._state = state
        self._clock = clock
        self._scheduler = scheduler
        self._streams = streams

    def start_page(self, facts: Mapping[str, str]) -> Response:
        """Return where things are."""
        lines = "".join(f"<tr><th>{html.escape(name)}</th><td>{_linked(value)}</td></tr>" for name, value in facts.items())
        return page("ExpertGate on this machine", f"<table>{lines}</table>")

    def sms(self, request: Request) -> Response:
        """Return what the carrier would have delivered, newest first; ?to= narrows to one number."""
        to = _digits(request.parameter("to") or "")
        kept = [each for each in reversed(self._state.lines(SMS_FILE, containing=to)) if _digits(each["to"]).endswith(to)]
        return rows_page(request, "SMS inbox", kept[:_NEWEST], "No message yet.")

    def email(self, request: Request) -> Response:
        """Return the letters that would have been delivered, newest first; ?to= narrows to one address."""
        to = request.parameter("to")
        kept = [each for each in reversed(self._state.lines(EMAIL_FILE)) if to is None or each["to"] == to]
        return rows_page(request, "E-mail inbox", kept[:_NEWEST], "No letter yet.")

    def executions(self, request: Request) -> Response:
        """Return the running executions with the state each is in; ?status= asks for others."""
        status = request.parameter("status") or "RUNNING"
        return rows_page(request, f"Workflows: {status.lower()}", list(_executions(status)), "None.")

    def schedules(self, request: Request) -> Response:
        """Return when each schedule is due, or fire the named one (POST) and tell what it answered."""
        name = request.path.removeprefix("/_local/schedules").strip("/")
        if request.method != "POST":
            due, functions = self._scheduler.due(), self._scheduler.names()
            rows = [{"schedule": key, "function": functions[key], "due": when} for key, when in due.items()]
            return rows_page(request, "Schedules", rows, "The template has none.")
        try:
            answer = self._scheduler.fire(name)
        except KeyError:
            return json_response({"message": f"no schedule {name}"}, 404)
        except FunctionFailed as failed:
            print(f"schedule {name}: {failed.kind}: {failed.message}", file=sys.stderr)
            return json_response(failed.as_json(), 502)
        self._streams.nudge()
        return json_response({"answer": answer})

    def clock(self, request: Request) -> Response:
        """Tell the time that functions see, or move it: {"advance_seconds": n} or {"set": "2027-01-01T00:00:00+08:00"}."""
        if request.method == "POST":
            try:
                self._move(json.loads(request.body or b"{}"))
            except (ValueError, KeyError, TypeError) as exc:
                return json_response({"message": f"say advance_seconds (a number) or set (an instant with its zone): {exc}"}, 400)
        facts = {"now": self._clock.now().isoformat(timespec="milliseconds"), "shift_seconds": self._clock.shift}
        if wants_json(request) or request.method == "POST":
            return json_response(facts)
        return page("Clock", f"<p>Functions see <b>{facts['now']}</b> ({facts['shift_seconds']} s ahead).</p>")

    def _move(self, wish: Mapping[str, Any]) -> None:
        if "set" in wish:
            instant = datetime.fromisoformat(wish["set"])
            if instant.tzinfo is None:
                raise ValueError("the zone is missing")
            self._clock.set(instant)
        else:
            self._clock.advance(float(wish["advance_seconds"]))


def _executions(status: str) -> Any:  # noqa: ANN401 -- a generator of rows
    machines = client("stepfunctions")
    for machine in machines.list_state_machines()["stateMachines"]:
        arn = machine["stateMachineArn"]
        for execution in machines.list_executions(stateMachineArn=arn, statusFilter=status)["executions"]:
            history = machines.get_execution_history(executionArn=execution["executionArn"], reverseOrder=True, maxResults=50)["events"]
            entered = (each["stateEnteredEventDetails"]["name"] for each in history if "stateEnteredEventDetails" in each)
            yield {
                "machine": machine["name"],
                "execution": execution["name"],
                "status": execution["status"],
                "state": next(entered, ""),
                "since": execution["startDate"],
                "arn": f"arn:aws:states:{REGION}:{ACCOUNT}:execution:{machine['name']}:{execution['name']}",
            }


def _digits(number: str) -> str:
    return "".join(each for each in number if each.isdigit())


def _linked(value: str) -> str:
    shown = html.escape(value)
    return f'<a href="{shown}">{shown}</a>' if value.startswith(("/", "http")) and not Path(value).exists() else f"<code>{shown}</code>"
