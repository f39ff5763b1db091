"""The network of the graph page, as pyvis holds it: nodes, edges and options for vis-network.

pyvis writes pages that fetch scripts from the net and run what names contain, so only its data is
used; ``templates/graph.html.j2`` shows it.
"""

import json
import math
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from pyvis.edge import Edge
from pyvis.network import Network

from kg.page.layouts import SPACING
from kg.page.models import ARTICLE, PageModel
from kg.records import Relation, Statement
from kg.schema import EntityKind, Modality, RelationKind, Strength

_VIS = ("templates", "lib", "vis-9.1.2", "vis-network.min.js")

# Shapes tell kinds apart for readers who cannot by colour.
SHAPES = {
    EntityKind.CONCEPT: "dot",
    EntityKind.POLICY: "square",
    EntityKind.SECTOR: "dot",
    EntityKind.TECHNOLOGY: "hexagon",
    EntityKind.ORGANIZATION: "triangle",
    EntityKind.PERSON: "triangleDown",
    EntityKind.PLACE: "dot",
    EntityKind.EVENT: "star",
    EntityKind.INDICATOR: "hexagon",
    EntityKind.ISSUE: "diamond",
    ARTICLE: "square",
}
_DASHES: dict[Modality, bool | list[int]] = {
    Modality.ASSERTED: False,
    Modality.POSSIBLE: [2, 5],
    Modality.REQUIRED: [10, 5],
    Modality.PLANNED: [10, 5],
}
_WIDTHS = {
    Strength.MANDATORY: 4.0,
    Strength.STRONG: 2.8,
    Strength.ENCOURAGED: 1.9,
    Strength.PERMITTED: 1.3,
}
_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 10**8, "keyboard": False, "multiselect": False},
    "nodes": {"borderWidth": 1.5},
    "edges": {"arrows": {"to": {"enabled": True, "scaleFactor": 0.45}}, "selectionWidth": 0, "hoverWidth": 0},
}


def read_vis_script() -> str:
    """Return vis-network as the installed pyvis package ships it."""
    return files("pyvis").joinpath(*_VIS).read_text(encoding="utf-8")


def to_pyvis(model: PageModel) -> Network:
    """Return the pyvis network of a page: places fixed, physics off."""
    network = Network(directed=True)
    network.set_options(json.dumps(_OPTIONS))
    largest = max((node.importance for node in model.nodes), default=1) or 1
    spaces = [place.space / SPACING for place in model.places]
    for number, (node, place) in enumerate(zip(model.nodes, model.places, strict=True)):
        network.add_node(
            number,
            label=node.name or "—",
            shape=SHAPES.get(EntityKind(node.kind), "dot") if node.kind != ARTICLE else SHAPES[ARTICLE],
            group=node.kind,
            size=round(spaces[number] * (14 + 10 * math.sqrt(node.importance / largest)), 1),
            x=place.x,
            y=place.y,
        )
    numbers = model.numbers
    network.edges.extend(  # add_edge looks through all nodes for each edge: minutes at 10,000
        _line(number, edge, numbers[edge.subject_id], numbers[edge.object_id], spaces)
        for number, edge in enumerate(model.edges)
    )
    return network


def _line(number: int, edge: Relation, source: int, target: int, spaces: Sequence[float]) -> dict[str, Any]:
    best = max(edge.statements, key=lambda statement: statement.confidence)
    width = _width(edge.statements) * max(1.0, 0.6 * min(spaces[source], spaces[target]))
    line: dict[str, Any] = Edge(
        source, target, True, id=f"e{number}", width=round(width, 1), dashes=_DASHES[best.modality]
    ).options
    if edge.kind is RelationKind.OPPOSES or edge.is_negated:
        line["opposed"] = True
    return line


def _width(statements: tuple[Statement, ...]) -> float:
    strengths = [_WIDTHS[s.strength] for s in statements if s.strength is not None]
    return max([1.3, *strengths]) + 0.8 * math.log(len(statements) or 1)


def network_tables(network: Network) -> dict[str, Any]:
    """Return places, forms and options of *network* as columns for JSON.

    Names of nodes and ends of lines are left out: they stand in the tables of the model.
    """
    nodes, lines = network.nodes, network.edges
    patterns = [list(p) for p in dict.fromkeys(tuple(line["dashes"] or ()) for line in lines)]
    return {
        "options": network.options,
        "shapes": {node["group"]: node["shape"] for node in nodes},
        "patterns": patterns,
        "nodes": {column: [node[column] for node in nodes] for column in ("x", "y", "size")},
        "lines": {
            "width": [line["width"] for line in lines],
            "dashes": [patterns.index(list(line["dashes"] or ())) for line in lines],
            "opposed": [number for number, line in enumerate(lines) if line.get("opposed")],
        },
    }
