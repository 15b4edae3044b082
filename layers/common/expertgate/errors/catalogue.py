"""What the catalogues refuse."""

from expertgate.errors.base import NotFound


class CatalogueUnknown(NotFound):
    """There is no catalogue of this name."""
