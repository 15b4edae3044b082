"""Who plays in the demo: invented people and a unit of 邯郸市, with numbers whose check digits are right."""

from dataclasses import dataclass, field
from datetime import date

from infra.local.samples.numbers import Numbers

PASSWORD = "Congtai#Expert2026"  # noqa: S105 -- the demo's own, on this machine only
OFFICIALS_PASSWORD = "Waizhuan#Desk2026"  # noqa: S105 -- as above
CITY_BUREAU = "130400"
PROVINCE_BUREAU = "130000"
CONSENTS = {"user_agreement": "2024-06", "privacy_policy": "2024-06"}


@dataclass
class Person:
    """Somebody with a document and a mobile."""

    name: str
    document_number: str
    mobile: str
    account_id: str = ""
    token: str = ""


@dataclass
class Unit:
    """An employer."""

    name: str
    uscc: str
    user_name: str
    mobile: str
    representative: Person
    account_id: str = ""
    token: str = ""


@dataclass
class Official:
    """Somebody at the review desk."""

    user_name: str
    name: str
    duty: str
    bureau: str
    token: str = ""
    totp_secret: str = ""


@dataclass
class Cast:
    """Everybody, made from one seed: another seed, other people."""

    seed: str = "handan"
    numbers: Numbers = field(init=False)
    unit: Unit = field(init=False)
    agent: Person = field(init=False)
    second_agent: Person = field(init=False)
    city: Official = field(init=False)
    province: Official = field(init=False)
    national: Official = field(init=False)
    operator: Official = field(init=False)
    administrator: Official = field(init=False)

    def __post_init__(self) -> None:
        """Make everybody up."""
        self.numbers = numbers = Numbers(self.seed)
        representative = Person("赵建国", numbers.resident_id(date(1968, 3, 9)), numbers.mobile("138"))
        self.unit = Unit("邯郸市东方博锐新材料有限公司", numbers.uscc(), f"dfbr_{self.seed}", numbers.mobile("178"), representative)
        self.agent = Person("李晓波", numbers.resident_id(date(1985, 6, 15)), numbers.mobile("152"))
        self.second_agent = Person("欧阳修文", numbers.resident_id(date(1990, 11, 2)), numbers.mobile("176"))
        self.city = Official(f"handan_{self.seed}", "孙市审", "reviewer", CITY_BUREAU)
        self.province = Official(f"hebei_{self.seed}", "钱省审", "reviewer", PROVINCE_BUREAU)
        self.national = Official(f"national_{self.seed}", "周国审", "reviewer", "100000")
        self.operator = Official(f"operator_{self.seed}", "吴平台", "operator", "platform")
        self.administrator = Official("", "郑管理", "administrator", "100000")
