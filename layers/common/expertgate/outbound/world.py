"""The world an action works in: the one place where real things are chosen, each made when first asked for."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from expertgate.outbound.clock import Clock, ShiftedClock, SystemClock
from expertgate.outbound.codes import CodeSource, SystemCodes
from expertgate.outbound.memory import Memory
from expertgate.settings import settings

if TYPE_CHECKING:
    from expertgate.outbound.authority import Authority
    from expertgate.outbound.email import EmailSender
    from expertgate.outbound.evidence import EvidenceStore
    from expertgate.outbound.face import FaceProvider
    from expertgate.outbound.keys import Keys
    from expertgate.outbound.sms import SmsSender
    from expertgate.outbound.workflow import Workflow


class World:
    """Clock, randomness, keys and the ports; a test puts its own in by name."""

    current: "ClassVar[World | None]" = None

    def __init__(self, **chosen: object) -> None:
        """Take what is given, choose the rest by the settings on first use."""
        self.__dict__.update(chosen)

    @cached_property
    def clock(self) -> Clock:
        """Return the clock: shifted where one machine is told to play another day."""
        shifted = settings().clock_file
        return ShiftedClock(Path(shifted)) if shifted else SystemClock()

    @cached_property
    def codes(self) -> CodeSource:
        """Return the source of randomness."""
        return SystemCodes()

    @cached_property
    def keys(self) -> "Keys":
        """Return the keys; the ring is loaded at the first sealing."""
        from expertgate.outbound.keys import Keys  # noqa: PLC0415 -- cryptography only where something is sealed
        from expertgate.outbound.ring import load_ring  # noqa: PLC0415

        return Keys(load_ring)

    @cached_property
    def memory(self) -> Memory:
        """Return what this process keeps for a little while of rows that everybody reads."""
        return Memory()

    @cached_property
    def sms(self) -> "SmsSender":
        """Return the way short messages take."""
        from expertgate.outbound.sms import choose_sms  # noqa: PLC0415 -- only the deliverer needs it

        return choose_sms(settings())

    @cached_property
    def email(self) -> "EmailSender":
        """Return the way e-mail takes."""
        from expertgate.outbound.email import choose_email  # noqa: PLC0415 -- only the deliverer needs it

        return choose_email(settings())

    @cached_property
    def authority(self) -> "Authority":
        """Return the register that names and numbers are compared with."""
        from expertgate.outbound.authority import choose_authority  # noqa: PLC0415 -- only registration and identity need it

        return choose_authority(settings())

    @cached_property
    def face(self) -> "FaceProvider":
        """Return the provider of face checks."""
        from expertgate.outbound.face import choose_face  # noqa: PLC0415 -- only identity and recovery need it

        return choose_face(settings())

    @cached_property
    def evidence(self) -> "EvidenceStore":
        """Return the private store of uploaded files."""
        from expertgate.outbound.evidence import EvidenceStore  # noqa: PLC0415 -- only doors with files need it

        return EvidenceStore(settings().evidence_bucket)

    @cached_property
    def workflow(self) -> "Workflow":
        """Return the review workflow."""
        from expertgate.outbound.workflow import Workflow  # noqa: PLC0415 -- only cases need it

        return Workflow(settings().review_machine)


def the_world() -> World:
    """Return this process's world."""
    World.current = World.current or World()
    return World.current
