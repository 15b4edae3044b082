"""A form that is still being filled in."""

from typing import Any

from expertgate.inbound.fields import Request


class SaveDraft(Request):
    """The form as typed so far, in whatever state; the body's own limit holds it small."""

    form: dict[str, Any]
