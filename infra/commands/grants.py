"""Grants from the command line: export all, or bind and revoke by file, with progress and without starting over.

python -m infra.commands.grants export agents.csv
python -m infra.commands.grants bind new_agents.csv
python -m infra.commands.grants revoke leavers.csv

The address of the API is in EXPERTGATE_API, the token of the unit in EXPERTGATE_TOKEN. A file that had to stop is given again: lines that
were done are not done twice.
"""

import argparse
import http.client
import json
import os
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_NEXT = re.compile(r'<([^>]+)>; rel="next"')
_SECONDS = 60
_NEEDED = ("EXPERTGATE_API", "EXPERTGATE_TOKEN")
_LONGEST_WAIT = 600  # a token that nobody uses dies soon after


def main(arguments: list[str] | None = None) -> int:
    """Do what the first argument says with the file of the second; 1 where a line was refused or nothing could be done."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if missing := [name for name in _NEEDED if not os.environ.get(name)]:
        parser.error(f"{' and '.join(missing)} must be in the environment")
    try:
        if chosen.deed == "export":
            export(chosen.file)
            return 0
        return 0 if apply(chosen.deed, chosen.file) else 1
    except (OSError, ValueError, http.client.HTTPException) as exc:
        print(f"cannot {chosen.deed}: {exc}", file=sys.stderr)
        return 1


def export(file: Path) -> None:
    """Write all grants, a page as it comes; the old file stays until the last page is there."""
    part, lines = file.with_suffix(".part"), 0
    with part.open("w", encoding="utf-8-sig", newline="") as out:
        for page in _pages("/v1/agent-grant-exports"):
            out.write(page)
            lines += len(page.splitlines())
            print(f"\r{max(0, lines - 1)} grants", end="", file=sys.stderr, flush=True)
    part.replace(file)
    print(f"\r{max(0, lines - 1)} grants in {file}", file=sys.stderr)


def apply(deed: str, file: Path) -> bool:
    """Bind or revoke line by line until the file is done, waiting where the API says so; tell whether no line was refused."""
    text, line, refused = _text(file), 1, 0
    while line:
        _, answer = _call("POST", "/v1/agent-grant-files", {"deed": deed, "csv": text, "from_line": line})
        result: dict[str, Any] = json.loads(answer)
        for one in result["lines"]:
            print(f"{one['line']}\t{one['outcome']}\t{one['grant_id'] or one['message']}", flush=True)
        refused += result["refused"]
        line = result["next_line"]
        if result["retry_after"]:
            _wait(result["retry_after"], line)
    return not refused


def _wait(seconds: int, line: int) -> None:
    """Wait a little; after a long wait nobody would be logged in any more."""
    if seconds > _LONGEST_WAIT:
        sys.exit(f"stopped before line {line}: log in after {seconds} seconds and give the same file again")
    print(f"waiting {seconds} seconds before line {line}", file=sys.stderr, flush=True)
    time.sleep(seconds)


def _text(file: Path) -> str:
    """Return what is in a file: UTF-8, else what spreadsheets in China write."""
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _pages(path: str) -> Iterator[str]:
    while path:
        headers, text = _call("GET", path)
        yield text
        found = _NEXT.search(headers.get("link", ""))
        path = found[1] if found else ""


def _call(method: str, path: str, body: object = None) -> tuple[dict[str, str], str]:
    headers = {"authorization": f"Bearer {os.environ['EXPERTGATE_TOKEN']}", "content-type": "application/json"}
    data = json.dumps(body).encode() if body is not None else None
    address = os.environ["EXPERTGATE_API"].rstrip("/") + path
    request = urllib.request.Request(address, data, headers, method=method)  # noqa: S310 -- the operator's own address
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answered:  # noqa: S310 -- as above
            return {name.lower(): value for name, value in answered.headers.items()}, answered.read().decode()
    except urllib.error.HTTPError as exc:
        sys.exit(_why(exc))


def _why(refused: urllib.error.HTTPError) -> str:
    """Return the sentence with which the API refused, or the status where it said none."""
    try:
        return str(json.loads(refused.read())["title"])
    except (ValueError, KeyError):
        return str(refused)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="infra.commands.grants", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("deed", choices=["export", "bind", "revoke"])
    parser.add_argument("file", type=Path, help="the CSV to write or to read; docs/delegation.md says its columns")
    return parser


if __name__ == "__main__":
    sys.exit(main())
