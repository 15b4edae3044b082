"""Stamped PDF applications (REC-11, REC-12): looked through without a PDF library, which would be attacked by what it reads.

Everything outside streams, and every object stream, is searched for names of active content. What a viewer could read
differently than this does (a stream that does not end where it says, an object stream in a rare coding) is refused.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from expertgate.forms.problems import FieldProblem
from expertgate.records import Record
from expertgate.settings import LIMITS

MOST_PAGES: Final = 20
MOST_INFLATED: Final = 20 * 1024 * 1024
_NAME_END = rb"(?=[\x00\s()<>\[\]{}/%]|\Z)"
_ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|EF|RichMedia|XFA|SubmitForm|ImportData|Movie|Sound|GoToE|Rendition)" + _NAME_END
)
_ENCRYPTED = re.compile(rb"/Encrypt" + _NAME_END)
_PAGE = re.compile(rb"/Type\s*/Page" + _NAME_END)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream(\r\n|\n)")
_LENGTH = re.compile(rb"/Length\s+(\d{1,9})(?:\s+\d+\s+R)?" + _NAME_END)
_REFERENCE = re.compile(rb"/Length\s+(\d{1,9})\s+(\d+)\s+R" + _NAME_END)
_OBJECTS = re.compile(rb"/Type\s*/ObjStm" + _NAME_END)
_FLATE_ONLY = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])" + _NAME_END)
_END = re.compile(rb"\s{0,2}endstream")


class Pdf(Record):
    """A PDF as it is stored."""

    content: bytes
    pages: int


def read_pdf(content: bytes) -> Pdf:
    """Check a PDF by content: size, pages, nothing active, nothing enclosed, nothing locked."""
    if len(content) > LIMITS.upload_bytes:
        raise FieldProblem("file_bytes", most=LIMITS.upload_bytes // 1024 // 1024)
    if not re.match(rb"%PDF-[12]\.\d", content):
        raise FieldProblem("pdf_format")
    if not content.rstrip(b"\x00\r\n\t ").endswith(b"%%EOF"):
        raise FieldProblem("pdf_broken")
    text = b"\n".join(_searchable(content))
    if _ENCRYPTED.search(text):
        raise FieldProblem("pdf_locked")
    if _ACTIVE.search(text):
        raise FieldProblem("pdf_active")
    return Pdf(content, _page_count(text))


def _page_count(text: bytes) -> int:
    pages = len(_PAGE.findall(text))
    if not pages:
        raise FieldProblem("pdf_broken")
    if pages > MOST_PAGES:
        raise FieldProblem("pdf_pages", most=MOST_PAGES)
    return pages


def _searchable(content: bytes) -> Iterator[bytes]:
    """Give what lies between streams, with written-out names, and what object streams hold."""
    place, room = 0, MOST_INFLATED
    while found := _STREAM.search(content, place):
        before = _plain(content[place : found.start()])
        yield before
        header = before[before.rfind(b" obj") + 1 :]
        ends = found.end() + _length(header, content)
        if _END.match(content, ends) is None:
            raise FieldProblem("pdf_broken")
        if _OBJECTS.search(header):
            inflated = _inflated(header, content[found.end() : ends], room)
            room -= len(inflated)
            yield _plain(inflated)
        place = content.index(b"endstream", ends) + len(b"endstream")
    yield _plain(content[place:])


def _length(header: bytes, content: bytes) -> int:
    referred = _REFERENCE.search(header)
    if referred is None:
        found = _LENGTH.search(header)
    else:
        found = re.search(rb"(?<!\d)%b\s+%b\s+obj\s+(\d{1,9})\s+endobj" % referred.groups(), content)
    if found is None:
        raise FieldProblem("pdf_broken")
    return int(found[1])


def _inflated(header: bytes, data: bytes, room: int) -> bytes:
    if _FLATE_ONLY.search(header) is None:
        raise FieldProblem("pdf_broken")
    try:
        inflated = zlib.decompressobj().decompress(data, room + 1)
    except zlib.error as exc:
        raise FieldProblem("pdf_broken") from exc
    if len(inflated) > room:
        raise FieldProblem("pdf_broken")
    return inflated


def _plain(text: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)
