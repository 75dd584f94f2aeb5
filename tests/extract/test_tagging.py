"""Remembered parts of speech and lemmas are those of spaCy's own components."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from spacy.tokens import Doc

from standoff.extract.parse import model
from standoff.extract.tagging import Tagging

TEXTS = (
    "The ministry said it isn't going to lift the tariffs it imposed in May, but talks go on.",
    "There's little to gain, they said: \"let's sign now, we've gotta move.\"",
    "Exports fell 2.5% to $1.2 billion, and both sides' negotiators have done nothin' since.",
    "There were no talks; I doubt you would want it, he told us, though his own deputies did.",
    "  Two spaces before,  and two within. ALL CAPITALS ARE READ TOO. Ain't that so?",
    "The envoy, who had been seen leaving, was said to be preparing a reply.",
)


def _attributes(doc: Doc) -> list[tuple[object, ...]]:
    return [(t.pos_, str(t.morph), t.lemma_, t.tag_, t.dep_, t.head.i, t.ent_type_) for t in doc]


def _components(texts: Sequence[str]) -> Doc:
    """What the model's own components make of texts, in one Doc."""
    join: Any = Doc.from_docs
    joined: Doc = join([model()(text) for text in texts], ensure_whitespace=True, exclude=("tensor",))
    return joined


@pytest.mark.parametrize("texts", [*((text,) for text in TEXTS), TEXTS, ("", TEXTS[0], " ", "Talks? ", "")])
def test_the_result_is_that_of_the_components(texts: tuple[str, ...]) -> None:
    nlp = model()
    tagging = Tagging(nlp)
    assert tagging.replaces
    for _ in range(2):  # asked, then remembered
        remembered = tagging([nlp(text, disable=list(tagging.replaces)) for text in texts])
        assert _attributes(remembered) == _attributes(_components(texts))
        assert remembered.to_bytes() == _components(texts).to_bytes()


def test_components_of_another_kind_are_left_in_the_pipe() -> None:
    import spacy

    blank = spacy.blank("en")
    tagging = Tagging(blank)
    assert tagging.replaces == ()
    assert tagging([blank("Talks go on."), blank("Or not.")]).text == "Talks go on. Or not."


def test_an_empty_text() -> None:
    nlp = model()
    tagging = Tagging(nlp)
    assert len(tagging([nlp("", disable=list(tagging.replaces))])) == 0


def test_the_models_own_lemmatiser_keeps_its_lists() -> None:
    lemmatizer = model().get_pipe("lemmatizer")
    Tagging(model())
    assert isinstance(lemmatizer.lookups.get_table("lemma_index")["verb"], list)  # type: ignore[attr-defined]
