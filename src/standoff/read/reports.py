"""Paths → reports: which reader takes which file, folders in a fixed order, `-` for standard input.

One bad report never stops the others: in its place comes a `Skipped` that says what to do about it.
"""

from __future__ import annotations

import gzip
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePath
from typing import BinaryIO

from standoff.errors import InputError, UnreadableReport
from standoff.model.report import Provenance, Report
from standoff.read.decode import MAX_TEXT_BYTES, decode
from standoff.read.html import read_html
from standoff.read.jsonl import MAX_LINE_BYTES, Names, lines, parse, read_fields
from standoff.read.metadata import SIDECAR, Draft, Layer, Metadata, said, settle, sidecar
from standoff.read.pdf import read_pdf
from standoff.read.response import name_of, read_response
from standoff.read.text import read_text
from standoff.read.warc import READER as WARC_READER
from standoff.read.warc import Capture, Damaged, captures

WHOLE_FILE: Mapping[str, Callable[[bytes], Draft]] = {
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
}
"""The formats of which one file is one report, by suffix."""
BY_LINE: tuple[str, ...] = (".jsonl", ".jsonl.gz")
"""The formats of which one line is one report."""
ARCHIVES: tuple[str, ...] = (".warc", ".warc.gz")
"""The formats that hold many pages as they were captured."""

