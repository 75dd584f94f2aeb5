"""Open questions: each sort only where there is something to ask, each line with evidence."""

from __future__ import annotations

from datetime import date

from standoff.analyse.conflict import conflicts, contested_records
from standoff.analyse.fulfilment import fulfilment
from standoff.analyse.headline import headline
from standoff.analyse.known import Known
from standoff.analyse.linked import waiting
from standoff.analyse.state import state
from standoff.show.evidence import Pins
from standoff.show.open_questions import Questions, questions


def asked(known: Known, as_of: date | None = None) -> dict[str, Questions]:
    disputes = conflicts(known, as_of)
    now = state(known, as_of, contested_records(disputes))
    told = headline(known, now, waiting(known, as_of), disputes)
    found = questions(known, now, told, disputes, fulfilment(known, as_of), Pins(known))
    return {q.title: q for q in found}


def test_every_question_has_evidence(known: Known) -> None:
    found = asked(known)
    assert found
    for sort in found.values():
        assert sort.lines
        assert all(line.text and line.pins for line in (*sort.lines, *sort.more.those))


def test_planned_contacts_whose_day_has_passed_are_asked_for(known: Known) -> None:
    waits = [c for c in state(known).contacts if c.unconfirmed]
    sort = asked(known).get("Did it take place?")
    assert (len(sort.lines) + sort.more.of if sort else 0) == len(waits)


def test_only_demands_that_stand_and_have_no_answer_are_asked_for(known: Known) -> None:
    standing = {p.id for p in state(known).positions}
    open_ones = [
        d for d in fulfilment(known).demands if d.met in ("unanswered", "disputed") and d.position in standing
    ]  # fmt: skip
    sort = asked(known).get("Was it put to them, and what did they say?")
    assert (len(sort.lines) + sort.more.of if sort else 0) == len(open_ones)


def test_what_two_origins_tell_is_not_asked_for(known: Known) -> None:
    sort = asked(known).get("Told by one origin only, and the state of play rests on it")
    for line in (*sort.lines, *sort.more.those) if sort else ():
        assert line.note.startswith("1 origin")


def test_the_day_asked_for_is_kept_to(known: Known) -> None:
    early = asked(known, date(2018, 5, 31))
    later = {line.text for sort in asked(known).values() for line in (*sort.lines, *sort.more.those)}
    assert {line.text for sort in early.values() for line in sort.lines} - later
