"""A captcha is a picture, good once, for five minutes, and can be renewed."""

import base64
import io

from PIL import Image

from tests.builders.captchas import TEXT, FixedCodes, drawn
from tests.stage import Answered, Stage


def _log_in(stage: Stage, captcha: dict[str, str] | None) -> Answered:
    body = {"kind": "person", "login_name": "13900000000", "password": "wrong"}
    return stage.call("account.log_in", body | ({"captcha": captcha} if captcha else {}))


def _suspected(stage: Stage) -> None:
    for _ in range(3):
        assert _log_in(stage, None).code == "login_refused"


def test_a_captcha_is_a_picture(stage: Stage) -> None:
    answered = stage.call("account.renew_captcha", {})
    head, _, data = answered.json["image"].partition(",")
    picture = Image.open(io.BytesIO(base64.b64decode(data)))
    assert (answered.status, head, picture.size) == (201, "data:image/png;base64", (160, 60))
    assert len(picture.convert("L").getcolors(256) or []) > 20


def test_two_pictures_of_one_text_differ(stage: Stage) -> None:
    stage.world.__dict__["codes"] = FixedCodes(stage)
    pictures = {stage.call("account.renew_captcha", {}).json["image"] for _ in range(2)}
    assert len(pictures) == 2


def test_after_failures_a_captcha_is_demanded(stage: Stage) -> None:
    _suspected(stage)
    assert (_log_in(stage, None).status, _log_in(stage, None).code) == (422, "captcha_required")
    assert _log_in(stage, {"captcha_id": drawn(stage), "text": TEXT.lower()}).code == "login_refused"


def test_a_captcha_is_good_once(stage: Stage) -> None:
    _suspected(stage)
    captcha = {"captcha_id": drawn(stage), "text": TEXT}
    assert _log_in(stage, captcha).code == "login_refused"
    again = _log_in(stage, captcha)
    assert (again.code, again.broken) == ("captcha_wrong", {"captcha.text": "captcha_wrong"})


def test_a_wrong_text_uses_the_captcha_up(stage: Stage) -> None:
    _suspected(stage)
    captcha_id = drawn(stage)
    assert _log_in(stage, {"captcha_id": captcha_id, "text": "AAAAA"}).code == "captcha_wrong"
    assert _log_in(stage, {"captcha_id": captcha_id, "text": TEXT}).code == "captcha_wrong"


def test_a_renewed_captcha_ends_the_previous_one(stage: Stage) -> None:
    _suspected(stage)
    first = drawn(stage)
    second = drawn(stage, previous=first)
    assert _log_in(stage, {"captcha_id": first, "text": TEXT}).code == "captcha_wrong"
    assert _log_in(stage, {"captcha_id": second, "text": TEXT}).code == "login_refused"


def test_a_captcha_is_too_old_after_five_minutes(stage: Stage) -> None:
    _suspected(stage)
    captcha = {"captcha_id": drawn(stage), "text": TEXT}
    stage.clock.advance(minutes=5)
    assert _log_in(stage, captcha).code == "captcha_wrong"
