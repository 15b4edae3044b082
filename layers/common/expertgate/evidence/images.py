"""Pictures as evidence (D-13): told by content, capped before decoding, re-encoded so that nothing but the picture is kept."""

import struct
import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Final

from expertgate.evidence.colour import MONO_MODES, Colour, classify
from expertgate.forms.problems import FieldProblem
from expertgate.records import Record
from expertgate.settings import LIMITS

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS: Final = 25_000_000
MOST_SIDE: Final = 10_000
JPEG_QUALITY: Final = 90
_MAGIC = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
# What Pillow's two decoders raise on bytes made to hurt them; found by the fuzz test, not guessed.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, OverflowError, TypeError, struct.error)


class Picture(Record):
    """A picture as it is stored: no EXIF, no profile, no comment, no byte behind its end."""

    content: bytes
    media_type: str
    width: int
    height: int
    colour: Colour


def read_picture(content: bytes) -> Picture:
    """Check and re-encode a JPEG or PNG; the file name says nothing (ADM-05)."""
    media_type = _media_type(content)
    image, has_colour = _decoded(content)
    return Picture(
        content=_encoded(image, media_type),
        media_type=media_type,
        width=image.width,
        height=image.height,
        colour=classify(image) if has_colour else Colour.MONO,
    )


def check_colour(picture: Picture) -> Picture:
    """Refuse black and white where the manual asks for colour: 禁止使用黑白图片 (ADM-05)."""
    if picture.colour is Colour.MONO:
        raise FieldProblem("picture_mono")
    return picture


def _media_type(content: bytes) -> str:
    if len(content) > LIMITS.upload_bytes:
        raise FieldProblem("file_bytes", most=LIMITS.upload_bytes // 1024 // 1024)
    found = next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), None)
    if found is None:
        raise FieldProblem("picture_format")
    return found


def _decoded(content: bytes) -> tuple["Image", bool]:
    from PIL import Image, ImageOps  # noqa: PLC0415 - 48 ms with both plug-ins, for the doors that look at pictures

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(content), formats=("JPEG", "PNG")) as image:
            _check_header(image)
            image.load()  # not verify(): that one accepts a JPEG cut at 60 %
            upright = ImageOps.exif_transpose(image)
            return _flattened(upright), image.mode not in MONO_MODES
    except FieldProblem:
        raise
    except (*_BROKEN, Image.DecompressionBombError) as exc:
        raise FieldProblem("picture_broken") from exc


def _check_header(image: "Image") -> None:
    if max(image.size) > MOST_SIDE or image.width * image.height > MOST_PIXELS:
        raise FieldProblem("picture_pixels", side=MOST_SIDE, millions=MOST_PIXELS // 1_000_000)
    # Phones put previews and gain maps behind the picture (MPO): those are dropped. A PNG that moves is no document.
    if image.format != "MPO" and getattr(image, "n_frames", 1) != 1:
        raise FieldProblem("picture_frames")


def _flattened(image: "Image") -> "Image":
    from PIL import Image  # noqa: PLC0415 - as above

    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        with_alpha = image.convert("RGBA")
        flat = Image.new("RGB", image.size, "white")
        flat.paste(with_alpha, mask=with_alpha.getchannel("A"))
        return flat
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256, "L")
    return image.convert("RGB")


def _encoded(image: "Image", media_type: str) -> bytes:
    image.info.clear()  # comment and colour profile would be written again
    out = BytesIO()
    if media_type == "image/png":
        image.save(out, "PNG")
    else:
        image.save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()
