"""Holds and imports under many hands at once: one judgement, one join, each member once."""

from functools import partial

from expertgate.admission.model import Standing
from expertgate.admission.store import standings
from expertgate.errors.base import Conflict
from expertgate.outbound.audit import AuditRow
from expertgate.outbound.aws import client
from infra.local.naming import PREFIX
from tests.builders.admission import employer_and_agent
from tests.builders.cases import claim
from tests.builders.holds import suspended_member
from tests.builders.legacy import a_moved_person, as_csv
from tests.builders.officials import PLATFORM, official
from tests.functions.admission.test_import_legacy_members import line
from tests.races.racing import at_once, needs_engine
from tests.stage import Stage


def _audited(subject: str, tag: str) -> int:
    return [row.tag for row in AuditRow.query(subject, page_size=100)].count(tag)


def test_a_hold_is_judged_and_joined_once(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    employer, agent, newcomer, case_id = suspended_member(stage)
    desk = official(stage, PLATFORM)
    seen = claim(stage, case_id, desk).json
    looked_at = {name: seen[name] for name in ("round", "level", "version")} | {"reason": "已核实"}
    send = partial(stage.call, "admission.resolve_hold", token=desk.token, path={"case_id": case_id})
    answers = at_once([partial(send, {**looked_at, "resolution": one}) for one in ("join", "release", "refuse") * 5])
    assert {one.status for one in answers} <= {201, 409, 503}
    assert _audited(f"CASE#{case_id}", "review:case:decided") == 1
    assert _audited(f"UNIT#{employer.id}", "admission:hold:judged") == 1
    hold = standings.hold(employer.id, newcomer.id)
    assert hold is not None
    event = {"case": case_id, "round": 1, "attempt": 1}
    at_once([partial(_close, stage, event) for _ in range(8)])
    hold = standings.hold(employer.id, newcomer.id)
    assert hold is not None
    assert _audited(f"UNIT#{employer.id}", f"admission:hold:{hold.state}") == 1
    old = standings.member(employer.id, agent.id)
    assert old is not None
    assert (old.standing == Standing.RETIRED) == (hold.state == "joined")


def _close(stage: Stage, event: dict[str, object]) -> None:
    try:
        stage.run("review.close_round", event)
    except Conflict:
        return  # another one closed it; the workflow would try again and find it closed


def test_a_legacy_file_brought_in_by_many_counts_once(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    employer, _ = employer_and_agent(stage)
    event = {"lines": [line(stage, employer)]}
    told = at_once([partial(stage.run, "admission.import_legacy_members", event) for _ in range(6)])
    assert sum(one["imported"] for one in told) == 1
    assert sum(one["projects"] for one in told) == 2


def test_an_upload_told_many_times_is_imported_once(stage: Stage, engine: str | None) -> None:
    needs_engine(engine)
    bucket, key = f"{PREFIX}-importbucket", "imports/a.csv"
    client("s3").create_bucket(Bucket=bucket)
    client("s3").put_object(Bucket=bucket, Key=key, Body=as_csv(a_moved_person(1), a_moved_person(2)))
    event = {"detail": {"bucket": {"name": bucket}, "object": {"key": key, "sequencer": "1"}}}
    told = at_once([partial(stage.run, "account.import_accounts", event) for _ in range(6)])
    done = [one["imports"][0] for one in told if one.get("imports")]
    assert [one["imported"] for one in done if one["state"] == "finished"] == [2]
    assert stage.run("account.import_accounts", event) == {"imports": []}
