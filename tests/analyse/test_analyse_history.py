"""NEW, CHANGED, STATIC; and what is withdrawn or contradicted between two days."""

from __future__ import annotations

from datetime import date

from analyse_examples import contact, known, measure, move, story

from standoff.analyse.changes import changes, changes_json
from standoff.analyse.history import history, history_json

D1, D2, D3 = date(2031, 5, 1), date(2031, 5, 20), date(2031, 6, 10)


def test_marks_of_a_measure_and_a_position() -> None:
    record = known(
        story(
            "one",
            D1,
            measure("threatened", "AA", rate=25.0, goods="steel"),
            move("offer", "BB", "opening of ports", status="hypothetical"),
        ),
        story("two", D2, measure("in-force", "AA", rate=25.0, goods="steel"), move("offer", "BB", "opening of ports")),
        story(
            "three", D3, measure("in-force", "AA", rate=25.0, goods="steel"), move("offer", "BB", "opening of ports")
        ),
    )
    lines = {line.subject: [(e.day, e.mark) for e in line.entries] for line in history(record)}
    marks = [(D1, "NEW"), (D2, "CHANGED"), (D3, "STATIC")]
    assert lines == {"position": marks, "measure": marks}
    assert all(e["evidence"] for line in history_json(record, history(record)) for e in line["entries"])


def test_what_replaced_a_position_is_told() -> None:
    record = known(
        story("one", D1, move("offer", "BB", "opening of the ports")),
        story("two", D2, move("refuse", "BB", "opening of the ports")),
    )
    assert {line.ended for line in history(record)} == {None, f"refused from {D2}"}


def test_undated_reports_have_no_history() -> None:
    assert history(known(story("one", None, move("offer", "BB", "opening of the ports")))) == ()


def test_withdrawn_and_contradicted() -> None:
    record = known(
        story("one", D1,
              measure("in-force", "AA", rate=25.0, goods="steel"),
              move("commit", "BB", "to buy river sand", issue="ports", said={"speaks_for": "AA"}),
              contact("planned", "meeting", "Ana Regnier", "Bo Lind")),
        story("two", D2,
              measure("lifted", "AA", rate=25.0, goods="steel"),
              move("refuse", "BB", "buying more river sand", issue="ports", said={"speaks_for": "BB"}, status="reported-by-sources")),
    )  # fmt: skip
    found = changes(record, D1)
    assert ("withdrawn", "measure") in {(c.kind, c.subject) for c in found.changes}
    assert {c.kind for c in found.changes if c.subject == "position"} <= {"new", "contradicted", "withdrawn"}
    page = changes_json(record, found)
    assert page["since"] == "2031-05-01"
    assert all(c["evidence"] for c in page["changes"])


def test_another_origins_denial_contradicts_without_replacing() -> None:
    record = known(
        story("one", D1, move("commit", "BB", "to buy river sand", issue="ports", said={"speaks_for": "AA"})),
        story(
            "two",
            D2,
            move("commit", "BB", "to buy river sand", issue="ports", status="denied", said={"speaks_for": "BB"}),
        ),
    )
    (change,) = changes(record, D1).changes
    assert (change.kind, change.subject) == ("contradicted", "position")
    assert change.explanation.endswith("another account now says otherwise.")
