"""The record on disk: the only SQL of the project. Begin at `Store.open`."""

from standoff.store.search import Hit
from standoff.store.store import Store

__all__ = ["Hit", "Store"]
