"""Full-text search in PostgreSQL that finds what SQLite's FTS5 finds.

The words are cut and folded here (`tokens.py`) and stored as a tsvector, own words with weight A and quoted ones with
weight B, so that neither the server's language settings nor its extensions matter. A tsvector holds positions up to
16383 and 256 of a word: in a text that is longer, phrases are looked for in the text itself. Of more than about a
megabyte of different words, those after are not found.

The best are ranked as FTS5 does (BM25: https://www.sqlite.org/fts5.html#the_bm25_function), those of more than 1,000
(or of the number asked for) that `ts_rank` puts first.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from standoff.store.schema import ENTRY, REPORT
from standoff.store.tokens import Phrase, phrases, plain, starts, tokens, with_marks

_MOST_RANKED = 1000
_LAST_POSITION, _MOST_POSITIONS = 16383, 255
_LONGEST_WORD, _LONGEST_VECTOR = 2046, 1_000_000  # bytes
_OWN, _QUOTED = 2.0, 1.0  # what a word counts
_K1, _B = 1.2, 0.75

_CREATE = (
    "CREATE TABLE words"
    " (n INTEGER PRIMARY KEY, size INTEGER NOT NULL, long BOOLEAN NOT NULL, vector TSVECTOR NOT NULL)",
    "CREATE INDEX ix_words_vector ON words USING gin (vector) WITH (fastupdate = off)",
    "CREATE TABLE words_total (entries BIGINT NOT NULL, size BIGINT NOT NULL)",
    "INSERT INTO words_total VALUES (0, 0)",
)
_INSERT = """
    WITH new AS (INSERT INTO words (n, size, long, vector)
                 SELECT n, size, long, vector::tsvector
                 FROM unnest(%s::int[], %s::int[], %s::bool[], %s::text[]) AS t (n, size, long, vector)
                 RETURNING size)
    UPDATE words_total SET entries = entries + (SELECT count(*) FROM new),
                           size = words_total.size + (SELECT coalesce(sum(size), 0) FROM new)"""
_DELETE = """
    WITH gone AS (DELETE FROM words WHERE n IN (SELECT n FROM entry WHERE report = %s) RETURNING size)
    UPDATE words_total SET entries = entries - (SELECT count(*) FROM gone),
                           size = words_total.size - (SELECT coalesce(sum(size), 0) FROM gone)"""


class Found(NamedTuple):
    n: int
    kind: str
    id: str
    report: str
    passages: list[list[int]]
    score: float
    marked: str


def create_index(connection: Connection) -> None:
    for statement in _CREATE:
        connection.exec_driver_sql(statement)


def empty_index(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM words")  # a role that may not make tables may not truncate them
    connection.exec_driver_sql("UPDATE words_total SET entries = 0, size = 0")


def index(connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
    """Add (entry, own words, quoted words)."""
    made = [(n, *_vector(tokens(own), tokens(quoted))) for n, own, quoted in rows]
    if made:
        connection.exec_driver_sql(_INSERT, tuple(list(column) for column in zip(*made, strict=True)))


def _vector(own: Sequence[str], quoted: Sequence[str]) -> tuple[int, bool, str]:
    """How many tokens there are, whether the vector does not tell all of their places, and the vector as text."""
    places: dict[str, list[str]] = defaultdict(list)
    for first, weight, words in ((1, "A", own), (len(own) + 2, "B", quoted)):  # a gap, which no phrase spans
        for place, word in enumerate(words, first):
            places[_cut(word)].append(f"{min(place, _LAST_POSITION)}{weight}")
    long = len(own) + len(quoted) >= _LAST_POSITION - 1
    parts: list[str] = []
    size = 0
    for word, at in places.items():
        long = long or len(at) > _MOST_POSITIONS
        size += len(word.encode()) + 2 * min(len(at), _MOST_POSITIONS) + 8
        if size > _LONGEST_VECTOR:
            break
        parts.append(f"'{word}':{','.join(at[:_MOST_POSITIONS])}")
    return len(own) + len(quoted), long, " ".join(parts)


def _cut(word: str) -> str:
    if len(word) * 4 <= _LONGEST_WORD:
        return word
    return word.encode()[:_LONGEST_WORD].decode("utf-8", "ignore")


def unindex(connection: Connection, report: str) -> None:
    """Take a report and its records out, as long as their entries stand."""
    connection.exec_driver_sql(_DELETE, (report,))


def retitle(connection: Connection, report: str, title: str) -> None:
    query = select(ENTRY.c.n, REPORT.c.text).join(REPORT).where(ENTRY.c.report == report, ENTRY.c.kind == "report")
    for n, text in connection.execute(query).all():
        size, long, vector = _vector(tokens(title), tokens(text))
        connection.exec_driver_sql(
            "UPDATE words_total SET size = size + %s - (SELECT words.size FROM words WHERE n = %s)", (size, n)
        )
        connection.exec_driver_sql(
            "UPDATE words SET size = %s, long = %s, vector = %s::tsvector WHERE n = %s", (size, long, vector, n)
        )


def matches(connection: Connection, words: Iterable[tuple[str, bool]], kinds: Sequence[str], limit: int) -> list[Found]:
    query = phrases(words)
    scores = _ranked(connection, query, _having(connection, query, kinds, max(limit, _MOST_RANKED)))
    found = _entries(connection, query, list(scores), scores, limit)
    return found[:limit]


def standing(connection: Connection, words: Iterable[tuple[str, bool]], best: int | None) -> list[int]:
    """The numbers of all entries in which all of `words` stand, in no order; or of so many, the best first."""
    query = phrases(words)
    if best is None:
        return _having(connection, query)
    scores = _ranked(connection, query, _having(connection, query, most=max(best, _MOST_RANKED)))
    return sorted(scores, key=lambda n: (scores[n], n))[:best]


def marked(connection: Connection, words: Iterable[tuple[str, bool]], numbers: Sequence[int]) -> list[Found]:
    query = phrases(words)
    having = set(_having(connection, query, among=numbers))
    return _entries(connection, query, [n for n in numbers if n in having], {}, len(numbers))


def _having(
    connection: Connection,
    query: Sequence[Phrase],
    kinds: Sequence[str] | None = None,
    most: int | None = None,
    among: Sequence[int] | None = None,
) -> list[int]:
    """The numbers of the entries in which the whole query stands; of so many, those that `ts_rank` puts first."""
    if not query:
        return []
    words = [_tsquery(one) for phrase in query for one in _words_of(phrase)]
    told = {
        "query": " & ".join(map(_tsquery, query)),
        "loose": " & ".join(words),
        "any": " | ".join(words),
        "kinds": list(kinds or ()),
        "among": list(among or ()),
        "most": most,
    }
    surely, where = "true", "vector @@ %(query)s::tsquery"  # a vector that is looked at must be unpacked
    if any(len(tokens) > 1 for tokens, _ in query):
        surely = f"CASE WHEN long THEN {where} ELSE true END"
        where = f"({where} OR long AND vector @@ %(loose)s::tsquery)"
    parts = [f"SELECT words.n, {surely} FROM words"]
    if kinds is not None:
        parts.append("JOIN entry ON entry.n = words.n AND entry.kind = ANY(%(kinds)s)")
    parts.append(f"WHERE {where}")
    if among is not None:
        parts.append("AND words.n = ANY(%(among)s::int[])")
    if most is not None:  # each word by itself: how near they are to each other takes long to say
        parts.append("ORDER BY ts_rank('{0, 0, 0.5, 1}', vector, %(any)s::tsquery, 1) DESC, words.n LIMIT %(most)s")
    rows = connection.exec_driver_sql(" ".join(parts), told).fetchall()
    doubtful = [n for n, surely in rows if not surely]
    wrong = set(doubtful) - _read(connection, query, doubtful)
    return [n for n, _ in rows if n not in wrong]


def _tsquery(phrase: Phrase) -> str:
    words, beginning = phrase
    return "(" + " <-> ".join(f"'{_cut(word)}'" for word in words) + ":*" * beginning + ")"


def _words_of(phrase: Phrase) -> list[Phrase]:
    (*whole, last), beginning = phrase
    return [*(((word,), False) for word in whole), ((last,), beginning)]


def _read(connection: Connection, query: Sequence[Phrase], numbers: Sequence[int]) -> set[int]:
    """Those of these entries of long texts in which every phrase stands, in the text or in the report's title."""
    found = set()
    for entry in _entries(connection, (), numbers, {}, len(numbers)):
        title = connection.scalar(select(REPORT.c.title).where(REPORT.c.id == entry.report)) or ""
        texts = [tokens(entry.marked), tokens(title if entry.kind == "report" else "")]
        if all(any(starts(phrase, text) for text in texts) for phrase in query):
            found.add(entry.n)
    return found


