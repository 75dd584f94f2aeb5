from __future__ import annotations

from standoff.model.span import Span
from standoff.screen.screening import screen

LONG = (
    "The envoys agreed to meet again in Geneva before the end of June, two officials said on the margins of the talks."
)


def test_a_screening_marks_repeats_and_boilerplate_and_leaves_the_text_unchanged() -> None:
    text = f"{LONG}\nGet our app\n{LONG}\nHarbour daily\nNothing else was agreed."
    screening = screen(text, ["Harbour daily"])
    assert screening.view.text == text
    assert screening.view.origin(3, 9) == Span(3, 9)
    assert [b.of(text) for b in screening.boilerplate] == ["Get our app", "Harbour daily"]
    assert screening.spun is False
    assert not screening.skipped(Span(0, len(LONG)))
    assert screening.skipped(screening.repeats[0].again)


def test_clean_text_has_no_marks() -> None:
    screening = screen(LONG)
    assert (screening.repeats, screening.boilerplate) == ((), ())
