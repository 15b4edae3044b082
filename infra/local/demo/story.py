"""How the demo tells what it does: a step in plain words, the request, the answer, and whether it is what it should be."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_WIDTH = 150


class StoryDiffers(AssertionError):
    """Something answered otherwise than the manuals say: the demo ends non-zero."""


@dataclass(frozen=True)
class Reply:
    """What a door answered over HTTP."""

    status: int
    body: Any
    headers: Mapping[str, str]

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 -- any JSON value
        """Return a member of the answer."""
        return self.body[name]


class Story:
    """Prints a numbered journey and stops at the first difference."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Begin at step one."""
        self._chapter = 0
        self._step = 0
        self._quiet = quiet
        self.checks = 0

    def chapter(self, title: str) -> None:
        """Begin a part of the journey."""
        self._chapter += 1
        self._step = 0
        self._print(f"\n{self._chapter}. {title}")

    def step(self, words: str) -> None:
        """Say what happens next."""
        self._step += 1
        self._print(f"  {self._chapter}.{self._step} {words}")

    def show(self, method: str, path: str, reply: Reply) -> None:
        """Print a request and its answer, shortened."""
        body = {**reply.body, "token": "…"} if isinstance(reply.body, dict) and "token" in reply.body else reply.body
        text = json.dumps(body, ensure_ascii=False) if body is not None else ""
        self._print(f"      {method} {path} -> {reply.status} {text if len(text) <= _WIDTH else text[:_WIDTH] + '…'}")

    def note(self, words: str) -> None:
        """Print something seen elsewhere than in an answer."""
        self._print(f"      {words}")

    def expect(self, what: str, got: object, wanted: object) -> None:
        """Compare; a difference ends the demo.

        Raises StoryDiffers.
        """
        self.checks += 1
        if got != wanted:
            message = f"{what}: expected {wanted!r}, got {got!r}"
            raise StoryDiffers(message)

    def _print(self, line: str) -> None:
        if not self._quiet:
            print(line, file=sys.stdout, flush=True)
