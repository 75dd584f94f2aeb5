"""Bytes → `Report`, one file a format. `read_paths` in `reports.py` chooses the reader."""
