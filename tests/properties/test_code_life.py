"""The life of a code, played at random: whatever is done in whatever order, the doors answer as a model of ten lines says."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from expertgate.forms.dates import shanghai_day
from tests.builders.accounts import code_sent
from tests.conftest import TEMPLATE
from tests.stage import Answered, Stage, open_stage

MOBILES = ("13912345678", "13712345678")
PURPOSES = ("register_person", "reset_password")


@dataclass
class Living:
    """What the model knows of the living code of a mobile and purpose."""

    code: str
    ends: datetime
    tries: int = 0


class CodeLife(RuleBasedStateMachine):
    """Sends, right and wrong tries, and time."""

    def __init__(self, engine: str | None) -> None:
        """Open an empty world on the engine of this run."""
        super().__init__()
        self._open = ExitStack()
        self.stage: Stage = self._open.enter_context(open_stage(TEMPLATE, engine))
        self.living: dict[tuple[str, str], Living] = {}
        self.sent: dict[str, list[datetime]] = {mobile: [] for mobile in MOBILES}
        self.calls = 0

    def teardown(self) -> None:
        """Put the world away."""
        self._open.close()

    @initialize()
    def begin_in_the_morning(self) -> None:
        """Let the day have room."""
        assert shanghai_day(self.now).isoformat() == "2026-03-02"

    @property
    def now(self) -> datetime:
        """Return the world's time."""
        return self.stage.clock.now()

    def ask(self, action: str, body: dict[str, str]) -> Answered:
        """Ask as another client each time: the limits per client are not what is played."""
        self.calls += 1
        return self.stage.call(action, body, address=f"198.51.{self.calls // 250}.{self.calls % 250}")

    @rule(mobile=st.sampled_from(MOBILES), purpose=st.sampled_from(PURPOSES))
    def send(self, mobile: str, purpose: str) -> None:
        """Ask for a code."""
        sent = self.sent[mobile]
        today = [one for one in sent if shanghai_day(one) == shanghai_day(self.now)]
        too_soon = bool(sent) and self.now - sent[-1] < timedelta(seconds=60)
        expected = 429 if too_soon or len(today) >= 10 else 201
        assert self.ask("account.send_sms_code", {"purpose": purpose, "mobile": mobile}).status == expected
        if expected == 201:
            sent.append(self.now)
            self.living[mobile, purpose] = Living(code_sent(self.stage, mobile), self.now + timedelta(minutes=5))

    @rule(mobile=st.sampled_from(MOBILES), purpose=st.sampled_from(PURPOSES), is_right=st.booleans())
    def verify(self, mobile: str, purpose: str, is_right: bool) -> None:
        """Try the newest code of this mobile and purpose, or another one."""
        living = self.living.get((mobile, purpose))
        code = living.code if living else "123456"
        typed = code if is_right else f"{(int(code) + 1) % 1_000_000:06d}"
        is_alive = living is not None and living.tries < 5 and self.now < living.ends
        expected = 201 if is_alive and is_right else 422
        answered = self.ask("account.verify_sms_code", {"purpose": purpose, "mobile": mobile, "sms_code": typed})
        assert answered.status == expected
        if living is not None and is_alive:
            living.tries += 1
        if expected == 201:
            del self.living[mobile, purpose]

    @rule(seconds=st.sampled_from([1, 29, 59, 60, 240, 300, 3600, 5 * 3600]))
    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.stage.clock.advance(seconds=seconds)


_SETTINGS = settings(max_examples=12, stateful_step_count=40, suppress_health_check=list(HealthCheck))


def test_a_code_lives_as_the_model_says(engine: str | None) -> None:
    run_state_machine_as_test(partial(CodeLife, engine), settings=_SETTINGS)  # type: ignore[arg-type]  # Hypothesis takes a factory too
