"""Binding and revoking by file (DEL-16): a result per line, done once however often it is sent."""

from typing import Any

import pytest

from expertgate.account.model import HeldDocument
from expertgate.caller import system
from expertgate.forms.documents import Continent, DocumentType, parse_document
from expertgate.outbound.change import Change
from expertgate.outbound.standing import rest_grants
from expertgate.settings import LIMITS
from tests.builders.grants import Somebody, act, again, bound, day, document_of, opened, person, reason, told, unit
from tests.builders.people import TODAY, a_verified_person, held
from tests.stage import Answered, Stage

HEADER = "证件号码,姓名,服务事项,角色,开始日期,结束日期"


def _send(stage: Stage, employer: Somebody, text: str, **body: Any) -> Answered:
    return stage.call("delegation.apply_grant_file", {"deed": "bind", "csv": text, **body}, token=employer.token)


def _line(stage: Stage, agent: Somebody, **changed: str) -> str:
    cells = {
        "number": agent.number,
        "name": agent.name,
        "service": "fepms",
        "roles": "unit_applicant",
        "first": day(stage),
        "last": day(stage, 90),
    }
    return ",".join((cells | changed).values())


def test_each_line_has_its_result(stage: Stage) -> None:
    employer, agents = opened(stage, unit(stage)), [person(stage, seed) for seed in range(4)]
    bound(stage, employer, agents[3], last_day=day(stage, 90))
    lines = [
        _line(stage, agents[0]),
        _line(stage, agents[1], roles="unit_administrator"),
        _line(stage, agents[2], last="2026-02-30"),
        _line(stage, agents[3]),
        _line(stage, agents[2], number="130404199003071230"),
        _line(stage, agents[2], service="work_permit"),
    ]
    answered = _send(stage, employer, "\n".join([HEADER, *lines]))
    assert [(one["line"], one["outcome"], one["code"]) for one in answered.json["lines"]] == [
        (1, "done", None),
        (2, "refused", "roles:role_not_yours"),
        (3, "refused", "last_day:day_form"),
        (4, "unchanged", "agent_bound_already"),
        (5, "refused", "document_number:resident_id_checksum"),
        (6, "refused", "service_not_opened"),
    ]
    assert (answered.json["done"], answered.json["unchanged"], answered.json["refused"], answered.json["next_line"]) == (1, 1, 4, None)
    assert reason(stage, employer, agents[0]) == "granted"


@pytest.mark.parametrize(("why", "said"), [("disabled", "授权已停用"), ("at_rest", "授权待单位重新确认")])
def test_a_grant_that_does_not_count_is_told(stage: Stage, why: str, said: str) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent, last_day=day(stage, 90)).json["id"]
    if why == "disabled":
        act(stage, employer, "disable_grant", grant_id)
    else:
        change = Change(stage.world, system("test"))
        rest_grants(change, employer.id, "new_legal_representative")
        change.commit(None)
    (line,) = _send(stage, employer, f"{HEADER}\n{_line(stage, agent)}").json["lines"]
    assert (line["outcome"], line["code"], line["grant_id"]) == ("refused", "agent_bound_already", grant_id)
    assert said in line["message"]


