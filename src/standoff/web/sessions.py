"""Who is logged in, and how often somebody may try: kept in memory, so that a restart ends every session."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from standoff.web.users import Users, plain_name

IDLE, LONGEST = 12 * 3600, 7 * 24 * 3600
"""Seconds after which a session ends: without a request, and in any case."""

WINDOW = 15 * 60
"""Seconds in which failed logins are counted."""

_MOST_SESSIONS = 10_000
_MOST_FAILURES = {"name and address": 5, "address": 20, "name": 50}


@dataclass(slots=True)
class Session:
    """Somebody who is logged in. `hash` is the password's, so that another password ends the session."""

    who: str
    hash: str
    made: float
    used: float


class Doors:
    """Logging in and out. A session's token is kept hashed: memory that leaks opens nothing."""

    def __init__(self, users: Users, clock: Callable[[], float] = time.monotonic) -> None:
        self._users, self._clock = users, clock
        self._sessions: dict[str, Session] = {}
        self._failures: dict[tuple[str, ...], list[float]] = {}
        self._lock = Lock()

    def log_in(self, name: str, password: str, address: str) -> str | None:
        """A new session's token; None where name and password do not fit. Ask `wait` before."""
        keys = _keys(name, address)
        with self._lock:  # counted before the password is looked at: many tries at once are many tries
            for key in keys:
                self._failures.setdefault(key, []).append(self._clock())
        hash = self._users.checked(name, password)
        if hash is None:
            return None
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            for key in keys:
                if self._failures.get(key):
                    self._failures[key].pop()
            self._forget(now)
            self._sessions[hashed(token)] = Session(plain_name(name), hash, now, now)
        return token

    def wait(self, name: str, address: str) -> int:
        """How many seconds to wait before the next try; 0: none."""
        now = self._clock()
        with self._lock:
            waits = []
            for key in _keys(name, address):
                tries = [at for at in self._failures.get(key, ()) if now - at < WINDOW]
                if tries:
                    self._failures[key] = tries
                else:
                    self._failures.pop(key, None)
                if len(tries) >= _MOST_FAILURES[key[0]]:
                    waits.append(WINDOW - int(now - tries[-_MOST_FAILURES[key[0]]]))
        return max(waits, default=0)

    def session(self, token: str) -> Session | None:
        """The session of a token that still holds: its user is there, with the same password."""
        now, key = self._clock(), hashed(token)
        with self._lock:
            found = self._sessions.get(key)
            if found is None:
                return None
            gone = now - found.used > IDLE or now - found.made > LONGEST
            if gone or self._users.hashes().get(found.who) != found.hash:
                del self._sessions[key]
                return None
            found.used = now
            return found

    def log_out(self, token: str) -> None:
        with self._lock:
            self._sessions.pop(hashed(token), None)

    def _forget(self, now: float) -> None:
        old = [key for key, s in self._sessions.items() if now - s.used > IDLE or now - s.made > LONGEST]
        for key in old:
            del self._sessions[key]
        while len(self._sessions) >= _MOST_SESSIONS:
            del self._sessions[min(self._sessions, key=lambda key: self._sessions[key].used)]
        for failed in [key for key, tries in self._failures.items() if not tries or now - tries[-1] > WINDOW]:
            del self._failures[failed]


def _keys(name: str, address: str) -> tuple[tuple[str, ...], ...]:
    who = plain_name(name)[:100]
    return ("name and address", who, address), ("address", address), ("name", who)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
