"""Every test that the security page names is there."""

import re

from tests.tree.house import ROOT

_NAMED = re.compile(r"`((?:tests|infra)/[\w./]+)`")


def test_each_claim_names_a_test_that_exists() -> None:
    named = set(_NAMED.findall((ROOT / "docs/security.md").read_text("utf-8")))
    assert len(named) > 25
    assert sorted(one for one in named if not (ROOT / one).exists()) == []
