"""Plain words for results: party-neutral, with who says so and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from standoff.analyse.attribution import article_down, listed, outlet_of, relayed_by, source_words
from standoff.analyse.known import Known
from standoff.analyse.stock import StandingMeasure, measure_words, status_of
from standoff.analyse.timeline import TimelineEntry
from standoff.model.dates import When
from standoff.model.domain import Pack
from standoff.model.record import Contact, Linkage, Measure, Move, MoveStatus, MoveType, Record, Statement

_LONGEST = 110
_NOUN_FIRST = re.compile(
    r"(?:an?|the|its|their|his|her|any|all|some|more|most|no|new|further|greater|both|one|two|three|four|five)\b"
    r"|[$€£\d“\"'‘]",
    re.IGNORECASE,
)
_NOUN_LIKE = re.compile(
    r"(?:[\w-]+ )?[\w-]+ (?:of|on|over|between|against|from|in)\b"
    r"|[\w-]+(?:tion|sion|ment|ity|ance|ence|ship|ness|ure)s?\b|(?:[A-Z]\.)+ ",
)
_WISH = re.compile(r"(?:wants?|wish(?:es)?|desires?|hopes?|seeks?) (?P<to>to )?(?P<rest>.+)", re.IGNORECASE)
_FINITE = re.compile(
    r"(?:be|is|are|was|were|has|have|will|would|not|[\w-]+ (?:is|are|was|were|be|will|has|have))\b", re.I
)
_DOING = re.compile(r"(?:not )?“?\w+ing\b")
_CONDITION = re.compile(r",? (?:in (?:exchange|return) for|before|only after|unless|until)\b")
_TO_BE = re.compile(r"(?!that )[^,;:]+? be \w+")
_WITH_ARTICLE = re.compile(r"\b(?:united|union|republic|kingdom|states|emirates|administration|party|islands)\b", re.I)
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine|we|us|our|ours)\b")  # not `US`
_QUOTED = re.compile(r"(“[^”]*”)")
_OWN = re.compile(rf"{_FIRST_PERSON.pattern}|\bthem\b")
# move → its base form before a noun, and before "to ..."
_BASE: dict[MoveType, tuple[str, str]] = {
    "demand": ("demand", "ask {other} to"),
    "offer": ("offer", "offer to"),
    "commit": ("undertake", "undertake to"),
    "agree": ("agree on", "agree to"),
    "refuse": ("refuse", "refuse to"),
    "threaten": ("threaten", "threaten to"),
    "impose": ("impose", "impose, to"),
    "ease": ("ease", "ease, to"),
    "accuse": ("blame {other} for", "blame {other} for failing to"),
}
_PRESENT: dict[MoveType, tuple[str, str]] = {
    "demand": ("demands", "asks {other} to"),
    "offer": ("offers", "is ready to"),
    "commit": ("undertakes", "undertakes to"),
    "agree": ("agrees on", "agrees to"),
    "refuse": ("refuses", "refuses to"),
    "threaten": ("threatens", "threatens to"),
    "impose": ("imposes", "imposes, to"),
    "ease": ("eases", "eases, to"),
    "accuse": ("blames {other} for", "blames {other} for failing to"),
}


def party_name(pack: Pack, code: str | None) -> str:
    """The name as it stands in a sentence, with `the` where it needs it; `the two sides` for a joint act."""
    if code is None:
        return "the two sides"
    party = pack.party(code)
    name = party.name if party else code
    return f"the {name}" if _WITH_ARTICLE.search(name) and not name.lower().startswith("the ") else name


def with_articles(pack: Pack, words: str) -> str:
    """Names of parties with `the` where they need it, but not within a quotation: `what the United States expects`."""
    bare = [p.name for p in pack.parties if party_name(pack, p.code) != p.name]
    if not any(name in words for name in bare):
        return words
    names = re.compile(rf"(?<![Tt]he )\b(?:{'|'.join(map(re.escape, bare))})\b(?! [A-Z])")
    return "".join(piece if piece.startswith("“") else names.sub(r"the \g<0>", piece) for piece in _QUOTED.split(words))


def adjective(pack: Pack, code: str | None) -> str:
    """The adjective of a party; its name where it has none."""
    party = pack.party(code) if code else None
    if party is None:
        return code or ""
    return party.adjectives[0] if party.adjectives else party.name


def first_up(text: str) -> str:
    """With a capital at the beginning."""
    return text[:1].upper() + text[1:]


def short(text: str, longest: int = _LONGEST) -> str:
    """One line, cut at a word."""
    line = " ".join(text.split()).rstrip(" .;,:")
    return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0].rstrip(' ,;:')} …"


def day_words(day: date) -> str:
    """`26 August 2025`."""
    return f"{day.day} {day:%B %Y}"


def days_words(first: date, last: date) -> str:
    """`26 August 2025`, `11 to 12 March 2025`, `11 March to 2 April 2025`."""
    if first == last:
        return day_words(last)
    if first.year != last.year:
        return f"{day_words(first)} to {day_words(last)}"
    return f"{first.day}{f' {first:%B}' if first.month != last.month else ''} to {day_words(last)}"


def when_words(when: When) -> str:
    """`29 June 2019`, `July 2019`, `9 to 15 July 2019`."""
    if when.first and when.first == when.last:
        return day_words(when.first)
    if when.precision == "month" and when.first:
        return f"{when.first:%B %Y}"
    if when.precision == "year" and when.first:
        return f"{when.first:%Y}"
    if when.first and when.last:
        return days_words(when.first, when.last)
    return f"by {day_words(when.last)}" if when.last else f"after {day_words(when.first)}" if when.first else "undated"


class Doing(Protocol):
    """What a party does toward another: a position, or one telling of it."""

    @property
    def kind(self) -> MoveType: ...
    @property
    def what(self) -> str: ...
    @property
    def toward(self) -> str | None: ...
    @property
    def status(self) -> MoveStatus: ...
    @property
    def records(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class _Told:
    """A move as what a party does; one that is denied in the words that are denied."""

    kind: MoveType
    what: str
    toward: str | None
    status: MoveStatus
    records: tuple[str, ...]


def record_line(known: Known, record: Record) -> str:
    """A record in one line: whose act, and what; who meets; what a statement says."""
    pack = known.pack
    if isinstance(record, Move):
        denied = record.status == "denied"
        told = _Told(record.type, record.what, record.to, "made" if denied else record.status, (record.id,))
        who = party_name(pack, record.by) if record.by else record.actor or "not stated who"
        return f"{first_up(who)} {' '.join(predicate(known, told))}{' – which is denied' if denied else ''}"
    if isinstance(record, Measure):
        return f"{measure_line(pack, record)} ({status_of(known, record).replace('-', ' ')})"
    if isinstance(record, Contact):
        return contact_line(pack, record)
    if isinstance(record, Linkage):
        return with_articles(pack, f"{record.then} – only after {record.first}")
    if isinstance(record, Statement):
        return " ".join(record.content.of(known.report_of(record).text).split())
    return known.words(record)


def contact_line(pack: Pack, contact: Contact | TimelineEntry) -> str:
    """Who meets, and what came of it: `call of Arland and Borland (not planned)`."""
    who = listed(contact.who or [party_name(pack, p) for p in contact.parties])
    return f"{contact.kind} of {who} ({contact.status.replace('-', ' ')})"


def measure_line(pack: Pack, measure: Measure | StandingMeasure) -> str:
    """A measure with whose it is: `American tariff of 20%`."""
    words = measure_words(measure).removeprefix(f"{measure.by} ")
    return f"{adjective(pack, measure.by)} {words}".strip()


def predicate(known: Known, position: Doing, longest: int = _LONGEST) -> tuple[str, str]:
    """What a party does, as verb and object: (`is ready to`, `buy more gas`), (`is expected to demand`, `a cut`)."""
    pack = known.pack
    whole = position.what if len(position.what) <= longest else without_condition(position.what)
    what = article_down(spoken(known, position.records, short(whole, longest)))
    other = party_name(pack, position.toward) if position.toward else "the other side"
    noun, verb = (_PRESENT if position.status in ("made", "reported-by-sources") else _BASE)[position.kind]
    lead = {"expected": "is expected to ", "hypothetical": "might "}.get(position.status, "")
    if what.startswith(("to ", "be ")):
        return f"{lead}{verb.format(other=other)}", what.removeprefix("to ")
    if what.startswith("for ") and position.kind == "demand":
        return f"{lead}{'call' if lead else 'calls'} for", what[4:]
    if what.startswith(("must ", "should ")) and position.kind == "demand":
        return f"{'is expected to say' if lead else 'says'} that {other}", what
    if position.kind == "demand" and (wish := _WISH.fullmatch(what)):
        return f"{lead}{'want' if lead else 'wants'}{' to' if wish['to'] else ''}", wish["rest"]
    if position.kind == "demand" and _TO_BE.match(what):
        return f"{lead}{noun} that", what
    return f"{lead}{noun.format(other=other)}{'' if _goes_on(position.kind, what) else ':'}", what


def _goes_on(kind: MoveType, what: str) -> bool:
    """Whether words go on after a verb without a colon: as what somebody asks for, or is blamed for doing."""
    if what.startswith("that ") or _NOUN_FIRST.match(what) or (kind == "accuse" and _DOING.match(what)):
        return True
    return _NOUN_LIKE.match(what) is not None and not _FINITE.match(what)


def reads_well(known: Known, position: Doing) -> bool:
    """Whether the words of a position go on from its verb as a sentence does."""
    return not predicate(known, position)[0].endswith(":")


def attribution(known: Known, record: Record) -> str:
    """Who says so, outlet first: `Harbour Wire, citing people familiar with the plans`.

    A side that tells of itself is not named again; one that tells of another is: `by Arlandish account`.
    """
    outlet = outlet_of(known.report_of(record))
    source = source_words(known, record)
    if source and _itself(known, record, source):
        source = None
    chain = [outlet, *(word for word in (*relayed_by(known, record), source) if word)]
    told = ", citing ".join(dict.fromkeys(chain))
    return f"{told}; by {side} account" if (side := _other_side(known, record)) else told


def quoted(known: Known, record: Record, words: str) -> str:
    """In quotation marks where the report says just these words, else without."""
    text = " ".join(known.report_of(record).text.split())
    return f"“{short(words)}”" if " ".join(words.split()) in text else spoken(known, (record.id,), short(words))


def spoken(known: Known, records: Iterable[str], words: str) -> str:
    """A speaker's words of himself (`we`, `us`, `our`) in quotation marks: `asks them to “give us ore”`.

    The longest run of the words that holds such a pronoun and stands just so in a record's own words is quoted; the
    rest stays as it is. In direct speech `them` is such a pronoun, too. Nothing is quoted that no record says.
    """
    if "“" in words or not _OWN.search(words):
        return words
    for record in (known.record(id) for id in records):
        said = known.statement_of(record)
        own = _OWN if said is not None and said.direct else _FIRST_PERSON
        text = " ".join(known.words(record).split())
        found = max(_runs(words, own, text), key=len, default=None)
        if found is not None and " " in found:
            return words.replace(found, f"“{found}”", 1)
    return words


def _runs(words: str, own: re.Pattern[str], text: str) -> Iterator[str]:
    """The runs of whole words around each pronoun, as long as `text` has them just so."""
    tokens = [m.span() for m in re.finditer(r"\S+", words)]
    for pronoun in own.finditer(words):
        at = next(n for n, (start, end) in enumerate(tokens) if start <= pronoun.start() < end)
        first = last = at
        while first > 0 and _stands(words[tokens[first - 1][0] : tokens[last][1]], text):
            first -= 1
        while last + 1 < len(tokens) and _stands(words[tokens[first][0] : tokens[last + 1][1]], text):
            last += 1
        run = words[tokens[first][0] : tokens[last][1]]
        if _stands(run, text):
            yield run.removeprefix("to ")


def _stands(run: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(run)}(?!\w)", text) is not None


def whose(known: Known, record: Record, words: str, actor: str | None) -> str:
    """An act in its words, with whose it is where they do not say; what it waits for is told beside it."""
    name = party_name(known.pack, actor)
    bare = name.removeprefix("the ")
    words = without_condition(words.removeprefix(f"{bare}: "))
    if words.startswith(f"{bare} "):
        words = f"{name}{words[len(bare) :]}"
    told = quoted(known, record, words)
    return told if actor is None or bare in words else f"{told} ({name})"


def without_condition(words: str) -> str:
    """An act without the condition that its words tell with it: it stands beside it."""
    found = _CONDITION.search(words)
    return words[: found.start()] if found and len(words[: found.start()].split()) > 2 else words


def _itself(known: Known, record: Record, source: str) -> bool:
    """Whether a source is no more than the name of the side that acts."""
    party = known.pack.party(getattr(record, "by", None) or "")
    names = (party.name, *party.names, *party.metonyms) if party else ()
    return source.removeprefix("the ").removeprefix("The ") in {name.removeprefix("the ") for name in names}


def _other_side(known: Known, record: Record) -> str | None:
    """The side whose account it is, where it tells of another side's act."""
    statement = record if isinstance(record, Statement) else known.statement_of(record)
    by = getattr(record, "by", None)
    if statement is None or statement.speaks_for is None or by is None or statement.speaks_for == by:
        return None
    return adjective(known.pack, statement.speaks_for)