def test_other_days_for_an_agent_are_refused(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    grant_id = bound(stage, employer, agent).json["id"]
    (line,) = _send(stage, employer, f"{HEADER}\n{_line(stage, agent)}").json["lines"]
    assert (line["outcome"], line["code"], line["grant_id"]) == ("refused", "agent_bound_already", grant_id)
    assert "可修改有效期" in line["message"]


@pytest.mark.parametrize("kind", ["", "护照", "passport"])
def test_a_foreigner_is_bound_by_passport(stage: Stage, kind: str) -> None:
    employer = opened(stage, unit(stage))
    foreigner = a_verified_person(stage, name="WILLIAM HALE", document=held("E12345678", DocumentType.PASSPORT))
    line = _line(stage, Somebody(foreigner.id, "", "William Hale", "E12345678"))
    answered = _send(stage, employer, f"证件类型,{HEADER}\n{kind},{line}").json
    assert (answered["done"], answered["lines"][0]["code"]) == (1, None)


def test_another_document_needs_no_continent(stage: Stage) -> None:
    employer = opened(stage, unit(stage))
    document = HeldDocument.of(parse_document(DocumentType.OTHER, "X-1234", TODAY, Continent.AFRICA))
    foreigner = a_verified_person(stage, name="WILLIAM HALE", document=document)
    line = _line(stage, Somebody(foreigner.id, "", "William Hale", "X-1234"))
    assert _send(stage, employer, f"证件类型,{HEADER}\n其他,{line}").json["done"] == 1


@pytest.mark.parametrize(
    ("service", "role"),
    [("外国专家项目管理信息系统", "用人单位申报用户"), ("Foreign expert project management", "Unit applicant")],
)
def test_a_file_speaks_as_the_pages_do(stage: Stage, service: str, role: str) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    line = _line(stage, agent, service=service, roles=role)
    assert _send(stage, employer, f"{HEADER}\n{line}").json["done"] == 1
    assert _send(stage, employer, f"{HEADER}\n\n{line}").json["unchanged"] == 1
    assert _send(stage, employer, f"{HEADER}\n{line}", deed="revoke").json["done"] == 1


def test_a_table_keeps_the_headings_of_the_export(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    for language, added, other in (("zh", "证件号码", "done"), ("en", "document_number", "unchanged")):
        exported = stage.call("delegation.export_agent_grants", token=employer.token, language=language).text.splitlines()[0]
        named = exported.split(",")
        cells = dict.fromkeys(named, "") | dict(zip([named[1], *named[3:7]], _line(stage, agent).split(",")[1:], strict=True))
        assert _send(stage, employer, f"{added},{exported}\n{agent.number},{','.join(cells.values())}").json[other] == 1


def test_a_column_that_is_there_twice_is_refused(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    assert _send(stage, employer, f"{HEADER},系统名称\n{_line(stage, agent)},fepms").code == "file_unreadable"


def test_a_file_sent_again_changes_nothing(stage: Stage) -> None:
    employer, agents = opened(stage, unit(stage)), [person(stage, seed) for seed in range(3)]
    text = "\n".join([HEADER, *(_line(stage, agent) for agent in agents)])
    first, second = _send(stage, employer, text).json, _send(stage, employer, text).json
    assert first == second
    assert [told(stage, agent) for agent in agents] == [["grant_bound"]] * 3


def test_a_file_goes_on_where_it_stopped(stage: Stage) -> None:
    employer, agents = opened(stage, unit(stage)), [person(stage, seed) for seed in range(3)]
    text = "\n".join([HEADER, *(_line(stage, agent) for agent in agents)])
    answered = _send(stage, employer, text, from_line=3).json
    assert [(one["line"], one["outcome"]) for one in answered["lines"]] == [(3, "done")]
    assert _send(stage, employer, text).json["done"] == 3


def test_agents_are_revoked_by_file(stage: Stage) -> None:
    employer, agent, other = opened(stage, unit(stage)), person(stage), person(stage, 2, "王小明")
    grant_id = bound(stage, employer, agent).json["id"]
    text = f"document_number,name,service\n{agent.number},{agent.name},fepms\n{other.number},{other.name},fepms\n"
    for _ in range(2):
        lines = _send(stage, employer, text, deed="revoke").json["lines"]
        assert [(one["outcome"], one["grant_id"], one["code"]) for one in lines] == [
            ("done", grant_id, None),
            ("refused", None, "grant_unknown"),
        ]
    assert reason(stage, employer, agent) == "revoked"
    assert told(stage, agent).count("grant_revoked") == 1


def test_wrong_names_stop_the_file_for_an_hour(stage: Stage) -> None:
    employer, agents = opened(stage, unit(stage)), [person(stage, seed) for seed in range(5)]
    lines = [_line(stage, agent, name="张三丰") for agent in agents[:4]] + [_line(stage, agents[4])]
    answered = _send(stage, employer, "\n".join([HEADER, *lines])).json
    assert [one["code"] for one in answered["lines"]] == ["person_not_found"] * 3
    assert (answered["next_line"], answered["retry_after"]) == (4, 3600)


def test_nobody_is_bound_by_number_alone(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    answered = _send(stage, employer, f"{HEADER}\n{_line(stage, agent, name='')}").json
    assert answered["lines"][0]["code"] == "name:required"


@pytest.mark.parametrize(
    "text",
    [
        "姓名,证件号码\n李晓波,1\n",
        HEADER,
        f"{HEADER}\n" + f"{document_of(1).number},李晓波,fepms,unit_applicant,2026-03-02,2026-03-03\n" * 501,
        f"{HEADER}\n1,2,3,4,5,6,7\n",
        '"',
    ],
)
def test_what_is_no_such_file_is_refused(stage: Stage, text: str) -> None:
    answered = _send(stage, opened(stage, unit(stage)), text)
    assert (answered.status, answered.code) == (422, "file_unreadable")


def test_a_refused_file_is_told_its_columns_by_name(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    title = _send(stage, employer, "系统名称\nfepms\n").json["title"]
    named = title.split("列为 ")[1].split("，")[0].split("、")
    assert (len(named), "可另加 证件类型" in title) == (len(HEADER.split(",")), True)
    assert _send(stage, employer, f"{','.join(named)}\n{_line(stage, agent)}\n").json["done"] == 1


def test_a_spreadsheets_mark_is_no_part_of_the_header(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    text = f"\ufeff证件类型,{HEADER}\r\n居民身份证,{_line(stage, agent)}\r\n\r\n"
    assert _send(stage, employer, text).json["done"] == 1
    assert _send(stage, agent, text).code == "caller_kind_refused"


def test_a_person_bound_too_often_stops_no_other_line(stage: Stage) -> None:
    employer, agents = opened(stage, unit(stage)), [person(stage, seed) for seed in range(2)]
    for _ in range(LIMITS.grant_changes_a_day):
        act(stage, employer, "revoke_grant", bound(stage, employer, agents[0]).json["id"])
    text = "\n".join([HEADER, *(_line(stage, one) for one in agents)])
    answered = _send(stage, employer, text).json
    assert [(one["outcome"], one["code"]) for one in answered["lines"]] == [("refused", "too_many_grant_changes"), ("done", None)]
    assert (answered["next_line"], answered["retry_after"]) == (None, None)
    stage.clock.advance(days=1)
    text = text.replace(day(stage, -1), day(stage))
    assert next(one["outcome"] for one in _send(stage, again(stage, employer), text).json["lines"]) == "done"
