"""Build `library/countries/parties.yaml`: every state with its names, adjectives, people and capital.

Run by hand, the result is committed:

    python -m standoff.pack.countries

English names come from CLDR (through babel, which is not needed to use the pack); what CLDR does not hold stands in
`library/countries/words.tsv`, one state a line: code, names (the first replaces CLDR's where it begins with `=`),
adjectives, people, metonyms, and offices of its heads. A capital that means something else too often, or that two
states share, is left out there.
"""

from __future__ import annotations

from pathlib import Path

from standoff.pack.files import LIBRARY

FOLDER = LIBRARY / "countries"
COLUMNS = ("names", "adjectives", "people", "metonyms", "heads")
HEAD = "# Made by `python -m standoff.pack.countries` from CLDR and words.tsv; change those, not this.\nparties:\n"


def rows(path: Path) -> list[tuple[str, dict[str, list[str]]]]:
    """(code, words by column) of the table, sorted by code."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, *cells = line.split("|")
            found.append((code, {c: _split(cell) for c, cell in zip(COLUMNS, cells, strict=True)}))
    return sorted(found)


def party_line(code: str, words: dict[str, list[str]], cldr: str) -> str:
    """One state as one line of YAML in flow style."""
    own = words["names"]
    replaces = bool(own) and own[0].startswith("=")
    names = [own[0][1:], *own[1:]] if replaces else [cldr.replace("’", "'"), *own]
    cells = [f"name: {_quoted(names[0])}"]
    for column in COLUMNS:
        listed = names[1:] if column == "names" else words[column]
        if listed:
            cells.append(f"{column}: [{', '.join(map(_quoted, listed))}]")
    return f"  {code}: {{{', '.join(cells)}}}\n"


def build() -> str:
    """The text of `parties.yaml`. Raises ImportError without babel."""
    from babel import Locale  # needed to build only

    territories = Locale("en").territories
    return HEAD + "".join(party_line(code, words, territories[code]) for code, words in rows(FOLDER / "words.tsv"))


def _split(cell: str) -> list[str]:
    return [word for word in cell.split(",") if word]


def _quoted(word: str) -> str:
    return word if all(c.isalpha() or c in " -" for c in word) else '"' + word + '"'


if __name__ == "__main__":
    (FOLDER / "parties.yaml").write_text(build(), encoding="utf-8")
