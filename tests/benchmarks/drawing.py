"""Plots as PNG files, drawn with the picture library that checks evidence: lines over a logarithmic axis, and bars."""

import math
from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 1100, 620, 90, 60, 250, 70
INK, GREY = (30, 30, 34), (214, 216, 220)
COLOURS = [
    (31, 119, 180),
    (214, 39, 40),
    (44, 160, 44),
    (148, 103, 189),
    (255, 127, 14),
    (23, 190, 207),
    (140, 86, 75),
    (227, 119, 194),
    (127, 127, 127),
    (188, 189, 34),
    (12, 44, 132),
    (140, 10, 20),
    (0, 90, 50),
    (90, 50, 140),
    (150, 75, 0),
]


def lines(file: Path, title: str, below: str, unit: str, series: Mapping[str, Mapping[float, float]]) -> None:
    """Draw values over sizes, both logarithmic: what is flat stays flat."""
    image, draw = _sheet(title, below)
    sizes = sorted({size for one in series.values() for size in one})
    values = [value for one in series.values() for value in one.values()]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    for step in range(low, high + 1):
        _rule(draw, _down((step - low) / max(1, high - low)), f"{10.0**step:g} {unit}")
    for size in sizes:
        across = _across(size, sizes)
        draw.line((across, TOP, across, HEIGHT - BOTTOM), fill=GREY)
        draw.text((across, HEIGHT - BOTTOM + 10), f"{size:,.0f}", fill=INK, font=_font(16), anchor="ma")
    for number, (name, one) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        points = [(_across(size, sizes), _down((math.log10(one[size]) - low) / max(1, high - low))) for size in sorted(one)]
        draw.line(points, fill=colour, width=3)
        for across, down in points:
            draw.ellipse((across - 5, down - 5, across + 5, down + 5), fill=colour)
        draw.text((WIDTH - RIGHT + 20, TOP + 26 * number), name, fill=colour, font=_font(17))
    image.save(file, optimize=True)


def steps(file: Path, title: str, below: str, values: list[float], limit: float) -> None:
    """Draw sorted values with a line for the limit."""
    image, draw = _sheet(title, below)
    high = max(*values, limit) * 1.1
    for step in range(5):
        _rule(draw, _down(step / 4), f"{high * step / 4:.2f}")
    broad = (WIDTH - LEFT - RIGHT) / len(values)
    for number, value in enumerate(sorted(values)):
        left = LEFT + number * broad
        draw.rectangle((left, _down(value / high), left + broad * 0.8, HEIGHT - BOTTOM), fill=COLOURS[0] if value <= limit else COLOURS[1])
    draw.line((LEFT, _down(limit / high), WIDTH - RIGHT, _down(limit / high)), fill=INK, width=2)
    draw.text((WIDTH - RIGHT + 10, _down(limit / high)), f"{limit:g}", fill=INK, font=_font(17), anchor="lm")
    image.save(file, optimize=True)


def _sheet(title: str, below: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    draw.text((LEFT, 18), title, fill=INK, font=_font(22))
    draw.text(((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 28), below, fill=INK, font=_font(16), anchor="ma")
    return image, draw


def _rule(draw: ImageDraw.ImageDraw, down: float, text: str) -> None:
    draw.line((LEFT, down, WIDTH - RIGHT, down), fill=GREY)
    draw.text((LEFT - 10, down), text, fill=INK, font=_font(16), anchor="rm")


def _down(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _across(size: float, sizes: list[float]) -> float:
    span = math.log10(sizes[-1] / sizes[0]) or 1
    return LEFT + 30 + math.log10(size / sizes[0]) / span * (WIDTH - LEFT - RIGHT - 60)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def course(file: Path, title: str, below: str, unit: str, points: list[tuple[float, float]]) -> None:
    """Draw values over time, from nothing upwards: what grows is seen."""
    image, draw = _sheet(title, below)
    high, last = max(value for _, value in points) * 1.2, max(at for at, _ in points) or 1
    for step in range(5):
        _rule(draw, _down(step / 4), f"{high * step / 4:,.0f} {unit}")
        across = LEFT + step / 4 * (WIDTH - LEFT - RIGHT)
        draw.text((across, HEIGHT - BOTTOM + 10), f"{last * step / 4:,.0f} s", fill=INK, font=_font(16), anchor="ma")
    drawn = [(LEFT + at / last * (WIDTH - LEFT - RIGHT), _down(value / high)) for at, value in points]
    draw.line(drawn, fill=COLOURS[0], width=3)
    image.save(file, optimize=True)


def bars(file: Path, title: str, shares: Mapping[str, float]) -> None:
    """Draw shares of a limit as bars beside their names, red beyond the limit; what is far beyond is cut and told in figures."""
    broad, high, names, most = 1300, 26, 640, 2.0
    image = Image.new("RGB", (broad, 70 + high * len(shares) + 20), "white")
    draw = ImageDraw.Draw(image)
    draw.text((20, 18), title, fill=INK, font=_font(20))
    across = (broad - names - 90) / most
    for number, (name, share) in enumerate(shares.items()):
        top = 60 + number * high
        draw.text((names - 10, top + high / 2), name, fill=INK, font=_font(15), anchor="rm")
        right = names + min(share, most) * across
        draw.rectangle((names, top + 4, max(right, names + 1), top + high - 4), fill=COLOURS[0] if share <= 1 else COLOURS[1])
        draw.text((right + 8, top + high / 2), f"{share:.0%}", fill=INK, font=_font(15), anchor="lm")
    draw.line((names + across, 54, names + across, 64 + high * len(shares)), fill=INK, width=2)
    image.save(file, optimize=True)
