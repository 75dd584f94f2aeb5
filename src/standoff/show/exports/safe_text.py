"""Foreign text made fit for where it goes: XML, calendars, Markdown, names of files."""

from __future__ import annotations

import re
import uuid

from standoff.show.evidence import shown

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#&~])")
_LIST_FIRST = re.compile(r"^([-+=]|\d+(?=[.)]))")


def xml_safe(text: str) -> str:
    """Without the signs that XML 1.0 has no place for (controls, lone surrogates) and marks that turn the writing.

    Escaping is the library's.
    """
    return _NOT_XML.sub("\ufffd", shown(text))


def one_line(text: str) -> str:
    """All white space as single blanks."""
    return " ".join(text.split())


def markdown(text: str) -> str:
    """Words that stay words in Markdown (CommonMark): one line, its signs escaped, HTML in it too."""
    line = _MARKDOWN.sub(r"\\\1", one_line(xml_safe(text)))
    return _LIST_FIRST.sub(lambda m: f"{m[1]}\\" if m[1].isdigit() else f"\\{m[1]}", line)


def calendar(text: str) -> str:
    """A TEXT value of RFC 5545, section 3.3.11: backslash, semicolon, comma and line ends escaped."""
    plain = xml_safe(text).replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def web_address(url: str | None) -> str | None:
    """An address that is safe to open and to write down: http or https, no blanks or quotes; else None."""
    if url and re.fullmatch(r"https?://[^\s\"'<>\\^`{|}\x00-\x1f\x7f-\x9f]+", url, re.IGNORECASE):
        return url
    return None


def urn(id: str) -> str:
    """A name for an id of ours that is valid anywhere: a URN of a UUID made from it (RFC 9562, version 5)."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'standoff:{id}')}"
