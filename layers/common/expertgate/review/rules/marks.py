"""By what an applicant and an official are known to be one person (four-eyes, REV-03)."""

from collections.abc import Callable


def marks_of(index: Callable[[str, str], str], document_key: str | None, mobile: str | None) -> frozenset[str]:
    """Return the blind indexes of a person's document and mobile."""
    known = (("document", document_key), ("mobile", mobile))
    return frozenset(index(kind, value) for kind, value in known if value)
