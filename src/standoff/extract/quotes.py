"""Quotations: state kept per paragraph, straight and curly marks alike."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.extract.parse import Parsed


@dataclass(frozen=True, slots=True)
class Quote:
    """The tokens [start, end) between quotation marks, the marks themselves left out.

    `open` where the paragraph ends without a closing mark: the next quotation goes on with the same speaker.
    """

    start: int
    end: int
    open: bool = False


def find_quotes(parsed: Parsed, text: str) -> tuple[Quote, ...]:
    """All quotations in reading order; `text` is the parser's view, which knows curly marks from straight ones."""
    found: list[Quote] = []
    for first, last in parsed.paragraphs:
        begun: int | None = None
        for i in range(first, last):
            token = parsed.doc[i]
            if token.text not in ('"', "''", "``"):
                continue
            mark = _mark(parsed, text, token.idx)
            opening = mark == "“" or (begun is None and (mark != "”" or i == first))
            if opening:
                begun = i + 1
            elif begun is not None:
                if i > begun:
                    found.append(Quote(begun, i))
                begun = None
        if begun is not None and begun < last:
            found.append(Quote(begun, last, open=True))
    return tuple(found)


def _mark(parsed: Parsed, text: str, at: int) -> str:
    own = parsed.view_place(at)
    return text[own] if own < len(text) else '"'
