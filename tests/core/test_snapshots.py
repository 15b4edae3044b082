"""SnapStart: copies of one snapshot share no connection and no randomness."""

import ast
import random
from collections.abc import Iterator

import pytest

from expertgate.outbound.aws import after_restore, client, session
from expertgate.outbound.service_models import SERVICES
from expertgate.outbound.sessions import GateRow
from tests.stage import Stage
from tests.tree.house import name_of, sources, tree_of

# What must be asked for each request, never once for all copies: randomness, the time, ids, connections.
_EACH_TIME = {"urandom", "token_bytes", "token_hex", "token_urlsafe", "randbelow", "choice", "random", "randint", "uuid4", "uuid1", "uuid7"}
_EACH_TIME |= {"now", "today", "utcnow", "monotonic", "ulid", "SystemRandom", "client", "session", "create_client", "Session", "socket"}


def test_restored_copy_makes_its_own_clients(stage: Stage) -> None:
    frozen = client("dynamodb")
    assert GateRow._get_connection().connection.client is frozen
    after_restore()
    assert client("dynamodb") is not frozen
    assert GateRow._get_connection().connection.client is client("dynamodb")


def test_restored_copies_draw_different_jitter() -> None:
    drawn = []
    for _ in range(2):
        random.seed(7)
        after_restore()
        drawn.append(random.random())  # noqa: S311 -- jitter is what this is about
    assert drawn[0] != drawn[1]


def _at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs while a module is imported: everything but the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for early in (*child.decorator_list, *child.args.defaults, *(one for one in child.args.kw_defaults if one)):
                yield from (early, *_at_import(early))
        elif not isinstance(child, ast.Lambda):
            yield child
            yield from _at_import(child)


def _frozen(text: ast.AST) -> list[str]:
    """Return the calls of a module that a snapshot would freeze."""
    calls = [node.func for node in _at_import(text) if isinstance(node, ast.Call)]
    return sorted({name for one in calls if (name := one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "")) in _EACH_TIME})


def test_nothing_random_or_connected_is_made_while_importing() -> None:
    files = sources("functions", "layers/common/expertgate")
    assert {name_of(file): found for file in files if (found := _frozen(tree_of(file)))} == {}


@pytest.mark.parametrize(
    "text", ["A = uuid4()", "class A:\n    b = secrets.token_hex(8)", "def f(a=datetime.now()): ...", "@g(client('s3'))\ndef f(): ..."]
)
def test_what_a_snapshot_would_freeze_is_seen(text: str) -> None:
    assert len(_frozen(ast.parse(text))) == 1
    assert _frozen(ast.parse("def f():\n    return uuid4()\nA = lambda: now()")) == []


def test_boto3_is_imported_nowhere() -> None:
    named = {
        name_of(file): "boto3"
        for file in sources("functions", "layers/common/expertgate")
        for node in ast.walk(tree_of(file))
        if (isinstance(node, ast.Import) and any(one.name.partition(".")[0] == "boto3" for one in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "boto3")
    }
    assert named == {}


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize("service", SERVICES)
def test_a_service_model_is_read_once(service: str) -> None:
    assert client(service) is client(service)
    loader = session().get_component("data_loader")
    models = [loader.load_service_model(service, "service-2") for _ in range(2)]
    assert models[0] is models[1]
