"""Packs by name or folder, and the built-in pack that fits given texts.

A pack is a folder with a `pack.yaml` (id, title, between, include) and, where it grows, further files of any name
for its parties, bodies, officials, issues and outlets; or one YAML file that holds all of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from standoff.errors import PackError
from standoff.model.domain import Pack
from standoff.pack.files import built_in, locate, read_pack_file, read_part_files
from standoff.pack.merge import Draft, finished
from standoff.pack.schema import IncludeSpec, PackFile

PARTIES = "parties:"


def pack_names() -> tuple[str, ...]:
    """Names of the built-in packs, sorted."""
    return built_in()


def load_pack(name_or_dir: str | Path) -> Pack:
    """The pack of that name, in that folder, or in that one YAML file.

    `parties:US,IR` is the pack of `parties_pack`, so that a record can note it by name.
    A plain word that names a built-in pack means the built-in pack; a `Path` never does. In the result the `names`
    of parties, bodies, officials and outlets begin with their `name`.
    Raises PackError, with file and place and what is allowed there, where the pack is missing, malformed,
    includes itself or speaks of a party that nothing describes.
    """
    if isinstance(name_or_dir, str) and name_or_dir.startswith(PARTIES):
        return parties_pack(name_or_dir.removeprefix(PARTIES).split(","))
    path = locate(name_or_dir)
    draft, head = _draft(path, ())
    return finished(draft, head, path)


def parties_pack(codes: Sequence[str]) -> Pack:
    """A negotiation between states without a pack of its own: all that `countries` knows, these as the sides.

    `codes` are ISO 3166 alpha-2 (or `EU`), in any case. Raises PackError for fewer than two or an unknown one.
    """
    sides = tuple(dict.fromkeys(code.strip().upper() for code in codes if code.strip()))
    known = load_pack("countries")
    unknown = [code for code in sides if known.party(code) is None]
    if len(sides) < 2 or unknown:
        wrong = f"{unknown[0]!r} is no state" if unknown else "a negotiation takes two"
        raise PackError(f"{wrong}; name the sides by their two-letter codes, such as US,IR (EU for the Union)")
    names = [party.name for code in sides if (party := known.party(code))]
    issues = load_pack("state-issues").issues + load_pack("trade-issues").issues  # a cue of both is the first's
    outlets = load_pack("world-press").outlets
    title = f"{', '.join(names[:-1])} and {names[-1]}"
    return replace(known, id=PARTIES + ",".join(sides), title=title, between=sides, issues=issues, outlets=outlets)


def find_pack(texts: Sequence[str]) -> str:
    """The built-in pack whose sides are named most in the texts.

    A side is named by its own names, its bodies and its officials; a name that several packs have for a side counts
    for each of them by its share (one pack in five has the weight of a fifth), since it tells less. At least two
    sides of a pack must be named. On a tie the first by name. Packs without sides (made for including) are passed
    over. Raises PackError where no pack has two of its sides named.
    """
    weights = _weights()
    best: tuple[float, str] | None = None
    for name in pack_names():
        found = [_named(pattern, texts) for pattern in _side_patterns(name)]
        if sum(1 for surfaces in found if surfaces) < 2:
            continue
        score = sum(count * weights[surface] for surfaces in found for surface, count in sorted(surfaces.items()))
        if best is None or score > best[0]:
            best = (score, name)
    if best is None:
        raise PackError(
            f"no built-in pack has two sides that these texts name (there are: {', '.join(pack_names())}); "
            "give a pack of your own: a folder with a pack.yaml"
        )
    return best[1]


def _draft(path: Path, above: tuple[Path, ...]) -> tuple[Draft, PackFile]:
    """What the pack at `path` says, with what it includes; `above` are the packs that are including it."""
    path = path.resolve()
    if path in above:
        chain = " includes ".join(p.parent.name for p in (*above, path))
        raise PackError(f"{path}: a pack cannot include itself ({chain}); take one include out")
    head = read_pack_file(path)
    own = Draft()
    own.add(head, path)
    for file, part in read_part_files(path):
        own.add(part, file)
    draft = Draft()
    for spec in reversed(head.include):
        draft = _over(_included(spec, path, above), draft)
    return _over(own, draft), head


def _included(spec: IncludeSpec, path: Path, above: tuple[Path, ...]) -> Draft:
    draft, _ = _draft(locate(spec.pack, beside=path.parent), (*above, path))
    if spec.only is None and not spec.without:
        return draft
    wanted = tuple(draft.parties) if spec.only is None else spec.only
    for code in (*wanted, *spec.without):
        if code not in draft.parties:
            raise PackError(f"{path}: include: the pack {spec.pack!r} has no party {code!r}; take it out of the list")
    draft.keep({code for code in wanted if code not in spec.without})
    return draft


def _over(upper: Draft, lower: Draft) -> Draft:
    """Both together; where both speak of the same thing, the words of `upper` come first."""
    lower.overlay(upper)
    return lower


@cache
def _side_patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(side) for side in _sides(name))


@cache
def _sides(name: str) -> tuple[frozenset[str], ...]:
    """What each side of a built-in pack is named by."""
    pack = load_pack(name)
    return tuple(frozenset(_surfaces(pack, code)) for code in pack.between)


@cache
def _weights() -> dict[str, float]:
    """One over the number of built-in packs that have a name for one of their sides."""
    packs = Counter(surface for name in pack_names() for surface in frozenset().union(*_sides(name)))
    return {surface: 1 / count for surface, count in packs.items()}


def _named(pattern: re.Pattern[str], texts: Sequence[str]) -> Counter[str]:
    return Counter(surface for text in texts for surface in pattern.findall(text))


def _surfaces(pack: Pack, code: str) -> Iterable[str]:
    for party in pack.parties:
        if party.code == code:
            yield from (*party.names, *party.adjectives, *party.metonyms, *party.people)
    for body in pack.bodies:
        if body.party == code:
            yield from body.names
    for official in pack.officials:
        if official.party == code:
            yield from official.names


def _pattern(surfaces: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(set(surfaces), key=lambda s: (-len(s), s))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
