"""All catalogues are listed with source, edition and version."""

from tests.stage import Stage


def test_every_catalogue_is_listed_with_its_source(stage: Stage) -> None:
    answered = stage.call("catalogue.list_catalogues")
    found = {one["name"]: one for one in answered.json["items"]}
    assert {"bureaus", "divisions", "industries", "disciplines", "unit_natures", "unit_types", "document_types", "services"} <= set(found)
    assert all(one["source"] and one["version"] and one["count"] for one in found.values())
    again = stage.call("catalogue.list_catalogues", headers={"if-none-match": answered.headers["ETag"]})
    assert again.status == 304
