"""The query editor of the server in a real browser: it asks its own server, and nobody else."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kg.server.pages import has_workbench
from kg.store import named_questions, query
from sample import sample_graph
from servers import Server, publish, run_server

EDITOR = "document.querySelector('.CodeMirror').CodeMirror"
pytestmark = pytest.mark.skipif(not has_workbench(), reason="YASGUI did not come with this installation")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    directory = tmp_path_factory.mktemp("edited") / "output"
    publish(sample_graph(), directory)
    with run_server(directory) as server:
        yield server


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """The editor, as a browser that was never there sees it; a fault or a foreign request fails the test."""
    faults: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: None if is_own(asked.url, server) else faults.append(asked.url))
    page.goto(server.endpoint)
    page.wait_for_selector("#questions button")
    yield page
    context.close()
    assert [fault for fault in faults if "400 (Bad Request)" not in fault] == []


def is_own(url: str, server: Server) -> bool:
    return url.startswith((server.url, "data:"))


def type_query(page: Page, text: str) -> None:
    page.evaluate(f"text => {{ {EDITOR}.setValue(text); {EDITOR}.focus() }}", text)


def written(page: Page) -> str:
    return str(page.evaluate(f"{EDITOR}.getValue()"))


def test_every_named_question_is_there_and_answers_as_the_command_does(page: Page) -> None:
    buttons = page.locator("#questions button")
    assert buttons.count() == len(named_questions())
    question = named_questions()["what-promotes"]
    page.get_by_role("button", name=question.zh, exact=True).click()
    rows = page.locator(".yasr table tbody tr")
    expected = query(sample_graph(), "what-promotes").rows
    expect(rows).to_have_count(len(expected))
    text = rows.first.inner_text()
    assert all(str(cell) in text for cell in expected[0] if cell)


def test_known_prefixes_are_declared_and_words_completed(page: Page) -> None:
    type_query(page, "SELECT ?x { ?x a kg:Techno")
    assert written(page).startswith("PREFIX kg: <https://w3id.org/zhengtu/ns#>\n")
    page.evaluate(f"{EDITOR}.setCursor({EDITOR}.lastLine(), 999)")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hints li")).to_have_text(["kg:Technology"])
    page.keyboard.press("Enter")
    assert written(page).endswith("?x a kg:Technology")


def test_a_thing_of_the_answer_leads_to_its_page_here(page: Page, server: Server) -> None:
    type_query(page, "SELECT ?x { ?x a kg:Technology } ORDER BY ?x LIMIT 1")
    page.keyboard.press("Control+Enter")
    link = page.locator(".yasr a.iri").first
    name = str(link.get_attribute("href")).rpartition("/")[2]
    link.click()
    page.wait_for_url(f"{server.url}/id/entity/**")
    expect(page.locator("h1")).to_have_text(name)


def test_a_mistake_is_told_as_the_server_tells_it(page: Page) -> None:
    type_query(page, "SELECT ?x { ?x a nope:Thing }")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".yasr")).to_contain_text("prefix 'nope' is not declared")


def test_triples_are_shown(page: Page) -> None:
    type_query(page, "CONSTRUCT { ?x kg:includes ?y } WHERE { ?x kg:includes ?y }")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".yasr table tbody tr").first).to_contain_text("entity:")