def _ranked(connection: Connection, query: Sequence[Phrase], numbers: Sequence[int]) -> dict[int, float]:
    """BM25 of each of these entries: the lower the better."""
    if not numbers:
        return {}
    entries, size = connection.exec_driver_sql("SELECT entries, size FROM words_total").one()
    count = "SELECT count(*) FROM words WHERE vector @@ %s::tsquery"
    weights = [_rarity(entries, connection.exec_driver_sql(count, (_tsquery(p),)).scalar_one()) for p in query]
    sizes, places = _places(connection, query, numbers)
    scores = {}
    for n in numbers:
        length = _K1 * (1 - _B + _B * sizes[n] * entries / size)
        often = [_often(phrase, places[n]) for phrase in query]
        scores[n] = -sum(w * (often_ * (_K1 + 1) / (often_ + length)) for w, often_ in zip(weights, often, strict=True))
    return scores


def _rarity(entries: int, having: int) -> float:
    return max(math.log((entries - having + 0.5) / (having + 0.5)), 1e-6)


_Places = dict[str, dict[int, float]]  # of a word: what it counts at each of its places


def _places(
    connection: Connection, query: Sequence[Phrase], numbers: Sequence[int]
) -> tuple[dict[int, int], dict[int, _Places]]:
    """How long each entry is, and where the words of the query stand in it."""
    rows = connection.exec_driver_sql(
        "SELECT words.n, words.size, t.lexeme, t.positions, t.weights FROM words, unnest(words.vector) AS t"
        " WHERE words.n = ANY(%s::int[]) AND (t.lexeme = ANY(%s::text[]) OR t.lexeme ^@ ANY(%s::text[]))",
        (
            list(numbers),
            sorted({_cut(word) for words, _ in query for word in words}),
            sorted({_cut(words[-1]) for words, beginning in query if beginning}),
        ),
    )
    sizes: dict[int, int] = defaultdict(int)
    places: dict[int, _Places] = defaultdict(dict)
    for n, size, word, positions, weights in rows:
        sizes[n] = size
        places[n][word] = {
            at: _OWN if weight == "A" else _QUOTED for at, weight in zip(positions, weights, strict=True)
        }
    return sizes, places


