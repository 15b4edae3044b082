"""Divisions are chosen from the province down."""

from tests.stage import Stage


def test_provinces_lead_to_cities_and_counties(stage: Stage) -> None:
    provinces = stage.call("catalogue.list_divisions").json["items"]
    assert {"code": "130000", "name": "河北省"}.items() <= next(one for one in provinces if one["code"] == "130000").items()
    cities = stage.call("catalogue.list_divisions", query={"parent": "130000"}).json["items"]
    assert "邯郸市" in {one["name"] for one in cities}
    counties = stage.call("catalogue.list_divisions", query={"parent": "130400"}).json["items"]
    assert "丛台区" in {one["name"] for one in counties}


def test_below_nothing_there_is_nothing(stage: Stage) -> None:
    assert stage.call("catalogue.list_divisions", query={"parent": "999999"}).broken == {"parent": "division_unknown"}
