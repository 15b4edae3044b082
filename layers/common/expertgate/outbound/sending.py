"""What a carrier of short messages and one of e-mail have in common: they may not take it."""


class SendingFailed(Exception):
    """A carrier did not take it; `final` when trying again is useless."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        """Keep the reason as a code: a carrier's text may quote number or address."""
        super().__init__(reason)
        self.reason = reason
        self.final = final
