"""A file on this disk as an import reads it."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True)
class LocalFile:
    """A file that only the operator knows; nothing of its name is kept."""

    path: Path
    place: str = ""

    @property
    def size(self) -> int:
        """Return its bytes."""
        return self.path.stat().st_size

    def open(self, at: int) -> BinaryIO:
        """Begin to read at a byte."""
        file = self.path.open("rb")
        file.seek(at)
        return file
