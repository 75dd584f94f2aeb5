"""Watching as a whole: one round looks at all sources, reads what is new into the record, and tells what it found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standoff import pipeline
from standoff.model.domain import Pack
from standoff.store import Store
from standoff.watch.fetch import Fetcher
from standoff.watch.polite import Polite
from standoff.watch.sources import Sources
from standoff.watch.telling import Webhook, event_values, line, write_atom
from standoff.watch.watcher import Watcher


@dataclass(frozen=True, slots=True)
class Found:
    """What a round found: events as plain values and as (kind, line), how many addresses were not due yet, why the
    webhook did not take it (empty where it did), and what is odd about texts."""

    events: list[dict[str, Any]]
    lines: list[tuple[str, str]]
    waiting: int
    webhook: str
    noted: list[str]

    @property
    def well(self) -> bool:
        """Whether nothing went wrong."""
        return not self.webhook and all(kind != "trouble" for kind, _ in self.lines)


class Rounds:
    """Watches for one record. `atom`: a file that is kept up to date; `webhook`: where events are sent.

    Raises RefusedAddress where the webhook's address cannot be one.
    """

    def __init__(
        self,
        store: Store,
        sources: Sources,
        pack: Pack,
        *,
        allow_private: bool = False,
        atom: Path | None = None,
        webhook: str | None = None,
    ) -> None:
        fetcher = Fetcher(allow_private=allow_private)
        self._store = store
        self._pack = pack
        self._atom = atom
        self._watcher = Watcher(store, sources, Polite(fetcher, sources.pause.total_seconds()))
        self._webhook = Webhook(webhook, store, fetcher) if webhook else None

    def once(self, progress: pipeline.Progress | None = None) -> Found:
        """One round. Raises InputError where the Atom file cannot be written, StoreError as the record does."""
        run = pipeline.ingest(self._store, self._watcher.reports(), self._pack, progress)
        if self._store.untraced():  # of a round that was killed at its end
            pipeline.trace(self._store, self._pack)
        told = event_values(self._store, self._watcher.events)
        if self._atom:
            write_atom(self._atom, self._store)
        failed = self._webhook.send() if self._webhook else ""
        lines = [(values["kind"], line(values)) for values in told]
        noted = [*run.noted, *(f"{item.path}: {item.reason}" for item in run.skipped)]
        return Found(told, lines, self._watcher.waiting, failed, noted)
