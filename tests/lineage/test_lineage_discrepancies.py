from __future__ import annotations

import pytest
from lineage_examples import report

from standoff.lineage.discrepancies import find_discrepancies
from standoff.model.span import Span


def differences(first: str, second: str) -> list[tuple[str, str, str]]:
    a, b = report("a", first), report("b", second)
    found = find_discrepancies(a, b, ((Span(0, len(first)), Span(0, len(second))),))
    return [(d.kind, d.a.span.of(first), d.b.span.of(second)) for d in found]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            "The note went through Ambassador Ann Poe in Vienna.",
            "Ambassador Jane Roe passed the note on in Vienna.",
            ("name", "Ambassador Ann Poe", "Ambassador Jane Roe"),
        ),
        (
            "Duties rose to 25% in spring, and grain fell.",
            "Duties were raised to 20%, while grain fell.",
            ("number", "Duties rose to 25% in spring", "Duties were raised to 20%"),
        ),
        (
            "The paper ran a front-page article on it.",
            "The paper ran articles about it.",
            ("number", "The paper ran a front-page article on it.", "The paper ran articles about it."),
        ),
        (
            "The minister wrote in February to ask for talks.",
            "In January the minister asked for talks by letter.",
            (
                "date",
                "The minister wrote in February to ask for talks.",
                "In January the minister asked for talks by letter.",
            ),
        ),
        (
            "This month it printed a white paper.",
            "It released a white paper on March 4.",
            ("date", "This month it printed a white paper.", "It released a white paper on March 4."),
        ),
        (
            "Nobody called the minister, a person with knowledge of it said.",
            "Nobody called the minister.",
            (
                "attribution",
                "Nobody called the minister, a person with knowledge of it said.",
                "Nobody called the minister.",
            ),
        ),
        (
            "The ministry wants to open a channel.",
            "Efforts of the ministry to open a channel have begun.",
            (
                "modality",
                "The ministry wants to open a channel.",
                "Efforts of the ministry to open a channel have begun.",
            ),
        ),
        (
            "Most of the officials were away.",
            "Nearly all officials were away.",
            ("number", "Most of the officials were away.", "Nearly all officials were away."),
        ),
        (
            "The embassy gave no answer.",
            "The embassy gave no answer to the Meridian Post.",
            ("detail", "The embassy gave no answer.", "The embassy gave no answer to the Meridian Post."),
        ),
    ],
)
def test_what_differs(first: str, second: str, expected: tuple[str, str, str]) -> None:
    assert expected in differences(first, second)
    kind, here, there = expected
    assert (kind, there, here) in differences(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Duties of 25% took effect in March, he said.", "In March duties of 25% came into force, he said."),
        ("The envoy wants talks.", "Talks are what the envoy wants."),
        ("Ambassador Ann Poe left.", "Ambassador Ann Poe went home."),
    ],
)
def test_what_does_not(first: str, second: str) -> None:
    assert differences(first, second) == []


