"""The page that answers SPARQL without a server: ``ask.html`` holds the graph and a whole query engine."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from markupsafe import Markup

from kg.page.engines import read_engine
from kg.page.licences import engine_licence
from kg.page.models import PageModel
from kg.page.rendering import render_page, to_json_block, to_packed_block
from kg.page.scripts import read_script, read_style
from kg.rdf import prefixes, turtle_chunks
from kg.store import Parameter, named_questions

_LEVEL = 6  # of gzip: level 9 takes three times as long for a page two per cent smaller
_PART = 1_000_000  # characters of Turtle loaded in one go: a tenth of a second, then the page hears of it


def to_ask_page(model: PageModel, *, title: str, base: str) -> str:
    """Return ``ask.html``; the engine must be there."""
    engine = read_engine()
    questions = [
        {"name": q.name, "zh": q.zh, "en": q.en, "text": q.text, "params": _parameters(q.parameters)}
        for q in named_questions().values()
    ]
    return render_page(
        "ask.html.j2",
        style=read_style("ask"),
        scripts=[engine.script, read_script("engine"), read_script("ask")],
        compiles=True,
        texts=("ask", "page", "ui"),
        title=title,
        brand=title,
        root="",
        current="ask",
        licences=[engine_licence()],
        engine=_packed_engine(),
        graph=Markup("\n").join(_packed_parts(turtle_chunks(model.graph, base=base))),
        data=to_json_block({"base": base, "prefixes": prefixes(base), "questions": questions}),
    )


def _parameters(parameters: Sequence[Parameter]) -> list[dict[str, str]]:
    return [{"name": p.name, "variable": p.variable, "example": p.example} for p in parameters]


def _packed_parts(chunks: Iterable[str]) -> Iterator[Markup]:
    """Yield the graph in parts, each with the prefixes, which are the first chunk, and whole descriptions."""
    descriptions = iter(chunks)
    header = next(descriptions)
    part, size = [header], 0
    for description in descriptions:
        if size > _PART:
            yield _packed("".join(part))
            part, size = [header], 0
        part.append(description)
        size += len(description)
    yield _packed("".join(part))


def _packed(text: str) -> Markup:
    return to_packed_block(text.encode("utf-8", "replace"), level=_LEVEL)


@cache
def _packed_engine() -> Markup:
    return to_packed_block(read_engine().code, level=_LEVEL)
