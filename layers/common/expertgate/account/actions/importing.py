"""Import of the accounts of the old platforms from a bucket (ACC-15): an upload begins it, a schedule goes on until it is done."""

import io
import tempfile
from datetime import datetime, timedelta
from typing import Any

from expertgate.account.actions.parts import give_up_import, go_on, is_held, let_go, start_import
from expertgate.account.legacy import rows
from expertgate.account.legacy.report import summary, write_report
from expertgate.account.legacy.rows import ImportRow
from expertgate.caller import Caller
from expertgate.errors.account import ImportInHand, LegacyFileRefused
from expertgate.errors.edge import ChangedMeanwhile
from expertgate.outbound.objects import StoredObject, put_object
from expertgate.outbound.world import World
from expertgate.settings import LIMITS

_REPORT_IN_MEMORY = 4 * 1024 * 1024


def import_accounts(event: dict[str, Any], caller: Caller, world: World) -> dict[str, Any]:
    """Begin the import of an uploaded object, or without one go on with what is not done; ends after some minutes with how far it came."""
    until = world.clock.now() + timedelta(seconds=LIMITS.import_slice)
    try:
        is_upload = isinstance(event.get("detail"), dict)  # a schedule's own event has a text there
        asked = [_uploaded(event["detail"], world, caller)] if is_upload else rows.running()
        worked = [_work(row, until, world, caller) for row in asked if row is not None and not is_held(world, row)]
    except LegacyFileRefused as exc:
        return {"refused": exc.facts["reason"]}
    except (ChangedMeanwhile, ImportInHand):
        return {"in_hand": True}
    return {"imports": worked}


def _uploaded(detail: dict[str, Any], world: World, caller: Caller) -> ImportRow | None:
    """Return the import that an upload asks for; a second message about the same upload begins nothing."""
    source = StoredObject.find(detail["bucket"]["name"], detail["object"]["key"])
    if source is None:
        return None
    tag = f"{source.tag}{detail['object'].get('sequencer', '')}"
    row = start_import(world, caller, source, resume=False, tag=tag)
    return row if row.state == rows.RUNNING else None


def _work(row: ImportRow, until: datetime, world: World, caller: Caller) -> dict[str, object]:
    bucket, _, key = row.place.partition("/")
    source = StoredObject.find(bucket, key)
    if source is None or not row.tag.startswith(source.tag):
        give_up_import(world, caller, row, "object_changed")
        return summary(row)
    for far in go_on(world, caller, row, source):
        if far.state == rows.FINISHED:
            _report(row, bucket, key)
        elif world.clock.now() >= until:
            let_go(world, caller, row)
            break
    return summary(row)


def _report(row: ImportRow, bucket: str, key: str) -> None:
    with tempfile.SpooledTemporaryFile(_REPORT_IN_MEMORY) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", write_through=True)
        write_report(row, text, "json_lines")
        file.seek(0)
        put_object(bucket, f"reports/{key.rpartition('/')[2]}.jsonl", file)
        text.detach()
