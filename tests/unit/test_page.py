"""Laws of the pages that need no browser."""

import base64
import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import msgspec
import pyoxigraph as ox
import pytest
import rdflib

import kg.page
from hostile import NAMES, PROBE, hostile_graph
from kg.errors import InternalError
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE, NAMESPACE
from kg.packing import PACKED, pack
from kg.page import scripts, write_html
from kg.page.articles import ArticlePages
from kg.page.asking import is_early, to_ask_page
from kg.page.engines import can_ask
from kg.page.keys import page_keys
from kg.page.layouts import place_nodes
from kg.page.licences import engine_licence
from kg.page.models import find_page_model
from kg.page.names import page_names
from kg.page.pinyin import spell
from kg.page.rendering import to_json_block
from kg.page.scripts import read_script
from kg.page.summaries import find_callers, find_series
from kg.page.tables import to_page_tables
from kg.page.texts import load_texts
from kg.rdf import turtle_chunks
from kg.resources import resource_path
from kg.schema import DiagnosticCode, EntityKind, Modality, ObservationKind, RelationKind, Strength
from kg.store import named_questions, query
from sample import sample_graph
from synthetic import synthetic_graph

ASSETS = Path(kg.page.__file__).parent


def _read(directory: Path) -> dict[str, bytes]:
    return {str(p.relative_to(directory)): p.read_bytes() for p in sorted(directory.rglob("*.html"))}


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    paths = write_html(sample_graph(), tmp_path / "one")
    write_html(sample_graph(), tmp_path / "two")
    assert [path.name for path in paths[:3]] == ["index.html", "graph.html", "views.html"]
    assert len(_read(tmp_path / "one")) == len(paths) == 6 + can_ask()
    assert _read(tmp_path / "one") == _read(tmp_path / "two")


