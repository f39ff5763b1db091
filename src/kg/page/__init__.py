"""Pages that show the graph: static files that open with a double click and fetch nothing."""

from pathlib import Path

from kg.graph import KnowledgeGraph
from kg.page.models import PageModel, find_page_model, to_page_data
from kg.page.networks import network_data, read_vis_script, to_pyvis
from kg.page.scripts import pack_script
from kg.page.templates import render_page, style_sheets, to_json_block
from kg.page.texts import load_texts

MAX_NODES = 10_000  # beyond this a browser no longer pans smoothly


def write_html(
    graph: KnowledgeGraph, directory: Path, *, title: str | None = None, max_nodes: int = MAX_NODES
) -> tuple[Path, ...]:
    directory.mkdir(parents=True, exist_ok=True)
    title = title or load_texts()["page.title"][0]
    model = find_page_model(graph, max_nodes=max_nodes)
    path = directory / "graph.html"
    path.write_text(to_graph_page(model, title=title), encoding="utf-8", newline="\n")
    return (path,)


def to_graph_page(model: PageModel, *, title: str) -> str:
    """Return ``graph.html``: pyvis's network in our own page."""
    return render_page(
        "graph.html.j2",
        style=style_sheets("base.css", "graph.css"),
        scripts=[read_vis_script(), pack_script("main")],
        title=title,
        brand=title,
        root="",
        current="graph",
        network=to_json_block(network_data(to_pyvis(model))),
        data=to_json_block(to_page_data(model)),
    )
