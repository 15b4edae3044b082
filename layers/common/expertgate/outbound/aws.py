"""Clients of AWS services: made on first use, shared, with time limits that fit a waiting person."""

import random
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from botocore.session import Session

CONNECT_SECONDS = 2
READ_SECONDS = 5
# What every door waits for: three tries with their pauses must end before the door does, so that its caller is told to try again.
SHORT_READ_SECONDS = 3
_SHORT = frozenset({"dynamodb", "kms", "stepfunctions"})


@cache
def session() -> "Session":
    """Return the one session of this process."""
    from botocore.session import get_session  # noqa: PLC0415 -- botocore is loaded only where a service is called

    from expertgate.outbound.service_models import Models  # noqa: PLC0415 -- as above

    made = get_session()
    made.register_component("data_loader", Models())
    for service in ("dynamodb", "sns"):
        made.register(f"creating-client-class.{service}", _lean)
    return made


def _lean(**event: Any) -> None:  # noqa: ANN401 -- botocore's event
    """Let a client take the lean wire."""
    from expertgate.outbound.wire import lean  # noqa: PLC0415 -- as above

    lean(**event)


@cache
def client(service: str) -> Any:  # noqa: ANN401 -- botocore makes its clients' methods at run time
    """Return the shared client of a service; botocore keeps service models per session, so there is one session."""
    from botocore.config import Config  # noqa: PLC0415 -- as above

    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=SHORT_READ_SECONDS if service in _SHORT else READ_SECONDS,
        retries={"total_max_attempts": 3, "mode": "standard"},
        max_pool_connections=50,
        parameter_validation=service == "s3",
        tcp_keepalive=True,
        user_agent="expertgate",  # botocore composes its own anew for every call, a seventh of its work
        signature_version="s3v4" if service == "s3" else None,
        # Else botocore signs forms and links for the global host: it redirects for hours after a bucket was made, and no browser follows.
        s3={"addressing_style": "virtual"} if service == "s3" else None,
    )
    return session().create_client(service, config=config)


def forget_clients() -> None:
    """Drop the cached clients: after a fork or a snapshot they must not be shared."""
    client.cache_clear()
    session.cache_clear()


def after_restore() -> None:
    """Make clients anew and draw jitter of our own: both are the same in every copy of a SnapStart snapshot."""
    forget_clients()
    random.seed()


@cache
def register() -> None:
    """Ask Lambda's runtime, which brings the library of these hooks, to call `after_restore`; elsewhere there are no snapshots."""
    with suppress(ImportError):
        from snapshot_restore_py import register_after_restore  # noqa: PLC0415 -- only where the runtime has it

        register_after_restore(after_restore)
