"""The hand-marked evaluation set is well-formed: verbatim spans, known values, unique ids, no stray keys."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from standoff.model import record

HERE = Path(__file__).parent
GOLD = sorted((HERE / "gold").glob("*.json"))
NAMES = [path.stem for path in GOLD]

KEYS: dict[str, frozenset[str]] = {
    "origins": frozenset({"outlet", "span"}),
    "statements": frozenset({"id", "content", "cue", "source", "kind", "speaks_for", "via", "direct", "act"}),
    "moves": frozenset({"id", "type", "by", "to", "actor", "issue", "what", "span", "status"}),
    "measures": frozenset(
        {"id", "instrument", "by", "on", "rate_percent", "amount_usd", "goods", "status", "span"},
    ),
    "contacts": frozenset({"id", "kind", "who", "parties", "place", "when", "date", "level", "status", "span"}),
    "linkages": frozenset({"id", "by", "kind", "first", "then", "first_actor", "then_actor", "span"}),
    "conflicts": frozenset({"id", "about", "a", "b"}),
}
VERBATIM: dict[str, tuple[str, ...]] = {
    "origins": ("span",),
    "statements": ("content", "cue", "source"),
    "moves": ("actor", "span"),
    "measures": ("goods", "span"),
    "contacts": ("who", "place", "when", "span"),
    "linkages": ("span",),
}
REQUIRED: dict[str, tuple[str, ...]] = {
    "origins": ("outlet", "span"),
    "statements": ("content", "source"),
    "moves": ("issue", "what", "span"),
    "measures": ("span",),
    "contacts": ("parties", "span"),
    "linkages": ("first", "then", "span"),
}
VALUES: dict[tuple[str, str], tuple[Any, ...]] = {
    ("statements", "kind"): get_args(record.SourceKind),
    ("statements", "act"): get_args(record.Act),
    ("statements", "direct"): (True, False),
    ("moves", "type"): record.MOVE_TYPES,
    ("moves", "status"): get_args(record.MoveStatus),
    ("measures", "instrument"): record.INSTRUMENTS,
    ("measures", "status"): get_args(record.MeasureStatus),
    ("contacts", "kind"): get_args(record.ContactKind),
    ("contacts", "status"): get_args(record.ContactStatus),
    ("contacts", "level"): (*get_args(record.Level), None),
    ("linkages", "kind"): get_args(record.LinkageKind),
}
PARTY_FIELDS = {"by", "to", "on", "speaks_for", "first_actor", "then_actor"}
PARTY = re.compile(r"[A-Z]{2}|[a-z]+(?:-[a-z]+)*")
QUOTES = {"“": "”", '"': '"'}


def load(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((HERE / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    return gold


def text_of(name: str) -> str:
    return (HERE / "texts" / f"{name}.txt").read_text(encoding="utf-8")


def items(gold: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every item of a gold file with its layer."""
    return [(layer, item) for layer in KEYS for item in gold[layer]]


def quoted_spans(text: str) -> list[str]:
    """What stands between quotation marks, mark to mark."""
    found, start = [], None
    for at, letter in enumerate(text):
        if start is not None and letter == QUOTES[text[start]]:
            found.append(text[start + 1 : at])
            start = None
        elif start is None and letter in QUOTES:
            start = at
    return found


def test_texts_and_gold_pair_up() -> None:
    assert len(NAMES) >= 14
    assert [path.stem for path in sorted((HERE / "texts").glob("*.txt"))] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_keys_are_those_of_the_format(name: str) -> None:
    gold = load(name)
    assert set(gold) == {"report", "published", "quality", *KEYS}
    assert gold["report"] == f"{name}.txt"
    assert [(layer, set(item)) for layer, item in items(gold) if set(item) != KEYS[layer]] == []


@pytest.mark.parametrize("name", NAMES)
def test_spans_are_verbatim_and_never_empty(name: str) -> None:
    text, gold = text_of(name), load(name)
    for layer, item in items(gold):
        for field in VERBATIM.get(layer, ()):
            values = item[field] if isinstance(item[field], list) else [item[field]]
            for value in values:
                assert value is None or (value and value in text), (layer, item.get("id"), field, value)
        assert all(item[field] for field in REQUIRED.get(layer, ())), (layer, item)


@pytest.mark.parametrize("name", NAMES)
def test_values_are_known(name: str) -> None:
    for layer, item in items(load(name)):
        for field, value in item.items():
            if (layer, field) in VALUES:
                assert value in VALUES[layer, field], (layer, item["id"], field, value)
            if field in PARTY_FIELDS and value is not None:
                assert PARTY.fullmatch(value), (layer, item["id"], field, value)


@pytest.mark.parametrize("name", NAMES)
def test_figures_and_dates_are_plain(name: str) -> None:
    gold = load(name)
    assert gold["published"] is None or date.fromisoformat(gold["published"])
    for measure in gold["measures"]:
        for field in ("rate_percent", "amount_usd"):
            assert measure[field] is None or (isinstance(measure[field], (int, float)) and measure[field] > 0)
    for contact in gold["contacts"]:
        assert contact["date"] is None or re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", contact["date"])
        assert all(PARTY.fullmatch(party) for party in contact["parties"])


@pytest.mark.parametrize("name", NAMES)
def test_direct_statements_lie_inside_quotation_marks(name: str) -> None:
    quoted = quoted_spans(text_of(name))
    for statement in load(name)["statements"]:
        if statement["direct"]:
            assert any(statement["content"] in passage for passage in quoted), statement["id"]


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_unique_and_conflicts_point_at_statements(name: str) -> None:
    gold = load(name)
    ids = [item["id"] for _, item in items(gold) if "id" in item]
    assert len(ids) == len(set(ids))
    statements = {statement["id"] for statement in gold["statements"]}
    for conflict in gold["conflicts"]:
        assert {conflict["a"], conflict["b"]} <= statements
        assert conflict["a"] != conflict["b"]


@pytest.mark.parametrize("name", NAMES)
def test_no_item_is_marked_twice(name: str) -> None:
    seen = [
        json.dumps({key: value for key, value in item.items() if key not in {"id", "what"}}, sort_keys=True)
        for _, item in items(load(name))
    ]
    assert len(seen) == len(set(seen))
