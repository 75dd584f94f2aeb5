"""Examples: what they may ask for, and how a record is compared with what is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from standoff.errors import PackError
from standoff.model.dates import When
from standoff.model.record import Contact, Move, Statement
from standoff.model.span import Span
from standoff.pack.examples import agrees, load_examples, unmet

TEXT = "Norland raised its tariffs, Ann Ames said."
MOVE = Move(
    report="r",
    evidence=(Span(0, 26),),
    rule="t",
    confidence=1.0,
    type="impose",
    by="NL",
    to="SL",
    actor="Norland",
    issue="tariffs",
    what="",
)
STATEMENT = Statement(
    report="r", evidence=(Span(0, 26),), rule="t", confidence=1.0,
    content=Span(0, 26), cue=Span(37, 41), source=Span(28, 36), speaker="Ann Ames", kind="named", speaks_for="NL",
)  # fmt: skip
CONTACT = Contact(
    report="r", evidence=(Span(0, 26),), rule="t", confidence=1.0, kind="call",
    who=("Ann Ames",), parties=("NL", "SL"), place=None, when=None, date=When.parse("2019-03-01"), level=None, status="held",
)  # fmt: skip


def pack_with(folder: Path, examples: str) -> Path:
    (folder / "pack.yaml").write_text(
        "id: p\ntitle: P\nbetween: [NL, SL]\nparties: {NL: Norland, SL: Sudland}\n", encoding="utf-8"
    )
    (folder / "examples.yaml").write_text(examples, encoding="utf-8")
    return folder


def test_spans_dates_and_lists_are_compared_as_written() -> None:
    assert agrees(STATEMENT, {"source": "Ann Ames", "cue": "said", "speaks_for": "NL", "direct": False}, TEXT)
    assert not agrees(STATEMENT, {"source": "Ann"}, TEXT)
    assert agrees(CONTACT, {"parties": ["NL", "SL"], "date": "2019-03-01", "place": None}, TEXT)
    assert agrees(MOVE, {}, TEXT)


def test_unmet_tells_what_is_missing_and_what_is_too_much(tmp_path: Path) -> None:
    folder = pack_with(
        tmp_path,
        f"- sentence: {TEXT}\n  published: 2019-03-01\n  find: {{moves: [{{type: impose, by: NL}}, {{type: ease}}]}}\n  not: {{statements: any, contacts: {{kind: call}}}}\n",
    )
    (example,) = load_examples(folder)
    assert unmet(example, (MOVE,)) == (f"not found: moves (type=ease) in {TEXT!r}",)
    assert unmet(example, (MOVE, STATEMENT))[1:] == (f"found, but must not be: statements (any) in {TEXT!r}",)
    assert unmet(example, (MOVE, CONTACT))[1:] == (f"found, but must not be: contacts (kind=call) in {TEXT!r}",)


def test_no_file_no_examples(tmp_path: Path) -> None:
    (pack_with(tmp_path, "") / "examples.yaml").unlink()
    assert load_examples(tmp_path) == ()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{sentence: A.}", "asks for nothing"),
        ("{sentence: A., find: {deeds: any}}", "unknown class 'deeds'"),
        ("{sentence: A., find: {moves: [{typ: impose}]}}", "unknown field 'typ'"),
        ("{sentence: A., find: {moves: [impose]}}", "a list of mappings"),
        ("{sentence: A., find: [moves]}", "a mapping from statements"),
        ("{sentense: A., not: {moves: any}}", "did you mean 'sentence'"),
    ],
)
def test_errors_of_examples(tmp_path: Path, entry: str, said: str) -> None:
    with pytest.raises(PackError) as error:
        load_examples(pack_with(tmp_path, f"- {entry}\n"))
    assert said in str(error.value)
    assert "examples.yaml" in str(error.value)


def test_the_trade_pack_has_examples_of_every_kind() -> None:
    examples = load_examples("us-china-trade")
    assert len(examples) >= 40
    asked = {(name, row.get("type")) for e in examples for name, rows in e.must.items() for row in rows}
    assert {t for name, t in asked if name == "moves"} >= {
        "demand",
        "offer",
        "commit",
        "agree",
        "refuse",
        "threaten",
        "impose",
        "ease",
        "accuse",
    }
    assert {name for name, _ in asked} == {"statements", "moves", "measures", "contacts", "linkages"}
    assert sum(1 for e in examples if not e.must) >= 5
    assert len({e.sentence for e in examples}) == len(examples)
