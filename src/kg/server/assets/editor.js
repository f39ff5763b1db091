// @ts-check
// The query editor: asks the endpoint beside it, shows what comes. Every text becomes a text node.

/** @template {HTMLElement} T @param {string} id @param {new () => T} kind @returns {T} */
function find(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`no ${kind.name} #${id}`);
  return found;
}

const form = find("form", HTMLFormElement);
const query = find("query", HTMLTextAreaElement);
const format = find("format", HTMLSelectElement);
const stop = find("stop", HTMLButtonElement);
const status = find("status", HTMLSpanElement);
const wrong = find("wrong", HTMLParagraphElement);
const result = find("result", HTMLDivElement);
const questions = find("questions", HTMLUListElement);
const MOST = 2000; // rows that a page shows well; a download has them all
/** @type {AbortController | null} */
let running = null;

/** @param {string} tag @param {string} [text] */
function make(tag, text = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

/** @param {{type: string, value: string} | undefined} term */
function cell(term) {
  const data = make("td");
  if (!term) return data;
  const local = term.type === "uri" ? term.value.match(/^https:\/\/w3id\.org\/zhengtu\/id\/(.+)$/) : null;
  if (local) {
    const link = document.createElement("a");
    link.href = `/id/${local[1]}`;
    link.textContent = decode(local[1]);
    data.append(link);
  } else {
    data.textContent = term.value.replace("https://w3id.org/zhengtu/ns#", "kg:");
  }
  return data;
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {{head: {vars?: string[]}, boolean?: boolean, results?: {bindings: Record<string, any>[]}}} answer */
function showRows(answer) {
  if (answer.boolean !== undefined) {
    result.replaceChildren(make("p", answer.boolean ? "是 Yes" : "否 No"));
    return 1;
  }
  const names = answer.head.vars || [];
  const rows = answer.results ? answer.results.bindings : [];
  const table = make("table");
  const head = make("tr");
  head.append(...names.map((name) => make("th", name)));
  table.append(head);
  for (const row of rows.slice(0, MOST)) {
    const line = make("tr");
    line.append(...names.map((name) => cell(row[name])));
    table.append(line);
  }
  result.replaceChildren(table);
  return rows.length;
}

/** @param {string} message */
function complain(message) {
  wrong.textContent = message;
  wrong.hidden = false;
  const place = message.match(/^query:(\d+):(\d+):/);
  if (!place) return;
  const lines = query.value.split("\n");
  const at = lines.slice(0, Number(place[1]) - 1).reduce((sum, line) => sum + line.length + 1, 0) + Number(place[2]) - 1;
  query.focus();
  query.setSelectionRange(at, at + 1);
}

async function run() {
  running?.abort();
  running = new AbortController();
  const began = performance.now();
  stop.disabled = false;
  wrong.hidden = true;
  result.replaceChildren();
  status.textContent = "…";
  history.replaceState(null, "", `#query=${encodeURIComponent(query.value)}`);
  const accept = format.value || "application/sparql-results+json, text/turtle;q=0.9";
  try {
    const response = await fetch("/sparql", {
      method: "POST",
      headers: { Accept: accept, "Content-Type": "application/sparql-query" },
      body: query.value,
      signal: running.signal,
    });
    const text = await response.text();
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    status.textContent = `${seconds} s`;
    if (!response.ok) return complain(text.trim());
    const isTable = !format.value && (response.headers.get("Content-Type") || "").includes("sparql-results");
    if (!isTable) return result.replaceChildren(make("pre", text));
    const count = showRows(JSON.parse(text));
    status.textContent = count > MOST ? `${MOST} / ${count} · ${seconds} s` : `${count} · ${seconds} s`;
  } catch (error) {
    status.textContent = "";
    complain(running.signal.aborted ? "已停止 Stopped" : String(error));
  } finally {
    stop.disabled = true;
  }
}

async function listQuestions() {
  const response = await fetch("/server/questions.json");
  for (const question of await response.json()) {
    const button = make("button", question.zh);
    button.title = `${question.name}: ${question.en}`;
    button.addEventListener("click", () => {
      query.value = question.text.trim();
      run();
    });
    const item = make("li");
    item.append(button);
    questions.append(item);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
stop.addEventListener("click", () => running?.abort());
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
const asked = new URLSearchParams(location.hash.slice(1)).get("query");
if (asked) query.value = asked;
listQuestions();

export {};
