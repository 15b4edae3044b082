"""The picture of a captcha: warped letters under arcs and dots; drawn by Pillow, which only the doors that draw load."""

import base64
import io
import math
import random

WIDTH, HEIGHT = 160, 60
ALPHABET = "ABCDEFHJKLMNPRTUVWXY34679"  # nothing that is read as something else
LENGTH = 5
_FONT_SIZE = 40
_ARCS = 4
_DOTS = 160


def draw(text: str) -> str:
    """Return the text as a picture (PNG in a data URL); where the strokes fall is no secret, so any randomness will do."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 -- 26 ms at import

    dice = random.Random()  # noqa: S311 -- as said
    picture = Image.new("RGB", (WIDTH, HEIGHT), _pale(dice))
    for place, letter in enumerate(text):
        glyph = _glyph(letter, dice)
        left = 6 + place * (WIDTH - 20) // len(text) + dice.randint(-3, 3)
        picture.paste(glyph, (left, dice.randint(0, HEIGHT - glyph.height)), glyph)
    pen = ImageDraw.Draw(picture)
    for _ in range(_ARCS):
        pen.arc(_box(dice), dice.randint(0, 180), dice.randint(181, 360), fill=_dark(dice), width=2)
    pen.point([(dice.randrange(WIDTH), dice.randrange(HEIGHT)) for _ in range(_DOTS)], fill=_dark(dice))
    return _data_url(_waved(picture, dice))


def _glyph(letter: str, dice: random.Random):  # type: ignore[no-untyped-def]  # noqa: ANN202 -- Pillow's image
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 -- as above

    glyph = Image.new("RGBA", (34, 48))
    ImageDraw.Draw(glyph).text((4, 0), letter, font=ImageFont.load_default(_FONT_SIZE), fill=_dark(dice))
    return glyph.rotate(dice.uniform(-28, 28), expand=False, resample=Image.Resampling.BICUBIC)


def _waved(picture, dice: random.Random):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 -- Pillow's image
    from PIL import Image  # noqa: PLC0415 -- as above

    phase, depth, step = dice.uniform(0, math.tau), dice.uniform(2, 4), 8
    mesh = []
    for left in range(0, WIDTH, step):
        shift = depth * math.sin(phase + left / 18)
        corners = (left, shift, left, HEIGHT + shift, left + step, HEIGHT + shift, left + step, shift)
        mesh.append(((left, 0, left + step, HEIGHT), corners))
    return picture.transform(picture.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR, fillcolor=_pale(dice))


def _data_url(picture) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- Pillow's image
    held = io.BytesIO()
    picture.save(held, "PNG")
    return "data:image/png;base64," + base64.b64encode(held.getvalue()).decode()


def _box(dice: random.Random) -> tuple[int, int, int, int]:
    left, top = dice.randint(-20, WIDTH // 2), dice.randint(-20, HEIGHT // 2)
    return left, top, left + dice.randint(60, WIDTH), top + dice.randint(20, HEIGHT)


def _pale(dice: random.Random) -> tuple[int, int, int]:
    return dice.randint(225, 255), dice.randint(225, 255), dice.randint(225, 255)


def _dark(dice: random.Random) -> tuple[int, int, int]:
    return dice.randint(10, 120), dice.randint(10, 120), dice.randint(10, 120)
