// @ts-check
// The page that asks: named questions as buttons, any SPARQL in the box, rows that lead into the graph.
import { drawAnswer, graphLink, toCsv } from "./answers.js";
import { byId, download, fill, h, readJson } from "./dom.js";
import { unpack } from "./packing.js";
import { Fault, Store } from "./questions.js";
import { say, settings, startSettings } from "./settings.js";

/** @typedef {import("./questions.js").Question} Question */

/** @type {{base: string, prefixes: Record<string, string>, questions: Question[]}} */
const data = readJson("kg-ask");
const MOST_MARKED = 300;
const FIRST = "most-mentioned";

/** @type {Store | null} */
let store = null;
/** @type {Question | null} */
let asked = null;
/** @type {import("./questions.js").Answer | null} */
let answer = null;
let took = 0;
let order = { column: -1, down: false };

/** @type {import("./answers.js").Names} */
const names = {
  ids(term) {
    if (!term) return [];
    const iris = term.type === "uri" ? [term.value] : store?.nodesByName.get(term.value) || [];
    const local = iris.filter((iri) => iri.startsWith(data.base)).map((iri) => iri.slice(data.base.length));
    return local.filter((id) => /^(?:entity|person|organization|article)\//.test(id));
  },
  shorten(iri) {
    for (const [name, base] of Object.entries(data.prefixes)) if (name !== "id" && iri.startsWith(base)) return `${name}:${readable(iri.slice(base.length))}`;
    return iri;
  },
};

/** @param {string} text */
function readable(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const title = (/** @type {Question} */ question) => (settings.language === "en" ? question.en : question.zh);

function drawQuestions() {
  const wanted = byId("question-filter").value.trim().toLowerCase();
  const fitting = data.questions.filter((question) => !wanted || `${question.name} ${question.zh} ${question.en}`.toLowerCase().includes(wanted));
  fill(byId("questions"), ...fitting.map((question) => h("li", {}, h("button", { type: "button", "data-question": question.name, "aria-pressed": String(question === asked), onclick: () => choose(question) }, title(question)))));
  byId("asked").textContent = asked ? title(asked) : say("ask.note");
}

/** @param {Question} question */
function choose(question) {
  asked = question;
  byId("query").value = question.text.replace(/^(?:#.*\n)*\s*/, "");
  fill(byId("params"), ...question.params.map(({ name, variable, example }) => h("div", {}, h("label", { for: `param-${name}` }, `${name} ${variable}`),
    h("input", { id: `param-${name}`, "data-variable": variable, autocomplete: "off", placeholder: example, onkeydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter") run(); } }))));
  drawQuestions();
  run();
}

/** The query in the box, bound to the names in the fields. */
function findQuery() {
  const given = [];
  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("#params input"))) {
    const value = input.value.trim();
    if (!value) continue;
    if (!store?.find(value).length) throw new Fault(say("ask.unknown", { name: value }));
    given.push({ variable: String(input.dataset.variable), value });
  }
  const text = byId("query").value;
  return store && given.length ? store.bind(text, given) : text;
}

function run() {
  if (!store) return;
  answer = null;
  order = { column: -1, down: false };
  byId("fault").hidden = true;
  try {
    const began = performance.now();
    answer = store.ask(findQuery());
    took = Math.round(performance.now() - began);
  } catch (error) {
    showFault(error instanceof Fault ? error : new Fault(String(error)));
  }
  draw();
}

/** @param {Fault} fault */
function showFault({ message, line, column }) {
  byId("fault").textContent = line ? `${say("ask.place", { line, column })}${message}` : message;
  byId("fault").hidden = false;
  if (!line) return;
  const lines = byId("query").value.split("\n").slice(0, line - 1);
  const at = [...lines, ""].join("\n").length + column - 1;
  byId("query").setSelectionRange(at, at + 1);
}

function draw() {
  drawQuestions();
  const table = Boolean(answer && answer.columns.length);
  byId("answer").hidden = !table;
  byId("doing").hidden = !table;
  byId("status").textContent = !answer ? "" : answer.truth === null ? say("ask.rows", { n: answer.rows.length, t: took }) : say(answer.truth ? "ask.yes" : "ask.no");
  if (!answer || !table) return;
  drawAnswer(byId("answer"), answer, names, order, (column) => {
    order = { column, down: order.column === column && !order.down };
    draw();
    const heads = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#answer th button"));
    heads[column]?.focus(); // the old button is gone
  });
  const ids = [...new Set(answer.rows.flatMap((row) => row.flatMap((term) => names.ids(term))))].slice(0, MOST_MARKED);
  byId("mark").hidden = ids.length === 0;
  byId("mark").setAttribute("href", graphLink(ids));
}

/** The engine's own script is a module, which runs just before the page is ready. */
async function start() {
  const { oxigraph } = /** @type {any} */ (globalThis);
  const [code, graph] = await Promise.all([unpack("kg-engine"), unpack("kg-graph")]);
  oxigraph.initSync({ module: await WebAssembly.compile(code) });
  const engine = new oxigraph.Store();
  engine.load(new TextDecoder().decode(graph), { format: "text/turtle", lenient: true });
  store = new Store(engine, data.prefixes);
  byId("run").disabled = false;
  choose(data.questions.find((question) => question.name === FIRST) || data.questions[0]);
}

startSettings(draw);
drawQuestions();
byId("prefixes").textContent = Object.entries(data.prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}>`).join("\n");
byId("question-filter").addEventListener("input", drawQuestions);
byId("run").addEventListener("click", run);
byId("csv").addEventListener("click", () => { if (answer) download("answer.csv", new Blob([toCsv(answer)], { type: "text/csv;charset=utf-8" })); });
byId("query").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(); });
addEventListener("DOMContentLoaded", () => {
  start().catch((error) => showFault(new Fault(say("ask.broken", { why: String(error) })))).finally(() => { document.documentElement.dataset.ready = "1"; });
});