_SUFFIXES = (*WHOLE_FILE, *BY_LINE, *ARCHIVES)
_FORMATS = ", ".join(_SUFFIXES)
_MAX_UNPACKED = 200_000_000
_MAX_RATIO = 100  # news text packs to a third or a fifth; what packs to less than a hundredth is no news


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path, or a line of it, that gave no report, and why: one plain line that says what to do."""

    path: str
    reason: str


def read_paths(
    paths: Sequence[str], meta: Mapping[str, Metadata] | None = None, stdin: BinaryIO | None = None
) -> Iterator[Report | Skipped]:
    """Every report in the files and folders named, in the order named; folders sorted by name, files before subfolders.

    `meta` is what the user knows of them (`load_meta`), `stdin` what `-` stands for (the process's own, if None).
    Hidden files, sidecars and other formats in folders are left out in silence. Raises nothing for a bad report.
    """
    known = meta or {}
    for path in paths:
        if path == "-":
            yield from _standard_input(stdin or sys.stdin.buffer, known)
        elif os.path.isdir(path):
            yield from _folder(path, known)
        else:
            yield from _file(path, known)


def files_in(top: str, failed: Callable[[OSError], None] | None = None) -> Iterator[str]:
    """The files of a folder that would be read, sorted by name, files before subfolders; `failed` is told of others."""
    for folder, below, files in os.walk(top, onerror=failed):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(files):
            if _suffix(name) and not name.startswith("."):
                yield os.path.join(folder, name)


def shards(paths: Sequence[str], most: int = 50) -> Iterator[tuple[str, ...]]:
    """The same paths in parts that can be read apart, with folders as the files in them: so many files that are one
    report each, or one file of many. Read one after another they give what `read_paths` gives for all of them."""
    part: list[str] = []
    for path in (file for given in paths for file in _files(given)):
        if _suffix(path) in (*BY_LINE, *ARCHIVES):
            yield from ((tuple(part),) if part else ())
            yield (path,)
            part = []
        else:
            part.append(path)
        if len(part) == most:
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)


def _files(path: str) -> Iterator[str]:
    """The files in a folder, and the folders in it that cannot be read; anything else as it is."""
    if not os.path.isdir(path):
        yield path
        return
    failures: list[OSError] = []
    files = files_in(path, failures.append)
    first = next(files, None)
    if first is not None:
        yield first
        yield from files
    elif not failures:
        yield path
    yield from (str(failure.filename) for failure in failures)


def _folder(top: str, known: Mapping[str, Metadata]) -> Iterator[Report | Skipped]:
    failures: list[OSError] = []
    count = 0
    for path in files_in(top, failures.append):
        count += 1
        yield from _file(path, known)
    for failure in failures:
        yield Skipped(_shown(str(failure.filename)), f"the folder cannot be read: {failure.strerror}")
    if not count and not failures:
        yield Skipped(_shown(top), f"there are no reports in this folder; the formats known are {_FORMATS}")


def _file(path: str, known: Mapping[str, Metadata]) -> Iterator[Report | Skipped]:
    suffix = _suffix(path)
    try:
        size = _size(path)
        if suffix in BY_LINE:
            yield from _line_file(path, suffix, size, known)
        elif suffix in ARCHIVES:
            yield from _archive(path, size, known)
        else:
            yield _whole_file(path, suffix, known)
    except UnreadableReport as error:
        yield Skipped(_shown(path), str(error))
    except OSError as error:
        yield Skipped(_shown(path), f"it cannot be read: {error.strerror or error}")


def _size(path: str) -> int:
    """The file's size in bytes. Raises UnreadableReport where there is no file that could be read as one."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise UnreadableReport("it does not exist: check the path") from error
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableReport("it is not a regular file: use - to read from standard input")
    return found.st_size


def _whole_file(path: str, suffix: str | None, known: Mapping[str, Metadata]) -> Report | Skipped:
    if path.casefold().endswith(SIDECAR):
        raise UnreadableReport("it is a sidecar, not a report: it is read together with the file it belongs to")
    with open(path, "rb") as file:
        data = file.read(MAX_TEXT_BYTES + 1)
    if suffix is None:
        raise UnreadableReport(_unknown(data))
    return _report(path, _stem(path), data, WHOLE_FILE[suffix], known)


def _unknown(data: bytes) -> str:
    """Why a file with an unknown suffix is not read: for what its bytes show it to be, else for its suffix."""
    try:
        decode(data)
    except UnreadableReport as error:
        return f"{error} (the formats known are {_FORMATS})"
    return f"its format is not known by its name: name it one of {_FORMATS}"


def _report(
    path: str, name: str, data: bytes, read: Callable[[bytes], Draft], known: Mapping[str, Metadata]
) -> Report | Skipped:
    try:
        draft = read(data)
        layers = (*said(known, path, name), *_beside(path))
    except InputError as error:
        return Skipped(_shown(path), str(error))
    return settle(draft, _shown(name), Provenance(_shown(path), sha256(data).hexdigest(), draft.reader), layers)


def _beside(path: str) -> tuple[Layer, ...]:
    try:
        found = sidecar(path)
    except InputError as error:
        raise UnreadableReport(f"its sidecar is malformed, correct or remove it: {_shown(str(error))}") from error
    return (found,) if found else ()


def _line_file(path: str, suffix: str, size: int, known: Mapping[str, Metadata]) -> Iterator[Report | Skipped]:
    beside = _beside(path)
    if suffix == ".jsonl":
        with open(path, "rb") as file:
            yield from _lines(path, _stem(path), file, known, beside)
        return
    with gzip.open(path, "rb") as packed:
        yield from _lines(path, _stem(path), packed, known, beside, most=max(_MAX_UNPACKED, size * _MAX_RATIO))


def _lines(
    path: str,
    stem: str,
    stream: BinaryIO | gzip.GzipFile,
    known: Mapping[str, Metadata],
    beside: tuple[Layer, ...] = (),
    head: bytes = b"",
    most: int | None = None,
) -> Iterator[Report | Skipped]:
    names, number = Names(_shown(stem)), 0
    try:
        for number, line in lines(stream, head, most):
            yield _line(path, number, line, names, known, beside)
    except UnreadableReport as error:
        yield Skipped(_shown(path), f"after line {number}: {error}")
    except (OSError, EOFError, zlib.error) as error:
        yield Skipped(_shown(path), f"after line {number}: the rest is damaged or cannot be read ({error})")
    else:
        if not number:
            yield Skipped(_shown(path), "it is empty: there is no text to read")


def _line(
    path: str,
    number: int,
    line: bytes | None,
    names: Names,
    known: Mapping[str, Metadata],
    beside: tuple[Layer, ...],
) -> Report | Skipped:
    if line is None:
        return Skipped(_shown(path), f"line {number}: longer than {MAX_LINE_BYTES // 1_000_000} MB: one report a line")
    try:
        fields, note = parse(line)
        draft = read_fields(fields, note)
    except UnreadableReport as error:
        return Skipped(_shown(path), f"line {number}: {error}")
    name = names.of(fields, number)
    provenance = Provenance(f"{_shown(path)}:{number}", sha256(line).hexdigest(), draft.reader)
    return settle(draft, name, provenance, (*said(known, path, name), *beside))


def _archive(path: str, size: int, known: Mapping[str, Metadata]) -> Iterator[Report | Skipped]:
    """The pages of a web archive that can be read as reports; those that cannot, and damaged records, are said."""
    count = 0
    with open(path, "rb") as file:
        for found in captures(file, max(_MAX_UNPACKED, size * _MAX_RATIO)):
            count += 1
            yield _captured(path, found, known)
    if not count:
        yield Skipped(_shown(path), "there are no pages in this web archive")


def _captured(path: str, found: Capture | Damaged, known: Mapping[str, Metadata]) -> Report | Skipped:
    where = f"{_shown(path)}:{found.byte}"
    if isinstance(found, Damaged):
        return Skipped(where, f"this record is damaged and left out: {found.reason}")
    try:
        layers = (*said(known, path, name_of(found.url)), *_beside(path))
        report = read_response(found.body, found.url, found.content_type, layers)
    except InputError as error:
        return Skipped(where, f"{found.url}: {error}")
    made = report.provenance
    told = f"{WARC_READER}, captured {found.at[:10]} ({made.reader if made else ''})"
    return replace(report, provenance=Provenance(where, made.sha256 if made else "", told))


def _standard_input(stream: BinaryIO, known: Mapping[str, Metadata]) -> Iterator[Report | Skipped]:
    """What comes in by `-`: JSON Lines, a page or a text, told by its first line that is not blank."""
    try:
        head = b""
        while not head.strip() and len(head) <= MAX_LINE_BYTES and (piece := stream.readline(MAX_LINE_BYTES + 1)):
            head += piece
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
        if start.startswith(b"{") and not start.startswith(b"{\\rtf"):
            yield from _lines("-", "stdin", stream, known, head=head)
            return
        data = head + stream.read(max(0, MAX_TEXT_BYTES + 1 - len(head)))
    except OSError as error:
        yield Skipped("-", f"standard input cannot be read: {error.strerror or error}")
        return
    page = start.startswith((b"<!doctype", b"<html", b"<head", b"<?xml", b"<!--"))
    yield _report("-", "stdin", data, read_html if page else read_text, known)


def _suffix(path: str) -> str | None:
    """The known suffix that a file's name ends in, None where it has none of them."""
    name = os.path.basename(path).casefold()
    return next((suffix for suffix in _SUFFIXES if name.endswith(suffix)), None)


def _stem(path: str) -> str:
    """The file's name without its known suffix."""
    name = PurePath(path).name
    return name[: -len(_suffix(path) or "")] or name


def _shown(path: str) -> str:
    """The path as text that any page or database can hold: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace") if any("\ud800" <= c <= "\udfff" for c in path) else path
