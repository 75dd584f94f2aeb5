"""Meetings, calls, letters and visits, each once."""
