"""Forms and links for browsers lead to the host of the region, never to the global one."""

from urllib.parse import urlsplit

import pytest

from expertgate.outbound.evidence import EvidenceStore


@pytest.mark.parametrize(
    ("region", "host"),
    [
        ("cn-north-1", "evidence.s3.cn-north-1.amazonaws.com.cn"),
        ("eu-central-1", "evidence.s3.eu-central-1.amazonaws.com"),
        ("ap-southeast-1", "evidence.s3.ap-southeast-1.amazonaws.com"),
    ],
)
def test_browsers_are_sent_to_the_regions_host(region: str, host: str, fresh_clients: pytest.MonkeyPatch) -> None:
    fresh_clients.setenv("AWS_DEFAULT_REGION", region)
    store = EvidenceStore("evidence")
    form, link = store.presigned_post("uploads/1", "image/png"), store.presigned_get("evidence/1", "image/png", "a.png")
    assert {urlsplit(form.url).hostname, urlsplit(link).hostname} == {host}
