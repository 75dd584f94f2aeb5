"""Search: any query is only words and phrases; hits quote the report."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from store_examples import TEXT, make_records, make_report, make_screening, put, span

from standoff.errors import InputError
from standoff.store import Hit, Store, tokens
from standoff.store.search import KINDS, MOST_WORDS, SNIPPET, query_words

REPORT = make_report(title="A quarrel over metal")


@pytest.fixture(scope="module")
def filled(place: Callable[[], str | None]) -> Iterator[Store]:
    with Store.open(place()) as store:
        put(store, REPORT)
        yield store


def quoted(hit: Hit, text: str = TEXT) -> list[str]:
    return [mark.of(text) for mark in hit.marks]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("duty steel", [("duty", False), ("steel", False)]),
        ('"open ports" Ana', [("open ports", False), ("Ana", False)]),
        ("“open ports” „zwei Worte“ « trois »", [("open ports", False), ("zwei Worte", False), (" trois ", False)]),
        ("tariff* OR NOT", [("tariff*", True), ("OR", False), ("NOT", False)]),
        ('"open por*"', [("open por*", True)]),
        ('an "odd mark', [("an", False), ("odd", False), ("mark", False)]),
        ("own: (a AND) ^b - * – ... $", [("own:", False), ("(a", False), ("AND)", False), ("^b", False)]),
        ("90-day U.S.", [("90-day", False), ("U.S.", False)]),
        ("", []),
        ('""', []),
    ],
)
def test_queries_are_words_and_phrases(query: str, words: list[tuple[str, bool]]) -> None:
    assert list(query_words(query)) == words


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("steel", {"report", "measure"}),
        ("STEEL duty", {"report", "measure"}),
        ("regnier", {"report", "statement", "move"}),
        ('"open ports" ask', {"report", "statement", "move"}),
        ('"ports open"', set()),
        ("ports open", {"report", "statement", "move"}),
        ("harbours", {"move"}),
        ("harbour*", {"report", "statement", "move"}),
        ("dumping", {"measure"}),
        ("tele*", {"report", "contact"}),
        ("tele", set()),
        ('"second meeting"', {"linkage"}),
        ("quarrel", {"report"}),
        ("quarrel telephone", {"report"}),
        ("steel telephone nothing", set()),
        ("Borland's", {"report", "measure"}),
    ],
)
def test_what_is_found(filled: Store, query: str, kinds: set[str]) -> None:
    hits = filled.search(query)
    assert {hit.kind for hit in hits} == kinds
    assert len(hits) == len(kinds)
    ids = {type(r).type_name: r.id for r in make_records(REPORT)} | {"report": REPORT.id}
    assert all(hit.id == ids[hit.kind] and hit.report == REPORT.id for hit in hits)


def test_marks_quote_the_report(filled: Store) -> None:
    hits = {hit.kind: hit for hit in filled.search('"open ports" régnier')}
    assert quoted(hits["report"]) == ["open ports", "Régnier"]
    assert quoted(hits["statement"]) == ["open ports", "Régnier"]
    assert hits["statement"].snippet == span("“We ask for open ports,” Ana Régnier told the Harbour Post.")
    assert quoted(hits["move"]) == ["open ports"], "the name stands in the record's own words only"
    (contact,) = filled.search("spoke", kinds=["contact"])
    assert quoted(contact) == ["spoke"]


def test_a_hit_in_a_records_own_words_shows_its_evidence(filled: Store) -> None:
    (hit,) = filled.search("harbours")
    assert (hit.snippet, hit.marks) == (span("We ask for open ports"), ())


def test_the_passage_with_the_words_is_shown(store: Store) -> None:
    words = make_records(REPORT)[2]
    record = type(words)(**{
        name: getattr(words, name) for name in ("type", "by", "to", "actor", "issue", "what", "rule", "confidence", "report")
    }, evidence=(span("We ask for open ports"), span("The two ministers spoke by telephone last week")))  # fmt: skip
    put(store, REPORT, records=(record,))
    (hit,) = store.search("telephone ask", kinds=["move"])
    assert quoted(hit) == ["ask"], "even: the main evidence"
    (hit,) = store.search("telephone week open", kinds=["move"])
    assert quoted(hit) == ["telephone", "week"]
    assert hit.snippet == span("The two ministers spoke by telephone last week")


def test_a_long_report_is_shown_where_the_words_stand_close(store: Store) -> None:
    filler = "Nothing of note was said in the hall that day. "
    text = "Walnut. " + filler * 40 + "A walnut and a chestnut were served. " + filler * 40
    put(store, make_report(text=text), records=())
    (hit,) = store.search("walnut chestnut")
    assert hit.snippet is not None
    shown = hit.snippet.of(text)
    assert len(shown) <= SNIPPET
    assert "A walnut and a chestnut were served." in shown
    assert quoted(hit, text) == ["walnut", "chestnut"]
    assert all(hit.snippet.covers(mark) for mark in hit.marks)
    before, after = text[hit.snippet.start - 1], text[hit.snippet.end]
    assert before.isspace()
    assert after.isspace(), "whole words"


def test_text_with_strange_signs_is_marked_in_place(store: Store) -> None:
    text = "\0 \ufdd0 \U0001f6a2\U0001f6a2 e\u0301te\u0301 \ufdd1 a walnut \0 and a walnut"
    put(store, make_report(text=text), records=())
    (hit,) = store.search("walnut")
    assert quoted(hit, text) == ["walnut", "walnut"]
    assert [mark.start for mark in hit.marks] == [text.index("walnut"), text.rindex("walnut")]


def test_an_empty_report_is_found_by_its_title(store: Store) -> None:
    put(store, make_report(text="", title="Walnut"), records=())
    (hit,) = store.search("walnut")
    assert (hit.snippet, hit.marks) == (None, ())


def test_a_title_counts_more_than_the_text(store: Store) -> None:
    put(store, make_report("in the text", "a walnut and a plum were served", title="dinner"), records=())
    put(store, make_report("in the title", "a dinner and a plum were served", title="walnut"), records=())
    put(store, make_report("not at all", "a dinner and a plum were seen", title="lunch"), records=())
    reports = {report.id: report.name for report in store.reports()}
    assert [reports[hit.id] for hit in store.search("walnut")] == ["in the title", "in the text"]


def test_the_best_come_first(store: Store) -> None:
    filler = "Talks went on in the capital for the third day. "
    texts = {"often": "walnut walnut walnut. " + filler, "once": "walnut once here. " + filler}
    for name, text in texts.items():
        put(store, make_report(name, text), records=())
    for n in range(5):
        put(store, make_report(f"n{n}", filler * 2 + str(n)), records=())
    hits = store.search("walnut")
    assert [report.name for hit in hits if (report := store.report(hit.report))] == ["often", "once"]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.score > 0 for hit in hits)
    assert store.search("walnut", limit=1) == hits[:1]
    assert store.search("walnut", limit=0) == ()


def test_kinds(filled: Store) -> None:
    assert [hit.kind for hit in filled.search("steel", kinds=["measure", "move"])] == ["measure"]
    assert filled.search("steel", kinds=[]) == ()
    with pytest.raises(InputError, match="cannot search for moves; there are report, statement"):
        filled.search("steel", kinds=["moves"])


def test_too_many_words_are_refused(filled: Store) -> None:
    assert len(filled.search("steel " * MOST_WORDS)) == 2
    with pytest.raises(InputError, match="at most"):
        filled.search("steel " * (MOST_WORDS + 1))


@settings(max_examples=80, deadline=None)
@given(query=st.text(st.sampled_from("ab \"*'():^-+{}\\\0%_;–“”ñ\U0001f6a2\ud83d"), max_size=30) | st.text(max_size=30))
@example(query='"steel" NEAR("a" "b", 5) OR own:x')
@example(query="'; DROP TABLE report; --")
@example(query='"')
@example(query='a" OR "b')
def test_no_query_breaks_it(filled: Store, query: str) -> None:
    for hit in filled.search(query, limit=5):
        assert hit.kind in KINDS
        assert hit.snippet is None or all(hit.snippet.covers(mark) for mark in hit.marks)
    assert filled.report(REPORT.id) == REPORT


@settings(max_examples=60, deadline=None)
@given(
    before=st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
    after=st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
)
def test_a_word_is_marked_wherever_it_stands(filled: Store, before: str, after: str) -> None:
    text = f"{before} walnut {after}"
    report = make_report(text=text)
    filled.add(report, make_screening(report), [], ())
    (hit,) = (hit for hit in filled.search("walnut", limit=1000) if hit.report == report.id)
    assert "walnut" in [words.strip() for words in quoted(hit, text)]
    assert hit.snippet is not None
    assert len(hit.snippet) <= SNIPPET


def test_a_text_of_millions_of_words_is_searched_within_a_second(store: Store) -> None:
    """Nothing takes longer with the square of how often a word stands in a text."""
    often = "the ministers spoke of steel and of ships " * 25_000
    text = f"{often}\nAt the very end an envoy, Mr Vale, promised nothing. {'unbroken' * 30_000} and went home."
    put(store, make_report(name="long", text=text))
    before = time.process_time()
    for query, marked in (("steel", "steel"), ('"envoy, Mr Vale"', "envoy, Mr Vale"), ("went steel", "steel")):
        (hit,) = store.search(query, kinds=("report",), limit=5)
        assert hit.snippet
        assert len(hit.snippet) <= SNIPPET
        assert marked in quoted(hit, text)
    assert time.process_time() - before < 5


@given(
    st.lists(st.sampled_from(["steel", "ships", "a", "Vale", "x" * 30, "\n"]), max_size=80),
    st.integers(min_value=40, max_value=90),
)
def test_a_long_text_is_looked_at_in_parts_that_miss_no_phrase(words: list[str], long: int) -> None:
    text = " ".join(words)
    query = tokens.phrases((("steel ships", False), ("val", True)))
    whole = tokens.marks(query, text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "LONG", long)
        patch.setattr(tokens, "_COMMON", 20)
        found = tokens.marks(query, text)
    assert set(found) <= set(whole)
    for phrase in query:
        assert bool(tokens.marks((phrase,), text)) == any(
            tokens.marks((phrase,), text[start:end]) for start, end in found
        )
