"""Known vulnerabilities in the versions that are pinned, by pip-audit: `python -m tests.audit.vulnerabilities`.

Fails where there is one. Where pip-audit cannot be installed or its service cannot be reached, it says so and fails
nothing: a build without a network is no worse than before.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")
TOOL = "pip-audit==2.10.1"
PLACE = ROOT / ".venv" / "audit"
"""An environment of its own: what the tool needs is none of ours."""


def tool() -> Path | None:
    """The program, installed if need be; None where it cannot be."""
    program = PLACE / "bin" / "pip-audit"
    if not program.exists():
        venv.create(PLACE, with_pip=True)
        pip = [PLACE / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", TOOL]
        if subprocess.run(pip, capture_output=True).returncode:
            return None
    return program


def found(answer: str) -> list[str] | None:
    """One line for each vulnerability in pip-audit's JSON; None where it is none."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return None
    return [
        f"{package['name']} {package['version']}: {one['id']}, fixed in {', '.join(one['fix_versions']) or 'no version'}"
        for package in packages
        for one in package.get("vulns", ())
    ]


def main() -> int:
    program = tool()
    if program is None:
        print("vulnerabilities: not looked up, since pip-audit cannot be installed here")
        return 0
    known: set[str] = set()
    for lock in LOCKS:
        how = ["--requirement", lock, "--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
        done = subprocess.run([program, *how], cwd=ROOT, capture_output=True, text=True)
        lines = found(done.stdout)
        if lines is None:
            said = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
            print(f"vulnerabilities: {lock} was not looked up, since the service cannot be used: {said[:300]}")
            continue
        print(f"vulnerabilities: {len(lines)} known in {lock}")
        known |= set(lines)
    for line in sorted(known):
        print(f"  {line}")
    return int(bool(known))


if __name__ == "__main__":
    sys.exit(main())
