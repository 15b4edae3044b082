"""A catalogue is served with its source and version, once to whoever keeps it."""

import pytest

from tests.stage import Stage


@pytest.mark.parametrize("name", ["industries", "disciplines", "unit_natures", "unit_types", "document_types", "services", "continents"])
def test_a_catalogue_says_where_it_comes_from(stage: Stage, name: str) -> None:
    answered = stage.call("catalogue.show_catalogue", path={"name": name})
    assert answered.status == 200
    assert all(answered.json[one] for one in ("title", "source", "edition", "version"))
    assert answered.json["count"] == len(answered.json["items"]) > 0


def test_who_has_it_gets_only_the_tag(stage: Stage) -> None:
    first = stage.call("catalogue.show_catalogue", path={"name": "services"})
    tag = first.headers["ETag"]
    assert "max-age" in first.headers["Cache-Control"]
    again = stage.call("catalogue.show_catalogue", path={"name": "services"}, headers={"if-none-match": tag})
    assert (again.status, again.text, again.headers["ETag"]) == (304, "", tag)
    other = stage.call("catalogue.show_catalogue", path={"name": "services"}, headers={"if-none-match": '"older"'})
    assert other.status == 200


def test_services_come_with_their_roles(stage: Stage) -> None:
    found = stage.call("catalogue.show_catalogue", path={"name": "services"}).json["items"]
    assert {one["name"] for one in found} == {"外国专家项目管理信息系统", "外国人来华工作办理"}
    assert {role["name"] for role in found[0]["roles"]} == {"用人单位管理员", "用人单位申报用户"}


def test_an_unknown_catalogue_is_not_there(stage: Stage) -> None:
    answered = stage.call("catalogue.show_catalogue", path={"name": "stars"})
    assert (answered.status, answered.code) == (404, "catalogue_unknown")
    assert answered.headers["Cache-Control"] == "no-store"
