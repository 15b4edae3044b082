"""`make trust`: every proof that the must rules hold, each bounded in time, with its figures; ends non-zero when one fails."""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_TOOLS = ROOT / ".venv-trust/bin"
_SKIPPED, _CODE_SKIPPED = (
    ",".join(json.loads((Path(__file__).parent / name).read_text("utf-8"))) for name in ("template_rules.json", "code_rules.json")
)
_PYTEST = [sys.executable, "-m", "pytest", "--no-header", "-q", "-n", "auto", "--show-capture=no"]
# Every right is used by one of these tests, or excepted with its reason.
_RIGHTS = [*_PYTEST, "--rights", "-m", "not slow", *(f"tests/{one}" for one in ("functions", "stores", "core", "faults", "operations"))]
# What else `make test` leaves out.
_LONG = [f"tests/{one}" for one in ("journeys", "properties", "operations", "benchmarks")]
_OURS = ("functions", "layers/common/expertgate", "infra")
_QUIETLY = ("--compact", "--quiet", "--skip-download")
_ADVISED = ("-r", "requirements/runtime.txt", "--require-hashes", "--disable-pip")
_FOUND = "known vulnerabilit"  # with a bad end: something was found, not out of reach
_FIGURE = re.compile(
    r"^(?:fuzzing|supply|rights|no test does|excepted, but done|=+ ?\d|\d+ (?:passed|failed)|Passed checks).*$"
    r"|.*known vulnerabilit.*",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Part:
    """One proof: what it shows, how it is run, for how long at most."""

    name: str
    command: list[str]
    seconds: int = 300
    may_miss: bool = False  # its data may be out of reach


PARTS = (
    Part("access: every route x every kind of caller, ids of others", [*_PYTEST, "tests/access"], 900),
    Part("faults: each AWS call fails before and after", [*_PYTEST, "tests/faults"], 2400),
    Part("races: many clients at once, one effect", [*_PYTEST, "tests/races"], 1800),
    Part("limits: guessing, pumping, bombs", [*_PYTEST, "tests/limits"]),
    Part("leaks: nothing personal in clear after the journey", [*_PYTEST, "tests/leaks"]),
    Part("keys: rotation under load", [*_PYTEST, "tests/functions/platform"]),
    Part("rights: no policy allows what no test does", _RIGHTS, 1800),
    Part("recovery: tables from a dump, lost workflows", [*_PYTEST, "tests/drill"]),
    Part("long: journey under the real runtime, properties, imports", [*_PYTEST, "-m", "slow", *_LONG], 900),
    Part("fuzzing: the running system as everybody", [sys.executable, "-m", "infra.checks.fuzz"], 600),
    Part("supply: layer, hashes, licences", [sys.executable, "-m", "infra.checks.supply", "--out", ".local/sbom.json"]),
    Part("code: bandit", [str(_TOOLS / "bandit"), "-q", "-ll", "--skip", _CODE_SKIPPED, "-r", *_OURS]),
    Part("template: checkov", [str(_TOOLS / "checkov"), "-f", "template.yaml", *_QUIETLY, "--skip-check", _SKIPPED]),
    Part("advisories: pip-audit", [str(_TOOLS / "pip-audit"), *_ADVISED], 60, may_miss=True),
)


def main(arguments: list[str] | None = None) -> int:
    """Run the parts (all, or those whose name begins with a word given) and print what each showed."""
    parser = argparse.ArgumentParser(prog="infra.checks.trust", description=__doc__)
    parser.add_argument("only", nargs="*", help="names to run, by their first word")
    wanted = set(parser.parse_args(arguments).only)
    chosen = [part for part in PARTS if not wanted or part.name.partition(":")[0] in wanted]
    with tempfile.TemporaryDirectory() as folder:
        failed = [part.name for part in chosen if not _shown(part, Path(folder))]
        _tell(Path(folder))
    print(f"\n{len(chosen) - len(failed)} of {len(chosen)} proofs hold{': ' + '; '.join(failed) + ' FAILED' if failed else '.'}")
    return len(failed)


def _shown(part: Part, folder: Path) -> bool:
    began, environment = time.monotonic(), {**os.environ, "TRUST_FIGURES": str(folder)}
    try:
        done = _run(part, environment)
    except (subprocess.TimeoutExpired, OSError) as exc:
        print(f"FAILED   {part.name}: {type(exc).__name__}", flush=True)
        return False
    verdict = judged(part, done)
    figures = "; ".join(one[0].strip("= ") for one in _FIGURE.finditer(done.stdout + done.stderr))
    print(f"{verdict:8} {part.name} ({time.monotonic() - began:.0f} s) {figures}", flush=True)
    if verdict == "FAILED":
        print(done.stdout[-8000:], done.stderr[-3000:])
    return verdict != "FAILED"


def judged(part: Part, done: subprocess.CompletedProcess[str]) -> str:
    """Tell what a part showed: what looks up data elsewhere and ends badly without a finding has not reached it."""
    if done.returncode == 0:
        return "holds"
    return "unknown" if part.may_miss and _FOUND not in done.stdout + done.stderr else "FAILED"


def _run(part: Part, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a part in a group of its own, so that one that takes too long ends with all it started."""
    options: dict[str, Any] = {"cwd": ROOT, "env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(part.command, start_new_session=True, **options) as running:
        try:
            out, err = running.communicate(timeout=part.seconds)
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(running.pid, signal.SIGKILL)
        return subprocess.CompletedProcess(part.command, running.returncode, out, err)


def _tell(folder: Path) -> None:
    """Print the figures that the tests kept: added up by proof, and each attack with where it ended."""
    kept = [json.loads(line) for file in sorted(folder.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    for proof in dict.fromkeys(one["proof"] for one in kept):
        told = [one for one in kept if one["proof"] == proof]
        lines = sorted(map(_attack, told)) if proof == "limits" else [f"{proof}: {_sum(told)}"]
        print(*(f"         {line}" for line in lines), sep="\n")


def _sum(told: list[dict[str, object]]) -> str:
    total = Counter({"runs": len(told)})
    for one in told:
        total.update({name: value for name, value in one.items() if isinstance(value, int)})
    return ", ".join(f"{value} {name}" for name, value in sorted(total.items()))


def _attack(told: dict[str, object]) -> str:
    stopped = f"after {told['stopped_after']} tries: " if "stopped_after" in told else ""
    return f"{told['attack']}: {stopped}{told['answer']}"


if __name__ == "__main__":
    sys.exit(main())
