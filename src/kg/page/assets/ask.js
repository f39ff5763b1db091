// @ts-check
// The page that asks: named questions as buttons, any SPARQL in the box, rows that lead into the graph.
import { drawAnswer, graphLink } from "./answers.js";
import { byId, download, fill, h, readJson } from "./dom.js";
import { canUnpack } from "./packing.js";
import { Engine } from "./requests.js";
import { say, settings, startSettings } from "./settings.js";

/**
 * @typedef {import("./questions.js").Question} Question
 * @typedef {import("./results.js").Summary & {took: number}} Answer
 * @typedef {import("./engine.js").Told} Told
 * @typedef {"loading" | "asking" | "resting" | "broken"} State what the engine does
 */

/** @type {{base: string, prefixes: Record<string, string>, questions: Question[]}} */
const data = readJson("kg-ask");
const FIRST = "calls"; // it needs no mentions, which are loaded last
const LINES = { least: 5, most: 9 }; // of the box; longer queries scroll, so that the answer is seen with its question

/** @type {Engine} */
let engine;
/** @type {Question | null} */
let asked = null;
/** @type {Answer | null} */
let answer = null;
/** @type {State} */
let state = "loading";
let wanted = false; // a question waits for the engine
/** @type {"nothing" | "facts" | "whole"} */
let loaded = "nothing"; // of the graph; facts are all but the mentions
let n_loads = 0; // a stop begins another
let share = 0; // of what is being loaded
let said = ""; // key of what else is to be said of the state
let order = { column: -1, down: false };

const title = (/** @type {Question} */ question) => (settings.language === "en" ? question.en : question.zh);

function drawQuestions() {
  const sought = byId("question-filter").value.trim().toLowerCase();
  const fitting = data.questions.filter((question) => !sought || `${question.name} ${question.zh} ${question.en}`.toLowerCase().includes(sought));
  fill(byId("questions"), ...fitting.map((question) => h("li", {}, h("button", { type: "button", "data-question": question.name, "aria-pressed": String(question === asked), onclick: () => pick(question) }, title(question)))));
  byId("asked").textContent = asked ? title(asked) : say("ask.note");
}

