"""The two records that exports are tried on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from exports_examples import hostile

from standoff import pipeline, questions
from standoff.analyse.known import Known
from standoff.pack.load import load_pack
from standoff.read.metadata import load_meta
from standoff.store import Store


@pytest.fixture(scope="module")
def known() -> Known:
    """The record of the example reports."""
    files, meta = pipeline.examples_of("us-china-trade")
    pack = load_pack("us-china-trade")
    with Store.open(None, clock=lambda: datetime(2031, 1, 1, tzinfo=UTC)) as store:
        pipeline.ingest(store, pipeline.read(files, load_meta(str(meta))), pack)
        return questions.load(store, pack)


@pytest.fixture(params=["examples", "hostile"])
def both(request: pytest.FixtureRequest, known: Known) -> Known:
    return known if request.param == "examples" else hostile()
