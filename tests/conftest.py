"""What every test may ask for: a world on real tables, doors called with real events, time that obeys."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from infra.local.template import environment, load

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = load(ROOT / "template.yaml")

# Before any store is imported: row models name their tables from the environment, as in Lambda.
os.environ |= {
    **environment(TEMPLATE),
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "POWERTOOLS_LOG_LEVEL": "INFO",
    "STAGE": "test",
}
os.environ.pop("EXPERTGATE_CLOCK_FILE", None)

# No luck and no clock: the same examples each time, however slow the machine is. `--hypothesis-profile=default` looks for new ones.
settings.register_profile("house", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

pytest_plugins = ["tests.guards"]

from expertgate.inbound.observe import log  # noqa: E402 -- the environment must stand first
from tests import permissions, spending  # noqa: E402 -- the environment must stand first
from tests.stage import Stage, open_stage  # noqa: E402 -- the environment must stand first


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the same suite run on either engine."""
    parser.addoption("--rights", action="store_true", help="fail where a policy allows what no test of this run did")
    parser.addoption("--engine", choices=["moto", "dynoxide"], default=None, help="DynamoDB engine; dynoxide where it is installed")


def pytest_configure() -> None:
    """Let all processes of this run write down what functions do."""
    permissions.begin_to_record()
    log()  # made here it writes where the run does, and not to what the first test that captures its output has closed since


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep what the actions asked of AWS; where it is asked for, no policy may allow what no test of this run did."""
    spending.write_down()
    permissions.write_down()
    config = session.config
    if config.getoption("--rights") and not hasattr(config, "workerinput") and session.exitstatus == pytest.ExitCode.OK:
        wrong = permissions.wrong_rights()
        told = "\n".join(wrong) or "rights: each is used by its function, or excepted with its reason"
        config.get_terminal_writer().line(f"\n{told}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED if wrong else pytest.ExitCode.OK


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Start the DynamoDB engine of this run and give its address, None for moto in the process."""
    from tests.engines import start_engine  # noqa: PLC0415 -- only tests on tables need an engine

    with start_engine(request.config.getoption("--engine")) as address:
        yield address


@pytest.fixture
def stage(engine: str | None) -> Iterator[Stage]:
    """Give an empty world: tables of the template, a ring, a clock that stands still, doors to call."""
    with open_stage(TEMPLATE, engine) as opened:
        yield opened
