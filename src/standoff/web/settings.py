"""What the web application is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""The names of this machine to itself: without a login nothing else is served, and no other name is answered to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The records to serve (files) and the pack to read them by (None: each record's own).

    `wait_seconds`: how long a request waits for a record that is still being read before it is told to come again.
    `who` decides where nobody logs in; `auth` is the file of users who may, None: no login. `names` are the host names
    by which it is reached beside `host`, such as that of a proxy.
    """

    records: tuple[str, ...]
    pack: str | None = None
    host: str = "127.0.0.1"
    port: int = 8642
    wait_seconds: float = 20.0
    who: str = ""
    auth: str | None = None
    names: tuple[str, ...] = ()
