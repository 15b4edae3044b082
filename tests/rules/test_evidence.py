"""Pictures and PDF files as evidence (ADM-05, D-13)."""

from contextlib import suppress
from io import BytesIO
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, PngImagePlugin

from expertgate.evidence.colour import Colour
from expertgate.evidence.images import MOST_PIXELS, check_colour, read_picture
from expertgate.evidence.pdf import MOST_PAGES, read_pdf
from expertgate.forms.problems import FieldProblem
from expertgate.settings import LIMITS
from tests.builders.pictures import identity_card, page, pdf_of, picture, stamped_pdf


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(FieldProblem) as raised:
        read_picture(content)
    return raised.value.rule


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("tone", ["colour", "mono", "tinted"])
def test_tone_of_a_page_is_told(tone: str, kind: str) -> None:
    assert read_picture(picture(tone, kind)).colour == tone  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(8))
def test_noise_and_compression_do_not_colour_a_grey_scan(seed: int) -> None:
    noise = Image.effect_noise((827, 1170), 12).convert("RGB")
    scan = Image.blend(page("mono", seed), noise, 0.2)
    assert read_picture(saved(scan, "JPEG", quality=30, subsampling="4:2:0")).colour is Colour.MONO


def sealed(radius: int, fading: float) -> Image.Image:
    """A page at 150 dpi on which only the seal is red."""
    sheet = page("mono", 1, (1240, 1754))
    red = tuple(int(one + (250 - one) * fading) for one in (200, 30, 36))
    draw = ImageDraw.Draw(sheet)
    draw.ellipse((900 - radius, 1500 - radius, 900 + radius, 1500 + radius), outline=red, width=radius // 8)
    draw.regular_polygon((900, 1500, radius // 3), 5, fill=red)
    return sheet


@pytest.mark.parametrize("radius", [30, 80, 130])
@pytest.mark.parametrize("fading", [0.0, 0.4, 0.65])
def test_page_with_a_faded_seal_is_never_mono(radius: int, fading: float) -> None:
    dim = sealed(radius, fading).point(lambda value: value * 0.7)
    assert read_picture(saved(dim, "JPEG", quality=50)).colour is not Colour.MONO


def test_small_fresh_seal_makes_a_page_colour() -> None:
    assert read_picture(saved(sealed(30, 0.2), "JPEG", quality=60)).colour is Colour.COLOUR


@pytest.mark.parametrize("light", [(255, 236, 200), (225, 235, 255)])
def test_grey_scan_under_coloured_light_is_tinted(light: tuple[int, int, int]) -> None:
    scan = ImageChops.multiply(page("mono", 3), Image.new("RGB", (827, 1170), light))
    assert read_picture(saved(scan, "JPEG", quality=70)).colour is Colour.TINTED


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16"])
def test_picture_without_colours_is_mono(mode: str) -> None:
    image = Image.new("I;16", (60, 60), 40_000) if mode == "I;16" else page("colour", 0, (200, 280)).convert("L").convert(mode)
    assert read_picture(saved(image, "PNG")).colour is Colour.MONO


def test_mono_is_refused_where_colour_is_asked_for() -> None:
    assert check_colour(read_picture(picture("tinted"))).colour is Colour.TINTED
    with pytest.raises(FieldProblem, match="picture_mono"):
        check_colour(read_picture(picture("mono")))


@pytest.mark.parametrize("side", ["portrait", "emblem"])
def test_drawn_identity_card_is_colour(side: str) -> None:
    assert read_picture(identity_card(side)).colour is Colour.COLOUR  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF", "BMP"])
def test_other_format_is_refused_under_any_name(kind: str) -> None:
    assert refused(saved(page("colour", 0, (80, 80)), kind)) == "picture_format"


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"%PDF-1.7", b"\xff\xd8", b"GIF89a"])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    assert refused(content) == "picture_format"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_cut_picture_is_refused(kind: str) -> None:
    content = picture("colour", kind)  # type: ignore[arg-type]
    assert refused(content[: len(content) * 6 // 10]) == "picture_broken"


def test_caps_are_read_from_the_header() -> None:
    assert refused(saved(Image.new("1", (10_001, 10)), "PNG")) == "picture_pixels"
    assert refused(saved(Image.new("1", (5_001, MOST_PIXELS // 5_000)), "PNG")) == "picture_pixels"
    assert refused(b"\xff\xd8\xff" + bytes(LIMITS.upload_bytes)) == "file_bytes"


def test_moving_png_is_refused() -> None:
    frames = [page("colour", seed, (60, 60)) for seed in (1, 2)]
    assert refused(saved(frames[0], "PNG", save_all=True, append_images=frames[1:])) == "picture_frames"


def test_phone_picture_with_a_preview_keeps_the_first() -> None:
    frames = [page("colour", seed, (300, 200)) for seed in (1, 2)]
    kept = read_picture(saved(frames[0], "MPO", save_all=True, append_images=frames[1:]))
    with Image.open(BytesIO(kept.content)) as image:
        assert (image.format, kept.width, kept.height) == ("JPEG", 300, 200)


def test_nothing_but_the_picture_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET-PLACE"
    jpeg = saved(page("colour", 0, (300, 200)), "JPEG", exif=exif, comment=b"SECRET-NOTE", icc_profile=b"SECRET-PROFILE")
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "SECRET-NAME")
    png = saved(page("colour", 0, (300, 200)), "PNG", pnginfo=info)
    for content in (jpeg, png):
        assert b"SECRET" in content
        kept = read_picture(content + b"<script>SECRET</script>")
        assert b"SECRET" not in kept.content
        assert read_picture(kept.content).colour is Colour.COLOUR


def test_picture_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = read_picture(saved(page("colour", 0, (300, 200)), "JPEG", exif=exif))
    assert (kept.width, kept.height) == (200, 300)


def test_transparent_parts_become_white() -> None:
    kept = read_picture(saved(Image.new("RGBA", (40, 40), (255, 0, 0, 0)), "PNG"))
    with Image.open(BytesIO(kept.content)) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_cmyk_picture_becomes_rgb() -> None:
    kept = read_picture(saved(page("colour", 0, (300, 200)).convert("CMYK"), "JPEG"))
    with Image.open(BytesIO(kept.content)) as image:
        assert image.mode == "RGB"


SMALL = [picture(kind=kind, size=(60, 80)) for kind in ("JPEG", "PNG")] + [saved(page("mono", 0, (40, 40)).convert("P"), "PNG")]


@settings(max_examples=200)
@given(st.sampled_from(SMALL), st.integers(0, 1 << 30), st.integers(1, 12))
def test_any_damaged_picture_is_read_or_refused(content: bytes, seed: int, hits: int) -> None:
    random, damaged = Random(seed), bytearray(content)  # noqa: S311 - where to hit
    for _ in range(hits):
        damaged[random.randrange(3, len(damaged))] = random.randrange(256)
    with suppress(FieldProblem):
        assert read_picture(bytes(damaged)).content


def refused_pdf(content: bytes) -> str:
    with pytest.raises(FieldProblem) as raised:
        read_pdf(content)
    return raised.value.rule


def test_stamped_scan_is_taken() -> None:
    assert read_pdf(stamped_pdf(3)).pages == 3
    assert read_pdf(pdf_of()).pages == 1


def test_page_objects_in_an_object_stream_count() -> None:
    assert read_pdf(pdf_of(compressed=b"4 0 << /Type /Page >>")).pages == 2


@pytest.mark.parametrize(
    "action",
    [
        b"/S /JavaScript /JS (app.alert(1))",
        b"/S /J#61vaScript",
        b"/S /Launch /F (cmd.exe)",
        b"/Names << /EmbeddedFiles 5 0 R >>",
        b"/AcroForm << /XFA 5 0 R >>",
        b"/S/SubmitForm/F(http://a)",
    ],
)
def test_active_content_is_refused_hidden_or_not(action: bytes) -> None:
    assert refused_pdf(pdf_of(b"4 0 obj\n<< %b >>\nendobj" % action)) == "pdf_active"
    assert refused_pdf(pdf_of(compressed=b"4 0 << %b >>" % action)) == "pdf_active"


def test_names_inside_image_data_are_no_action() -> None:
    stream = b"4 0 obj\n<< /Subtype /Image /Length 10 >>\nstream\n /JS (a()) \nendstream\nendobj"
    assert read_pdf(pdf_of(stream)).pages == 1


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "pdf_format"),
        (picture(), "pdf_format"),
        (b"<html>%PDF-1.4", "pdf_format"),
        (pdf_of() + b"<script>", "pdf_broken"),
        (stamped_pdf()[:2000], "pdf_broken"),
        (b"%PDF-1.7\n%%EOF", "pdf_broken"),
        (pdf_of().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 8 0 R"), "pdf_locked"),
        (pdf_of(b"4 0 obj\n<< /Length 99 >>\nstream\nabc\nendstream\nendobj"), "pdf_broken"),
        (pdf_of(b"4 0 obj\n<< /Type /ObjStm /Filter /LZWDecode /Length 3 >>\nstream\nabc\nendstream\nendobj"), "pdf_broken"),
        (pdf_of(b"4 0 obj\n<< /Type /ObjStm /Filter /FlateDecode /Length 3 >>\nstream\nabc\nendstream\nendobj"), "pdf_broken"),
        (pdf_of(compressed=bytes(21 * 1024 * 1024)), "pdf_broken"),
        (b"%PDF-1.7" + bytes(LIMITS.upload_bytes), "file_bytes"),
        (pdf_of(*[b"8 0 obj\n<< /Type /Page >>\nendobj"] * MOST_PAGES), "pdf_pages"),
    ],
)
def test_wrong_pdf_names_its_rule(content: bytes, rule: str) -> None:
    assert refused_pdf(content) == rule


def test_length_in_an_object_of_its_own_is_followed() -> None:
    stream = b"4 0 obj\n<< /Length 5 0 R >>\nstream\n/JS a\nendstream\nendobj\n5 0 obj\n5\nendobj"
    assert read_pdf(pdf_of(stream)).pages == 1


@settings(max_examples=200)
@given(st.integers(0, 1 << 30), st.integers(1, 40))
def test_any_damaged_pdf_is_read_or_refused(seed: int, hits: int) -> None:
    random, damaged = Random(seed), bytearray(pdf_of(compressed=b"4 0 << /Type /Page >>"))  # noqa: S311 - as above
    for _ in range(hits):
        damaged[random.randrange(len(damaged))] = random.randrange(256)
    with suppress(FieldProblem):
        assert read_pdf(bytes(damaged)).pages
