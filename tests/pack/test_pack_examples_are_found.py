"""A pack's own examples, read by the real extractors: the data test themselves."""

from __future__ import annotations

import pytest

from standoff import pipeline
from standoff.pack.examples import load_examples
from standoff.pack.load import pack_names

WITH_EXAMPLES = [name for name in pack_names() if load_examples(name)]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_what_a_pack_promises_is_found(name: str) -> None:
    count, failed = pipeline.try_pack(name)
    assert count >= 40
    assert failed == ()
