"""FEEDS.yaml, and that each error says its line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from standoff.errors import InputError
from standoff.watch.sources import load_sources

GOOD = """\
pack: us-china-trade
every: 30m
pause: 5s
sources:
  - feed: https://lake.example/rss
    outlet: Lake Courier
    only: [tariff, duties]
  - page: https://lake.example/live
  - folder: clippings
"""


def write(folder: Path, words: str) -> Path:
    path = folder / "FEEDS.yaml"
    path.write_text(words, encoding="utf-8")
    return path


def test_a_good_one(tmp_path: Path) -> None:
    found = load_sources(write(tmp_path, GOOD))
    assert (found.pack, found.every, found.pause) == ("us-china-trade", timedelta(minutes=30), timedelta(seconds=5))
    feed, page, folder = found.sources
    assert (feed.kind, feed.address, feed.outlet, feed.only) == (
        "feed", "https://lake.example/rss", "Lake Courier", ("tariff", "duties"),
    )  # fmt: skip
    assert (page.kind, page.address) == ("page", "https://lake.example/live")
    assert (folder.kind, folder.address) == ("folder", str((tmp_path / "clippings").resolve()))


def test_the_least(tmp_path: Path) -> None:
    found = load_sources(write(tmp_path, "sources:\n- folder: .\n"))
    assert (found.pack, found.every, found.pause) == (None, timedelta(minutes=15), timedelta(seconds=2))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (GOOD.replace("outlet:", "oulet:"), "line 6: sources[1].oulet: unknown key 'oulet'; known are feed, page,"),
        (GOOD.replace("pause:", "pace:"), "line 3: pace: unknown key 'pace'; known are pack, every, pause, sources"),
        (GOOD.replace("30m", "30"), "line 2: every: 30 is no length of time: write it as 30s, 15m, 2h or 1d"),
        (GOOD.replace("30m", "10s"), "line 2: every: once a minute is the most often"),
        (GOOD.replace("https://lake.example/live", "lake.example"), "line 8: sources[2].page: only http and https"),
        (GOOD.replace("  - page:", "    page:"), "line 5: sources[1]: a source is one of feed, page or folder"),
        (GOOD.replace("folder: clippings", "outlet: x"), "line 9: sources[3]: a source is one of feed, page or folder"),
        (GOOD.replace("example/live", "example/rss"), "line 1: https://lake.example/rss stands twice"),
        (GOOD + "    only: [x]\n", "line 9: sources[3]: only goes with a feed"),
        ("sources: []\n", "line 1: sources: "),
        ("pack: x\n", "line 1: sources: Field required"),
        ("- feed: x\n", "a mapping is wanted, with keys out of: pack, every, pause, sources"),
        ("sources: [\n", "not valid YAML"),
        ("pack: a\npack: b\n", "the key 'pack' stands twice"),
    ],
)
def test_errors_say_where(tmp_path: Path, words: str, told: str) -> None:
    path = write(tmp_path, words)
    with pytest.raises(InputError) as error:
        load_sources(path)
    assert str(error.value).startswith(str(path))
    assert told in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_sources(tmp_path / "none.yaml")
