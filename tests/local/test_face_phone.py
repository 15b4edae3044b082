"""The sandbox's telephone: two buttons, and a call-back that the real door believes."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from expertgate.outbound.face import RESULT_PATH
from expertgate.outbound.signed import NONCE_HEADER, SIGNATURE_HEADER, TIME_HEADER, sign
from expertgate.settings import settings
from infra.local import pages
from infra.local.face_phone import PREFIX, phone, press, signed
from infra.local.http import Request
from tests.outbound.provider import SECRET, Provider, open_provider


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    with open_provider(answer={"received": True}) as api:
        monkeypatch.setenv("PUBLIC_URL", api.url)
        monkeypatch.setenv("PROVIDER_SECRET", SECRET)
        settings.cache_clear()
        yield api
    settings.cache_clear()


def _asked(method: str, query: str, path: str = f"{PREFIX}/01KJPZ5B80000000000000000") -> Request:
    return Request(method, path, query, (), b"", "127.0.0.1")


def test_the_page_is_plugged_into_the_machine() -> None:
    assert (PREFIX, phone) in pages.plugins


def test_the_page_has_two_buttons_and_no_script() -> None:
    shown = phone(_asked("GET", 'state=a"><script>')).body.decode()
    assert shown.count("<button>") == 2
    assert "<script>" not in shown


def test_a_pressed_button_sends_a_signed_result(api: Provider) -> None:
    answered = phone(_asked("POST", "state=the-state&press=pass"))
    assert (answered.status, api.signed_well) == (200, [True])
    assert api.asked == [(RESULT_PATH, {"check": "01KJPZ5B80000000000000000", "state": "the-state", "outcome": "passed"})]


def test_an_unknown_button_sends_nothing(api: Provider) -> None:
    assert phone(_asked("POST", "state=the-state&press=maybe")).status == 400
    assert api.asked == []


def test_the_signature_uses_the_functions_clock(api: Provider) -> None:
    headers = signed("{}")
    assert abs(int(headers[TIME_HEADER]) - datetime.now(UTC).timestamp()) < 5
    assert headers[SIGNATURE_HEADER] == sign(SECRET, f"POST {RESULT_PATH}", headers[TIME_HEADER], headers[NONCE_HEADER], "{}")


def test_a_refusing_api_is_told(api: Provider) -> None:
    api.status = 503
    assert press("01KJPZ5B80000000000000000", "the-state", "passed") == 503
