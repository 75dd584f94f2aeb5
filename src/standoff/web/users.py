"""Who may log in: a file of names, each with the argon2id hash of a password; nobody but its owner may read it.

A file beside the records, and no table in one: a server may serve several records, and a record is handed on to others.
"""

from __future__ import annotations

import json
import os
import stat
import unicodedata
from pathlib import Path
from threading import Lock
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from standoff.errors import InputError

SHORTEST, LONGEST = 12, 1024
"""Of a password, in characters; long ones are worth more than odd ones."""

_LONGEST_NAME = 64
_AT_ONCE = Lock()  # one hash takes 64 MiB; guesses wait for each other


class Users:
    """The users of a file. It is read again when it changes, so that who is taken out is out at once."""

    def __init__(self, path: str | Path, hasher: PasswordHasher | None = None) -> None:
        self.path = Path(path)
        self._hasher = hasher or PasswordHasher()
        self._seen: tuple[int, int] | None = None
        self._hashes: dict[str, str] = {}
        self._nobody = self._hasher.hash("nobody has this password")
        self.hashes()

    def hashes(self) -> dict[str, str]:
        """Name → hash. Raises InputError for a file that is not there, is not ours, or that others may read."""
        try:
            found = self.path.stat()
            if (found.st_mtime_ns, found.st_ino) != self._seen:
                self._hashes = _read(self.path, found)
                self._seen = (found.st_mtime_ns, found.st_ino)
        except FileNotFoundError:
            raise InputError(
                f"there are no users at {self.path}; make one with: standoff user add NAME --auth {self.path}"
            ) from None
        except OSError as error:
            raise InputError(f"{self.path}: {error.strerror or error}") from error
        return self._hashes

    def checked(self, name: str, password: str) -> str | None:
        """The hash of the user with this name and password, None where they do not fit.

        An unknown name takes as long as a known one.
        """
        known = self.hashes().get(plain_name(name))
        with _AT_ONCE:
            try:
                self._hasher.verify(known or self._nobody, password[: LONGEST + 1])
            except (VerificationError, InvalidHashError):
                return None
        return known


def add(
    path: str | Path, name: str, password: str, *, replace: bool = False, hasher: PasswordHasher | None = None
) -> str:
    """Add a user, or with `replace` give a known one another password; the name as it is kept. Raises InputError."""
    kept, hashes = plain_name(name), _hashes_at(path)
    if not kept or len(kept) > _LONGEST_NAME or not kept.isprintable():
        raise InputError(f"{name!r} is no name; use up to {_LONGEST_NAME} letters, digits and blanks")
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(f"use a password of {SHORTEST} to {LONGEST} characters")
    if kept in hashes and not replace:
        raise InputError(f"{kept} is a user already; --replace gives another password")
    _write(Path(path), {**hashes, kept: (hasher or PasswordHasher()).hash(password)})
    return kept


def remove(path: str | Path, name: str) -> None:
    """Take a user out; what he decided stays. Raises InputError for an unknown one."""
    hashes = dict(_hashes_at(path))
    if hashes.pop(plain_name(name), None) is None:
        raise InputError(f"{path} has no user {name!r}")
    _write(Path(path), hashes)


def plain_name(name: str) -> str:
    """A name in one way of writing it: composed letters, single blanks."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def _hashes_at(path: str | Path) -> dict[str, str]:
    return Users(path).hashes() if Path(path).exists() else {}


def _read(path: Path, found: os.stat_result) -> dict[str, str]:
    if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o077:
        raise InputError(f"others may read {path}, which has the hashes of passwords: chmod 600 {path}")
    try:
        told: Any = json.loads(path.read_text(encoding="utf-8"))
        users = told["users"]
        return {str(name): str(user["password"]) for name, user in users.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path} is no file of users, as `standoff user add` makes it") from error


def _write(path: Path, hashes: dict[str, str]) -> None:
    """Put the file in its place whole, and never for a moment where others may read it."""
    told = {"users": {name: {"password": hash} for name, hash in sorted(hashes.items())}}
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error
