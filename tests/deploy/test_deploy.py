"""The unit and the container say what the program understands; the container's steps that need no container are run."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from standoff.cli import app

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
UNIT = (ROOT / "deploy" / "standoff.service").read_text(encoding="utf-8")


def steps(kind: str) -> list[str]:
    return [line.removeprefix(kind).strip() for line in DOCKERFILE.splitlines() if line.startswith(f"{kind} ")]


def settings() -> list[tuple[str, str]]:
    return [
        (k, v) for k, eq, v in (line.partition("=") for line in UNIT.splitlines() if not line.startswith("#")) if eq
    ]


def unit_command() -> list[str]:
    return shlex.split(dict(settings())["ExecStart"])[1:]


def container_command() -> list[str]:
    command: list[str] = json.loads(steps("CMD")[-1])
    return command


@pytest.mark.parametrize("command", [unit_command(), container_command()], ids=["unit", "container"])
def test_their_command_is_one_that_the_program_understands(command: list[str]) -> None:
    assert command[0] == "serve"
    group = get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    serve = group.commands["serve"]
    with serve.make_context("serve", command[1:]) as context:  # an unknown option is an error here
        assert context.params["auth"], "a server that others reach asks for a login"
        assert context.params["log"] == "json"


def test_the_unit_gives_no_more_rights_than_are_needed() -> None:
    told = dict(settings())
    assert told["User"] not in ("root", "")
    for right in (
        "NoNewPrivileges",
        "ProtectHome",
        "PrivateTmp",
        "PrivateDevices",
        "RestrictNamespaces",
        "RestrictSUIDSGID",
    ):
        assert told[right] == "true"
    assert (told["ProtectSystem"], told["CapabilityBoundingSet"], told["UMask"]) == ("strict", "", "0077")
    assert "PASSWORD" not in re.sub(r"^#.*", "", UNIT, flags=re.MULTILINE)
    assert int(told["TimeoutStopSec"]) > 25, "longer than requests are waited for"
    if analyze := shutil.which("systemd-analyze"):
        done = subprocess.run([analyze, "verify", ROOT / "deploy" / "standoff.service"], capture_output=True, text=True)
        assert "Unknown" not in done.stderr


def test_what_the_container_copies_is_there_and_nothing_else_is_sent() -> None:
    copied = [part for step in steps("COPY") if "--from" not in step for part in step.split()[:-1]]
    assert all((ROOT / part).exists() for part in copied)
    sent = {
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")
    }
    assert set(copied) == sent
    assert DOCKERFILE.index("USER standoff") < DOCKERFILE.index("ENTRYPOINT")


@pytest.mark.slow
def test_the_package_is_built_by_the_step_of_the_container(tmp_path: Path) -> None:
    for step in steps("COPY"):
        if "--from" not in step:
            *parts, _ = step.split()
            for part in parts:
                copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
                copy(ROOT / part, tmp_path / part)
    step = next(step for step in steps("RUN") if step.endswith("--no-build-isolation ."))
    here = step.replace("/opt/standoff/bin/python", shlex.quote(sys.executable)).replace(
        " install ", " install --target out "
    )
    subprocess.run(["sh", "-ec", here], cwd=tmp_path, check=True, capture_output=True)
    made = tmp_path / "out" / "standoff"
    wanted = [
        p for p in (ROOT / "src" / "standoff").rglob("*") if p.suffix in (".py", ".yaml", ".j2", ".html", ".css", ".xz")
    ]
    missing = [p for p in wanted if not (made / p.relative_to(ROOT / "src" / "standoff")).exists()]
    assert missing == []