/** @param {Question} question */
const textOf = (question) => question.text.replace(/^(?:#.*\n)*\s*/, "").trimEnd();

/** Whether enough of the graph is there to answer what stands in the box: of a query of the reader's own, nobody knows what it needs. */
function canAsk() {
  return loaded === "whole" || (loaded === "facts" && asked !== null && asked.early && byId("query").value === textOf(asked));
}

/** @param {Question} question */
function choose(question) {
  asked = question;
  const text = textOf(question);
  byId("query").value = text;
  byId("query").rows = Math.min(LINES.most, Math.max(LINES.least, text.split("\n").length));
  fill(byId("params"), ...question.params.map(({ name, variable, example }) => h("div", {}, h("label", { for: `param-${name}` }, `${name} ${variable}`),
    h("input", { id: `param-${name}`, "data-variable": variable, autocomplete: "off", placeholder: example, onkeydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter") run(); } }))));
  drawQuestions();
  run();
}

/**
 * Choose what was clicked; on a small screen its answer is further down.
 * @param {Question} question
 */
function pick(question) {
  choose(question);
  if (matchMedia("(max-width: 900px)").matches) byId("asked").scrollIntoView();
}

/** The names in the fields, which the query is bound to. */
function findGiven() {
  const inputs = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("#params input")]);
  return inputs.map((input) => ({ name: input.value.trim(), variable: String(input.dataset.variable) })).filter(({ name }) => name);
}

/** Ask what stands in the box, now or as soon as the engine can. */
async function run() {
  wanted = true;
  if (state === "asking" || state === "broken") return;
  if (!canAsk()) return void enter("loading");
  wanted = false;
  answer = null;
  order = { column: -1, down: false };
  byId("fault").hidden = true;
  enter("asking");
  try {
    answer = await engine.request("ask", { text: byId("query").value, given: findGiven() });
  } catch (fault) {
    if (fault === null) return; // it was stopped, which goes its own way
    showFault(/** @type {Told} */ (fault));
  }
  enter("resting");
  if (wanted) run();
}

/** @param {Told} fault */
function showFault({ message, line, column, unknown }) {
  const text = unknown ? say("ask.unknown", { name: unknown }) : message;
  byId("fault").textContent = line ? `${say("ask.place", { line, column })}${text}` : text;
  byId("fault").hidden = false;
  if (!line) return;
  const lines = byId("query").value.split("\n").slice(0, line - 1);
  const at = [...lines, ""].join("\n").length + column - 1;
  byId("query").setSelectionRange(at, at + 1);
}

/** @param {State} next */
function enter(next) {
  state = next;
  if (next === "resting" || next === "broken") said = "";
  draw();
}

function draw() {
  drawQuestions();
  drawState();
  const table = Boolean(answer && answer.columns.length);
  byId("answer").hidden = !table;
  byId("doing").hidden = !table;
  if (!answer || !table) return;
  drawAnswer(byId("answer"), answer, order, sort);
  byId("mark").hidden = answer.ids.length === 0;
  byId("mark").setAttribute("href", graphLink(answer.ids));
}

function drawState() {
  const busy = state === "loading" || state === "asking";
  byId("desk").setAttribute("aria-busy", String(busy));
  byId("run").disabled = state !== "resting";
  byId("stop").hidden = state !== "asking" || !engine.worker;
  byId("progress").hidden = !busy && loaded === "whole";
  if (state !== "asking") byId("progress").value = share;
  else byId("progress").removeAttribute("value"); // nobody knows how long a query takes
  byId("status").textContent = sayState();
}

function sayState() {
  if (state === "loading") return (said ? say(said) : "") + say("ask.loading");
  if (state === "asking") return say("ask.asking");
  const rest = loaded === "whole" ? "" : ` · ${say("ask.rest")}`;
  return sayAnswer() + (state === "resting" ? rest : "");
}

function sayAnswer() {
  if (!answer) return "";
  return answer.truth === null ? say("ask.rows", { n: answer.count, t: answer.took }) : say(answer.truth ? "ask.yes" : "ask.no");
}

/** @param {number} column */
async function sort(column) {
  if (state !== "resting" || !answer) return;
  const now = answer;
  const wish = { column, down: order.column === column && !order.down };
  const cells = await engine.request("sort", wish);
  if (answer !== now) return; // another question was faster
  order = wish;
  answer = { ...now, cells };
  draw();
  const heads = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#answer th button"));
  heads[column]?.focus(); // the old button is gone
}

/** Give up the question that runs: its worker ends, and the next one loads the graph again. */
function stop() {
  if (state !== "asking") return;
  engine.stop();
  said = "ask.stopped";
  load();
}

/** @param {number} part of what is being loaded */
function report(part) {
  share = part;
  drawState();
}

/**
 * Answer what waits for so much of the graph.
 * @param {"facts" | "whole"} now what is there
 */
async function goOn(now) {
  loaded = now;
  share = 0;
  if (state === "asking") return drawState();
  enter("resting");
  if (wanted) await run();
}

async function load() {
  loaded = "nothing";
  enter("loading");
  n_loads += 1;
  const mine = n_loads;
  try {
    if (!canUnpack()) throw new Error(say("ui.old"));
    await engine.start(report);
    await goOn("facts");
    if (mine !== n_loads) return; // the question that waited was stopped
    document.documentElement.dataset.ready = "1";
    await engine.request("finish", {}, report);
    await goOn("whole");
  } catch (error) {
    if (error === null) return; // it was stopped, and loads anew
    showFault({ message: say("ask.broken", { why: /** @type {any} */ (error)?.message || String(error) }), line: 0, column: 0, unknown: "" });
    enter("broken");
  }
}

async function start() {
  const text = (/** @type {string} */ id) => byId(id).textContent;
  const parts = (/** @type {string} */ id) => text(id).trim().split("\n");
  engine = new Engine(`${text("kg-engine-script")}\n${text("kg-engine-host")}`, { code: text("kg-engine"), graph: parts("kg-graph"), mentions: parts("kg-mentions"), base: data.base, prefixes: data.prefixes });
  choose(data.questions.find((question) => question.name === FIRST) || data.questions[0]);
  await load();
  document.documentElement.dataset.ready = "1";
}

startSettings(draw);
drawQuestions();
byId("prefixes").textContent = Object.entries(data.prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}>`).join("\n");
byId("question-filter").addEventListener("input", drawQuestions);
byId("run").addEventListener("click", run);
byId("stop").addEventListener("click", stop);
byId("csv").addEventListener("click", async () => download("answer.csv", await engine.request("csv")));
byId("query").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(); });
start();
