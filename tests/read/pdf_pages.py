"""Small PDF files made by hand: pages of lines, or of one picture."""

from __future__ import annotations

from collections.abc import Sequence


def pdf(*pages: Sequence[str], info: str = "", picture: bool = False) -> bytes:
    """A PDF of these pages, each a list of lines; `info` is the inside of its information dictionary."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    fonts = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >>"
    kids = []
    for lines in pages:
        shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
        content = "q 100 0 0 100 0 0 cm /Im0 Do Q" if picture else f"BT /F1 11 Tf 13 TL 50 800 Td\n{shown}ET"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        inside = fonts
        if picture:
            head = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
            objects.append(f"<< {head} /Length 1 >>\nstream\n0\nendstream")
            inside = f"/XObject << /Im0 {len(objects)} 0 R >>"
        place = len(objects) - picture
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {inside} >> /Contents {place} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {info} >>")
    return _written(objects)


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _written(objects: Sequence[str]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    )
    return data + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()
