"""The words at which moves are looked for: no frame begins at another."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from standoff.extract.annotate import read_closely
from standoff.extract.moves.frame_conditions import condition_frames
from standoff.extract.moves.frame_lists import list_frames
from standoff.extract.moves.frame_outlook import outlook_frames
from standoff.extract.moves.frame_speech import spoken_frames
from standoff.extract.moves.frame_warnings import warning_frames
from standoff.extract.moves.frames import frames, triggers
from standoff.extract.moves.moves import opening
from standoff.extract.moves.sides import Scene
from standoff.model.domain import Pack
from standoff.model.lineage import Screening, View
from standoff.model.report import Report
from standoff.pack.load import load_pack

sys.path.insert(0, str(Path(__file__).parent))
from cases import read_cases

TEXTS = [case.text for case in read_cases("moves")]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("us-china-trade")


@pytest.mark.parametrize("start", range(0, len(TEXTS), 50))
def test_every_frame_begins_at_an_opener(start: int, pack: Pack) -> None:
    text = "\n".join(TEXTS[start : start + 50])
    scene = Scene(read_closely(Report(name="r", text=text), Screening(view=View(text)), pack))
    openers = set(opening(scene))
    missed: list[tuple[str, str, str]] = []
    seen = 0
    for token in scene.reading.doc:
        found = [*frames(token), *condition_frames(scene, token)]
        listed = token.lemma_ in triggers() or token.lower_ in triggers()
        missed += [(token.text, f.rule, token.sent.text) for f in found if not listed]
        found += list_frames(token)
        if token.pos_ == "VERB":
            found += outlook_frames(scene, token)
        if scene.spoken[token.i]:
            found += [*spoken_frames(scene, token), *warning_frames(scene, token)]
        seen += bool(found)
        if found and token.i not in openers:
            missed += [(token.text, f.rule, token.sent.text) for f in found]
    assert seen > 20
    assert not missed
