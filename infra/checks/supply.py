"""What the layer is made of: a bill of materials (CycloneDX 1.6) and the licences, each of which must be one we may ship."""

import argparse
import json
import re
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# Its metadata name none; its LICENSE file does.
_ELSEWHERE = {"zxcvbn-rs-py": "MIT"}
_ALLOWED = ("Apache", "BSD", "ISC", "MIT", "MPL", "PSF", "Python Software Foundation", "HPND")


def main(arguments: list[str] | None = None) -> int:
    """Write the bill and print the figures; a licence we may not ship ends non-zero."""
    parser = argparse.ArgumentParser(prog="infra.checks.supply", description=__doc__)
    parser.add_argument("--out", type=Path, help="where the bill of materials goes")
    chosen = parser.parse_args(arguments)
    parts = components((ROOT / "requirements/runtime.txt").read_text("utf-8"))
    if chosen.out:
        chosen.out.parent.mkdir(parents=True, exist_ok=True)
        bill = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": parts}
        chosen.out.write_text(json.dumps(bill, indent=1))
    refused = [f"{one['name']}: {licence_in(one)}" for one in parts if not is_allowed(licence_in(one))]
    print(
        f"supply: {len(parts)} packages in the layer, {sum(bool(one['hashes']) for one in parts)} with hashes; refused licences: {refused}"
    )
    return len(refused)


def components(pins: str) -> list[dict[str, Any]]:
    """Return what a file of pins installs, with hashes and licences."""
    found = list(_PIN.finditer(pins))
    ends = [one.start() for one in found[1:]] + [len(pins)]
    return [_component(one[1], one[2], pins[one.start() : end]) for one, end in zip(found, ends, strict=True)]


def is_allowed(licence: str) -> bool:
    """Tell whether every word of the licence is one of a permissive kind."""
    return bool(licence) and "GPL" not in licence and any(one in licence for one in _ALLOWED)


def licence_in(component: dict[str, Any]) -> str:
    """Return the licence of a component of the bill."""
    return str(component["licenses"][0]["license"]["name"])


def _component(name: str, version: str, lines: str) -> dict[str, Any]:
    return {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "hashes": [{"alg": "SHA-256", "content": one} for one in _HASH.findall(lines)],
        "licenses": [{"license": {"name": _licence(distribution(name))}}],
    }


def _licence(installed: Distribution) -> str:
    facts = installed.metadata
    named = facts.get("License-Expression") or facts.get("License") or ""
    classified = [one.rpartition(" :: ")[2] for one in facts.get_all("Classifier") or [] if one.startswith("License ::")]
    if not named and not any(classified):
        return _ELSEWHERE.get(installed.name, "")
    return named.splitlines()[0] if named and len(named) < 100 else ", ".join(classified)  # noqa: PLR2004 -- some write the whole text there


if __name__ == "__main__":
    sys.exit(main())
