"""Chapters about admission: the unit form, review on three levels with one return, members, and a suspected duplicate."""

from infra.local.demo.cast import Cast, Official, Person
from infra.local.demo.client import Client
from infra.local.demo.forms import colour_picture, grey_picture, member_form, unit_form, upload
from infra.local.demo.story import Reply

UNIT_PENDING = "该单位注册信息已经提交，请等待归口管理单位审核。"
MEMBER_PENDING = "该用户注册信息已经提交，请等待归口管理单位审核。"
SUSPENDED = "该用户账号疑似重复被挂起，请等待管理员处理，处理完成后用户手机号码会收到短信提醒，无需重复提交。"


def send_unit_form(client: Client, cast: Cast) -> str:
    """Play 单位信息完善 and return the case (ADM-01 … ADM-06)."""
    story, unit, agent = client.story, cast.unit, cast.agent
    story.chapter("The agent enters and completes the unit's information (单位信息完善)")
    entered = enter(client, agent.token, unit.account_id, "unit_form")
    story.note(entered["message"])
    story.step("A black-and-white scan is refused, colour pictures are taken")
    upload(client, agent.token, "bank_page", grey_picture(), expect=422)
    attachments = {one: upload(client, agent.token, one, colour_picture(n)) for n, one in enumerate(("registration_proof", "bank_page"))}
    form = unit_form(cast, agent, attachments)
    story.step("Without the English introduction the form is refused at once")
    without = form | {"introduction": {"zh": "公司从事高性能合金材料的研发与生产。"}}
    path = f"/v1/units/{unit.account_id}/profile"
    refused = client.ask("POST", path, without, token=agent.token, expect=422)
    story.expect("the broken field", [one["field"] for one in refused["errors"]], ["introduction.en"])
    story.step("The complete form goes to 邯郸市外国专家局")
    sent = client.ask("POST", path, form, token=agent.token, expect=201)
    pending = enter(client, agent.token, unit.account_id, "unit_pending")
    story.expect("the manual's sentence", pending["message"], UNIT_PENDING)
    return str(sent["case_id"])


def return_once(client: Client, cast: Cast, case_id: str) -> None:
    """Play a return with remarks and the correction (ADM-09)."""
    story, agent, unit = client.story, cast.agent, cast.unit
    story.chapter("The city returns it once with remarks, the agent corrects (退回)")
    remarks = [{"field": "basic.address_en", "text": "英文地址请写明邮政编码所在区。"}]
    decide(client, cast.city, case_id, "return", remarks=remarks, reason="请更正英文地址。")
    story.note(f"SMS to the contact: {client.sms(agent.mobile, containing='退回')}")
    path = f"/v1/units/{unit.account_id}/profile"
    shown = client.until("returned form", "GET", path, agent.token, {"may_correct": True})
    story.expect("open fields", shown["open_fields"], ["basic.address_en"])
    form = shown["form"] | {"basic": {**shown["form"]["basic"], "address_en": "No. 100 Renmin Road, Congtai District, Handan 056002"}}
    client.ask("POST", f"{path}/corrections", form, token=agent.token)


def approve_everywhere(client: Client, case_id: str, officials: tuple[Official, ...]) -> None:
    """Let these levels approve, one after the other (ADM-08)."""
    for official in officials:
        client.story.step(f"{official.name} ({official.bureau}) approves")
        decide(client, official, case_id, "approve")
    client.story.note("the workflow closes the case and carries out what it decided")


def decide(client: Client, official: Official, case_id: str, outcome: str, **more: object) -> Reply:
    """Wait until the case lies at this official's level, claim it, look at it and decide it."""
    client.until("case at this level", "GET", f"/v1/cases/{case_id}", official.token, {})
    claimed = client.ask("PUT", f"/v1/cases/{case_id}/claim", {}, token=official.token)
    body = {"round": claimed["round"], "level": claimed["level"], "version": claimed["version"], "outcome": outcome, **more}
    return client.ask("POST", f"/v1/cases/{case_id}/decisions", body, token=official.token, expect=201)