def _often(phrase: Phrase, places: _Places) -> float:
    """How often the phrase stands there, each time with what it counts."""
    words, beginning = phrase
    steps = [places.get(_cut(word), {}) for word in words]
    if beginning:
        last = _cut(words[-1])
        steps[-1] = {
            at: value for word, found in places.items() if word.startswith(last) for at, value in found.items()
        }
    return sum(value for at, value in steps[0].items() if all(at + on in step for on, step in enumerate(steps[1:], 1)))


def _entries(
    connection: Connection, query: Sequence[Phrase], numbers: Sequence[int], scores: dict[int, float], most: int
) -> list[Found]:
    """The best of these entries, with their quoted text in which the query is marked."""
    if not numbers:
        return []
    columns = (ENTRY.c.n, ENTRY.c.kind, ENTRY.c.id, ENTRY.c.report, ENTRY.c.passages)
    rows = connection.execute(select(*columns).where(ENTRY.c.n.in_(numbers))).all()
    best = sorted(rows, key=lambda row: (scores.get(row.n, 0.0), row.report, row.kind, row.id))[:most]
    wanted = select(REPORT.c.id, REPORT.c.text).where(REPORT.c.id.in_({row.report for row in best}))
    texts = dict(connection.execute(wanted).all())
    found = []
    for row in best:
        quoted = plain("\n".join(texts[row.report][start:end] for start, end in row.passages))
        found.append(Found(*row, score=scores.get(row.n, 0.0), marked=with_marks(query, quoted)))
    return found


def put_fingerprints(connection: Connection, found: Sequence[tuple[int, str, int]]) -> None:
    """Store (hash as it is stored, report, position), none of them stored yet."""
    if found:
        columns = tuple(list(column) for column in zip(*found, strict=True))
        connection.exec_driver_sql(
            "INSERT INTO fingerprint (hash, report, position)"
            " SELECT * FROM unnest(%s::bigint[], %s::text[], %s::int[])",
            columns,
        )
