"""The folder that holds everything one machine remembers, and the files in it."""

import fcntl
import json
import os
import shutil
from pathlib import Path
from typing import IO, Any


class StateInUse(RuntimeError):
    """Another process works with this folder."""


class State:
    """The state folder; held by one process at a time."""

    def __init__(self, folder: Path) -> None:
        """Make the folder where it is missing, readable by its owner only."""
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock: IO[str] | None = None

    def hold(self) -> None:
        """Take the folder for this process until it ends.

        Raises StateInUse, also for a folder in which somebody else keeps things: `--reset` would remove them.
        """
        lock = self.path("lock")
        if not lock.exists() and any(self.folder.iterdir()):
            raise StateInUse(f"{self.folder} holds other things; name a folder of its own")
        self._lock = lock.open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StateInUse(f"another process already runs with {self.folder}") from None

    def empty(self) -> None:
        """Remove everything remembered; the lock stays held."""
        for entry in self.folder.iterdir():
            if entry.name == "lock":
                continue
            if entry.is_dir():
                shutil.rmtree(entry)
            else:
                entry.unlink()

    def path(self, name: str) -> Path:
        """Return the path of one file or folder."""
        return self.folder / name

    def read(self, name: str, otherwise: Any) -> Any:  # noqa: ANN401 -- any JSON
        """Return the JSON of a file, or what stands for a missing one."""
        try:
            return json.loads(self.path(name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return otherwise

    def write(self, name: str, value: object) -> None:
        """Write JSON so that a kill in the middle leaves the old file."""
        self.write_bytes(name, json.dumps(value, ensure_ascii=False, indent=1).encode())

    def write_bytes(self, name: str, value: bytes) -> None:
        """Write a file so that a kill in the middle leaves the old one; only the owner may read it."""
        path = f"{self.folder}/{name}"
        fresh = f"{path}.{os.getpid()}.new"
        try:
            self._write_new(fresh, value)
        except FileNotFoundError:
            self.path(name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write_new(fresh, value)
        os.replace(fresh, path)  # noqa: PTH105 -- streams keep their place after every message: a Path costs more than the file

    @staticmethod
    def _write_new(path: str, value: bytes) -> None:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(value)

    def append(self, name: str, value: object) -> None:
        """Add one JSON line to a file in one write."""
        line = (json.dumps(value, ensure_ascii=False) + "\n").encode()
        with os.fdopen(os.open(self.path(name), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as file:
            file.write(line)

    def lines(self, name: str, containing: str = "") -> list[Any]:
        """Return the JSON lines of a file, only those with a text in them where it is given; a last line cut by a kill is left out."""
        try:
            text = self.path(name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        return [json.loads(line) for line in text.splitlines(keepends=True) if containing in line and line.endswith("\n")]
