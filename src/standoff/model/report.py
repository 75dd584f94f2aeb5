"""One text published by one outlet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from standoff.model.ids import content_id

Basis = Literal["user", "sidecar", "file", "metadata", "dateline", "inferred"]


@dataclass(frozen=True, slots=True)
class Published:
    """The day of publication, what it rests on, and why in one plain line.

    `user` (said on the command line), `sidecar`, `file` (a field of the JSON line), `metadata` (HTML),
    `dateline` (the text's own dateline) or `inferred` (concluded from the text; shown as such).
    """

    day: date
    basis: Basis
    reason: str = ""

    @property
    def inferred(self) -> bool:
        return self.basis == "inferred"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the text came from: file name or address, hash of the raw bytes, reader and its version."""

    path: str
    sha256: str
    reader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as it was read: its text is fixed here once and never cleaned again.

    `name` is what people call it: the stem of its file, or the place in its JSON Lines file.
    Its identity is its text together with its outlet and address.
    """

    name: str
    text: str
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published: Published | None = None
    provenance: Provenance | None = None
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", content_id("r", self.text, self.outlet, self.url))
