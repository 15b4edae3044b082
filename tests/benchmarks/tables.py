"""Tables of a page."""


def table(*rows: tuple[object, ...]) -> str:
    """Return rows as a table, the first as its head."""
    head, *rest = (f"| {' | '.join(map(str, row))} |" for row in rows)
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *rest]) + "\n"
