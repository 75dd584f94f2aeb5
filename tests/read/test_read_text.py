"""Plain text and its decoding: the text is exactly what reading the file with UTF-8 gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import UnreadableReport
from standoff.read.decode import MAX_TEXT_BYTES, decode
from standoff.read.language import not_english
from standoff.read.text import read_text

PROSE = (
    "The minister said on Tuesday that the duties would stay. “We will not move first,” she told reporters – and the "
    "talks, which began in the spring, were over after an hour. Officials from both sides are to meet again in Bern.\n"
)


@pytest.mark.parametrize(
    "data",
    [
        PROSE.encode(),
        PROSE.replace("\n", "\r\n").encode() * 3,
        b"One line.\rAnother line.\r\n\r\rThe last",
        b"\xef\xbb\xbf" + PROSE.encode(),
        b"  \n\t The talks \x0c go\x1c on \x07 \xc2\x85 today \xe2\x80\xa8 here \n ",
    ],
    ids=["plain", "crlf", "all line ends", "byte order mark", "controls and odd spaces"],
)
def test_text_is_what_read_text_gives(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(data)
    assert read_text(data).text == file.read_text(encoding="utf-8")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t")))
def test_any_utf8_text_survives_as_it_is(text: str) -> None:
    decoded = decode(text.encode())
    assert (decoded.text, decoded.note) == (text, "")


@pytest.mark.parametrize(
    ("encoding", "note"),
    [("cp1252", "decoded from cp1252"), ("utf-16", "decoded from utf-16"), ("utf-32", "decoded from utf-32")],
)
def test_other_encodings_are_noted(encoding: str, note: str) -> None:
    draft = read_text(PROSE.encode(encoding))
    assert draft.text == PROSE
    assert draft.reader == f"text/1 ({note})"


def test_plain_utf8_needs_no_note() -> None:
    assert read_text(PROSE.encode()).reader == "text/1"


def test_charset_normalizer_is_the_last_resort() -> None:
    text = "Министры обеих стран встретились во вторник в Женеве, чтобы обсудить пошлины. " * 4
    assert decode(text.encode("cp1251")).text == text


def test_a_declared_encoding_is_believed_where_the_bytes_are_in_it() -> None:
    text = "Łódź, the mayor said, is ready; the fair goes on. " * 3
    assert decode(text.encode("cp1250"), "windows-1250").text == text
    assert decode(PROSE.encode("cp1252"), "iso-8859-1").text == PROSE
    assert decode(PROSE.encode("cp1252"), "no-such-encoding").text == PROSE
    assert decode(PROSE.encode("cp1252"), "base64").text == PROSE


def test_a_few_damaged_bytes_are_replaced_and_noted() -> None:
    data = PROSE.encode()
    broken = decode(data[:40] + b"\xff" + data[40:])
    assert broken.text == PROSE[:40] + "\ufffd" + PROSE[40:]
    assert broken.note == "utf-8, 1 damaged place replaced"
    cut = decode(b"He paid 5 \xe2\x82")
    assert cut.text == "He paid 5 \ufffd"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "it is empty: there is no text to read"),
        (b" \r\n\t \n", "it is empty: there is no text to read"),
        (b"\xef\xbb\xbf\n", "it is empty: there is no text to read"),
        (b"2019 -- 25% ...", "there are no words in it"),
        (b"The talks\x00go on", "it is binary, not text"),
        (b"\x01\x02\x03\x04abc", "it is binary, not text"),
        (b"%PDF-1.7\n%abc", "it is a PDF under another name: name it .pdf"),
        (b"\x89PNG\r\n\x1a\n123", "it is an image, not text"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "it is an image, not text"),
        (b"GIF89a123", "it is an image, not text"),
        (b"PK\x03\x04123", "it is a zip archive or an office document"),
        (b"\xd0\xcf\x11\xe0123", "it is an office document"),
        (b"{\\rtf1 The talks}", "RTF is not read: save it as plain text"),
        (b"\x1f\x8b\x08123", "it is compressed (gzip)"),
        (b"\xff\xfeabc", "it begins like utf-16 but is damaged"),
        (bytes(range(128, 256)) * 3, "its bytes are text in no encoding"),
        (b"a " * (MAX_TEXT_BYTES // 2 + 1), "it is larger than 10 MB"),
        (b"\n<!DOCTYPE html><p>The talks", "it is an HTML page in a text file: rename it to .html"),
        (
            "部长们周二在日内瓦会面讨论关税问题。".encode(),
            "not in English: most of its letters are Chinese or Japanese",
        ),
    ],
)
def test_bad_input_says_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableReport) as caught:
        read_text(data)
    assert str(caught.value).startswith(message)


def test_the_largest_text_is_read() -> None:
    text = PROSE.encode("ascii", "ignore").decode()
    data = (text * (MAX_TEXT_BYTES // len(text) + 1))[:MAX_TEXT_BYTES]
    assert read_text(data.encode()).text == data


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Die Minister sprachen am Dienstag in Genf über die Zölle, und der Sprecher sagte, dass es mit den Gesprächen in der nächsten Woche weiter gehen wird und noch nichts entschieden ist.", "look German"),
        ("Les ministres se sont vus mardi à Genève pour parler des droits de douane, et le porte-parole a dit que les pourparlers vont durer dans les semaines qui viennent.", "look French"),
        ("Los ministros se reunieron el martes en Ginebra para hablar de los aranceles y el portavoz dijo que las conversaciones siguen en la semana que viene, sin una fecha.", "look Spanish"),
        ("Министры обеих стран встретились во вторник в Женеве, чтобы обсудить пошлины.", "letters are Cyrillic"),
        ("التقى الوزراء يوم الثلاثاء في جنيف لبحث الرسوم", "letters are Arabic"),
    ],
)  # fmt: skip
def test_other_languages_are_told_apart(text: str, why: str) -> None:
    assert why in (not_english(text) or "")


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "Short note.",
        "Xi Jinping (习近平) and Li Qiang (李强) met in Beijing, the ministry said.",
        "The café owners of São Paulo and Łódź, among them señora Núñez, wrote to the minister in May that a duty on coffee is a duty on everybody who has to work before eight in the morning.",
    ],
)  # fmt: skip
def test_english_passes(text: str) -> None:
    assert not_english(text) is None
