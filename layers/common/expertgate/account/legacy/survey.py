"""What a file of old accounts is before its first line is taken: which letters, which form, which content (ACC-15)."""

import codecs
import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from expertgate.errors.account import LegacyFileRefused

UTF_8, GB18030 = "utf-8", "gb18030"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LONGEST_LINE = 16 * 1024


class Source(Protocol):
    """A file that can be read again from any byte: on disk, or an object in a bucket."""

    @property
    def place(self) -> str:
        """Say where it lies, so that a later call finds it again; empty where only the operator knows."""

    @property
    def size(self) -> int:
        """Return its bytes."""

    def open(self, at: int) -> BinaryIO:
        """Begin to read at a byte."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The file's content by its hash, its letters and its form, and at which byte it begins."""

    sha256: str
    coding: str
    form: str
    begins: int


@dataclass(slots=True)
class Line:
    """A line as it lies in the file, and the byte after it; one that is too long is cut."""

    number: int
    end: int
    data: bytes
    is_cut: bool = False


def survey(source: Source) -> Survey:
    """Read the whole file once.

    UTF-8 unless most lines with other than ASCII signs are not: a single broken line must not turn all names into others. Raises
    LegacyFileRefused for an empty file and for UTF-16.
    """
    digest, valid, others, first = hashlib.sha256(), 0, 0, b""
    with source.open(0) as file:
        for line in lines(file, 0, 1):
            digest.update(line.data)
            first = first or line.data.removeprefix(codecs.BOM_UTF8).strip()
            if not line.data.isascii():
                is_utf_8 = _is_utf_8(line.data)
                valid, others = valid + is_utf_8, others + (not is_utf_8)
    with source.open(0) as file:
        head = file.read(len(codecs.BOM_UTF8))
    if not first or head.startswith(_WIDE):
        raise LegacyFileRefused(reason="encoding_unknown" if first else "empty")
    has_mark = head == codecs.BOM_UTF8
    coding = UTF_8 if has_mark or valid >= others else GB18030
    return Survey(digest.hexdigest(), coding, "json_lines" if first[:1] == b"{" else "csv", len(head) if has_mark else 0)


def lines(file: BinaryIO, at: int, number: int) -> Iterator[Line]:
    """Yield the lines from a byte on; neither of the two codings uses a line feed inside a character."""
    while data := file.readline(_LONGEST_LINE):
        at += len(data)
        is_cut = not data.endswith(b"\n") and len(data) == _LONGEST_LINE
        while is_cut and (rest := file.readline(_LONGEST_LINE)):
            at += len(rest)
            if rest.endswith(b"\n"):
                break
        yield Line(number, at, data, is_cut)
        number += 1


def _is_utf_8(data: bytes) -> bool:
    with suppress(UnicodeDecodeError):
        data.decode(UTF_8)
        return True
    return False
