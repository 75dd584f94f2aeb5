"""Work that workers can find by its name, and reports to do it on."""

from __future__ import annotations

import os
import time

from standoff.errors import InputError
from standoff.model.report import Report

AWAKE = 1.5
"""Seconds: the limit of the tests."""


def report(name: str, text: str = "") -> Report:
    return Report(name=name, text=text or f"The text of {name}.")


def work(report: Report) -> str:
    """What the report's text says is done."""
    match report.text.split():
        case ["sleep"]:
            time.sleep(60)
        case ["spin"]:  # as long as it likes, and deaf
            end = time.monotonic() + 60
            while time.monotonic() < end:
                try:
                    time.sleep(0.1)
                except BaseException:
                    continue
        case ["die"]:
            os._exit(3)
        case ["fail"]:
            raise ValueError("two\nlines")
        case ["slow"]:
            time.sleep(0.3)
    return report.name.upper()


def no_model(report: Report) -> str:
    raise InputError("no model is installed")


def no_start(report: Report) -> str:
    os._exit(7)