def open_entry(client: Client, cast: Cast) -> None:
    """Play the admitted agent's entry and the unit's own account (ADM-07, ADM-11)."""
    story, unit, agent = client.story, cast.unit, cast.agent
    story.chapter("Entry opens; the unit's own account completes its information (个人信息完善)")
    story.step("The agent enters: home page, with his role")
    home = until_entered(client, agent.token, unit.account_id, "home")
    story.note(f"SMS to the contact: {client.sms(agent.mobile, containing='单位信息')}")
    story.expect("role of the agent", home["role_name"], "用人单位申报用户")
    enter(client, unit.token, None, "member_form")
    representative = unit.representative
    form = member_form(unit.user_name, representative.name, representative.document_number, unit.mobile)
    sent = client.ask("POST", f"/v1/units/{unit.account_id}/member", form, token=unit.token, expect=201)
    pending = enter(client, unit.token, None, "member_pending")
    story.expect("the manual's sentence", pending["message"], MEMBER_PENDING)
    approve_everywhere(client, sent["case_id"], (cast.city, cast.province, cast.national))
    home = until_entered(client, unit.token, None, "home")
    story.expect("role of the unit", home["role_name"], "用人单位管理员")


def suspect_duplicate(client: Client, cast: Cast) -> None:
    """Play 挂起: a mobile that another account of the project system has already (ADM-10)."""
    story, unit, second = client.story, cast.unit, cast.second_agent
    story.chapter("A second agent gives a mobile that another account already has (登录账号挂起)")
    enter(client, second.token, unit.account_id, "member_form")
    form = member_form(f"{unit.user_name}_second", second.name, second.document_number, cast.agent.mobile)
    sent = client.ask("POST", f"/v1/units/{unit.account_id}/member", form, token=second.token, expect=201)
    suspended = enter(client, second.token, unit.account_id, "suspended")
    story.expect("the manual's sentence", suspended["message"], SUSPENDED)
    case_id = _hold_case(client, cast.operator)
    story.step("An administrator sees the pair side by side and releases it: two different people")
    shown = client.ask("PUT", f"/v1/cases/{case_id}/claim", {}, token=cast.operator.token)
    client.ask("GET", f"/v1/cases/{case_id}", token=cast.operator.token)
    body = {name: shown[name] for name in ("round", "level", "version")} | {"resolution": "release", "reason": "同一办公电话，非同一人。"}
    client.ask("POST", f"/v1/cases/{case_id}/resolutions", body, token=cast.operator.token, expect=201)
    story.note(f"SMS: {client.sms(cast.agent.mobile, containing='挂起')}")
    until_entered(client, second.token, unit.account_id, "member_pending")
    member_case = _member_case(client, second, sent)
    approve_everywhere(client, member_case, (cast.city, cast.province, cast.national))
    home = until_entered(client, second.token, unit.account_id, "home")
    story.expect("role of the second agent", home["role_name"], "用人单位申报用户")


def enter(client: Client, token: str, unit_id: str | None, outcome: str) -> Reply:
    """Enter the service and demand an outcome."""
    client.story.step(f"Entering 外国专家项目管理信息系统 leads to: {outcome}")
    reply = client.ask("POST", "/v1/services/fepms/entries", {"unit_id": unit_id}, token=token)
    client.story.expect("outcome of the entry", reply["outcome"], outcome)
    return reply


def until_entered(client: Client, token: str, unit_id: str | None, outcome: str) -> Reply:
    """Enter until the workflow has brought the case so far."""
    return client.until(outcome, "POST", "/v1/services/fepms/entries", token, {"outcome": outcome}, body={"unit_id": unit_id})


def _hold_case(client: Client, operator: Official) -> str:
    queue = client.until("queue of the platform", "GET", "/v1/cases", operator.token, {}, has="items")
    return str(next(one["id"] for one in queue["items"] if one["kind"] == "duplicate_hold"))


def _member_case(client: Client, person: Person, sent: Reply) -> str:
    if sent["case_id"]:
        return str(sent["case_id"])
    mine = client.ask("GET", "/v1/my/cases", token=person.token)
    return str(next(one["id"] for one in mine["items"] if one["kind"] == "member_admission"))
