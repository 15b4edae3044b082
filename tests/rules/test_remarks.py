"""Which fields an official may remark on: those the form has or could have had, and no others."""

import pytest

from expertgate.review.rules.forms import can_be_remarked

_FORM: dict[str, object] = {
    "basic": {"name": "青岛海洋研究所", "website": None, "fields": ["海洋"]},
    "introduction": None,
    "attachments": {},
}


@pytest.mark.parametrize(
    "path", ["basic", "basic.name", "basic.website", "basic.fields.0", "introduction", "introduction.text", "attachments.bank_page"]
)
def test_what_the_form_could_have_is_remarked(path: str) -> None:
    assert can_be_remarked(path, _FORM, {"attachments"})


@pytest.mark.parametrize("path", ["basic.nofield", "basic.name.first", "bas", "", "attachments2", "nonsense"])
def test_what_no_form_has_is_not(path: str) -> None:
    assert not can_be_remarked(path, _FORM, {"attachments"})
