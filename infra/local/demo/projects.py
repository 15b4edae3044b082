"""A chapter about projects: registered, assigned, and moved in a merge of accounts (ADM-14, REC-12)."""

from infra.local.demo.admission import decide
from infra.local.demo.cast import Cast
from infra.local.demo.client import Client
from infra.local.demo.forms import upload
from infra.local.samples.pictures import stamped_pdf


def merge_accounts(client: Client, cast: Cast) -> None:
    """Play 外专系统账号合并申请: a project goes from the agent's account to the second agent's; the agent keeps another one."""
    story, unit, agent, second = client.story, cast.unit, cast.agent, cast.second_agent
    story.chapter("The unit asks that a project moves to another account (账号合并与项目迁移)")
    path = f"/v1/units/{unit.account_id}"
    story.step("The agent registers two projects; nobody but he and the administrator sees them")
    for number in ("G2026130001", "G2026130002"):
        project = {"number": number, "title": "高性能合金材料联合研究", "project_class": "person", "year": 2026}
        client.ask("POST", f"{path}/projects", project, token=agent.token, expect=201)
    story.expect("projects of the second agent", client.ask("GET", f"{path}/projects", token=second.token)["items"], [])
    story.step("The unit sends the stamped application with its table")
    scan = upload(client, unit.token, "stamped_application", stamped_pdf(), media_type="application/pdf")
    names = f"{unit.user_name}_apply", f"{unit.user_name}_second"
    line = {"number": 1, "project_number": "G2026130001", "old_account": names[0], "new_account": names[1]}
    form = {
        "reason": "原经办人调岗",
        "unit_name": unit.name,
        "uscc": unit.uscc,
        "agent_name": unit.representative.name,
        "agent_document_number": unit.representative.document_number,
        "agent_mobile": unit.mobile,
        "attachments": {"stamped_application": scan},
    }
    story.step("A project of another unit is refused in its line")
    foreign = {**line, "project_number": "G2026999999"}
    refused = client.ask("POST", f"{path}/merges", {**form, "lines": [foreign]}, token=unit.token, expect=422)
    story.note(refused["errors"][0]["message"])
    sent = client.ask("POST", f"{path}/merges", {**form, "lines": [line]}, token=unit.token, expect=201)
    story.step("An operator of the platform approves; the project is on the other desk, once")
    decide(client, cast.operator, sent["case_id"], "approve")
    story.note(f"SMS: {client.sms(unit.mobile, containing='账号合并')}")
    for person, numbers in ((agent, ["G2026130002"]), (second, ["G2026130001"])):
        listed = client.ask("GET", f"{path}/projects", token=person.token)["items"]
        story.expect(f"projects of {person.name}", [one["number"] for one in listed], numbers)
    home = client.ask("GET", f"{path}/home", token=second.token)
    story.expect("counts and reminder of the home page", (home["projects"]["draft"], home["reminder"]), (1, "请勿上传涉密材料"))
