"""What can go wrong, as one tree.

StandoffError
├── InputError          what the user gave cannot be used; the message says what to do
│   ├── UnreadableReport    one report's bytes give no text (the run goes on)
│   ├── PackError           a pack is missing, malformed or contradicts itself
│   └── FetchError          an address gives nothing now (watching goes on, and tries again later)
│       ├── RefusedAddress      an address that must not be fetched
│       └── UnreachedHost       its host gives no answer
├── BatchError          workers, or the cluster, cannot be used
├── EvidenceError       a record does not quote its report (a defect of ours)
└── StoreError          the record's database cannot be used
"""


class StandoffError(Exception):
    """Any failure that standoff foresees; catch this to catch them all."""


class InputError(StandoffError):
    """What the user gave cannot be used."""


class UnreadableReport(InputError):
    """One report's bytes give no text; the run goes on without it."""


class PackError(InputError):
    """A pack is missing, malformed or contradicts itself."""


class FetchError(InputError):
    """An address gives nothing now; another time it may."""


class RefusedAddress(FetchError):
    """An address that must not be fetched: not http or https, a private range, forbidden by robots.txt."""


class UnreachedHost(FetchError):
    """The host of an address gives no answer, or none in time."""


class BatchError(StandoffError):
    """The workers that reports are given to cannot start, or the cluster cannot be used."""


class EvidenceError(StandoffError):
    """A record does not quote its report: a defect of an extractor."""


class StoreError(StandoffError):
    """The record's database cannot be opened, read or written."""
