"""Drawn evidence: a licence with a red seal in colour, its grey and its tinted scan, an identity card, a stamped PDF."""

import zlib
from io import BytesIO
from random import Random
from typing import Literal

from PIL import Image, ImageDraw, ImageOps

type Tone = Literal["colour", "mono", "tinted"]
A4 = (827, 1170)  # 100 dpi
_INK = (40, 40, 44)
_SEAL = (200, 30, 36)
_PAPER = (250, 249, 245)


def picture(tone: Tone = "colour", kind: Literal["JPEG", "PNG"] = "JPEG", seed: int = 0, size: tuple[int, int] = A4) -> bytes:
    """Draw a page in a tone and give its file."""
    out = BytesIO()
    page(tone, seed, size).save(out, kind, **({"quality": 88} if kind == "JPEG" else {}))
    return out.getvalue()


def page(tone: Tone = "colour", seed: int = 0, size: tuple[int, int] = A4) -> Image.Image:
    """Draw a page of lines with a seal; grey copies have lost the seal's colour, tinted ones lie under one light."""
    drawn = _licence(Random(seed), size)  # noqa: S311 - an invented page, not a secret
    if tone == "colour":
        return drawn
    grey = ImageOps.grayscale(drawn)
    if tone == "mono":
        return grey.convert("RGB")
    return ImageOps.colorize(grey, black=(30, 20, 8), white=(255, 238, 205))


def identity_card(side: Literal["portrait", "emblem"], seed: int = 0) -> bytes:
    """Draw one side of an identity card in colour, without anybody's data."""
    random = Random(seed)  # noqa: S311 - as above
    card = Image.new("RGB", (1012, 638), (226, 236, 240))
    draw = ImageDraw.Draw(card)
    if side == "portrait":
        draw.rectangle((680, 120, 930, 470), fill=(214, 178, 150), outline=(90, 110, 140))
        _lines(draw, random, (60, 100, 600, 560))
    else:
        draw.ellipse((80, 60, 280, 260), fill=(190, 36, 40))
        draw.ellipse((130, 110, 230, 210), fill=(232, 190, 60))
        _lines(draw, random, (330, 320, 900, 560))
    out = BytesIO()
    card.save(out, "PNG")
    return out.getvalue()


def stamped_pdf(pages: int = 1, seed: int = 0) -> bytes:
    """Make a PDF whose pages are scans with a seal."""
    scans = [page("colour", seed + number, (620, 877)) for number in range(pages)]
    out = BytesIO()
    scans[0].save(out, "PDF", save_all=True, append_images=scans[1:], resolution=75)
    return out.getvalue()


def pdf_of(*objects: bytes, compressed: bytes = b"") -> bytes:
    """Make a small PDF of one page with further objects, and others hidden in an object stream."""
    parts = [b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj", b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj"]
    parts += [b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj", *objects]
    if compressed:
        data = zlib.compress(compressed)
        head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(data)
        parts.append(b"9 0 obj\n%b\nstream\n%b\nendstream\nendobj" % (head, data))
    return b"%PDF-1.7\n" + b"\n".join(parts) + b"\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def _licence(random: Random, size: tuple[int, int]) -> Image.Image:
    width, height = size
    paper = Image.new("RGB", size, _PAPER)
    draw = ImageDraw.Draw(paper)
    draw.rectangle((width // 16, height // 20, width - width // 16, height - height // 20), outline=_INK, width=3)
    _lines(draw, random, (width // 8, height // 8, width - width // 8, height - height // 3))
    radius = max(width // 9, 8)
    x, y = width - width // 4, height - height // 5
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=_SEAL, width=max(radius // 8, 2))
    draw.regular_polygon((x, y, radius // 3), 5, rotation=random.randrange(72), fill=_SEAL)
    return paper


def _lines(draw: ImageDraw.ImageDraw, random: Random, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    step = max((bottom - top) // 18, 6)
    for y in range(top, bottom, step):
        x = left
        while x < right:
            end = min(x + random.randrange(8, 40), right)
            draw.rectangle((x, y, end, y + step // 3), fill=_INK)
            x = end + random.randrange(6, 20)
