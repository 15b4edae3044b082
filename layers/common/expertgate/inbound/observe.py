"""What the outside may watch: one structured log line per request or task, named events, never personal data."""

from functools import cache

from aws_lambda_powertools import Logger


@cache
def log() -> Logger:
    """Return the process's logger; fields only, no bodies, headers, names, numbers, codes."""
    return Logger(service="expertgate", log_uncaught_exceptions=False)


def where(exc: BaseException) -> str:
    """Return where an exception comes from, without its text: a library's message may quote what a user typed."""
    trace = exc.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace is not None else "-"
