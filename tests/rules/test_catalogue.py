"""The catalogues: their form, their counts, and what is looked up in them (ADM-06, D-02)."""

import json
from collections import Counter
from enum import StrEnum
from pathlib import Path

import jsonschema
import pytest

from expertgate.account.model import LegalPersonType, RepresentativeType
from expertgate.catalogue import store
from expertgate.catalogue.model import Level
from expertgate.catalogue.rules import check_bureau_choice
from expertgate.forms.divisions import CARD_PROVINCES
from expertgate.forms.documents import Continent, DocumentType
from expertgate.forms.problems import FieldProblem
from expertgate.forms.uscc import LEGAL_PERSONS

ROOT = Path(__file__).parents[2]
DATA = ROOT / "layers/common/expertgate/catalogue/data"
SCHEMAS = ROOT / "infra/catalogue/schemas"


def test_every_file_is_a_catalogue_with_a_schema() -> None:
    assert {file.stem for file in DATA.iterdir()} == set(store.NAMES)
    assert {file.name.removesuffix(".schema.json") for file in SCHEMAS.iterdir()} == set(store.NAMES)


@pytest.mark.parametrize("name", store.NAMES)
def test_catalogue_has_the_form_of_its_schema(name: str) -> None:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads((DATA / f"{name}.json").read_text("utf-8")), schema)


@pytest.mark.parametrize("name", store.NAMES)
def test_no_code_stands_for_two_things(name: str) -> None:
    rows = store.catalogue(name).rows
    assert len({row.get("code", row.get("year")) for row in rows}) == len(rows)


def test_etag_tells_catalogues_apart() -> None:
    assert len({store.catalogue(name).etag for name in store.NAMES}) == len(store.NAMES)


def test_bureaus_are_as_many_as_the_documents_say() -> None:
    levels = Counter(row["level"] for row in store.catalogue("bureaus").rows)
    # 31 provinces, 兵团 and 13 cities; 333 prefectures without those 13; the draft's 39 ministries and the manual's own example.
    assert levels == {"national": 1, "province": 45, "city": 320, "ministry": 40}


@pytest.mark.parametrize("city", "沈阳市 大连市 长春市 南京市 杭州市 宁波市 厦门市 济南市 青岛市 武汉市 广州市 深圳市 西安市".split())  # noqa: SIM905 - a list to read
def test_named_cities_count_as_provinces(city: str) -> None:
    found = [one for one in store.bureaus(Level.PROVINCE) if one.region == city]
    assert [one.superior for one in found] == [store.NATIONAL]


@pytest.mark.parametrize("city", ["哈尔滨市", "成都市"])
def test_cities_not_named_are_municipal(city: str) -> None:
    assert city in {one.region for one in store.bureaus(Level.CITY)}


def test_city_then_its_province_then_the_nation() -> None:
    assert [one.name for one in store.chain("130400")] == ["邯郸市外国专家局", "河北省科学技术厅", "国家外国专家局"]


@pytest.mark.parametrize("code", ["130000", "440300", "659900", "990000", "110000"])
def test_province_and_ministry_go_to_the_nation(code: str) -> None:
    assert [one.code for one in store.chain(code)] == [code, "100000"]


def test_every_chain_ends_at_the_nation() -> None:
    for row in store.catalogue("bureaus").rows:
        chain = store.chain(row["code"])
        assert chain[-1].level is Level.NATIONAL
        assert len(chain) == {"city": 3, "national": 1}.get(row["level"], 2)


def test_city_bureaus_are_listed_by_province() -> None:
    assert "邯郸市外国专家局" in {one.name for one in store.bureaus(Level.CITY, "130000")}
    assert {one.superior for one in store.bureaus(Level.CITY, "130000")} == {"130000"}
    assert store.bureaus(Level.CITY, "110000") == ()


