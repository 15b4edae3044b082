"""How many parts an SMS takes: Chinese text is UCS-2, 70 units alone, 67 in each joined part."""

SINGLE = 70
JOINED = 67
_MORE = "…"


def units(text: str) -> int:
    """Count UCS-2 units; a character beyond the first plane takes two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def segments(text: str) -> int:
    """Count the parts a text is billed as, signature included; no character is cut in two."""
    if units(text) <= SINGLE:
        return 1
    parts, room = 1, JOINED
    for one in text:
        if _width(one) > room:
            parts, room = parts + 1, JOINED
        room -= _width(one)
    return parts


def cut(text: str, most: int) -> str:
    """Return the text, or so much of its beginning as that many parts hold with an ellipsis behind it."""
    if segments(text) <= most:
        return text
    kept = text[: most * JOINED]
    while segments(kept + _MORE) > most:
        kept = kept[:-1]
    return kept + _MORE


def _width(character: str) -> int:
    return 2 if ord(character) > 0xFFFF else 1  # noqa: PLR2004 - the last character of the first plane