@pytest.mark.parametrize("make", [sample_graph, hostile_graph])
def test_every_page_forbids_the_network_and_all_scripts_but_its_own(make, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for path in write_html(make(), tmp_path):
        page = path.read_text(encoding="utf-8")
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
        assert policy is not None
        assert "default-src &#39;none&#39;" in policy[1]
        # the page with the engine may compile it; no other may
        engine = " &#39;wasm-unsafe-eval&#39;; worker-src blob:" if path.name == "ask.html" else ""
        assert "unsafe" not in policy[1].replace(engine, "")
        markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
        assert not re.search(r"<(?:link|img|iframe|script)\b", markup), path.name
        assert not re.search(r"\ssrc=\"|url\(", markup), path.name


def test_hostile_texts_stand_in_no_page_as_markup(tmp_path: Path) -> None:
    for path in write_html(hostile_graph(), tmp_path):
        page = path.read_text(encoding="utf-8")
        assert f"<script>{PROBE}" not in page
        assert f"<img src=x onerror={PROBE}>" not in page


def test_a_json_block_ends_no_script_and_reads_back() -> None:
    block = str(to_json_block(list(NAMES)))
    assert not set("<>&\u2028\u2029") & set(block)
    assert json.loads(block) == list(NAMES)


def test_page_names_are_safe_short_and_distinct() -> None:
    names = page_names(["article/a", "article/A", "article/" + "长" * 5000, "article/x/1", "article/.."])
    assert len({name.casefold() for name in names.values()}) == 5
    assert all(len(name.encode()) < 140 and "/" not in name for name in names.values())


def test_nodes_are_numbered_by_importance_and_the_rest_is_counted() -> None:
    graph = synthetic_graph(120)
    model = find_page_model(graph, max_nodes=50)
    importances = [node.importance for node in model.nodes]
    assert importances == sorted(importances, reverse=True)
    assert (len(model.nodes), model.n_left_out) == (50, 70)
    data = to_page_tables(model)
    assert data["leftOut"] == 70
    assert all(number < 50 for number in (*data["edges"]["source"], *data["edges"]["target"]))


def test_evidence_places_count_characters_of_the_sentence() -> None:
    graph = sample_graph()
    data = to_page_tables(find_page_model(graph, max_nodes=1000))
    evidence = data["evidence"]
    texts = [data["sentences"]["text"][number] for number in evidence["sentence"]]

    def parts(role: str) -> list[str]:
        places = zip(texts, evidence[role], evidence[f"{role}Length"], strict=True)
        return [text[start : start + length] if start >= 0 else "" for text, start, length in places]

    cited = [e for edge in graph.edges for s in edge.statements for e in s.evidence]
    assert len(cited) >= 29
    assert parts("cue") == [e.cue for e in cited]
    assert parts("object") == [
        e.object_span.of(graph.article(e.article_id).text) if e.object_span else "" for e in cited
    ]
    assert set(evidence["text"]) == {0}  # no cue stands in the page twice


def test_a_name_is_spelled_by_its_characters_unless_it_is_read_otherwise() -> None:
    data = to_page_tables(find_page_model(synthetic_graph(200), max_nodes=1000))
    names, spelled = data["nodes"]["name"], data["nodes"]["pinyin"]
    assert spelled.count(0) > 100
    for name, own in zip(names, spelled, strict=True):
        assert (own or " ".join(data["syllables"][character] for character in name)) == spell(name)


def test_a_layout_is_the_same_every_time_and_keeps_nodes_apart() -> None:
    graph = synthetic_graph(300)
    numbers = {entity.id: n for n, entity in enumerate(graph.entities)}
    edges = [(numbers[e.subject_id], numbers[e.object_id], 1.0) for e in graph.edges]
    scores = [float(300 - n) for n in range(300)]
    places = place_nodes(edges, scores)
    assert places == place_nodes(edges, scores)
    assert len({(place.x, place.y) for place in places}) == 300
    assert max(place.community for place in places) >= 3
    nearest = min(
        ((a.x - b.x) / 1.25) ** 2 + (a.y - b.y) ** 2 for n, a in enumerate(places) for b in places[:n]
    )
    assert nearest > 20**2


@pytest.mark.parametrize("edges", [[], [(0, 0, 1.0)], [(0, 1, 1.0)]])
def test_a_layout_takes_graphs_without_communities(edges: list[tuple[int, int, float]]) -> None:
    assert len(place_nodes(edges, [1.0, 1.0])) == 2
    assert place_nodes([], []) == ()


def test_every_wording_that_pages_use_is_in_the_table_in_both_languages() -> None:
    texts = load_texts()
    used: set[str] = set()
    for path in [*(ASSETS / "assets").glob("*.js"), *(ASSETS / "templates").glob("*.j2")]:
        source = path.read_text(encoding="utf-8")
        used |= set(re.findall(r"""\b(?:say|zh|section)\(["']([\w.]+)["']""", source))
        used |= set(re.findall(r'data-say(?:-label|-hint)?="([\w.]+)"', source))
    assert len(used) > 80
    assert {key for key in used if not key.endswith(".")} - set(texts) == set()
    enums = {
        "class": EntityKind,
        "relation": RelationKind,
        "inverse": RelationKind,
        "modality": Modality,
        "strength": Strength,
        "observation": ObservationKind,
        "diagnostic": DiagnosticCode,
    }
    for prefix, enum in enums.items():
        for value in enum:
            assert f"{prefix}.{value}" in texts


def test_classes_and_relations_bear_the_labels_of_the_ontology() -> None:
    ontology = rdflib.Graph().parse(resource_path("kg.ttl"))
    for key, texts in load_texts().items():
        prefix, _, name = key.partition(".")
        if prefix in ("class", "relation"):
            labels = ontology.objects(rdflib.URIRef(NAMESPACE + name), rdflib.RDFS.label)
            found = {label.language: str(label) for label in labels if isinstance(label, rdflib.Literal)}
            assert (found["zh"], found["en"].lower()) == (texts[0], texts[1].lower()), key


def test_every_page_brings_the_wordings_it_shows(tmp_path: Path) -> None:
    for path in write_html(sample_graph(), tmp_path):
        page = path.read_text(encoding="utf-8")
        block = re.search(r'id="kg-texts">(.*?)</script>', page)
        assert block is not None
        shown = set(re.findall(r'data-say(?:-label|-hint)?="([\w.-]+)"', page))
        assert shown - json.loads(block[1]).keys() == set(), path.name


def test_modules_are_packed_once_and_before_what_needs_them() -> None:
    script = read_script("main")
    modules = re.findall(r"^const module_(\w+) =", script, re.MULTILINE)
    assert len(modules) == len(set(modules)) > 10
    assert modules[-1] == "main"
    assert not re.search(r"^(?:import|export)\b", script, re.MULTILINE)
    for match in re.finditer(r"= module_(\w+);", script):
        assert script.index(f"const module_{match[1]} =") < match.start()


def test_what_is_packed_is_read_where_the_modules_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {name: _read_afresh(name) for name in PACKED}
    for name, text in before.items():
        (tmp_path / name).write_text(text.replace("}", "}/* packed */", 1), encoding="utf-8", newline="\n")
    monkeypatch.setattr("kg.page.scripts._PACKED", tmp_path)
    assert {name: _read_afresh(name) for name in PACKED} == before  # the modules count, while they are there
    monkeypatch.setattr("kg.page.scripts._ASSETS", tmp_path / "missing")
    assert all("}/* packed */" in _read_afresh(name) for name in PACKED)


def _read_afresh(name: str) -> str:
    scripts._read.cache_clear()
    try:
        return scripts._read(name)
    finally:
        scripts._read.cache_clear()


@pytest.mark.parametrize(
    ("modules", "fault"),
    [
        ({"a": 'import { b } from "./b.js";', "b": 'import { a } from "./a.js";'}, "a.js imports itself"),
        ({"a": 'import * as b from "./b.js";'}, r"a\.js: an import or export in a form"),
        ({"a": "export default 1;"}, r"a\.js: an import or export in a form"),
    ],
)
def test_modules_in_a_form_that_packing_does_not_know_are_refused(
    tmp_path: Path, modules: dict[str, str], fault: str
) -> None:
    for name, text in modules.items():
        (tmp_path / f"{name}.js").write_text(text + "\n", encoding="utf-8")
    with pytest.raises(InternalError, match=fault):
        pack("a.js", tmp_path)


def test_without_the_query_engine_no_page_links_to_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("kg.page", "kg.page.rendering"):
        monkeypatch.setattr(f"{module}.can_ask", lambda: False)
    paths = write_html(sample_graph(), tmp_path)
    assert "ask.html" not in [path.name for path in paths]
    assert not [path.name for path in paths if "ask.html" in path.read_text(encoding="utf-8")]


def test_the_small_graph_of_an_article_draws_what_is_tied(tmp_path: Path) -> None:
    write_html(synthetic_graph(60, edges_per_node=3), tmp_path)
    for path in (tmp_path / "articles").iterdir():
        picture = re.search(r'<svg class="picture".*?</svg>', path.read_text(encoding="utf-8"), re.DOTALL)
        if picture is None:
            continue
        ends = set(re.findall(r'x[12]="([\d.]+)" y[12]="([\d.]+)"', picture[0]))
        dots = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', picture[0])
        assert 2 <= len(dots) <= 16
        assert set(dots) <= ends


def _shares(page: str, block: str) -> list[str]:
    """Return the Turtle documents that a block of ``ask.html`` holds."""
    found = re.search(rf'id="{block}">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return [gzip.decompress(base64.b64decode(share)).decode("utf-8") for share in found[1].split()]


def _triples(texts: Sequence[str]) -> set[tuple[str, ...]]:
    parsed = (ox.parse(text, format=ox.RdfFormat.TURTLE) for text in texts)
    return {tuple(map(str, quad.triple)) for quads in parsed for quad in quads}


@pytest.mark.skipif(not can_ask(), reason="the query engine did not come with this installation")
@pytest.mark.parametrize("size", [1, 16])
@pytest.mark.parametrize("make", [sample_graph, hostile_graph])
def test_the_shares_of_the_asking_page_are_together_the_graph(
    make: Callable[[], KnowledgeGraph], size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.page.asking._GROUP", size)
    graph = make()
    page = to_ask_page(find_page_model(graph, max_nodes=1_000), title="图", base=DEFAULT_BASE)
    whole = "".join(turtle_chunks(graph)).encode("utf-8", "replace").decode()
    facts, mentions = _triples(_shares(page, "kg-graph")), _triples(_shares(page, "kg-mentions"))
    assert facts | mentions == _triples([whole])
    assert not facts & mentions
    assert {subject.partition("/id/")[2].partition("/")[0] for subject, *_ in mentions} == {"mention"}


@pytest.mark.skipif(not can_ask(), reason="the query engine did not come with this installation")
def test_early_questions_are_those_that_need_no_mentions(tmp_path: Path) -> None:
    graph = sample_graph()
    page = to_ask_page(find_page_model(graph, max_nodes=1_000), title="图", base=DEFAULT_BASE)
    (tmp_path / "facts.ttl").write_text("".join(_shares(page, "kg-graph")), encoding="utf-8")
    (tmp_path / "whole.ttl").write_text("".join(turtle_chunks(graph)), encoding="utf-8")
    late = {name for name, question in named_questions().items() if not is_early(question)}
    assert late == {"most-mentioned", "over-time"}
    n_rows = 0
    for name in named_questions().keys() - late:
        answer = query(tmp_path / "facts.ttl", name).rows
        assert answer == query(tmp_path / "whole.ttl", name).rows, name
        n_rows += len(answer)
    assert n_rows > 100
    assert any(
        query(tmp_path / "facts.ttl", name).rows != query(tmp_path / "whole.ttl", name).rows for name in late
    )


def _changed_graphs(graph: KnowledgeGraph) -> Iterator[tuple[str, KnowledgeGraph]]:
    """Yield graphs that differ in what the corpus makes of the same facts: names, kinds, importance."""
    for number, entity in enumerate(graph.entities):
        others = (graph.entities[:number], graph.entities[number + 1 :])
        elsewhere = tuple(
            msgspec.structs.replace(mention, article_id="article/elsewhere") for mention in entity.mentions
        )
        kind = EntityKind.EVENT if entity.kind is not EntityKind.EVENT else EntityKind.PLACE
        for changed in (
            replace(entity, name=entity.name + "新"),
            replace(entity, kind=kind),
            replace(entity, mentions=entity.mentions + 50 * elsewhere),
        ):
            yield changed.name, replace(graph, entities=(*others[0], changed, *others[1]))


def test_a_page_that_shows_something_else_has_another_key() -> None:
    graph = sample_graph()
    facts = {article.id: b"the same" for article in graph.articles}

    def look(one: KnowledgeGraph) -> tuple[list[str], list[bytes]]:
        pages = ArticlePages(find_page_model(one, max_nodes=1_000), brand="图")
        keys = page_keys(pages, facts)
        return [pages.to_page(article) for article in graph.articles], [keys[a.id] for a in graph.articles]

    pages, keys = look(graph)
    n_changed = n_kept = 0
    for name, other in _changed_graphs(graph):
        for page, key, new_page, new_key in zip(pages, keys, *look(other), strict=True):
            n_changed += page != new_page
            n_kept += key == new_key
            assert page == new_page or key != new_key, name
    assert n_changed > 20
    assert n_kept > 100


def test_numbers_of_two_places_are_two_series_and_those_without_a_time_come_last() -> None:
    graph = sample_graph()
    dated = next(n for n in graph.numbers if n.time)
    numbers = [
        replace(dated, id=f"observation/{n}", time=time, place_id=place)
        for n, (time, place) in enumerate(
            [
                ("2023", "entity/上海"),
                (None, "entity/上海"),
                ("2021", "entity/上海"),
                ("2022", "entity/江苏"),
                ("2020", "entity/上海"),
            ]
        )
    ]
    here, there = find_series(replace(graph, numbers=tuple(numbers)))
    assert [n.time for n in here.numbers] == ["2020", "2021", "2023", None]
    assert [n.time for n in there.numbers] == ["2022"]
    assert here.times == ("2020", "2023")
    assert (len(here.points), there.points) == (3, ())


def test_a_trend_with_one_value_a_time_comes_before_one_with_many() -> None:
    graph = sample_graph()
    one, other = [entity.id for entity in graph.entities if entity.kind is EntityKind.INDICATOR][:2]
    dated = next(n for n in graph.numbers if n.time)
    values = {one: ["2020 1", "2020 9", "2021 5", "2021 7"], other: ["2020 1", "2021 2"]}
    numbers = [
        replace(
            dated,
            id=f"observation/{indicator}{text}",
            indicator_id=indicator,
            time=text[:4],
            value=Decimal(text[5:]),
            normalized_value=None,
        )
        for indicator, texts in values.items()
        for text in texts
    ]
    found = find_series(replace(graph, numbers=tuple(numbers)))
    assert [series.entity.id for series in found] == [other, one]


def test_what_a_speaker_calls_for_most_comes_first() -> None:
    graph = sample_graph()
    calls = [edge for edge in graph.edges if edge.kind is RelationKind.ADVOCATES]
    speaker, n = Counter(edge.subject_id for edge in calls).most_common(1)[0]
    assert n > 1
    last = [edge for edge in calls if edge.subject_id == speaker][-1]
    again = replace(last, statements=last.statements * 3)
    changed = replace(graph, edges=tuple(again if edge is last else edge for edge in graph.edges))
    caller = next(caller for caller in find_callers(changed) if caller.id == speaker)
    firsts = [statements[0].object_id for _, statements in caller.levels]
    assert last.object_id in firsts


@pytest.mark.skipif(not can_ask(), reason="the query engine did not come with this installation")
def test_every_library_that_the_engine_names_is_listed_with_its_licence() -> None:
    code = (ASSETS / "vendor" / "web_bg.wasm").read_bytes()
    paths = re.findall(rb"(?:registry/src/[^/]+|/rust/deps)/([\w-]+?)-(\d+\.\d+\.\d+)/", code)
    assert len(paths) > 30
    text = engine_licence().text
    for name, version in {(name.decode(), version.decode()) for name, version in paths}:
        line = re.search(rf"^{re.escape(name)} {re.escape(version)}, by .+\((.+)\)$", text, re.MULTILINE)
        assert line is not None, (name, version)
        assert "MIT" in line[1]


def test_pages_that_hold_the_work_of_others_hold_its_licence(tmp_path: Path) -> None:
    write_html(sample_graph(), tmp_path)
    wanted: dict[str, tuple[str, ...]] = {"graph.html": ("vis-network 9.", "Almende B.V")}
    wanted |= {"ask.html": ("Oxigraph ", "Oxigraph developers")} if can_ask() else {}
    wanted |= {"index.html": tuple(text for texts in wanted.values() for text in texts)}
    for name, texts in wanted.items():
        page = (tmp_path / name).read_text(encoding="utf-8")
        for text in (*texts, "Permission is hereby granted", "WITHOUT WARRANTY OF ANY KIND"):
            assert text in page, (name, text)
