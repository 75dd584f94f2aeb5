"""standoff: an evidence-pinned record of a negotiation, from the reports on it."""

__version__ = "0.1.0"
