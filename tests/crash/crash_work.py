"""What a worker process does with a report in these tests: loaded by its name, without the program that is killed."""

from __future__ import annotations

from review_examples import version_one
from standoff import pipeline
from standoff.lineage.sketch import sketch
from standoff.model.domain import Pack
from standoff.model.report import Report
from standoff.screen.screening import screen


def processed(report: Report, pack: Pack) -> pipeline.Processed:
    """What `pipeline.process` gives, with the machine that needs no model."""
    return pipeline.Processed(report, screen(report.text, (), pack), sketch(report.text), version_one(report))
