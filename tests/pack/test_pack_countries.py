"""The pack of all states is what its build command makes, and says what is true of a sample of them."""

from __future__ import annotations

import pytest

from standoff.pack.countries import FOLDER, build
from standoff.pack.load import load_pack


def test_the_committed_file_has_every_line_of_the_table() -> None:
    pytest.importorskip("babel")
    assert (FOLDER / "parties.yaml").read_text(encoding="utf-8") == build()


def test_all_states_are_there() -> None:
    pack = load_pack("countries")
    assert len(pack.parties) == 199  # the 193 members of the United Nations, VA, PS, TW, XK, HK, EU


@pytest.mark.parametrize(
    ("code", "adjective", "capital"),
    [
        ("AT", "Austrian", "Vienna"), ("BR", "Brazilian", "Brasilia"), ("CA", "Canadian", "Ottawa"), ("CZ", "Czech", "Prague"),
        ("DK", "Danish", "Copenhagen"), ("EG", "Egyptian", "Cairo"), ("ET", "Ethiopian", "Addis Ababa"), ("FR", "French", "Paris"),
        ("IR", "Iranian", "Tehran"), ("JP", "Japanese", "Tokyo"), ("KE", "Kenyan", "Nairobi"), ("KP", "North Korean", "Pyongyang"),
        ("NL", "Dutch", "The Hague"), ("NG", "Nigerian", "Abuja"), ("PH", "Philippine", "Manila"), ("PL", "Polish", "Warsaw"),
        ("RU", "Russian", "Moscow"), ("TR", "Turkish", "Ankara"), ("UA", "Ukrainian", "Kyiv"), ("ZA", "South African", "Pretoria"),
    ],
)  # fmt: skip
def test_a_sample_of_states(code: str, adjective: str, capital: str) -> None:
    party = load_pack("countries").party(code)
    assert party is not None
    assert adjective in party.adjectives
    assert capital in party.metonyms
