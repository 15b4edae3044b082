"""The forms of the project system as the demo fills them in, and the pictures that go with them."""

from infra.local.demo.cast import CITY_BUREAU, Cast, Person
from infra.local.demo.client import Client
from infra.local.samples.pictures import picture


def unit_form(cast: Cast, person: Person, attachments: dict[str, str]) -> dict[str, object]:
    """Return 单位信息完善 with all its starred fields (ADM-04)."""
    return {
        "basic": _basic(cast),
        "introduction": {
            "zh": "公司从事高性能合金材料的研发与生产。",
            "en": "The company develops and produces high-performance alloys.",
        },
        "account": {
            "user_name": f"{cast.unit.user_name}_apply",
            "name_zh": person.name,
            "name_en": "Li Xiaobo",
            "department": "国际合作部",
            "document_number": person.document_number,
            "mobile": person.mobile,
            "landline": cast.numbers.landline(),
            "position_zh": "项目主管",
            "position_en": "Project manager",
            "email": "li.xiaobo@dfborui.example.cn",
        },
        "attachments": attachments,
    }


def _basic(cast: Cast) -> dict[str, object]:
    unit, numbers = cast.unit, cast.numbers
    return {
        "name_zh": unit.name,
        "name_en": "Handan Dongfang Borui New Materials Co., Ltd.",
        "short_name_zh": "东方博锐",
        "short_name_en": "Dongfang Borui",
        "bureau_type": "city",
        "bureau": CITY_BUREAU,
        "industry": "26",
        "unit_nature": "enterprise",
        "unit_type": "private_enterprise",
        "uscc": unit.uscc,
        "bank_account_name": unit.name,
        "bank_branch": "中国工商银行邯郸市人民路支行",
        "bank_account": numbers.unit_account(),
        "cnaps_code": numbers.cnaps(),
        "staff": 320,
        "technical_staff": 85,
        "address_zh": "河北省邯郸市丛台区人民路100号",
        "postcode": "056002",
        "address_en": "No. 100 Renmin Road, Congtai District, Handan, Hebei",
        "assets": "12500.50",
        "division": "130403",
        "website": "https://www.dfborui.example.cn",
    }


def member_form(user_name: str, person_name: str, document_number: str, mobile: str) -> dict[str, object]:
    """Return 个人信息完善 (ADM-07)."""
    return {
        "user_name": user_name,
        "name_zh": person_name,
        "department": "人力资源部",
        "document_number": document_number,
        "mobile": mobile,
        "position_zh": "经理",
        "discipline": "430",
        "email": "hr@dfborui.example.cn",
    }


def upload(client: Client, token: str, purpose: str, content: bytes, expect: int = 200, media_type: str = "image/jpeg") -> str:
    """Upload a file straight to the store and have it checked; return its id."""
    asked = client.ask(
        "POST", "/v1/evidence", {"purpose": purpose, "file_name": purpose, "media_type": media_type}, token=token, expect=201
    )
    form = asked["upload"]
    client.story.expect("upload", client.post_form(form["url"], form["fields"], content), 204)
    client.ask("POST", f"/v1/evidence/{asked['id']}/checks", {}, token=token, expect=expect)
    return str(asked["id"])


def colour_picture(seed: int) -> bytes:
    """Return a scan in colour."""
    return picture("colour", seed=seed)


def grey_picture() -> bytes:
    """Return a black-and-white copy."""
    return picture("mono", seed=9)
