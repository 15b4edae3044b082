"""All grants of a unit as CSV, page by page (DEL-16)."""

import csv
import io
from datetime import datetime

from expertgate.forms.dates import SHANGHAI
from tests.builders.grants import bound, opened, person, unit
from tests.stage import Stage


def test_a_page_is_csv_without_names_in_clear(stage: Stage) -> None:
    employer, agent = opened(stage, unit(stage)), person(stage)
    made = bound(stage, employer, agent).json
    page = stage.call("delegation.export_agent_grants", token=employer.token)
    header, line = csv.reader(io.StringIO(page.text))
    applied = datetime.fromisoformat(made["applied_at"]).astimezone(SHANGHAI)
    assert page.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert dict(zip(header, line, strict=True)) == {
        "授权编号": made["id"],
        "姓名": "李*波",
        "手机号码": made["agent_mobile"],
        "系统名称": "外国专家项目管理信息系统",
        "角色": "用人单位申报用户",
        "开始日期": made["first_day"],
        "结束日期": made["last_day"],
        "状态": "有效",
        "申请时间": f"{applied:%Y-%m-%d %H:%M:%S}",
        "原授权编号": "",
    }


def test_pages_are_linked_and_headed_once(stage: Stage) -> None:
    employer = opened(stage, unit(stage))
    for seed in range(101):
        bound(stage, employer, person(stage, seed))
    first = stage.call("delegation.export_agent_grants", token=employer.token)
    link = first.headers["Link"]
    cursor = link.partition("cursor=")[2].partition(">")[0]
    second = stage.call("delegation.export_agent_grants", token=employer.token, query={"cursor": cursor}, language="en")
    assert link.endswith('rel="next"')
    assert (len(first.text.splitlines()), len(second.text.splitlines())) == (101, 1)
    assert "Link" not in second.headers


def test_another_unit_gets_a_header_alone(stage: Stage) -> None:
    bound(stage, opened(stage, unit(stage)), person(stage))
    other = unit(stage, 2, "石家庄市另一家公司")
    exported = stage.call("delegation.export_agent_grants", token=other.token, language="en").text
    assert exported.splitlines() == ["grant,name,mobile,service,roles,first day,last day,state,applied at (UTC+8),previous grant"]
