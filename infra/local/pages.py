"""The machine's own pages: what a developer looks at; each has a twin in JSON."""

import html
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from infra.local.messages import Request, Response, html_response, json_response

Page = Callable[[Request], Response]

# Other local modules add (prefix, callable) here; they are named in the template under Metadata.Local.Pages.
plugins: list[tuple[str, Page]] = []

_STYLE: Final = """
body{font:16px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1d2733}
h1{font-size:1.4rem}nav a{margin-right:1rem}table{border-collapse:collapse;width:100%}
td,th{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #dde3ea;vertical-align:top}
code,pre{font:14px ui-monospace,monospace}button{font:inherit;padding:.4rem 1.2rem;margin-right:.6rem;cursor:pointer}
"""

_LINKS: Final = {
    "/": "Start",
    "/docs": "API",
    "/_local/sms": "SMS",
    "/_local/email": "E-mail",
    "/_local/executions": "Workflows",
    "/_local/schedules": "Schedules",
    "/_local/clock": "Clock",
}


def page(title: str, inside: str) -> Response:
    """Return a page in the house's plain style; the inside is HTML already."""
    nav = "".join(f'<a href="{path}">{name}</a>' for path, name in _LINKS.items())
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{_STYLE}</style>'
    return html_response(f"<!doctype html><html lang=en>{head}<nav>{nav}</nav><h1>{html.escape(title)}</h1>{inside}</html>")


def table(rows: Sequence[Mapping[str, Any]], empty: str) -> str:
    """Return rows as a table in HTML; values are escaped."""
    if not rows:
        return f"<p>{html.escape(empty)}</p>"
    names = list(rows[0])
    head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
    lines = ("".join(f"<td>{html.escape(_shown(row.get(name)))}</td>" for name in names) for row in rows)
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def wants_json(request: Request) -> bool:
    """Tell whether the JSON twin is asked for."""
    return request.parameter("format") == "json" or "application/json" in request.header("accept")


def rows_page(request: Request, title: str, rows: Sequence[Mapping[str, Any]], empty: str) -> Response:
    """Return rows as a page or as JSON."""
    return json_response(rows) if wants_json(request) else page(title, table(rows, empty))


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, (dict, list)) else str("" if value is None else value)
