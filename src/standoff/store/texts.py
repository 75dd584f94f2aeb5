"""Text columns that keep every code point, and sort by code points, in any database.

PostgreSQL's text has no NUL, and sorts as its server's language does unless it is told otherwise.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

_ESCAPE, _ESCAPED, _NUL = "\ufdd2", "\ufdd21", "\ufdd20"  # a noncharacter: not for use in text


def escaped(text: str) -> str:
    return text.replace(_ESCAPE, _ESCAPED).replace("\0", _NUL) if "\0" in text or _ESCAPE in text else text


def unescaped(text: str) -> str:
    return text.replace(_NUL, "\0").replace(_ESCAPED, _ESCAPE) if _ESCAPE in text else text


class _Escaped(TypeDecorator[str]):
    """Text in which NUL is written as two other signs."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return escaped(value) if isinstance(value, str) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return unescaped(value) if value is not None else None


TEXT = Text().with_variant(_Escaped(collation="C"), "postgresql")
