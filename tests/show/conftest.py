"""The two records that exports are tried on."""

from __future__ import annotations

import pytest
from exports_examples import hostile

from standoff import questions
from standoff.analyse.known import Known
from standoff.pack.load import load_pack
from standoff.store import Store


@pytest.fixture(scope="session")
def known(examples: str) -> Known:
    """The record of the example reports."""
    with Store.open(examples) as store:
        return questions.load(store, load_pack("us-china-trade"))


@pytest.fixture(params=["examples", "hostile"])
def both(request: pytest.FixtureRequest, known: Known) -> Known:
    return known if request.param == "examples" else hostile()
