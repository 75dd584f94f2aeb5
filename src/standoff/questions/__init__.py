"""All that may be asked of a record: load what is stored, analyse it, answer."""

from standoff.questions.asked import LineageAnswer, brief, export, lineage, load, packs, state
from standoff.questions.searching import Found, facets, search

__all__ = ["Found", "LineageAnswer", "brief", "export", "facets", "lineage", "load", "packs", "search", "state"]
