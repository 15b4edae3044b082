"""Whoever reads an answer reads no code: what was done to a case and what a document is called."""

import ast
import re
from collections.abc import Iterator

from expertgate.catalogue.store import named
from expertgate.forms.documents import DocumentType
from expertgate.wording import section
from tests.tree.house import calls_in, sources


def _deeds_of_cases() -> Iterator[str]:
    """Yield the tags of all deeds that are written to a case's own audit."""
    for path in sources("layers"):
        for call, name in calls_in(path):
            subject = next((ast.unparse(one.value) for one in call.keywords if one.arg == "subject"), "")
            if name == "audit" and re.match(r"f.CASE#", subject):
                (tag, *_) = call.args
                assert isinstance(tag, ast.Constant)
                yield str(tag.value)


def test_every_deed_of_a_case_has_a_name() -> None:
    named = {name for name in section("sentences") if name.startswith("deed_")}
    tags = {f"deed_{tag.replace(':', '_')}" for tag in _deeds_of_cases()}
    assert len(tags) > 10
    assert named == tags


def test_a_document_is_called_as_in_its_catalogue() -> None:
    rows = [named("document_types", one) for one in DocumentType]
    assert [section("sentences")[f"document_{one.code}"] for one in rows] == [{"zh": one.name, "en": one.english} for one in rows]
