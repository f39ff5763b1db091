"""The page that answers SPARQL without a server: ``ask.html`` holds the graph and a whole query engine."""

import base64
import gzip
from collections.abc import Sequence
from functools import cache

from markupsafe import Markup

from kg.page.engines import read_engine
from kg.page.models import PageModel
from kg.page.rendering import render_page, style_sheets, to_json_block
from kg.page.scripts import pack_script
from kg.rdf import prefixes, turtle_chunks
from kg.store import Parameter, named_questions


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
        version=engine.version,
        licence=engine.licence,
        engine=_packed_engine(),
        graph=_pack(graph.encode("utf-8", "replace")),
        data=to_json_block({"base": base, "prefixes": prefixes(base), "questions": questions}),
    )


def _parameters(parameters: Sequence[Parameter]) -> list[dict[str, str]]:
    return [{"name": p.name, "variable": p.variable, "example": p.example} for p in parameters]


@cache
def _packed_engine() -> Markup:
    return _pack(read_engine().code)


def _pack(content: bytes) -> Markup:
    """Return bytes as the page unpacks them; no time of day gets in."""
    # Level 4: a third of the time of level 6, for a page four per cent larger.
    return Markup(base64.b64encode(gzip.compress(content, 4, mtime=0)).decode())
