"""The face provider over HTTP: signed requests, answers that are checked before anybody opens them."""

import pytest

from expertgate.outbound.face import FaceAsked, FaceSilent, HttpFace
from tests.outbound.provider import SECRET, open_provider

ASKED = FaceAsked("01KJPZ5B80000000000000000", "state-to-echo", "李晓波", "resident_id", "130403198003101007", "web")


def test_the_provider_gets_what_it_needs_signed() -> None:
    with open_provider(answer={"url": "https://face.example/c/1"}) as provider:
        assert HttpFace(provider.url, SECRET, "https://api.example/").start(ASKED) == "https://face.example/c/1"
    assert provider.signed_well == [True]
    path, body = provider.asked[0]
    assert path == "/checks"
    assert (body["state"], body["call_back"], body["seconds"]) == ("state-to-echo", "https://api.example/v1/face-results", 600)


@pytest.mark.parametrize(
    ("status", "answer"),
    [(200, {"url": "javascript:alert(1)"}), (200, {"url": "http://face.example"}), (200, {}), (200, b"[]"), (500, {}), (429, {})],
)
def test_an_unusable_answer_means_silent(status: int, answer: object) -> None:
    with open_provider(status=status, answer=answer) as provider, pytest.raises(FaceSilent):
        HttpFace(provider.url, SECRET, "https://api.example").start(ASKED)
