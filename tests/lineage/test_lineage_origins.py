from __future__ import annotations

import pytest
from lineage_examples import ORIGINAL, PACK, RELAY, report

from standoff.lineage.origins import find_origins, known_outlets

OUTLETS = known_outlets(PACK)


@pytest.mark.parametrize(
    ("text", "outlet", "basis", "words"),
    [
        (ORIGINAL, "Harbour Wire", "dateline", "GENEVA, June 3 (Harbour Wire)"),
        ("VIENNA/GENEVA (HW) - Talks were put off.", "Harbour Wire", "dateline", "VIENNA/GENEVA (HW)"),
        ("LIMA (Andes News Agency) — Talks failed.", "Andes News Agency", "dateline", "LIMA (Andes News Agency)"),
        ("GULFPOST -- Talks were put off on Monday.", "GULFPOST", "slug", "GULFPOST --"),
        (
            "Talks failed. The ministry did not answer requests for comment from the Meridian Post.",
            "Meridian Post",
            "own reporting",
            "requests for comment from the Meridian Post",
        ),
        ("Talks failed, says a draft seen by HW.", "Harbour Wire", "own reporting", "seen by HW"),
        (
            "Talks failed.\nThis article was first published in the Meridian Post.",
            "Meridian Post",
            "credit",
            "first published in the Meridian Post",
        ),
        ("Talks failed.\n© 2024 Harbour Wire", "Harbour Wire", "credit", "© 2024 Harbour Wire"),
    ],
)
def test_what_names_the_origin_of_a_report(text: str, outlet: str, basis: str, words: str) -> None:
    one = report("one", text)
    origin = find_origins(one, OUTLETS)[0]
    assert (origin.outlet, origin.basis, origin.passage) == (outlet, basis, None)
    assert origin.evidence is not None
    assert origin.evidence.of(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "BEIJING -- Talks were put off on Monday.",
        "The envoy (a former minister) — now retired — spoke of failure.",
        "The Unknown Gazette reported on Monday that talks failed.",
        "A wire fence at the harbour was cut.",
    ],
)
def test_what_names_none(text: str) -> None:
    assert find_origins(report("one", text), OUTLETS) == ()


def test_a_relay_goes_on_where_later_sentences_point_back() -> None:
    one = report("relay", RELAY)
    origins = find_origins(one, OUTLETS)
    assert [(o.outlet, o.basis) for o in origins] == [("Harbour Wire", "relayed")] * 2
    assert [o.evidence.of(RELAY) for o in origins if o.evidence] == [
        "the Harbour Wire reported",
        "according to the report",
    ]
    assert all(o.passage and o.passage.end < RELAY.index("football") for o in origins)


@pytest.mark.parametrize(
    "words",
    [
        "the Meridian Post first reported",
        "according to a Meridian Post report",
        "a minister told the Meridian Post",
        "in an interview with the Meridian Post",
        "as reported by the Meridian Post",
        "according to a report in the Meridian Post",
        "a Meridian Post report said",
    ],
)
def test_ways_to_relay(words: str) -> None:
    text = f"Talks failed on Monday, {words}, after two days. Envoys flew home to their capitals."
    (origin,) = find_origins(report("one", text), OUTLETS)
    assert (origin.outlet, origin.basis) == ("Meridian Post", "relayed")
    assert origin.passage
    assert origin.passage.of(text).startswith("Talks failed")


def test_an_outlet_does_not_relay_itself() -> None:
    text = "GENEVA (Harbour Wire) — Talks failed. An envoy told the Harbour Wire that there was no plan."
    assert [o.basis for o in find_origins(report("one", text), OUTLETS)] == ["dateline"]
    own = "Talks failed on Monday. An envoy told HW that there was no plan."
    assert find_origins(report("two", own, outlet="The Harbour Wire"), OUTLETS) == ()
