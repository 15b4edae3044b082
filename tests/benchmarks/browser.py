"""A client whose connection lives on between requests, as a browser's and a downstream system's do."""

import http.client
from typing import Self

from infra.local.demo.client import Client, exchanged
from infra.local.demo.story import Reply


class Browser(Client):
    """Sends one request after the other over one connection to the system it was made for."""

    _line: http.client.HTTPConnection | None = None
    has_keys = True

    def moved(self, address: str) -> Self:
        """Return one that sends from another address, over a connection of its own."""
        other = super().moved(address)
        other._line = None
        return other

    def without_keys(self) -> Self:
        """Return one that sends no Idempotency-Key, over a connection of its own."""
        other = self.moved(self._source[0] if self._source else "127.0.0.1")
        other.has_keys = False
        return other

    def _exchange(self, netloc: str, method: str, target: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        if not self.has_keys:
            headers.pop("idempotency-key", None)
        line = self._line = self._line or http.client.HTTPConnection(netloc, timeout=30, source_address=self._source)
        return exchanged(line, method, target, body, headers)
