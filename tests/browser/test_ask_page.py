"""The page that answers SPARQL, in a real browser: its engine and its graph are inside it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hostile import NAMES
from kg.iris import DEFAULT_BASE
from kg.page.asking import to_ask_page
from kg.page.engines import can_ask
from kg.page.models import find_page_model
from kg.store import named_questions, query
from sample import sample_graph

pytestmark = pytest.mark.skipif(not can_ask(), reason="the query engine did not come with this installation")
Open = Callable[..., Page]


# Three patterns without a variable in common: as many rows as triples to the third power.
_ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def settle(page: Page) -> None:
    page.wait_for_selector("#desk[aria-busy=false]")


def rows(page: Page) -> list[list[str]]:
    settle(page)
    found = page.eval_on_selector_all(
        "#answer tbody tr", "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return [list(row) for row in found]


def ask(page: Page, text: str) -> None:
    page.fill("#query", text)
    page.press("#query", "Control+Enter")
    settle(page)


def test_a_named_question_answers_as_the_command_does(open_page: Open, sample_site: Path) -> None:
    page = open_page(sample_site / "ask.html")
    assert page.locator("#questions button").count() == len(named_questions())
    page.click("[data-question=what-promotes]")
    expected = query(sample_graph(), "what-promotes").rows
    assert rows(page) == [["" if cell is None else str(cell) for cell in row] for row in expected]
    assert len(expected) > 1


def test_a_name_narrows_a_question_down_and_an_unknown_one_is_told(
    open_page: Open, sample_site: Path
) -> None:
    page = open_page(sample_site / "ask.html")
    page.click("[data-question=definitions]")
    before = len(rows(page))
    page.fill("#param-name", "新质生产力")
    page.press("#param-name", "Enter")
    assert 0 < len(rows(page)) <= before
    assert {row[0] for row in rows(page)} == {"新质生产力"}
    page.fill("#param-name", "没有这个名字")
    page.click("#run")
    expect(page.locator("#fault")).to_contain_text("没有叫“没有这个名字”的")


def test_a_free_query_gives_rows_that_sort_and_lead_into_the_graph(
    open_page: Open, sample_site: Path
) -> None:
    page = open_page(sample_site / "ask.html")
    ask(page, "SELECT ?name ?node { ?node a kg:Concept ; skos:prefLabel ?name }")
    names = [row[0] for row in rows(page)]
    assert sorted(names) == sorted(
        str(row[0]) for row in query(sample_graph(), "SELECT ?n { ?x a kg:Concept ; skos:prefLabel ?n }").rows
    )
    page.click("#answer th button >> nth=0")
    page.wait_for_selector("#answer th[aria-sort=ascending]")
    ascending = [row[0] for row in rows(page)]
    page.click("#answer th button >> nth=0")
    page.wait_for_selector("#answer th[aria-sort=descending]")
    assert [row[0] for row in rows(page)] == ascending[::-1]
    page.locator("#answer td a", has_text="新质生产力").first.click()
    page.wait_for_selector("html[data-ready] #panel .panel-head h2")
    assert page.inner_text("#panel .panel-head h2") == "新质生产力"


def test_the_nodes_of_an_answer_stand_out_in_the_graph(open_page: Open, sample_site: Path) -> None:
    page = open_page(sample_site / "ask.html")
    ask(page, "SELECT ?name { ?node a kg:Concept ; skos:prefLabel ?name }")
    page.click("#mark")
    page.wait_for_selector("html[data-ready] #picture canvas")
    expect(page).to_have_url(re.compile("highlight="))
    page.wait_for_timeout(200)  # the page writes its own hash by then; the highlight must stay in it
    assert page.evaluate("new URLSearchParams(location.hash.slice(1)).get('highlight').split('|').length") > 5
    expect(page.locator("#panel .kind").first).to_have_text("查询结果")
    assert page.locator("#panel .rows li").count() > 5
    page.keyboard.press("Escape")
    expect(page).not_to_have_url(re.compile("highlight="))


def test_yes_or_no_and_triples_are_answers_too(open_page: Open, sample_site: Path) -> None:
    page = open_page(sample_site / "ask.html")
    ask(page, "ASK { ?x a kg:Article }")
    expect(page.locator("#status")).to_have_text("是")
    ask(page, "CONSTRUCT { ?x rdfs:label ?n } WHERE { ?x a kg:Person ; skos:prefLabel ?n }")
    assert len(rows(page)) >= 1


def test_a_mistake_is_told_with_its_place(open_page: Open, sample_site: Path) -> None:
    page = open_page(sample_site / "ask.html")
    ask(page, "SELECT * {\n  ?s ?p\n}")
    expect(page.locator("#fault")).to_contain_text("第 3 行第 2 列")
    assert page.locator("#answer").is_hidden()
    ask(page, "SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }")
    expect(page.locator("#fault")).to_contain_text("not supported")


def test_an_answer_is_taken_away_as_csv(open_page: Open, hostile_site: Path) -> None:
    page = open_page(hostile_site / "ask.html")
    ask(page, 'SELECT ?n { BIND ("=1+1" AS ?n) }')
    with page.expect_download() as download:
        page.click("#csv")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert text.splitlines() == ['"n"', '"\'=1+1"']


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_hostile_names_show_as_text(open_page: Open, hostile_site: Path, size: tuple[int, int]) -> None:
    page = open_page(hostile_site / "ask.html", size=size)
    ask(page, "SELECT ?name { ?node skos:prefLabel ?name }")
    shown = {row[0] for row in rows(page)}
    assert {name for name in NAMES if "\r" not in name} <= shown
    assert page.evaluate("window.__pwned") is None
    assert page.locator("img, iframe, [onerror]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_long_query_leaves_the_page_awake_and_can_be_stopped(open_page: Open, sample_site: Path) -> None:
    page = open_page(sample_site / "ask.html")
    page.fill("#query", _ENDLESS)
    page.click("#run")
    expect(page.locator("#status")).to_have_text("正在查询……")
    assert page.locator("#run").is_disabled()
    page.click("#language")  # the page still does what it is told
    expect(page.locator("#status")).to_have_text("Asking …")
    page.click("#stop")
    settle(page)
    expect(page.locator("#stop")).to_be_hidden()
    ask(page, "ASK { ?x a kg:Article }")
    expect(page.locator("#status")).to_have_text("Yes")


def test_a_question_chosen_while_another_runs_is_answered_next(open_page: Open, sample_site: Path) -> None:
    page = open_page(sample_site / "ask.html")
    page.fill("#query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }")
    page.click("#run")
    page.click("[data-question=what-promotes]")
    expect(page.locator("#answer th").first).to_contain_text("promoter")
    assert len(rows(page)) == len(query(sample_graph(), "what-promotes").rows)


_NO_WORKERS = {
    "forbidden": "window.Worker = class { constructor() { throw new Error('forbidden'); } }",
    "missing": "delete window.Worker",
    "failing": "window.Worker = class extends EventTarget {"
    " constructor() { super(); setTimeout(() => this.dispatchEvent(new Event('error'))); } }",
}


@pytest.mark.parametrize("script", _NO_WORKERS.values(), ids=_NO_WORKERS)
def test_where_no_worker_starts_the_page_itself_answers(
    open_page: Open, sample_site: Path, script: str
) -> None:
    page = open_page(sample_site / "index.html").context.new_page()
    page.add_init_script(script)
    page.goto((sample_site / "ask.html").as_uri())
    page.wait_for_selector("html[data-ready]")
    page.click("[data-question=what-promotes]")
    assert len(rows(page)) == len(query(sample_graph(), "what-promotes").rows)
    assert page.locator("#stop").is_hidden()
    page.close()


@pytest.mark.parametrize(("name", "where"), [("ask.html", "#fault"), ("graph.html", "#panel")])
def test_a_browser_that_cannot_unpack_is_told_which_can(
    open_page: Open, sample_site: Path, name: str, where: str
) -> None:
    page = open_page(sample_site / "index.html").context.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto((sample_site / name).as_uri())
    expect(page.locator(where)).to_contain_text("Firefox 113")
    page.close()


def test_the_graph_comes_in_parts_that_make_the_whole(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.page.asking._PART", 2_000)
    monkeypatch.setattr("kg.page.asking._GROUP", 1)
    model = find_page_model(sample_graph(), max_nodes=100)
    path = tmp_path / "ask.html"
    path.write_text(to_ask_page(model, title="分", base=DEFAULT_BASE), encoding="utf-8")
    page = open_page(path)
    assert len((page.text_content("#kg-graph") or "").split()) > 5
    assert len((page.text_content("#kg-mentions") or "").split()) == 3
    counting = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }"
    ask(page, counting)
    assert rows(page) == [[str(query(sample_graph(), counting).rows[0][0])]]


# Mentions that come when they are let in: nothing but time tells early questions from late ones elsewhere.
_HOLD_MENTIONS = """(() => {
    const send = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
        if (message.task === 'finish') globalThis.letMentionsIn = () => send.call(this, message, ...rest);
        else send.call(this, message, ...rest);
    };
})()"""


def test_what_needs_no_mentions_is_answered_before_they_are_there(open_page: Open, sample_site: Path) -> None:
    page = open_page(sample_site / "index.html").context.new_page()
    page.add_init_script(_HOLD_MENTIONS)
    page.goto((sample_site / "ask.html").as_uri())
    page.wait_for_selector("html[data-ready]")
    assert len(rows(page)) == len(query(sample_graph(), "calls").rows) > 0
    expect(page.locator("#status")).to_contain_text("其余还在装入")
    page.click("[data-question=what-promotes]")
    assert len(rows(page)) == len(query(sample_graph(), "what-promotes").rows) > 1
    page.click("[data-question=most-mentioned]")
    expect(page.locator("#status")).to_have_text("正在装入图谱……")
    page.click("[data-question=what-promotes]")  # whoever will not wait asks something else
    assert len(rows(page)) == len(query(sample_graph(), "what-promotes").rows)
    counting = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }"
    page.fill("#query", counting)
    page.press("#query", "Control+Enter")
    expect(page.locator("#desk")).to_have_attribute("aria-busy", "true")
    page.evaluate("letMentionsIn()")
    assert rows(page) == [[str(query(sample_graph(), counting).rows[0][0])]]
    expect(page.locator("#status")).not_to_contain_text("其余")
    expect(page.locator("#progress")).to_be_hidden()
    page.close()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768)])
def test_the_first_answer_is_seen_with_its_question(
    open_page: Open, sample_site: Path, size: tuple[int, int]
) -> None:
    page = open_page(sample_site / "ask.html", size=size)
    settle(page)
    row = page.locator("#answer tbody tr").first.bounding_box()
    assert row is not None
    assert row["y"] + row["height"] < size[1]


def test_of_many_rows_the_page_shows_some_and_the_file_has_all(open_page: Open, sample_site: Path) -> None:
    page = open_page(sample_site / "ask.html")
    ask(page, "SELECT ?a ?b { ?a a kg:Mention . ?b a kg:Mention }")
    count = int(page.inner_text("#status").split()[0].replace(",", ""))
    assert len(rows(page)) == 500 < count
    with page.expect_download() as download:
        page.click("#csv")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == 1 + count


def test_the_page_speaks_english(open_page: Open, sample_site: Path) -> None:
    page = open_page(sample_site / "ask.html")
    page.click("#language")
    expect(page.locator("h1")).to_have_text("Ask the graph")
    expect(page.locator("[data-question=what-promotes]")).to_have_text(named_questions()["what-promotes"].en)
