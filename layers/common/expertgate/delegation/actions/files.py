"""Many at once by file: each line is a transaction of its own that is done once, however often the file is sent (DEL-16)."""

import json
import re
import time
from dataclasses import replace
from hashlib import sha256

from expertgate.account.model import Account
from expertgate.caller import Caller, Repeat
from expertgate.catalogue.model import Service
from expertgate.delegation import rules, store
from expertgate.delegation.actions.changing import commit_for_unit
from expertgate.delegation.actions.finding import verified_person
from expertgate.delegation.actions.granting import Order, grant_to
from expertgate.delegation.actions.naming import service_written
from expertgate.delegation.actions.showing import agent_grant
from expertgate.delegation.requests.files import FileDeed, FileResult, GrantFile, LineOutcome, LineResult
from expertgate.delegation.requests.grants import AgentGrant
from expertgate.delegation.tables import day_in, documents_in, name_in, read_lines
from expertgate.errors.base import ExpertGateError, TooMany, Unavailable
from expertgate.errors.delegation import AgentBoundAlready, GrantUnknown, TooManyGrantChanges
from expertgate.forms.dates import shanghai_day
from expertgate.forms.problems import FieldProblem
from expertgate.outbound.change import Change
from expertgate.outbound.repeats import AlreadyDone, done_before
from expertgate.outbound.world import World
from expertgate.wording import say, say_error

_SECONDS = 20
_WHO = ("document_number", "name", "service")
_COLUMNS = {FileDeed.BIND: (*_WHO, "roles", "first_day", "last_day"), FileDeed.REVOKE: _WHO}
_CREATED = 201
_BETWEEN = re.compile("[;；、]")

type Line = dict[str, str]


def apply_grant_file(body: GrantFile, caller: Caller, world: World) -> FileResult:
    """Bind or revoke line by line; a file sent again changes nothing for the lines that were done."""
    lines, until = read_lines(body.csv, _COLUMNS[body.deed]), time.monotonic() + _SECONDS
    results: list[LineResult] = []
    for number, line in enumerate(lines[body.from_line - 1 :], body.from_line):
        if time.monotonic() > until:
            return _result(results, number, None)
        try:
            results.append(_once(number, line, body, caller, world))
        except TooMany as exc:
            return _result(results, number, exc.retry_after)
    return _result(results, None, None)


def _once(number: int, line: Line, body: GrantFile, caller: Caller, world: World) -> LineResult:
    """Do a line unless it was done before, and say what became of it."""
    repeat = _repeat(line, body, caller, world)
    done = done_before(world, repeat)
    try:
        made = _made_before(done) if done else _do(line, body.deed, replace(caller, repeat=repeat), world)
    except AlreadyDone as exc:
        made = _made_before(exc)
    except TooManyGrantChanges as exc:  # with this person for the day: the lines behind it are about others
        return _refused(number, exc, line, caller)
    except (TooMany, Unavailable):  # the line is not refused: the same file goes on here, later or repeated
        raise
    except (ExpertGateError, FieldProblem) as exc:
        return _refused(number, exc, line, caller)
    return LineResult(line=number, outcome=LineOutcome.DONE, grant_id=made)


def _do(line: Line, deed: FileDeed, caller: Caller, world: World) -> str:
    change = Change(world, caller)
    documents = documents_in(line, shanghai_day(change.now))
    person = verified_person(world, caller.id, documents, name_in(line))
    made = _bind(line, person, change) if deed is FileDeed.BIND else _revoke(line, person, change)
    return made.id


def _bind(line: Line, person: Account, change: Change) -> AgentGrant:
    service = service_written(line["service"])
    order = Order(person.id, service.code, _roles_in(line, service), day_in(line, "first_day"), day_in(line, "last_day"))
    made = grant_to(change, change.caller.id, order)
    return change.commit(agent_grant(change, made.kept, made.agent))


def _revoke(line: Line, person: Account, change: Change) -> AgentGrant:
    read = store.in_place(change.world.keys, person.id, change.caller.id, service_written(line["service"]).code)
    if read is None:
        raise GrantUnknown
    return commit_for_unit(change, read, rules.revoked(read.grant, change.now), "revoked")


def _repeat(line: Line, body: GrantFile, caller: Caller, world: World) -> Repeat:
    """Return how this line of this file would be known when it is sent again: by what it says, wherever it stands."""
    said = sha256(json.dumps(line, sort_keys=True).encode()).hexdigest()
    file = sha256(body.csv.encode()).hexdigest()
    return Repeat(
        pk=world.keys.digest("repeat", f"{caller.id}|file|{body.deed}|{file}|{said}"),
        fingerprint=world.keys.digest("repeat", said),
        status=_CREATED,
    )


def _made_before(done: AlreadyDone) -> str:
    return str(json.loads(done.body)["id"])


def _roles_in(line: Line, service: Service) -> tuple[str, ...]:
    """Return the codes of the roles a line names, by code or by the name that pages and exports show."""
    codes = {name: role.code for role in service.roles for name in (role.name, role.english)}
    return tuple(codes.get(one.strip(), one.strip()) for one in _BETWEEN.split(line["roles"]) if one.strip())


def _refused(number: int, exc: ExpertGateError | FieldProblem, line: Line, caller: Caller) -> LineResult:
    bound = exc.facts if isinstance(exc, AgentBoundAlready) else {}
    if isinstance(exc, FieldProblem):
        code, message = f"{exc.field}:{exc.rule}", say("fields", exc.rule, caller.language, exc.facts)
    else:
        code, message = exc.code, say_error(exc, caller.language)
    counts = isinstance(exc, AgentBoundAlready) and exc.because is None
    outcome = LineOutcome.UNCHANGED if counts and _is_as_asked(bound, line) else LineOutcome.REFUSED
    grant_id = str(bound["grant_id"]) if bound else None
    return LineResult(line=number, outcome=outcome, grant_id=grant_id, code=code, message=message)


def _is_as_asked(bound: dict[str, object], line: Line) -> bool:
    """Tell whether the grant there is says what the line asks for; other days are asked for by changing the validity (DEL-07)."""
    roles = sorted(_roles_in(line, service_written(line["service"])))
    asked = {"first_day": str(day_in(line, "first_day")), "last_day": str(day_in(line, "last_day")), "roles": roles}
    return all(bound[name] == value for name, value in asked.items())


def _result(results: list[LineResult], next_line: int | None, wait: int | None) -> FileResult:
    counts = {one: sum(1 for each in results if each.outcome is one) for one in LineOutcome}
    return FileResult(
        lines=results,
        done=counts[LineOutcome.DONE],
        unchanged=counts[LineOutcome.UNCHANGED],
        refused=counts[LineOutcome.REFUSED],
        next_line=next_line,
        retry_after=wait,
    )
