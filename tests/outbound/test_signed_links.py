"""Forms and links for browsers lead to the host of the region, never to the global one."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from expertgate.outbound.aws import forget_clients
from expertgate.outbound.evidence import EvidenceStore


@pytest.fixture
def fresh_clients(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    monkeypatch.delenv("AWS_ENDPOINT_URL_S3", raising=False)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    forget_clients()
    yield monkeypatch
    forget_clients()


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
