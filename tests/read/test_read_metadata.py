"""What is known beside the text: the user's file, sidecars, and which place counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from standoff.errors import InputError
from standoff.model.report import Provenance
from standoff.read.metadata import Draft, Layer, Metadata, load_meta, said, settle, sidecar

SOURCE = Provenance("a.txt", "0" * 64, "text/1")


def test_load_meta(tmp_path: Path) -> None:
    file = tmp_path / "meta.yaml"
    file.write_text(
        "# what is known\n"
        "a.txt: {published: 2025-03-11}\n"
        "b.txt: {published: '12 March 2025', outlet: ' Lake  Courier ', title: Duties, url: 'https://lake.example/b'}\n"
        "c.txt: {published: 2025-03-11T23:00:00+08:00, outlet: null}\n"
        "d.txt:\n",
        encoding="utf-8",
    )
    assert load_meta(str(file)) == {
        "a.txt": Metadata(published=date(2025, 3, 11)),
        "b.txt": Metadata(
            published=date(2025, 3, 12), outlet="Lake Courier", title="Duties", url="https://lake.example/b"
        ),
        "c.txt": Metadata(published=date(2025, 3, 11)),
        "d.txt": Metadata(),
    }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "it must map file names to {published, outlet, title, url}"),
        ("- a.txt", "it must map file names to"),
        ("a.txt: yes", "a.txt: it must be a mapping with the keys published, outlet, title, url"),
        ("a.txt: {date: 2025-03-11, by: x}", "a.txt: unknown key by, date; known are published, outlet, title, url"),
        ("a.txt: {published: Tuesday}", "a.txt: published must be a day such as 2025-03-12, not 'Tuesday'"),
        ("a.txt: {published: 2025}", "published must be a day"),
        ("a.txt: {published: 2025-02-30}", "it is not valid YAML"),
        ("a.txt: {outlet: 24}", "a.txt: outlet must be text, not 24: put it in quotes"),
        ("a.txt: {title: [x]}", "a.txt: title must be text"),
        ("1: {title: x}", "the file name 1 must be text"),
        ("a.txt: {title: x}\na.txt: {title: y}", "a.txt stands twice"),
        ("a.txt: {title: x, title: y}", "title stands twice"),
        ("a.txt: {title: 'x}", "it is not valid YAML"),
        ("a: !!python/object:os.system x", "it is not valid YAML"),
        ("a: {published: !!int ''}", "it is not valid YAML"),
        ("a: " + "[" * 3_000, "it is not valid YAML"),
        ("a: \x00", "it is not valid YAML"),
    ],
)
def test_malformed_meta_is_refused(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "meta.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_meta(str(file))
    assert message in str(caught.value)
    assert str(file) in str(caught.value)


def test_missing_meta_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        load_meta(str(tmp_path / "none.yaml"))


def test_sidecar(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    assert sidecar(str(report)) is None
    (tmp_path / "a.txt.meta.yaml").write_text("published: 2025-03-11\noutlet: Lake Courier\n", encoding="utf-8")
    assert sidecar(str(report)) == Layer(
        Metadata(published=date(2025, 3, 11), outlet="Lake Courier"), "sidecar", "said in a.txt.meta.yaml"
    )


def test_said_finds_the_name_then_the_path_then_its_end() -> None:
    meta = {key: Metadata(title=key) for key in ("a.txt", "in/a.txt", "/data/in/a.txt", "a", "b.txt")}
    titles = [layer.metadata.title for layer in said(meta, "/data/in/a.txt", "a")]
    assert titles == ["a", "/data/in/a.txt", "in/a.txt", "a.txt"]
    assert said(meta, "/data/in/c.txt", "c") == ()


def test_the_first_place_that_knows_counts_for_each_thing() -> None:
    layers = (
        Layer(Metadata(title="user's"), "user", "user"),
        Layer(Metadata(published=date(2025, 3, 11), title="sidecar's"), "sidecar", "beside"),
    )
    own = (
        Layer(Metadata(outlet="file's", url="https://lake.example/"), "file", "field"),
        Layer(Metadata(published=date(2020, 1, 1), outlet="page's"), "metadata", "page"),
    )
    report = settle(Draft("Published: 1 May 2021\nText.", "text/1", own), "a", SOURCE, layers)
    assert (report.title, report.outlet, report.url) == ("user's", "file's", "https://lake.example/")
    assert report.published is not None
    assert (report.published.day, report.published.basis, report.published.reason) == (
        date(2025, 3, 11),
        "sidecar",
        "beside",
    )


def test_the_text_says_its_day_where_nothing_else_does() -> None:
    report = settle(Draft("Published: 1 May 2021\nText.", "text/1"), "a", SOURCE, ())
    assert report.published is not None
    assert (report.published.day, report.published.basis) == (date(2021, 5, 1), "dateline")


def test_a_credit_in_the_text_is_no_outlet() -> None:
    report = settle(Draft("BEIJING, March 5 (Xinhua) -- They met in 2019.", "text/1"), "a", SOURCE, ())
    assert (report.outlet, report.published, report.title) == (None, None, None)
