"""`python -m infra.operations.import_accounts FILE`: bring in the accounts of the old platforms, with a bar and a report (ACC-15)."""

import argparse
import os
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from infra.operations.source import LocalFile
from infra.operations.system import NotRunning, enter_deployed, enter_local

if TYPE_CHECKING:
    from expertgate.account.legacy.rows import ImportRow
    from expertgate.account.legacy.survey import Source

ROOT = Path(__file__).resolve().parents[2]
_WIDTH = 30
_STOPPED = 130


def main(arguments: list[str] | None = None) -> int:
    """Import a file and return 0 when it was read to its end, refused lines or not."""
    chosen = _parser().parse_args(arguments)
    chosen.report = chosen.report or Path(f"{Path(chosen.file).name}.report.csv")
    if not chosen.report.parent.is_dir():  # a file of a million lines takes hours
        return _failed(f"no folder for the report: {chosen.report.parent}")
    try:
        enter_deployed(chosen.function) if chosen.function else enter_local(chosen.state)
    except NotRunning as exc:
        return _failed(str(exc))
    from expertgate.errors.base import ExpertGateError  # noqa: PLC0415 -- rows name their tables when they are imported
    from expertgate.outbound.passing import FAULTS  # noqa: PLC0415 -- as above

    try:
        return _import(chosen)
    except KeyboardInterrupt:
        print("\nstopped; the same command with --resume goes on", file=sys.stderr)
        return _STOPPED
    except ExpertGateError as exc:
        return _failed(f"{exc.code} {exc.facts.get('reason', '')}".strip())
    except (OSError, *FAULTS) as exc:
        return _failed(str(exc))


def _import(chosen: argparse.Namespace) -> int:
    from expertgate.account.actions.parts import go_on, start_import  # noqa: PLC0415 -- as above
    from expertgate.caller import system  # noqa: PLC0415 -- as above
    from expertgate.outbound.world import World  # noqa: PLC0415 -- as above

    source, world, caller = _source(chosen.file), World(), system("import_accounts")
    row = start_import(world, caller, source, resume=chosen.resume, tag=getattr(source, "tag", ""))
    bar = _Bar(row)
    for far in go_on(world, caller, row, source):
        bar.show(far)
    bar.end(row)
    _report(row, chosen.report)
    return 0


def _source(named: str) -> "Source":
    if not named.startswith("s3://"):
        return LocalFile(Path(named))
    from expertgate.outbound.objects import StoredObject  # noqa: PLC0415 -- as above

    bucket, _, key = named.removeprefix("s3://").partition("/")
    found = StoredObject.find(bucket, key)
    if found is None:
        raise FileNotFoundError(f"no such object: {named}")
    return found


def _report(row: "ImportRow", path: Path) -> None:
    """Write the report, readable by its owner only: line numbers lead to people for who has the file."""
    from expertgate.account.legacy.report import write_report  # noqa: PLC0415 -- as above

    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        write_report(row, file, "json_lines" if path.suffix == ".jsonl" else "csv")
    print(f"report: {path}")


class _Bar:
    """How far it is: drawn over itself on a terminal, a line each tenth elsewhere."""

    def __init__(self, row: "ImportRow") -> None:
        self._began, self._lines, self._told = time.monotonic(), int(row.line), -1
        self._draws = sys.stderr.isatty()

    def show(self, row: "ImportRow") -> None:
        """Say how far it is."""
        done = row.at / row.size if row.size else 1
        tenth = int(done * 10)
        if self._draws or tenth > self._told:
            self._told = tenth
            filled = int(done * _WIDTH)
            text = f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {done:4.0%}  {_counted(row)}  {self._speed(row):.0f} lines/s"
            print(f"\r{text}" if self._draws else text, end="" if self._draws else "\n", file=sys.stderr, flush=True)

    def end(self, row: "ImportRow") -> None:
        """Say what it was."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        took = time.monotonic() - self._began
        print(
            f"{chr(10) if self._draws else ''}{_counted(row)}; {took:.1f} s, {self._speed(row):.0f} lines/s, {peak} MB at most",
            file=sys.stderr,
        )

    def _speed(self, row: "ImportRow") -> float:
        return float(row.line - self._lines) / max(time.monotonic() - self._began, 0.001)


def _counted(row: "ImportRow") -> str:
    return ", ".join(f"{name} {count:.0f}" for name, count in row.counts.items())


def _failed(why: str) -> int:
    print(f"cannot import: {why}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="infra.operations.import_accounts", description=__doc__)
    parser.add_argument("file", help="a file, or s3://bucket/key; docs/legacy-import.md describes its columns")
    parser.add_argument("--resume", action="store_true", help="go on where an import of this file ended, even one that seems to run")
    parser.add_argument("--report", type=Path, help="where refused lines are listed: .csv, or .jsonl with the counts (FILE.report.csv)")
    parser.add_argument("--state", type=Path, default=ROOT / ".local", help="folder of the running one-machine system (.local)")
    parser.add_argument("--function", help="work on the deployed system that this Lambda function belongs to (AccountImportAccounts...)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
