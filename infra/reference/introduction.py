"""What the reference says at its top and of each area, in Chinese and English."""

from typing import Final

from expertgate.settings import HOUR, LIMITS

ABOUT: Final = f"""\
外专通后端接口。每个接口列出它确实会返回的拒绝：状态码、稳定的代码、中英文提示语和附带的数据；程序以代码（`code`）判断，不以提示语判断。

* **语言**：提示语默认中文，`Accept-Language: en` 为英文。
* **登录**：自然人、单位、审批人员用登录返回的 `token`；下游系统用 `/v1/oauth/token` 返回的令牌；找回流程用其凭据 `recovery-ticket`。
* **重试**：更改类请求带上 `Idempotency-Key`，{LIMITS.repeat_life // HOUR} 小时内同一请求只生效一次，并得到同一答复。
* **分页**：把上一页的 `next_cursor` 原样作为 `cursor` 传回；为 null 即最后一页。其他列表的或改动过的 `cursor` 被拒绝（`cursor_form`）。
* **缓存**：字典类接口的答复带 `ETag`；下次带上 `If-None-Match`，未变则为 304，没有正文。
* **请求内容**：`Content-Type: application/json`；首尾空格和全角字母、数字不影响号码类字段。
* **时间**：时刻为带时区的 RFC 3339 格式（UTC，如 `2026-03-02T01:00:00.000Z`），日期为北京时间的日历日，首尾两日都包括在内。
* **地址**：本文未列出的地址或方法（包括 HEAD）由网关答复 404，只有 `message`。
* **限流**：本系统的 429 带 `Retry-After`；网关的 429 只有 `message`。

The back end of 外专通. Every operation lists the refusals that it can really answer: status, stable code, the sentences in Chinese and
English, the facts beside them. Programs decide by `code`, never by the sentence.

* **Language**: sentences are Chinese, with `Accept-Language: en` English.
* **Who one is**: persons, units and officials show the `token` of a log-in, downstream systems that of `/v1/oauth/token`, a recovery its
  `recovery-ticket`.
* **Retries**: a change that brings an `Idempotency-Key` happens once in {LIMITS.repeat_life // HOUR} hours; the same request gets the same
  answer.
* **Pages**: hand the `next_cursor` of a page back as `cursor`, as it is; the last page has null. One of another list, or a changed one, is
  refused (`cursor_form`).
* **Kept answers**: catalogues come with an `ETag`; asked again with it as `If-None-Match` they are 304 and empty where nothing changed.
* **Bodies**: `Content-Type: application/json`; blanks around numbers and codes, and full-width letters
  and digits in them, do no harm.
* **Times**: an instant is RFC 3339 in UTC, as in `2026-03-02T01:00:00.000Z`; a date is a calendar day in China,
  the first and the last one included.
* **Addresses**: what is not listed here, by address or by method (HEAD too), the gateway answers with 404 and nothing but a `message`.
* **Limits**: a 429 of the platform has `Retry-After`; one of the gateway has nothing but a `message`.
"""

TAGS: Final = {
    "account": "注册、登录、账号信息 · Registration, log-in, own data",
    "identity": "实名与实人核验 · Real-name and face checks",
    "recovery": "找回密码与申诉 · Recovery and appeals",
    "delegation": "业务授权 · Who may act for whom",
    "admission": "进入项目系统 · Admission to the project system",
    "review": "审批 · The review desk",
    "notice": "消息 · Messages",
    "evidence": "附件 · Uploads",
    "catalogue": "字典 · Catalogues",
    "platform": "平台 · The platform itself",
}
