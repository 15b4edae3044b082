"""Serving the catalogues: the same for everybody, so clients and caches may keep them (ADM-06)."""

from hashlib import sha256
from typing import Any

from expertgate.catalogue import store
from expertgate.catalogue.model import Catalogue, Level
from expertgate.catalogue.requests import CatalogueAnswer, CatalogueHead, CataloguesAnswer
from expertgate.errors.catalogue import CatalogueUnknown
from expertgate.forms.problems import FieldProblem, told_at

type Rows = list[dict[str, Any]]


def list_catalogues() -> CataloguesAnswer:
    """Return what catalogues there are, with source, edition and version."""
    heads = [CatalogueHead(**_head(store.catalogue(name))) for name in store.NAMES]
    return CataloguesAnswer(items=heads, etag=sha256("".join(one.etag for one in heads).encode()).hexdigest()[:32])


def show_catalogue(name: str) -> CatalogueAnswer:
    """Return a whole catalogue.

    Raises CatalogueUnknown.
    """
    if name not in store.NAMES:
        raise CatalogueUnknown
    found = store.catalogue(name)
    return _answer(found, list(found.rows))


def list_bureaus(bureau_type: Level, province: str | None) -> CatalogueAnswer:
    """Return the bureaus of a type (主管外专局类型); of cities, those of one province, which is chosen first (ADM-06)."""
    if bureau_type is Level.CITY and province is None:
        raise FieldProblem("province_first").at("province")
    if province is not None:
        with told_at("province"):
            store.bureau(province)
    codes = {one.code for one in store.bureaus(bureau_type, province)}
    found = store.catalogue("bureaus")
    return _answer(found, [row for row in found.rows if row["code"] in codes])


def list_divisions(parent: str | None) -> CatalogueAnswer:
    """Return the provinces, or the divisions directly below one (所在省市区)."""
    if parent is not None:
        with told_at("parent"):
            store.division(parent)
    codes = {one.code for one in store.divisions(parent)}
    found = store.catalogue("divisions")
    return _answer(found, [row for row in found.rows if row["code"] in codes])


def _answer(found: Catalogue, rows: Rows) -> CatalogueAnswer:
    return CatalogueAnswer(**{**_head(found), "count": len(rows)}, items=rows)


def _head(found: Catalogue) -> dict[str, Any]:
    names = ("name", "title", "source", "edition", "version", "caveat", "etag")
    return {**{name: getattr(found, name) for name in names}, "count": len(found.rows)}
