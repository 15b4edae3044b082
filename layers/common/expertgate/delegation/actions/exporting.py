"""All grants of a unit as CSV, a page at a time (DEL-16)."""

from dataclasses import dataclass

from expertgate.caller import Caller, Language
from expertgate.delegation.actions.listing import Wanted, list_agents
from expertgate.delegation.requests.files import EXPORTED
from expertgate.delegation.requests.grants import AgentGrant
from expertgate.delegation.tables import write_lines
from expertgate.forms.dates import SHANGHAI
from expertgate.outbound.world import World
from expertgate.settings import LIMITS

_HEADERS = {
    Language.ZH: ["授权编号", "姓名", "手机号码", "系统名称", "角色", "开始日期", "结束日期", "状态", "申请时间", "原授权编号"],
    Language.EN: ["grant", "name", "mobile", "service", "roles", "first day", "last day", "state", "applied at (UTC+8)", "previous grant"],
}


@dataclass(frozen=True)
class ExportPage:
    """A page of the file, and where the next one begins."""

    text: str
    next_cursor: str | None


def export_agent_grants(cursor: str | None, caller: Caller, world: World) -> ExportPage:
    """Return the next hundred lines, the header before the first; masked as in the list, times as clocks in China show them."""
    page = list_agents(Wanted(size=LIMITS.page_size_most, cursor=cursor), caller, world)
    header = [] if cursor else [_HEADERS[caller.language]]
    return ExportPage(write_lines([*header, *(_line(one) for one in page.items)]), EXPORTED.cursor(page.next_cursor))


def _line(one: AgentGrant) -> list[str]:
    roles = ";".join(role.name for role in one.roles)
    days = [one.first_day.isoformat(), one.last_day.isoformat()]
    end = [one.state_name, f"{one.applied_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}", one.previous or ""]
    return [one.id, one.agent_name, one.agent_mobile or "", one.service_name, roles, *days, *end]
