"""Captchas whose text a test knows: it draws letters one after the other instead of at random."""

from expertgate.account.pictures import ALPHABET
from tests.stage import Stage

TEXT = "HJKLM"


class FixedCodes:
    """Randomness that draws one text."""

    def __init__(self, stage: Stage) -> None:
        """Keep the real source for the rest."""
        self._real = stage.world.codes
        self._letters = iter(TEXT * 99)

    def digits(self, count: int) -> str:
        """Return the place of the next letter."""
        return f"{ALPHABET.index(next(self._letters)):0{count}d}"

    def secret(self) -> str:
        """Return a real secret."""
        return self._real.secret()

    def ulid(self, now: object) -> str:
        """Return a real id."""
        return self._real.ulid(now)  # type: ignore[arg-type]


def drawn(stage: Stage, previous: str | None = None) -> str:
    """Draw a captcha that shows TEXT and return its id."""
    stage.world.__dict__["codes"] = FixedCodes(stage)
    answered = stage.call("account.renew_captcha", {"previous": previous} if previous else {})
    assert answered.status == 201
    return str(answered.json["captcha_id"])


def solved(stage: Stage) -> dict[str, str]:
    """Draw a captcha and return it solved, as a form sends it; randomness is real again."""
    real = stage.world.codes
    captcha = {"captcha_id": drawn(stage), "text": TEXT}
    stage.world.__dict__["codes"] = real
    return captcha
