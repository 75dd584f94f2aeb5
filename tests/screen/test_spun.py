"""Spun text is told from text as people write it, by broken phrases and by how its words stand together."""

from __future__ import annotations

import gzip
import json
import random
import re
import time
from pathlib import Path
from statistics import median

import pytest

from standoff.screen.inflect import bases, inflect
from standoff.screen.spun import is_spun, score
from standoff.screen.wording import FUNCTION_WORDS, strength, synonyms, wording

OWN = Path(__file__).parents[1] / "evaluation" / "texts"
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "news.jsonl.gz"
with_corpus = pytest.mark.skipif(not CORPUS.exists(), reason="the third-party corpus is not beside the project")

WRITTEN = """\
The two governments opened a third round of talks on fish on Monday, after a spring in which boats were turned back on \
both sides of the line. Officials who spoke on condition of anonymity said the quota for herring remained the main \
point of disagreement, and that neither delegation had brought a new number to the table. The ministry declined to \
comment. A joint statement is expected by the end of the week, according to a person familiar with the matter.
"""


def substitutes() -> dict[str, list[str]]:
    """Base → bases that a spinner may write in its place, by the thesaurus that is shipped."""
    found: dict[str, list[str]] = {}
    for written, others in wording().alike.items():
        for other in others.split():
            found.setdefault(other, []).append(written)
    return found


def spun(text: str, share: float, seed: int, table: dict[str, list[str]]) -> str:
    """The text with about that share of all its words replaced by a synonym of some sense."""
    chance = random.Random(seed)
    places = [m for m in re.finditer(r"[A-Za-z]{3,}", text) if m.group().lower() not in FUNCTION_WORDS]
    able = [m for m in places if bases(m.group().lower(), table)]
    wanted = min(len(able), round(share * len(re.findall(r"[A-Za-z]+", text))))
    parts, at = [], 0
    for match in sorted(chance.sample(able, wanted), key=lambda m: m.start()):
        base, form = bases(match.group().lower(), table)[0]
        other = inflect(chance.choice(table[base]), form)
        parts += [text[at : match.start()], other.capitalize() if match.group()[0].isupper() else other]
        at = match.end()
    return "".join((*parts, text[at:]))


def own_texts() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(OWN.glob("*.txt"))]


def test_tables_hold_what_they_say() -> None:
    assert "officials" in synonyms("officers")
    assert "home" in synonyms("house")
    known, unknown = strength("white", "house"), strength("white", "home")
    assert known is not None
    assert known > 0
    assert unknown is None


def test_written_text_is_not_spun() -> None:
    assert not is_spun(WRITTEN)
    assert not any(is_spun(text) for text in own_texts())


@pytest.mark.parametrize("text", ["", "  \n", "1,234", "Ünïcödé … “”", "no", "(" * 5_000])
def test_any_text_has_a_score(text: str) -> None:
    assert 0 <= score(text) < 1


def test_two_broken_phrases_make_a_spun_text() -> None:
    once = WRITTEN.replace("opened a third round of talks on fish", "opened replace talks")
    twice = once.replace("The ministry declined", "Asked about mental property, the ministry declined")
    assert not is_spun(once)
    assert is_spun(twice)


def test_what_only_spinners_write_counts_too() -> None:
    text = WRITTEN.replace("were turned", "became once turned").replace("had brought", "had now no longer brought")
    assert is_spun(text)


def test_own_texts_spun_at_three_words_of_ten_are_found() -> None:
    table = substitutes()
    found = [is_spun(spun(text, 0.3, seed, table)) for text in own_texts() for seed in range(4)]
    assert sum(found) / len(found) >= 0.9


@with_corpus
@pytest.mark.shared
def test_news_is_seldom_called_spun_spins_nearly_always_and_fast() -> None:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines][::16]
    score(texts[0])
    seconds, alarms = [], 0
    for text in texts:
        began = time.process_time()
        alarms += is_spun(text)
        seconds.append(time.process_time() - began)
    table = substitutes()
    found = [is_spun(spun(text, 0.3, k, table)) for k, text in enumerate(texts[::3])]
    assert alarms / len(texts) <= 0.01
    assert sum(found) / len(found) >= 0.9
    assert median(seconds) < 0.002  # 0.7 ms on a machine at rest