DIFFERENT = (
    (
        "The ferry talks will resume in Porto Alba on Tuesday.",
        "On Tuesday the ferry talks are to resume in Villa Nera.",
        "name",
    ),
    ("Trade Minister Lena Vos rejected the plan.", "The plan was turned down by Trade Minister Karl Odum.", "name"),
    ("The union represents three ports.", "Four ports are represented by the union.", "number"),
    ("Exports fell by 12 percent last year.", "Last year exports dropped 21%.", "number"),
    ("The fund holds $1.5 billion.", "There is $1.8 billion in the fund.", "number"),
    ("The envoys met on Monday in the capital.", "The envoys held a meeting in the capital on Wednesday.", "date"),
    ("The ban takes effect on June 1.", "From July 1 the ban will be in force.", "date"),
    ("The agreement was signed in 2019.", "It was in 2017 that the agreement was signed.", "date"),
    ("The ministry said it would not lift the duty.", "The ministry said it would lift the duty.", "modality"),
    ("Beland may buy more grain.", "Beland will buy more grain.", "modality"),
    ("The council agreed to the quota.", "The council is considering the quota.", "modality"),
    ("Aland must open its ports, the premier said.", "Aland should open its ports, the premier said.", "modality"),
    ("The duty will be doubled, two officials said.", "The duty will be doubled.", "attribution"),
    ("According to the fishermen’s league, catches have halved.", "Catches have halved.", "attribution"),
    (
        "The plan was drafted by the Trade Ministry.",
        "The plan was drafted by the Trade Ministry and the Central Bank.",
        "detail",
    ),
    ("The envoy left without comment.", "The envoy left for Porto Alba without comment.", "detail"),
    ("All members backed the motion.", "Most members backed the motion.", "number"),
    ("Hundreds of farmers marched to the palace.", "Thousands of farmers marched to the palace.", "number"),
    ("A dozen ships waited off the coast.", "Six ships waited off the coast.", "number"),
    ("The tariff was raised by half.", "The tariff was raised by a third.", "number"),
    ("Harbour master Tom Reeve called it a threat.", "Harbour master Tim Lund called it a threat.", "name"),
    (
        "The deal covers steel and grain worth 40 million euros.",
        "The deal covers steel and grain worth 60 million euros.",
        "number",
    ),
    ("Negotiators want the talks to end by March.", "Negotiators want the talks to end by autumn.", "date"),
    (
        "The spokesman denied that a letter had been sent.",
        "The spokesman confirmed that a letter had been sent.",
        "modality",
    ),
    (
        "Premier Ola Brandt will not sign the fisheries pact.",
        "Premier Ola Brandt will sign the fisheries pact.",
        "modality",
    ),
    (
        "The rail strike began on Thursday and halted freight.",
        "Freight was halted by the rail strike, which began on Friday.",
        "date",
    ),
    ("Shipments shrank by a quarter in the first half.", "In the first half shipments shrank 30 percent.", "number"),
    ("Seven mayors signed the appeal.", "The appeal bears the signatures of nine mayors.", "number"),
    ("The loan is worth 2.5 billion crowns.", "The loan, worth 3.5 billion crowns, was approved.", "number"),
    ("Delegates will gather in Nordheim next spring.", "Delegates will gather in Sudburg next spring.", "name"),
    (
        "The consortium expects to finish the bridge in 2031.",
        "The bridge is to be finished in 2033, the consortium expects.",
        "date",
    ),
    ("Customs officers have to inspect each container.", "Customs officers may inspect each container.", "modality"),
    ("Regulators opposed the takeover.", "Regulators backed the takeover.", "modality"),
    ("Some of the lorries were sent back at the border.", "All lorries were sent back at the border.", "number"),
    ("The minister hinted at a delay, an aide said.", "The minister hinted at a delay.", "attribution"),
    ("The cable was cut near the island.", "The cable was cut near the island of Hollm.", "detail"),
    ("Auditor Jane Pell found the gap.", "Auditor Mark Quist found the gap.", "name"),
    ("Beland pledged to stop the flights in May.", "Beland pledged to stop the flights in August.", "date"),
    ("The pact lasts ten years.", "The pact lasts five years.", "number"),
)
SAME = (
    ("The duties of 25 percent took effect on March 4.", "On 4 March duties of 25% came into force."),
    ("Three ministers resigned.", "The number of ministers who resigned is 3."),
    ("The fund holds $1.5 billion.", "It holds $1,500 million."),
    ("The envoy, Ann Poe, declined to comment.", "Ann Poe, the envoy, did not want to comment."),
    ("The ministry said the port would stay shut.", "The port is to stay shut, the ministry said."),
    (
        "Beland’s union of farmers wants the duty lifted.",
        "The farmers’ union of Beland would like to see the duty lifted.",
    ),
    (
        "Two officials told the Harbour Wire that talks had failed.",
        "Talks had failed, two officials told the Harbour Wire.",
    ),
    ("The premier will visit Vienna in June.", "In June the premier is going to visit Vienna."),
    ("Half of the ships have left the port.", "50% of the ships have left the port."),
    ("President Odum met Premier Vos on Friday.", "On Friday Premier Vos was received by President Odum."),
    ("United Nations inspectors were turned away.", "Inspectors of the UN were turned away."),
    ("The tariff could rise to 30 percent if talks fail.", "If talks fail the tariff might go up to 30%."),
    ("It will need the consent of parliament.", "Parliament’s consent will be necessary."),
    ("Nine of the mayors signed.", "9 mayors put their names to it."),
    ("The premier refused to answer.", "The premier did not answer."),
    ("Freight trains stood still on Friday.", "On Friday no freight trains ran."),
    (
        "The envoy told the Meridian Post that the talks were over.",
        "The talks were over, said the envoy in the Meridian Post.",
    ),
    ("A third of shipments arrives late.", "One third of the shipments arrives late."),
    ("The bank will lend $2 billion to the port.", "The port is to get a loan of 2 billion dollars from the bank."),
    ("Ships must carry a permit.", "Ships are required to carry a permit."),
    ("European Union ministers meet in Brussels today.", "Ministers of the EU are meeting in Brussels today."),
    ("The strike could spread, the union warned.", "The union warned that the strike might spread."),
    (
        "Ten people were hurt when the crane fell on Sept. 3.",
        "The crane fell on September 3 and 10 people were injured.",
    ),
)


@pytest.mark.parametrize(("first", "second", "kind"), DIFFERENT)
def test_one_kind_of_difference_is_told_and_no_other(first: str, second: str, kind: str) -> None:
    assert {found for found, _, _ in differences(first, second)} == {kind}
    assert {found for found, _, _ in differences(second, first)} == {kind}


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_same_in_other_words_is_no_difference(first: str, second: str) -> None:
    assert differences(first, second) == []
    assert differences(second, first) == []
