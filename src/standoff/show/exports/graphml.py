"""GraphML of what waits for what: acts as nodes, `waits for` as directed edges (http://graphml.graphdrawing.org)."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from standoff.analyse.known import Known
from standoff.analyse.linked import Arrow, LinkedAct, waiting
from standoff.show.exports.safe_text import one_line, xml_safe

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NODE = (("label", "string"), ("party", "string"), ("red_line", "boolean"), ("circle", "int"), ("records", "string"))
_EDGE = (
    ("kind", "string"), ("strength", "string"), ("by", "string"), ("account", "string"), ("explanation", "string"),
    ("quote", "string"), ("report", "string"), ("records", "string"),
)  # fmt: skip


def write_graphml(path: Path, known: Known) -> int:
    """Write the graph of acts; how many edges.

    An edge runs from the act that waits to the act it waits for. `circle` numbers the acts that wait for each other,
    from 1; 0 is in none. `party` is empty for a joint act, or where it is not said whose it is. `quote` is the main
    evidence of the edge's first record.
    """
    graph = waiting(known)
    circle = {act: n for n, acts in enumerate(graph.circles, 1) for act in acts}
    root = ET.Element("graphml", {"xmlns": _NAMESPACE})
    for of, keys in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in keys:
            ET.SubElement(root, "key", {"id": f"{of}_{name}", "for": of, "attr.name": name, "attr.type": kind})
    drawn = ET.SubElement(root, "graph", {"id": "waits-for", "edgedefault": "directed"})
    for act in graph.acts:
        _node(drawn, act, circle.get(act.id, 0))
    for number, arrow in enumerate(graph.arrows):
        _edge(drawn, known, arrow, number)
    ET.indent(root)
    path.write_bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
    return len(graph.arrows)


def _node(drawn: ET.Element, act: LinkedAct, circle: int) -> None:
    node = ET.SubElement(drawn, "node", {"id": act.id})
    values = (act.what, act.actor or "", str(act.red_line).lower(), str(circle), " ".join(act.records))
    _data(node, "node", _NODE, values)


def _edge(drawn: ET.Element, known: Known, arrow: Arrow, number: int) -> None:
    edge = ET.SubElement(drawn, "edge", {"id": f"e{number}", "source": arrow.waits, "target": arrow.needs})
    record = known.record(arrow.records[0])
    values = (
        arrow.kind, arrow.strength, arrow.by or "", arrow.account or "", arrow.explanation,
        one_line(known.words(record)), known.report_of(record).name, " ".join(arrow.records),
    )  # fmt: skip
    _data(edge, "edge", _EDGE, values)


def _data(of: ET.Element, kind: str, keys: tuple[tuple[str, str], ...], values: tuple[str, ...]) -> None:
    for (name, _), words in zip(keys, values, strict=True):
        ET.SubElement(of, "data", {"key": f"{kind}_{name}"}).text = xml_safe(words)
