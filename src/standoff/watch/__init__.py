"""Feeds, pages and folders → reports, polite and guarded.

`Watcher.reports` is one pass; `telling` says what it found; `read_addresses` reads pages once.
"""
