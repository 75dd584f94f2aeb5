"""All that is measured, in one run, written to `benchmarks/results.md` with the commit and the machine.

    python -m benchmarks [--corpus NEWS.jsonl.gz] [--only PART ...] [--small] [-o FILE]

Each part is a program of its own (`python -m benchmarks.PART --help`), so that none warms or crowds another; one that
fails or takes too long is said, and the others go on. `--small` tries everything in a few minutes; what it prints
says little. With `--only`, the other parts of the file stay as they are.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer

HERE = Path(__file__).parent
LONGEST = 900.0  # seconds of one part


@dataclass(frozen=True, slots=True)
class Part:
    """A part by its module; `small` are its options for trying it out, `reads`: whether it takes a corpus."""

    name: str
    title: str
    small: tuple[str, ...]
    reads: bool = True


PARTS = (
    Part("speed", "One core: bare spaCy and ours", ("--reports", "8")),
    Part("batch", "Engines: one process, two, and Ray on two processors", ("--reports", "24")),
    Part("growth", "How loads grow", ("--reports", "50", "200")),
    Part("stores", "Writing", ("--reports", "100", "400"), reads=False),
    Part("questions", "Questions", ("--reports", "100", "1000", "2000", "--times", "5", "--whole", "3"), reads=False),
    Part("web", "Pages of 5,000 reports", ("--reports", "200", "--times", "5"), reads=False),
    Part("analyses", "Analyses", ("--reports", "50", "200"), reads=False),
    Part("lineage", "Near copies", ("--reports", "100", "--copies", "40")),
    Part("spun", "Spun text", ("--reports", "50")),
)


def machine() -> str:
    """Cores, processor, memory and Python; nothing that names the machine or who uses it."""
    cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"^model name\s*:\s*(.+)$", cpu, re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    named = model[1].strip() if model else platform.machine()
    return f"{os.cpu_count()} cores of {named}, {memory:.0f} GB of memory, Python {platform.python_version()}"


def commit() -> str:
    """The commit that is measured, and whether the files are as it has them."""
    try:
        told = [_git("rev-parse", "--short=12", "HEAD"), _git("status", "--porcelain", "--", "src", "benchmarks")]
    except (OSError, subprocess.CalledProcessError):
        return "unknown commit"
    changed = [line for line in told[1].splitlines() if not line.endswith("results.md")]
    return f"commit {told[0]}" + (" with changes" if changed else "")


def _git(*command: str) -> str:
    return subprocess.run(["git", *command], cwd=HERE.parent, capture_output=True, text=True, check=True).stdout.strip()


def measured(part: Part, corpus: Path | None, small: bool) -> tuple[str, bool]:
    """What the part prints, shown as it comes, and whether it came to its end."""
    given = [*(["--corpus", str(corpus)] if corpus and part.reads else []), *(part.small if small else ())]
    start, lines = time.monotonic(), list[str]()
    command = [sys.executable, "-m", f"benchmarks.{part.name}", *given]
    with subprocess.Popen(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True) as ran:
        assert ran.stdout
        ending = Timer(LONGEST, ran.kill)
        ending.start()
        for line in ran.stdout:
            print(line, end="", flush=True)
            lines.append(line.rstrip())
        ran.wait()
        ending.cancel()
    seconds = time.monotonic() - start
    if ran.returncode:
        lines.append(f"(did not end well: exit code {ran.returncode} after {seconds:.0f} s)")
        print(lines[-1], flush=True)
    return "\n".join(lines).strip("\n"), ran.returncode == 0


def section(part: Part, printed: str, seconds: float) -> str:
    now = datetime.now(UTC).date()
    about = f"`python -m benchmarks.{part.name}`: {now}, {commit()}, {seconds:.0f} s"
    how = (importlib.import_module(f"benchmarks.{part.name}").__doc__ or "").split("\n\n")
    told = " ".join(" ".join(how[:1] + how[2:]).split())
    return f"## {part.title}\n\n{told}\n\n{about}.\n\n```\n{printed}\n```\n"


def kept(file: Path) -> dict[str, str]:
    """The sections of a file by their titles."""
    if not file.is_file():
        return {}
    _, *parts = re.split(r"^## ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {part.partition("\n")[0]: f"## {part.rstrip()}\n" for part in parts}


def write(file: Path, sections: dict[str, str]) -> None:
    head = f"# What was measured\n\nWritten by `make bench` on {machine()}. Ratios are of one run on one machine.\n"
    body = [sections[part.title] for part in PARTS if part.title in sections]
    file.write_text("\n".join([head, *body]), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--only", nargs="+", choices=[part.name for part in PARTS])
    parser.add_argument("--small", action="store_true")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "results.md")
    args = parser.parse_args()
    chosen = [part for part in PARTS if part.name in (args.only or [part.name])]
    sections, well = kept(args.output) if args.only else {}, True
    for number, part in enumerate(chosen, 1):
        print(f"\n[{number}/{len(chosen)}] {part.title}", flush=True)
        start = time.monotonic()
        printed, ended = measured(part, args.corpus, args.small)
        sections[part.title] = section(part, printed, time.monotonic() - start)
        well &= ended
        write(args.output, sections)
    print(f"\nwritten to {args.output.name}")
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
