"""What the outside may watch: one structured log line per request or task, named events, never personal data."""

import json
import logging
import os
from functools import cache

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter

from expertgate.outbound.passing import is_passing

# No line tells thread, process or task, and what went wrong says itself where (`where`): a record need not look for any of them.
logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
logging.logAsyncioTasks = False  # type: ignore[attr-defined]  # mypy has not heard of it
logging._srcfile = None  # noqa: SLF001 -- the way the logging documentation gives (Optimization)
_JSON = json.JSONEncoder(default=str, separators=(",", ":"), ensure_ascii=False)
_NOT_TOLD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class _Line(LambdaPowertoolsFormatter):
    """Powertools' line for a message without an exception, at a third of its price: its own way walks all keys five times."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        if record.exc_info or record.args or not isinstance(record.msg, str):
            return super().format(record)
        told = {
            "level": record.levelname,
            "message": record.msg,
            "timestamp": self.formatTime(record),
            "service": self.keys_combined.get("service"),
            **{name: value for name, value in vars(record).items() if name not in _NOT_TOLD},
            "xray_trace_id": os.environ.get("_X_AMZN_TRACE_ID", "").partition("Root=")[2].partition(";")[0] or None,
        }
        return _JSON.encode({name: value for name, value in told.items() if value is not None})


@cache
def log() -> Logger:
    """Return the process's logger; fields only, no bodies, headers, names, numbers, codes."""
    line = _Line(service="expertgate", use_rfc3339=True, location=None)
    return Logger(service="expertgate", log_uncaught_exceptions=False, logger_formatter=line)


def note_fault(exc: Exception, **ids: str) -> None:
    """Note what kept one thing from being done while the rest goes on: a warning where it passes, else what wakes somebody."""
    facts = {"kind": type(exc).__name__, "at": where(exc), **ids}
    if is_passing(exc):
        log().warning("left for later", extra=facts)
    else:
        log().error("unexpected", extra=facts)


def where(exc: BaseException) -> str:
    """Return where an exception comes from, without its text: a library's message may quote what a user typed."""
    trace = exc.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace is not None else "-"
