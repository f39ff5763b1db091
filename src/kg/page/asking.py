"""The page that answers SPARQL without a server: ``ask.html`` holds the graph and a whole query engine."""

from collections.abc import Sequence
from functools import cache

from markupsafe import Markup

from kg.page.engines import read_engine
from kg.page.licences import engine_licence
from kg.page.models import PageModel
from kg.page.rendering import render_page, style_sheets, to_json_block, to_packed_block
from kg.page.scripts import pack_script
from kg.rdf import prefixes, turtle_chunks
from kg.store import Parameter, named_questions

_LEVEL = 4  # of gzip: a third of the time of level 6, for a page four per cent larger


def to_ask_page(model: PageModel, *, title: str, base: str) -> str:
    """Return ``ask.html``; the engine must be there."""
    engine = read_engine()
    graph = "".join(turtle_chunks(model.graph, base=base))
    questions = [
        {"name": q.name, "zh": q.zh, "en": q.en, "text": q.text, "params": _parameters(q.parameters)}
        for q in named_questions().values()
    ]
    return render_page(
        "ask.html.j2",
        style=style_sheets("base.css", "pages.css", "ask.css"),
        scripts=[pack_script("ask")],
        modules=[engine.script],
        texts=("ask", "page", "ui"),
        title=title,
        brand=title,
        root="",
        current="ask",
        licences=[engine_licence()],
        engine=_packed_engine(),
        graph=to_packed_block(graph.encode("utf-8", "replace"), level=_LEVEL),
        data=to_json_block({"base": base, "prefixes": prefixes(base), "questions": questions}),
    )


def _parameters(parameters: Sequence[Parameter]) -> list[dict[str, str]]:
    return [{"name": p.name, "variable": p.variable, "example": p.example} for p in parameters]


@cache
def _packed_engine() -> Markup:
    return to_packed_block(read_engine().code, level=_LEVEL)
