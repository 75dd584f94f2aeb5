from __future__ import annotations

import pytest
from lineage_examples import INDEPENDENT, ORIGINAL, PARAPHRASE, RELAY, spun

from standoff.lineage.compare import align, compare, copy_kind

HALF = ORIGINAL[: len(ORIGINAL) // 3]
REORDERED = "\n\n".join(reversed(ORIGINAL.strip().split("\n\n")))


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (ORIGINAL, "copy"),
        (REORDERED, "copy"),
        (HALF, "excerpt"),
        (spun(ORIGINAL), "spun"),
        (PARAPHRASE, "paraphrase"),
        (INDEPENDENT, None),
        (RELAY, None),
        ("", None),
    ],
    ids=["itself", "reordered", "truncated", "spun", "paraphrase", "independent", "relay", "empty"],
)
def test_kinds_of_copies_either_way_round(other: str, kind: str | None) -> None:
    assert copy_kind(compare(ORIGINAL, other)) == kind
    assert copy_kind(compare(other, ORIGINAL)) == kind


def test_pairs_are_the_sentences_that_tell_the_same() -> None:
    comparison = compare(ORIGINAL, PARAPHRASE)
    found = {pair.first.of(ORIGINAL)[:20]: pair.second.of(PARAPHRASE)[:20] for pair in align(ORIGINAL, PARAPHRASE)}
    assert found["Beland wants the quo"] == "A tenth more quota e"
    assert found["The inspectors are t"] == "Those inspectors are"
    assert 0.8 <= comparison.order <= 1.0
    assert 0.0 < comparison.score <= 1.0


def test_an_independent_report_of_the_event_scores_low() -> None:
    assert compare(ORIGINAL, INDEPENDENT).score < 0.3 < compare(ORIGINAL, PARAPHRASE).score
