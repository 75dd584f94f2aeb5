"""Answers in, bytes out: the brief, charts, tables, exports."""
