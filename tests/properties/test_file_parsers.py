"""Files as anybody may send them, at random: CSV, JSON Lines and pictures are read as they were meant, or refused by a rule."""

import csv
import io
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from expertgate.account.legacy.columns import COLUMNS
from expertgate.account.legacy.records import Record, begin, records
from expertgate.account.legacy.survey import survey
from expertgate.delegation.tables import read_lines, write_lines
from expertgate.errors.account import LegacyFileRefused
from expertgate.errors.delegation import FileUnreadable
from expertgate.evidence.images import read_picture
from expertgate.evidence.pdf import read_pdf
from expertgate.forms.problems import FieldProblem
from tests.builders.legacy import InMemory, as_csv, as_json_lines
from tests.builders.pictures import pdf_of

# What a cell may hold: quotes, commas and line breaks are what CSV is about; its edges are trimmed when it is read.
_CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), include_characters="\n"), max_size=20).map(
    str.strip
)
_RECORDS = st.lists(
    st.fixed_dictionaries(dict.fromkeys(COLUMNS, _CELL)).map(lambda one: one | {"source": "old", "kind": "person"}),
    min_size=1,
    max_size=4,
)
_COLUMNS = ("document_number", "name")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def _read(data: bytes) -> list[Record]:
    source = InMemory(data)
    facts = survey(source)
    place = begin(source.open(facts.begins), facts)
    return list(records(source.open(place.at), place, facts))


@given(_RECORDS, st.booleans())
def test_records_come_back_as_they_were_written(wanted: list[dict[str, str]], lines: bool) -> None:
    found = _read(as_json_lines(*wanted) if lines else as_csv(*wanted))
    assert [(one.broken, one.values) for one in found] == [(None, one) for one in wanted]


_HEADERS = st.sampled_from(
    [b"", b"source,legacy_id,kind\n", b'\xef\xbb\xbfsource,legacy_id,kind\r\n"', b"{", b'{"source": "', "来源平台".encode("gb18030")]
)
_BYTES = st.one_of(st.binary(max_size=200), st.text(st.sampled_from('",\r\n{}[]:\\u0d8a李\x00 '), max_size=80).map(str.encode))


@given(_HEADERS, _BYTES)
def test_any_bytes_are_records_or_refused_as_file(header: bytes, rest: bytes) -> None:
    data = header + rest
    with suppress(LegacyFileRefused):
        found = _read(data)
        assert all(one.broken is None or one.values == {} for one in found)
        places = [one.after.at for one in found]
        assert places == sorted(set(places))  # each begins behind the one before, so that an import goes on and ends
        assert all(at <= len(data) for at in places)


@given(st.lists(st.tuples(_CELL, _CELL).filter(any), min_size=1, max_size=6))
def test_lines_of_grants_come_back_as_written(cells: list[tuple[str, str]]) -> None:
    found = read_lines(write_lines([_COLUMNS, *cells]), _COLUMNS)
    read = [tuple(one[name] for name in _COLUMNS) for one in found]
    assert [tuple(cell.removeprefix("'") for cell in one) for one in read] == [
        tuple(cell.removeprefix("'") for cell in one) for one in cells
    ]
    assert not any(cell.startswith(_FORMULA[:-1]) for row in csv.reader(io.StringIO(write_lines(cells))) for cell in row)


@given(st.one_of(st.text(max_size=120), st.text(st.sampled_from('name,document_number"\n\r\t;\x00李\ufeff='), max_size=120)))
def test_any_text_is_lines_of_grants_or_refused(text: str) -> None:
    for given_text in (text, f"document_number,name\n{text}"):
        with suppress(FileUnreadable):
            assert all(set(_COLUMNS) <= set(one) for one in read_lines(given_text, _COLUMNS))


@settings(max_examples=40)
@given(
    st.sampled_from(["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK", "YCbCr"]),
    st.sampled_from(["PNG", "JPEG"]),
    st.integers(1, 40),
    st.integers(1, 40),
    st.binary(min_size=1, max_size=64),
)
def test_a_picture_drawn_anew_stays_that_picture(mode: str, kind: str, width: int, height: int, seed: bytes) -> None:
    kept = read_picture(_saved(mode, kind, (width, height), seed))
    assert (kept.width, kept.height, kept.media_type) == (width, height, f"image/{kind.lower()}")
    again = read_picture(kept.content)
    assert (again.width, again.height, again.media_type) == (width, height, kept.media_type)
    # JPEG loses a little each time: at the very threshold a tint may become a colour. PNG keeps every point.
    assert kind == "JPEG" or (again.colour, again.content) == (kept.colour, kept.content)


def _saved(mode: str, kind: str, size: tuple[int, int], seed: bytes) -> bytes:
    """Draw a picture in one of the modes that the format has; the others become RGB, as a scanner's program would."""
    drawn = Image.new("RGB", size)
    drawn.putdata([(seed[place % len(seed)], seed[place * 7 % len(seed)], place % 256) for place in range(size[0] * size[1])])
    modes = {"PNG": {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}, "JPEG": {"1", "L", "RGB", "CMYK", "YCbCr"}}[kind]
    image = drawn.convert("L").convert("I;16") if mode == "I;16" else drawn.convert(mode)
    out = io.BytesIO()
    (image if mode in modes else drawn).save(out, kind)
    return out.getvalue()


@given(st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4\n", b""]), st.binary(max_size=300))
def test_bytes_after_a_true_beginning_are_refused(begin_with: bytes, rest: bytes) -> None:
    for read in (read_picture, read_pdf):
        with suppress(FieldProblem):
            assert read(begin_with + rest).content


@given(st.integers(0, 1 << 30), st.integers(0, 400))
def test_a_document_cut_anywhere_is_read_or_refused(seed: int, cut: int) -> None:
    whole = pdf_of(b"<< /Type /Page /Note (%d) >>" % seed)
    with suppress(FieldProblem):
        assert read_pdf(whole[: max(0, len(whole) - cut)]).pages >= 1
