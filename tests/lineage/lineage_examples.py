"""Our own prose in which one story is told by its outlet, by a copyist, by a rewriter and by another reporter."""

from __future__ import annotations

from datetime import date

from standoff.lineage.sketch import sketch
from standoff.model.domain import Outlet, Pack, Party
from standoff.model.report import Published, Report

PACK = Pack(
    id="test",
    title="Test",
    between=("AA", "BB"),
    parties=(Party(code="AA", name="Aland"), Party(code="BB", name="Beland")),
    outlets=(Outlet(name="Harbour Wire", names=("The Harbour Wire", "HW")), Outlet(name="Meridian Post")),
)

ORIGINAL = """GENEVA, June 3 (Harbour Wire) — Aland will not lift its tariffs on steel from Beland before autumn, a senior official of the Trade Ministry said, although both governments keep saying that a settlement is close.

The duties of 25% have stood since January. Beland answered in March with duties of 15% on grain and cheese, and its farmers’ union puts the loss of income at $300 million.

Negotiators led by Ambassador Ann Poe met for two days in a hotel by the lake. They spent most of the first day on quotas for flat steel, people who were in the room said, and none of it on grain.

Beland wants the quotas to grow by a tenth each year. Aland offers half of that and asks for inspectors at the ports in return.

The inspectors are the harder part, an adviser to the Beland delegation said, because parliament would have to change the customs act for them.

Poe flew home on Tuesday evening without speaking to reporters. Her ministry published a statement of three sentences that called the meeting useful.

Another round is planned for the week of June 20 in Vienna. It may be put off if the elections in Beland are brought forward, the adviser said.

The steel makers of Aland have warned their government against any quota. Their association wrote to the prime minister in May that two mills would close within a year.

Beland’s central bank expects growth of no more than one percent this year if the duties stay. It cut its key rate in April for the second time.
"""

PARAPHRASE = """According to a high official in the Trade Ministry, tariffs that Aland charges on Beland’s steel are going to stay in place until autumn, even as the two governments describe a settlement as near.

Since January the steel has been charged duties of 25%. In March Beland hit back with 15% on cheese and grain. The loss to its farmers is $300 million, their union says.

Ambassador Jane Roe led the negotiators, who sat together for two days in a lakeside hotel. Quotas for flat steel took up most of day one and grain none of it, according to people in the room.

A tenth more quota every year is what Beland wants; Aland is offering half that, and in return asks that inspectors work at the ports.

Those inspectors are the harder matter, since parliament would be forced to change the customs act, said an adviser to Beland’s delegation.

Roe left on Tuesday evening and said nothing to reporters. The ministry’s statement, three sentences long, called the meeting useful.

In the week of June 20 another round is to be held in Vienna, the adviser said, unless Beland’s elections are brought forward.

Steel makers in Aland have warned against quotas of any kind. In a letter to the prime minister in May their association said that two mills would have to close within the year.

With the duties in place growth will not exceed one percent this year, Beland’s central bank expects; in April it cut its key rate, for the second time.
"""

SPUN_WORDS = {
    "tariffs": "levies",
    "settlement": "agreement",
    "senior": "elder",
    "close": "shut",
    "hotel": "lodge",
    "farmers": "growers",
    "loss": "defeat",
    "offers": "presents",
    "harder": "tougher",
    "meeting": "assembly",
    "planned": "deliberate",
    "warned": "cautioned",
    "expects": "awaits",
    "growth": "progress",
    "statement": "assertion",
    "flew": "soared",
    "published": "printed",
    "answered": "replied",
    "change": "alter",
    "union": "alliance",
    "people": "individuals",
    "week": "fortnight",
    "round": "spherical",
    "reporters": "journalists",
    "wrote": "penned",
    "duties": "obligations",
    "stood": "stayed",
    "quota": "allotment",
    "quotas": "allotments",
    "spent": "expended",
    "inspectors": "examiners",
    "lift": "elevate",
    "official": "functionary",
    "both": "each",
    "mills": "factories",
    "day": "daytime",
    "year": "yr",
    "cut": "lower",
}

INDEPENDENT = """Two days of trade talks between Aland and Beland ended in Geneva without a deal, and the Beland delegation blamed the hosts of the next round for the delay.

“We came with three proposals and we leave with three proposals,” its leader, Carl Moe, told a news conference at the airport.

Moe said that his government had put forward a plan under which the steel quotas would rise by a tenth a year. He accused Aland of moving the goalposts by asking for inspectors at the ports, a demand that he said nobody had mentioned at the spring meeting.

In the capital the opposition called on the government to resign. Its leader said that farmers were paying for a quarrel about steel with their savings.

Prices of cheese have fallen by a fifth since the duties took effect, and several dairies in the north work short hours. The government has set aside $40 million to help them.

Aland’s Trade Ministry had no comment beyond a short statement. A spokesman said that the ambassador would report to the cabinet on Thursday.

Economists at the university doubt that a deal is possible before the elections. Neither side can afford to look weak, one of them said.
"""

RELAY = """Aland will keep its steel tariffs until the autumn, the Harbour Wire reported on Monday, citing a senior official of the Trade Ministry. Most of the first day in Geneva was spent on quotas for flat steel and none on grain, according to the report.

The football association of Beland meanwhile moved its congress to Vienna, where the negotiators will meet again. Hotels there are fully booked, the city’s tourist board said.

Ministers of both countries will see each other at a conference on fisheries in July.
"""


def spun(text: str) -> str:
    for word, other in SPUN_WORDS.items():
        text = (
            text.replace(f" {word} ", f" {other} ")
            .replace(f" {word},", f" {other},")
            .replace(f" {word}.", f" {other}.")
        )
    return text.replace(" (Harbour Wire)", "")


def report(name: str, text: str, day: int | None = None, outlet: str | None = None) -> Report:
    published = Published(date(2024, 6, day), "sidecar") if day else None
    return Report(name=name, text=text, outlet=outlet, published=published)


def sketches(*reports: Report) -> dict[str, tuple[tuple[int, int], ...]]:
    return {r.id: sketch(r.text) for r in reports}
