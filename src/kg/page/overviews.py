"""The way in: ``index.html`` tells what the graph holds, ``views.html`` shows three prepared questions."""

from collections.abc import Sequence
from typing import Any

from kg.page import summaries
from kg.page.licences import all_licences
from kg.page.models import PageModel
from kg.page.names import to_href
from kg.page.phrases import node_href, node_name, sentence_href, to_phrase
from kg.page.rendering import render_page
from kg.page.scripts import read_script, read_style
from kg.records import Observation, Statement

_MOST_ROWS = 400  # of any table; more is what the exports are for
_FEW = 15


def to_index_page(model: PageModel, *, title: str, exports: Sequence[str]) -> str:
    """Return ``index.html``; *exports* are the names of files beside it to link to."""
    graph = model.graph
    series = summaries.find_series(graph)
    given, sentences = summaries.coverage(graph)
    return _render(
        "index.html.j2",
        model,
        title=title,
        current="index",
        counts=[
            ("index.articles", len(graph.articles)),
            ("index.entities", len(graph.entities)),
            ("index.relations", len(graph.edges)),
            ("index.statements", sum(len(edge.statements) for edge in graph.edges)),
            ("index.numbers", len(graph.numbers)),
            ("index.coverage", f"{round(100 * given / sentences)}%" if sentences else "—"),
            ("index.diagnostics", len(graph.diagnostics)),
        ],
        entity_kinds=summaries.count_entity_kinds(graph),
        relation_kinds=summaries.count_relation_kinds(graph),
        diagnostics=summaries.count_diagnostics(graph),
        concepts=summaries.most_mentioned(graph, _FEW),
        called=summaries.most_called_for(graph, _FEW),
        problems=summaries.find_problems(graph)[:_FEW],
        series=series[:_MOST_ROWS],
        n_series_left=max(0, len(series) - _MOST_ROWS),
        articles=[(a, "articles/" + to_href(model.article_names[a.id])) for a in graph.articles],
        exports=[(name, to_href(name)) for name in exports],
        settings=sorted(graph.settings.items()),
        licences=all_licences(),
    )


def to_views_page(model: PageModel, *, title: str) -> str:
    """Return ``views.html``: problems and answers, who calls for what, numbers over time."""
    graph = model.graph
    problems = summaries.find_problems(graph)
    callers = summaries.find_callers(graph)
    series = summaries.find_series(graph)
    return _render(
        "views.html.j2",
        model,
        title=title,
        current="views",
        problems=problems[:_MOST_ROWS],
        n_problems_left=max(0, len(problems) - _MOST_ROWS),
        callers=callers[:_MOST_ROWS],
        n_callers_left=max(0, len(callers) - _MOST_ROWS),
        series=series[:_MOST_ROWS],
        n_series_left=max(0, len(series) - _MOST_ROWS),
    )


def _render(template: str, model: PageModel, *, title: str, **values: Any) -> str:
    graph = model.graph

    def source(fact: Statement | Observation) -> str:
        index = fact.evidence[0].sentence_index if isinstance(fact, Statement) else fact.sentence_index
        return sentence_href(model.article_names[fact.article_id], index)

    return render_page(
        template,
        style=read_style("pages"),
        scripts=[read_script("pages")],
        title=title,
        brand=title,
        root="",
        source=source,
        article_title=lambda article_id: graph.article(article_id).title or article_id,
        sentence=lambda fact: _sentence(model, fact),
        phrase_of=lambda statement: to_phrase(graph, statement),
        name=lambda node_id: node_name(graph, node_id),
        href=node_href,
        **values,
    )


def _sentence(model: PageModel, fact: Statement | Observation) -> str:
    index = fact.evidence[0].sentence_index if isinstance(fact, Statement) else fact.sentence_index
    return model.graph.sentence(fact.article_id, index).text
