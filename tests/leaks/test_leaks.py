"""After the main journey nobody's name, number, mobile, password or token stands anywhere in clear."""

import ast
import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.session import get_session

from infra.local.demo.__main__ import play
from infra.local.demo.client import Client
from infra.local.demo.server import Server
from infra.local.demo.story import Reply, Story
from tests.figures import tell
from tests.leaks.hearing import Ears
from tests.leaks.scan import executions_of, files_of, found_in, personal_in, rows_of
from tests.tree.house import resources, sources, tree_of

_VALUE = "李晓波13800138000"


@pytest.mark.parametrize(
    "written",
    [
        _VALUE.encode(),
        json.dumps({"name": _VALUE}).encode(),
        base64.b64encode(b"x" + _VALUE.encode()),
        base64.b64encode(b"xy" + _VALUE.encode() + b"z"),
        base64.b64encode(json.dumps({"name": _VALUE}).encode()),
        _VALUE.encode().hex().encode(),
    ],
)
def test_the_scan_sees_through_every_spelling(written: bytes) -> None:
    assert found_in([("here", b"before " + written + b" after")], [_VALUE]) == [f"here: {_VALUE}"]
    assert found_in([("here", b"before " + written + b" after")], ["王小明13900139000"]) == []


def test_the_ears_hear_whose_number_was_told() -> None:
    ears = Ears()
    ears.hear("/v1/persons", None, {"mobile": "13800138000", "document_number": "110105200001011234"}, {"account_id": "A1"})
    ears.hear("/v1/sessions", None, {"login_name": "13800138000"}, {"token": "t1"})
    ears.hear("/v1/account", "t1", None, {"mobile": "13800138000", "document": {"number": "110105200001011234"}})
    ears.hear("/v1/persons", None, {"mobile": "13900139000"}, {})
    assert ears.told_too_much() == []
    ears.hear("/v1/agents", "t1", None, {"items": [{"mobile": "+8613900139000"}]})
    assert ears.told_too_much() == ["/v1/agents told 13800138000 13900139000"]


def test_nothing_of_ours_writes_traces_or_metrics() -> None:
    """Traces and metrics are AWS's own: of names, times and counts. So nothing personal can get into them."""
    imported = {name.name for path in sources("functions", "layers/common/expertgate") for name in _imports(path)}
    assert {"Logger"} <= imported
    assert imported.isdisjoint({"Metrics", "Tracer", "aws_xray_sdk", "single_metric", "opentelemetry"})
    filters = [one["Properties"]["MetricTransformations"] for one in resources().values() if one["Type"] == "AWS::Logs::MetricFilter"]
    assert len(filters) > 3
    assert all({name for name, _ in each.items()} == {*_METRIC} for some in filters for each in some)
    assert {each["MetricValue"] for some in filters for each in some} == {"1"}


_METRIC = ("MetricNamespace", "MetricName", "MetricValue", "DefaultValue")


def _imports(path: Path) -> Iterator[ast.alias]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from node.names


class _Listener:
    """Hears what people send and are answered, and by which addresses."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.values: set[str] = set()
        self.ears = Ears()
        self.addresses: list[tuple[str, bytes]] = []
        real = Client.send

        def send(client: Client, method: str, path: str, body: object = None, **more: Any) -> Reply:
            reply = real(client, method, path, body, **more)
            self.values.update(personal_in(body), personal_in(reply.body))
            if not path.startswith("/_local"):
                self.ears.hear(path, more.get("token"), body, reply.body)
                self.addresses.append((f"address {method} {path}", f"{path}?{more}".replace(str(more.get("token")), "").encode()))
            return reply

        patch.setattr(Client, "send", send)


def _executions(state: Path) -> list[tuple[str, bytes]]:
    endpoint = json.loads((state / "running.json").read_text())["aws"]
    keys = {"aws_access_key_id": "local", "aws_secret_access_key": "local"}
    return list(executions_of(get_session().create_client("stepfunctions", region_name="us-east-1", endpoint_url=endpoint, **keys)))


def _places(state: Path) -> Iterator[tuple[str, bytes]]:
    yield from rows_of(state / "tables.db")
    yield from files_of(state)


# Words that stand for many, not for one.
_PUBLIC = {"city", "national", "platform", "province"}


def _write_a_letter(server: Server) -> None:
    """Send a code by e-mail, which the journey does not, and wait until the carrier has it."""
    Client(server.url, Story(quiet=True)).ask("POST", "/v1/email-codes", {"purpose": "reset_password", "email": _READER}, expect=201)
    letters, ends = server.state / "email.jsonl", time.monotonic() + 30
    while not (letters.exists() and _READER in letters.read_text("utf-8")):
        assert time.monotonic() < ends, "no letter was sent"
        time.sleep(0.1)


_READER = "li.the.reader@example.org"


def test_nothing_personal_stands_in_clear_after_the_journey(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = _Listener(monkeypatch)
    with Server() as server:
        play(server, Story(quiet=True))
        _write_a_letter(server)
        executions = _executions(server.state)
        server.kill()
        places = [*_places(server.state), *executions, *heard.addresses]
        assert found_in(places, heard.values - _PUBLIC) == []
        assert heard.ears.told_too_much() == []
        assert len(heard.ears.answers) > 100
        assert _READER in heard.values
        assert len(heard.values) > 20
        assert len(places) > 500
        assert {"functions.log"} <= {place for place, _ in places}
        tell("leaks", values=len(heard.values), places=len(places), answers=len(heard.ears.answers), found=0)
