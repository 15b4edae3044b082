"""A client whose connection lives on between requests, as a browser's and a downstream system's do."""

import http.client
from typing import Self

from infra.local.demo.client import Client, exchanged
from infra.local.demo.story import Reply


class Browser(Client):
    """Sends one request after the other over one connection to the system it was made for."""

    _line: http.client.HTTPConnection | None = None

    def moved(self, address: str) -> Self:
        """Return one that sends from another address, over a connection of its own."""
        other = super().moved(address)
        other._line = None
        return other

    def _exchange(self, netloc: str, method: str, target: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        line = self._line = self._line or http.client.HTTPConnection(netloc, timeout=30, source_address=self._source)
        return exchanged(line, method, target, body, headers)