@pytest.mark.parametrize(
    ("chosen", "code", "rule"),
    [
        (Level.PROVINCE, "130400", "bureau_is_city"),
        (Level.CITY, "130000", "bureau_type_mismatch"),
        (Level.CITY, "440300", "bureau_type_mismatch"),
        (Level.MINISTRY, "130400", "bureau_type_mismatch"),
        (Level.NATIONAL, "100000", "bureau_not_for_units"),
    ],
)
def test_wrong_type_of_bureau_is_refused(chosen: Level, code: str, rule: str) -> None:
    with pytest.raises(FieldProblem, match=rule):
        check_bureau_choice(chosen, store.bureau(code))


@pytest.mark.parametrize("code", ["130400", "440300", "130000", "990000"])
def test_right_type_of_bureau_is_taken(code: str) -> None:
    bureau = store.bureau(code)
    assert check_bureau_choice(bureau.level, bureau) is bureau


def test_divisions_are_as_many_as_the_standard_has() -> None:
    rows = store.catalogue("divisions").rows
    official = Counter(row["level"] for row in rows if row["official"])
    mainland = [row for row in rows if row["level"] == "city" and row["official"] and row["code"][:2] not in {"71", "81", "82"}]
    assert (official["province"], len(mainland), official["county"]) == (34, 333, 2846)


def test_every_division_lies_in_another() -> None:
    level = {row["code"]: row["level"] for row in store.catalogue("divisions").rows}
    above = {"province": None, "city": "province", "county": "city"}
    for row in store.catalogue("divisions").rows:
        assert level.get(row["parent"]) == above[row["level"]]


def test_place_names_province_city_and_county() -> None:
    assert [one.name for one in store.place("130403")] == ["河北省", "邯郸市", "丛台区"]
    with pytest.raises(FieldProblem, match="division_incomplete"):
        store.place("130400")


def test_divisions_are_found_from_above() -> None:
    assert len(store.divisions(None)) == 34
    assert "邯郸市" in {one.name for one in store.divisions("130000")}


def test_edition_of_2017_is_the_one() -> None:
    rows = store.catalogue("industries").rows
    assert (len([row for row in rows if row["section"] is None]), len([row for row in rows if row["section"]])) == (20, 97)
    assert (store.named("industries", "82").name, store.named("industries", "83").name) == ("其他服务业", "教育")


def test_psychology_stands_for_itself() -> None:
    assert (store.named("disciplines", "190").name, len(store.catalogue("disciplines").rows)) == ("心理学", 62)


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("continents", Continent),
        ("document_types", DocumentType),
        ("legal_person_types", LegalPersonType),
        ("legal_representative_types", RepresentativeType),
    ],
)
def test_forms_take_what_catalogues_offer(name: str, choices: type[StrEnum]) -> None:
    assert {row["code"] for row in store.catalogue(name).rows} == set(choices)


def test_codes_of_forms_and_catalogues_agree() -> None:
    types = {row["code"]: row["name"] for row in store.catalogue("document_types").rows}
    assert types == {one.value: one.chinese for one in DocumentType}
    assert {row["code"] for row in store.catalogue("card_provinces").rows} == CARD_PROVINCES


def test_services_have_the_roles_of_the_manual() -> None:
    fepms = store.service("fepms")
    assert (fepms.role_of("unit").name, fepms.role_of("agent").name) == ("用人单位管理员", "用人单位申报用户")
    assert [one.code for one in store.services()] == ["fepms", "work_permit"]


def test_legal_persons_of_credit_codes_are_known() -> None:
    listed = {head: row["code"] for row in store.catalogue("legal_person_types").rows for head in row["uscc"]}
    assert listed == LEGAL_PERSONS


@pytest.mark.parametrize(
    ("look_up", "rule"),
    [
        (lambda: store.bureau("130499"), "bureau_unknown"),
        (lambda: store.division("1304"), "division_unknown"),
        (lambda: store.service("tax"), "service_unknown"),
        (lambda: store.named("industries", "99"), "catalogue_code_unknown"),
        (lambda: store.catalogue("../words"), "catalogue_unknown"),
    ],
)
def test_unknown_code_is_refused(look_up: object, rule: str) -> None:
    with pytest.raises(FieldProblem, match=rule):
        look_up()  # type: ignore[operator]
