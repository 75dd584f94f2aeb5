"""The unit and the container say what the program understands; the container's steps that need no container are run."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
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


# -- the steps, in a clean folder and with an empty environment ---------------------------------------------------------


def here(step: str, place: Path) -> str:
    """A step of the container or the unit, with its folders below `place`."""
    python = getattr(sys, "_base_executable", sys.executable)
    moved = re.sub(r"(?<![\w.])/(opt/standoff|records|var/lib/standoff)\b", rf"{place}/\1", step)
    return re.sub(r"^python -m venv", f"{shlex.quote(python)} -m venv", moved)


def environment(place: Path) -> dict[str, str]:
    path = ":".join((f"{place}/opt/standoff/bin", "/usr/bin", "/bin"))
    return {"PATH": path, "HOME": str(place), "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the first stage of the container makes, by its own steps, from what its context has."""
    place = tmp_path_factory.mktemp("container")
    (place / "build").mkdir()
    for step in steps("COPY"):
        if "--from" not in step:
            *parts, _ = step.split()
            for part in parts:
                copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
                copy(ROOT / part, place / "build" / part)
    for step in steps("RUN"):
        if not step.startswith("useradd"):
            done = subprocess.run(
                ["sh", "-ec", here(step, place)],
                cwd=place / "build",
                env=environment(place),
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stderr[-2000:]
    shutil.rmtree(place / "build")  # the second stage has only what was installed
    return place


@pytest.mark.slow
def test_the_container_has_all_that_it_needs(built: Path) -> None:
    installed = next(built.glob("opt/standoff/lib/*/site-packages/standoff"))
    wanted = [
        p for p in (ROOT / "src" / "standoff").rglob("*") if p.suffix in (".py", ".yaml", ".j2", ".html", ".css", ".xz")
    ]
    missing = [p for p in wanted if not (installed / p.relative_to(ROOT / "src" / "standoff")).exists()]
    assert missing == []
    asked = ["standoff", "state", "--db", "postgresql://nobody@127.0.0.1:1/none"]
    told = subprocess.run(asked, env=environment(built), capture_output=True, text=True)
    assert "no server answers there" in told.stderr, "the driver of PostgreSQL is there"


@pytest.mark.slow
@pytest.mark.parametrize("command", [unit_command(), container_command()], ids=["unit", "container"])
def test_what_was_built_serves_and_ends_when_it_is_told(built: Path, command: list[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    moved = [here(part, built) for part in command]
    record, users = (moved[moved.index(option) + 1] for option in ("--db", "--auth"))
    Path(record).parent.mkdir(parents=True, exist_ok=True)
    told = {"env": environment(built), "cwd": built, "check": True, "capture_output": True, "text": True}
    text = "Arland will lift its duty on steel, minister Osk said on Monday.\n"
    subprocess.run(["standoff", "ingest", "-", "--db", record, "--pack", "us-china-trade"], input=text, **told)  # type: ignore[call-overload]
    adding = ["standoff", "user", "add", "ana", "--auth", users, "--password-stdin"]
    subprocess.run(adding, input="a long enough secret\n", **told)  # type: ignore[call-overload]
    health = json.loads(re.findall(r"HEALTHCHECK .*?CMD (\[.*\])", DOCKERFILE)[0])
    asks = [health[0], *(part.replace("8642", port) for part in health[1:])]
    with subprocess.Popen(
        ["standoff", *moved, "--port", port],
        env=environment(built),
        cwd=built,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as server:
        try:
            give_up = time.monotonic() + 60
            while subprocess.run(asks, env=environment(built), capture_output=True).returncode:
                assert time.monotonic() < give_up, "it is not healthy"
                assert server.poll() is None, server.stderr and server.stderr.read()
                time.sleep(0.2)
        finally:
            server.send_signal(signal.SIGTERM if "STOPSIGNAL SIGTERM" in DOCKERFILE else signal.SIGINT)
        assert server.wait(40) == 0
        assert server.stderr
        lines = [json.loads(line) for line in server.stderr]
        assert {"at", "level", "from", "event"} <= set.intersection(*map(set, lines))
