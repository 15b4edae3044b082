"""Whether a picture is in colour (ADM-05); thresholds measured on drawn scans, to be measured again on real ones.

Of 480 drawn colour pages none was called mono, of 360 grey ones all. Known gap: a grey scan whose colour channels are shifted
against each other by a pixel counts as colour. So only mono is refused by the machine, the rest is a reviewer's.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

MONO_MODES = frozenset({"1", "L", "LA", "La", "I", "I;16", "I;16B", "F"})
SIDE = 512
SMALL_SOURCE = 1024
RAW_DISTANCE = 10
RAW_SHARE = 0.0001
BANDS = 16
TINT_DISTANCE = 14
TINT_SHARE = 0.0003
_NEUTRAL = 128


class Colour(StrEnum):
    """Refuse the first, let a reviewer look at the second, take the third."""

    MONO = "mono"
    TINTED = "tinted"
    COLOUR = "colour"


def classify(image: "Image") -> Colour:
    """Tell black-and-white from colour; `image` is RGB, flattened on white."""
    brightness, blue, red = _averaged(image)
    pixels = brightness.width * brightness.height
    if _far(blue, red, (_NEUTRAL, _NEUTRAL), RAW_DISTANCE) < RAW_SHARE * pixels:
        return Colour.MONO
    # A tint is a function of brightness: what is left after subtracting each band's own middle is colour.
    left = sum(_far_in_band(brightness, blue, red, band) for band in range(BANDS))
    return Colour.TINTED if left < TINT_SHARE * pixels else Colour.COLOUR


def _averaged(image: "Image") -> tuple["Image", "Image", "Image"]:
    from PIL import Image, ImageFilter  # noqa: PLC0415 - 26 ms, for the doors that look at pictures

    longest = max(image.size)
    if longest > SIDE:
        size = (max(1, image.width * SIDE // longest), max(1, image.height * SIDE // longest))
        small = image.resize(size, Image.Resampling.BOX)  # averages away what JPEG and the sensor add
    else:
        small = image
    brightness, blue, red = small.convert("YCbCr").split()
    if longest < SMALL_SOURCE:
        blue, red = (one.filter(ImageFilter.BoxBlur(2)) for one in (blue, red))
    return brightness, blue, red


def _far_in_band(brightness: "Image", blue: "Image", red: "Image", band: int) -> int:
    width = 256 // BANDS
    mask = brightness.point([255 if value // width == band else 0 for value in range(256)])
    middle = (_median(blue.histogram(mask)), _median(red.histogram(mask)))
    return _far(blue, red, middle, TINT_DISTANCE, mask)


def _far(blue: "Image", red: "Image", middle: tuple[int, int], distance: int, mask: "Image | None" = None) -> int:
    from PIL import ImageChops  # noqa: PLC0415 - as above

    parts = [part.point([abs(value - centre) for value in range(256)]) for part, centre in zip((blue, red), middle, strict=True)]
    return sum(ImageChops.lighter(*parts).histogram(mask)[distance:])


def _median(histogram: list[int]) -> int:
    half, seen = sum(histogram) / 2, 0
    for value, count in enumerate(histogram):
        seen += count
        if seen >= half and seen:
            return value
    return _NEUTRAL
