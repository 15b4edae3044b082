"""Bureaus are chosen by type: provinces, cities of a province, ministries."""

import pytest

from tests.stage import Stage

AS_PROVINCIAL = (
    *("沈阳", "大连", "长春", "南京", "杭州", "宁波", "厦门", "济南", "青岛", "武汉", "广州", "深圳", "西安"),
    *("北京", "天津", "上海", "重庆", "新疆生产建设兵团"),
)


def bureaus(stage: Stage, **query: str) -> list[str]:
    """Return the names of the bureaus asked for."""
    answered = stage.call("catalogue.list_bureaus", query=query)
    assert answered.status == 200, answered.text
    return [one["name"] for one in answered.json["items"]]


def test_provinces_have_the_cities_that_count_as_such(stage: Stage) -> None:
    names = bureaus(stage, bureau_type="province")
    assert len(names) == 45
    assert "河北省科学技术厅" in names
    assert [one for one in AS_PROVINCIAL if not any(one in name for name in names)] == []


def test_cities_come_by_province(stage: Stage) -> None:
    names = bureaus(stage, bureau_type="city", province="130000")
    assert "邯郸市外国专家局" in names
    assert not any("南京" in name for name in bureaus(stage, bureau_type="city", province="320000"))
    assert any("哈尔滨" in name for name in bureaus(stage, bureau_type="city", province="230000"))
    assert any("成都" in name for name in bureaus(stage, bureau_type="city", province="510000"))


def test_ministries_have_the_manuals_example(stage: Stage) -> None:
    assert any("国家发展和改革委员会" in name for name in bureaus(stage, bureau_type="ministry"))


def test_who_has_them_gets_only_the_tag(stage: Stage) -> None:
    first = stage.call("catalogue.list_bureaus", query={"bureau_type": "province"})
    assert first.json["source"]
    assert first.json["version"]
    again = stage.call("catalogue.list_bureaus", query={"bureau_type": "province"}, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status, again.text) == (304, "")


@pytest.mark.parametrize(
    ("query", "field", "rule"),
    [
        ({}, "bureau_type", "missing"),
        ({"bureau_type": "village"}, "bureau_type", "not_in_list"),
        ({"bureau_type": "city"}, "province", "province_first"),
        ({"bureau_type": "city", "province": "999999"}, "province", "bureau_unknown"),
    ],
)
def test_a_choice_without_its_type_is_refused(stage: Stage, query: dict[str, str], field: str, rule: str) -> None:
    assert stage.call("catalogue.list_bureaus", query=query).broken == {field: rule}
