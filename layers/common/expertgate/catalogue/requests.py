"""What clients get of the catalogues: rows with their source, and a tag that changes with them."""

from typing import Any

from expertgate.inbound.fields import Answer


class CatalogueHead(Answer):
    """Where a catalogue comes from and how far it can be trusted."""

    name: str
    title: str
    source: str
    edition: str
    version: str
    caveat: str
    count: int
    etag: str


class CataloguesAnswer(Answer):
    """All catalogues, without their rows."""

    items: list[CatalogueHead]
    etag: str


class CatalogueAnswer(CatalogueHead):
    """A catalogue with its rows, or the part asked for."""

    items: list[dict[str, Any]]
