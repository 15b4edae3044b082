"""`python -m infra.operations.send_parked`: count messages that were given up, and with --send let those chosen be sent again."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from infra.operations.system import NotRunning, enter_deployed, enter_local

if TYPE_CHECKING:
    from expertgate.notice.parked import Chosen

_ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Say what lies there, or what became of what was chosen, and return 0; 1 where the system could not be asked to the end."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.send and not (options.reason or options.notice):
        parser.error("--send wants to know which: --reason or --notice")
    try:
        enter_deployed(options.function) if options.function else enter_local(options.state)
    except NotRunning as exc:
        print(f"cannot look: {exc}", file=sys.stderr)
        return 1
    return _carried_out(options)


def _carried_out(options: argparse.Namespace) -> int:
    from expertgate.caller import system  # noqa: PLC0415 -- rows name their tables when they are imported
    from expertgate.errors.base import ExpertGateError  # noqa: PLC0415 -- as above
    from expertgate.notice.parked import ReasonUnknown, count_parked, send_parked  # noqa: PLC0415 -- as above
    from expertgate.notice.store import parked_keys  # noqa: PLC0415 -- as above
    from expertgate.outbound.passing import FAULTS  # noqa: PLC0415 -- as above
    from expertgate.outbound.world import the_world  # noqa: PLC0415 -- as above

    keys = _walked() if options.whole_table else parked_keys()
    try:
        if options.send:
            told: object = send_parked(the_world(), system("send_parked"), _chosen(options), keys)
        else:
            told = count_parked(the_world(), _chosen(options), keys)
    except ReasonUnknown as exc:
        print(f"nothing is parked for {' or '.join(options.reason)}; what is parked is for: {exc}", file=sys.stderr)
        return 1
    except (ExpertGateError, *FAULTS) as exc:
        print(f"stopped by {type(exc).__name__} {exc}; the same command goes on, nothing is sent twice", file=sys.stderr)
        return 1
    print(json.dumps(told, ensure_ascii=False, indent=1))
    return 0


def _walked() -> Iterator[tuple[str, str]]:
    """Yield the keys of all parked notices; no function of the system may walk a table, an operator may."""
    from expertgate.notice.store import NoticeRow  # noqa: PLC0415 -- as above
    from expertgate.outbound.aws import client  # noqa: PLC0415 -- as above

    pages = (
        client("dynamodb")
        .get_paginator("scan")
        .paginate(
            TableName=NoticeRow.Meta.table_name,
            ConsistentRead=True,
            FilterExpression="delivery = :parked",
            ProjectionExpression="pk, sk",
            ExpressionAttributeValues={":parked": {"S": "parked"}},
        )
    )
    return ((item["pk"]["S"], item["sk"]["S"]) for page in pages for item in page["Items"])


def _chosen(options: argparse.Namespace) -> "Chosen":
    from expertgate.notice.parked import Chosen  # noqa: PLC0415 -- as above

    reasons, templates, notices = (frozenset(one or ()) for one in (options.reason, options.template, options.notice))
    return Chosen(reasons, templates, notices, options.since, options.until)


def _instant(text: str) -> datetime:
    with suppress(ValueError):
        read = datetime.fromisoformat(text)
        if read.tzinfo is not None:
            return read
    raise argparse.ArgumentTypeError("an instant has its offset: 2026-03-02T08:00+08:00")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="infra.operations.send_parked", description=__doc__)
    parser.add_argument("--reason", action="append", help="only what was parked for this reason, as the list names it; may be repeated")
    parser.add_argument("--template", action="append", help="only messages of this template; may be repeated")
    parser.add_argument(
        "--notice", action="append", help="only the message with this id, as the line `notice not sent` names it; may be repeated"
    )
    parser.add_argument("--since", type=_instant, help="only what was told then or later, with its offset")
    parser.add_argument("--until", type=_instant, help="only what was told before")
    parser.add_argument("--send", action="store_true", help="send those again; without it only count")
    parser.add_argument("--whole-table", action="store_true", help="look at every notice: for what a release before this one parked")
    parser.add_argument("--state", type=Path, default=_ROOT / ".local", help="folder of the running one-machine system (.local)")
    parser.add_argument("--function", help="work on the deployed system that this Lambda function belongs to (NoticeRetryNotices...)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
