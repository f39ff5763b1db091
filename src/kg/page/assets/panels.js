// @ts-check
// What is said of a node, an edge, a path; the way in when nothing is chosen.
import { isCorrected } from "./corrections.js";
import { byId, fill, h } from "./dom.js";
import { nameOf, otherEnd } from "./model.js";
import { markSentence, relationName, sayStatement, writerName } from "./phrases.js";
import { plot } from "./plots.js";
import { say, sayNumber } from "./settings.js";
import { shorten } from "./shapes.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Edge} Edge
 * @typedef {import("./model.js").GraphNode} GraphNode
 * @typedef {import("./model.js").Observation} Observation
 * @typedef {import("./model.js").Statement} Statement
 * @typedef {import("./filters.js").Shown} Shown
 * @typedef {import("./filters.js").State} State
 * @typedef {{node: (node: GraphNode) => void, edge: (edge: Edge) => void, group: (group: number) => void, hood: (steps: number) => void,
 *   path: (target: GraphNode) => void, close: () => void, correct: (row: import("./corrections.js").Correction, undo?: boolean) => void,
 *   finder: (label: string, chosen: (node: GraphNode) => void) => HTMLElement}} Actions
 */

const FEW = 8; // rows of a list before "show all"

/**
 * A list that shows its first rows, and all on demand.
 * @param {HTMLElement[]} rows
 * @param {number} [few]
 * @returns {HTMLElement}
 */
function longList(rows, few = FEW) {
  const list = h("ul", { class: "rows" }, ...rows.slice(0, few));
  if (rows.length <= few) return list;
  const more = h("button", { class: "link", onclick: () => {
    list.append(...rows.slice(few));
    more.remove();
  } }, `${say("ui.more")} ${rows.length}`);
  return h("div", {}, list, more);
}

/**
 * A button that names a node.
 * @param {GraphNode} node
 * @param {Actions} actions
 * @returns {HTMLElement}
 */
export function nodeButton(node, actions) {
  return h("button", { class: "node-link", onclick: () => actions.node(node) }, h("i", { class: `dot kind-${node.kind}`, "aria-hidden": "true" }), h("bdi", {}, writerName(node)));
}

/**
 * A reference that may point outside the page.
 * @param {Model} model
 * @param {number | string} target
 * @param {Actions} actions
 * @returns {HTMLElement}
 */
function reference(model, target, actions) {
  return typeof target === "number" ? nodeButton(model.nodes[target], actions) : h("bdi", {}, target);
}

/**
 * @param {string} key
 * @param {...import("./dom.js").Child} content
 * @returns {HTMLElement}
 */
function section(key, ...content) {
  return h("section", {}, h("h3", {}, say(key)), ...content);
}

/**
 * Nothing chosen: the groups, each named by its top terms.
 * @param {Model} model
 * @param {Shown} shown
 * @param {Actions} actions
 */
export function showStory(model, shown, actions) {
  const sizes = new Map();
  for (const node of shown.nodes) sizes.set(node.group, (sizes.get(node.group) || 0) + 1);
  const groups = model.groups.map((terms, group) => ({ terms, group, size: sizes.get(group) || 0 })).filter((row) => row.size > 0);
  const rows = groups.map(({ terms, group, size }) => h("li", {},
    h("button", { class: "group", onclick: () => actions.group(group) },
      h("i", { class: `swatch group-${(group % 6) + 1}`, "aria-hidden": "true" }),
      h("bdi", {}, terms.map((number) => shorten(model.nodes[number].name, 14)).join(" · ")),
      h("span", { class: "count" }, sayNumber(size)))));
  fill(byId("panel"), h("h2", { class: "hint", tabindex: "-1" }, say("ui.story.hint")),
    section("ui.story", h("p", { class: "note" }, say("ui.story.note")), longList(rows, 14)),
    model.leftOut > 0 && h("p", { class: "note" }, say("ui.leftout", { n: model.leftOut })),
    h("p", { class: "note" }, say("ui.help")));
}

/**
 * Everything the graph says of one node.
 * @param {Model} model
 * @param {Shown} shown
 * @param {State} state
 * @param {GraphNode} node
 * @param {Actions} actions
 */
export function showNode(model, shown, state, node, actions) {
  const article = node.article === undefined ? null : model.articles[node.article];
  fill(byId("panel"),
    panelHead(h("span", { class: "kind" }, h("i", { class: `dot kind-${node.kind}`, "aria-hidden": "true" }), say(`class.${node.kind}`)), writerName(node), actions),
    article ? h("p", {}, h("a", { href: article.href }, say("node.open.article")), " ", [article.publisher, article.date].filter(Boolean).join(" · "))
      : h("p", { class: "facts" }, `${sayNumber(node.mentions)} ${say("node.mentions")} · ${sayNumber(node.in.length)} ${say("node.in")}`),
    node.aliases.length > 0 && section("node.aliases", h("p", {}, h("bdi", {}, node.aliases.map(([alias]) => alias).join("、")))),
    node.codes.length > 0 && section("node.codes", h("p", {}, node.codes.join("、"))),
    node.broader.length > 0 && section("node.broader", h("p", {}, ...node.broader.map((broader) => reference(model, broader, actions)))),
    neighbourhood(state, node, actions),
    ...definitions(model, shown, node),
    numbers(model, node.observations, actions),
    relations(shown, node, actions),
    node.in.length > 0 && section("node.by.article", longList(node.in.map(([number, count]) => h("li", {}, h("a", { href: model.articles[number].href }, h("bdi", {}, model.articles[number].title)), h("span", { class: "count" }, sayNumber(count)))))),
    node.article === undefined && actions && corrections(node, actions));
}

/**
 * @param {HTMLElement} kind
 * @param {string | HTMLElement[]} name
 * @param {Actions} actions
 * @returns {HTMLElement}
 */
function panelHead(kind, name, actions) {
  return h("header", { class: "panel-head" }, kind, h("button", { class: "icon", "aria-label": say("ui.close"), title: `${say("ui.close")} (Esc)`, onclick: actions.close }, "×"),
    h("h2", typeof name === "string" && name.length > 80 ? { class: "long", tabindex: "0" } : { tabindex: "-1" }, ...(typeof name === "string" ? [h("bdi", {}, name)] : name)));
}

/**
 * @param {State} state
 * @param {GraphNode} node
 * @param {Actions} actions
 * @returns {HTMLElement}
 */
function neighbourhood(state, node, actions) {
  const step = (/** @type {number} */ steps, /** @type {string} */ key) => h("button", { class: "chip", "aria-pressed": String(state.hood === steps), "data-steps": steps, onclick: () => actions.hood(steps) }, say(key));
  return section("node.neighbours", h("div", { class: "chips" }, step(0, "node.whole"), step(1, "node.one"), step(2, "node.two")),
    actions.finder("node.path", (target) => target !== node && actions.path(target)));
}

/**
 * The sentences that say what the node is, or what marks it.
 * @param {Model} model
 * @param {Shown} shown
 * @param {GraphNode} node
 * @returns {HTMLElement[]}
 */
function definitions(model, shown, node) {
  const edges = node.edges.filter((edge) => edge.source === node && (edge.kind === "isA" || edge.kind === "characterizedBy") && shown.statements.has(edge));
  const seen = new Set();
  const quotes = [];
  for (const statement of edges.flatMap((edge) => shown.statements.get(edge) || [])) {
    for (const evidence of statement.evidence) {
      if (seen.has(evidence.sentence.number)) continue;
      seen.add(evidence.sentence.number);
      quotes.push(h("li", {}, markSentence(evidence), sentenceLink(statement, evidence)));
    }
  }
  return quotes.length ? [section("node.definition", longList(quotes, 3))] : [];
}

/**
 * @param {Statement} statement
 * @param {import("./model.js").Evidence} evidence
 * @returns {HTMLElement}
 */
function sentenceLink(statement, evidence) {
  const { article } = statement;
  return h("p", { class: "source" }, h("a", { href: `${article.href}#s${evidence.sentence.index}`, title: say("edge.sentence.link") }, h("bdi", {}, `《${article.title}》`)),
    " ", [article.publisher, article.date].filter(Boolean).join(" · "));
}

/**
 * The relations of a node by kind and direction.
 * @param {Shown} shown
 * @param {GraphNode} node
 * @param {Actions} actions
 * @returns {HTMLElement}
 */
function relations(shown, node, actions) {
  /** @type {Map<string, Edge[]>} */
  const groups = new Map();
  for (const edge of node.edges) {
    if (!shown.statements.has(edge)) continue;
    const key = `${edge.source === node ? "relation" : "inverse"}.${edge.kind}`;
    const group = groups.get(key);
    if (group) group.push(edge);
    else groups.set(key, [edge]);
  }
  if (groups.size === 0) return section("node.relations", h("p", { class: "note" }, say("node.no.relations")));
  const blocks = [...groups].sort((a, b) => b[1].length - a[1].length).map(([key, edges]) => {
    edges.sort((a, b) => b.statements.length - a.statements.length || otherEnd(a, node).number - otherEnd(b, node).number);
    return h("div", { class: "relation-group" }, h("h4", {}, say(key), h("span", { class: "count" }, sayNumber(edges.length))),
      longList(edges.map((edge) => edgeRow(edge, otherEnd(edge, node), actions)), 6));
  });
  return section("node.relations", ...blocks);
}

/**
 * A row that opens the sentences of an edge, and names the other end.
 * @param {Edge} edge
 * @param {GraphNode} other
 * @param {Actions} actions
 * @returns {HTMLElement}
 */
function edgeRow(edge, other, actions) {
  const best = edge.statements[0];
  const count = edge.statements.reduce((sum, statement) => sum + statement.evidence.length, 0);
  const tags = [best.strength && say(`strength.${best.strength}`), !best.strength && best.modality !== "Asserted" && say(`modality.${best.modality}`), best.negated && say("edge.negated")];
  return h("li", {}, nodeButton(other, actions),
    ...tags.filter(Boolean).map((tag) => h("span", { class: "tag" }, tag)),
    h("button", { class: "evidence", "data-edge": edge.number, onclick: () => actions.edge(edge), "aria-label": `${sayNumber(count)} ${say("edge.sentences")}: ${relationName(edge.kind, best.label)} ${shorten(other.name, 30)}` },
      `${sayNumber(count)} ${say("edge.sentences")}`));
}

/**
 * Observations as a table, and as a plot where a unit has two points in time.
 * @param {Model} model
 * @param {Observation[]} observations
 * @param {Actions} actions
 * @returns {HTMLElement | null}
 */
function numbers(model, observations, actions) {
  if (!observations.length) return null;
  const sorted = [...observations].sort((a, b) => (a.time || "").localeCompare(b.time || ""));
  const place = (/** @type {Observation} */ o) => (o.place === undefined ? "" : nameOf(model, o.place));
  const unit = (/** @type {Observation} */ o) => o.baseUnit || o.unit;
  const places = (/** @type {Observation} */ o) => new Set(sorted.filter((p) => unit(p) === unit(o)).map(place).filter(Boolean)).size;
  const names = sorted.map((o) => (places(o) > 1 ? `${place(o)} ${unit(o)}` : unit(o))); // numbers of two places make no trend
  const plots = [...new Set(names)].map((name) => plot(sorted.filter((_, n) => names[n] === name), `${model.nodes[sorted[0].of].name} ${name}`)).filter(Boolean);
  const head = ["time", "value", "kind", "source"].map((key) => h("th", { scope: "col" }, say(`number.${key}`)));
  const rows = sorted.map((o) => h("tr", {},
    h("td", {}, h("span", { class: "time" }, o.time || "—"), o.place !== undefined && h("div", {}, place(o))),
    h("td", { class: "value" }, `${o.approximate ? say("number.approximate") : ""}${sayNumber(o.value)}${o.unit}`, o.comparison && h("div", { class: "note" }, o.comparison)),
    h("td", {}, say(`observation.${o.kind}`)),
    h("td", {}, o.source !== undefined && reference(model, o.source, actions), h("a", { href: `${o.sentence.article.href}#s${o.sentence.index}`, title: o.sentence.text }, h("bdi", {}, shorten(o.sentence.article.title, 14))))));
  return section("node.numbers", ...plots, h("div", { class: "scroll", tabindex: "0" }, h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows))));
}

/**
 * Every sentence that states an edge.
 * @param {Model} model
 * @param {Shown} shown
 * @param {Edge} edge
 * @param {Actions} actions
 */
export function showEdge(model, shown, edge, actions) {
  const statements = shown.statements.get(edge) || edge.statements;
  const name = relationName(edge.kind, edge.statements[0].label);
  fill(byId("panel"),
    panelHead(h("span", { class: "kind" }, say("index.statements")), [nodeButton(edge.source, actions), h("span", { class: "verb" }, ` ${name} → `), nodeButton(edge.target, actions)], actions),
    h("p", { class: "note legend-line" }, ...["subject", "cue", "object"].map((role, n) => h("mark", { class: role }, say("edge.legend").split(" · ")[n]))),
    ...statements.map((statement) => statementBlock(statement)),
    wrongButton(edge, actions));
}

/**
 * Marks a relation as wrong, and shows that it is.
 * @param {Edge} edge
 * @param {Actions} actions
 * @returns {HTMLElement}
 */
function wrongButton(edge, actions) {
  /** @type {import("./corrections.js").Correction} */
  const row = { action: "wrong", subject: edge.source.id, relation: edge.kind, object: edge.target.id, value: "" };
  const marked = isCorrected(row);
  return h("p", {}, h("button", { class: "chip", "data-fix": "wrong", "aria-pressed": String(marked), onclick: () => actions.correct(row, marked) }, say(marked ? "fix.wrong.done" : "fix.wrong")));
}

/**
 * The nodes that an answer or a link marks.
 * @param {Model} model
 * @param {number[]} marked
 * @param {Actions} actions
 */
export function showMarked(model, marked, actions) {
  const rows = marked.map((number) => h("li", {}, nodeButton(model.nodes[number], actions), h("span", { class: "count" }, `${sayNumber(model.nodes[number].mentions)} ${say("node.mentions")}`)));
  fill(byId("panel"), panelHead(h("span", { class: "kind" }, say("ui.marked")), `${sayNumber(marked.length)} ${say("index.entities")}`, actions), longList(rows, 40));
}

/**
 * @param {Statement} statement
 * @returns {HTMLElement}
 */
export function statementBlock(statement) {
  return h("article", { class: "statement" }, sayStatement(statement),
    ...statement.evidence.map((evidence) => h("div", {}, markSentence(evidence), sentenceLink(statement, evidence),
      h("p", { class: "note" }, [say(`modality.${statement.modality}`), statement.strength && say(`strength.${statement.strength}`), `${say("edge.confidence")} ${Math.round(evidence.confidence * 100)}%`, `${say("edge.rule")} ${evidence.rule}`].filter(Boolean).join(" · ")))));
}

/**
 * A path, each step with its sentences.
 * @param {Model} model
 * @param {Shown} shown
 * @param {number[]} path
 * @param {Actions} actions
 */
export function showPath(model, shown, path, actions) {
  const nodes = path.map((number) => model.nodes[number]);
  const steps = nodes.slice(1).map((node, n) => {
    const edges = nodes[n].edges.filter((edge) => otherEnd(edge, nodes[n]) === node && shown.statements.has(edge));
    return h("section", { class: "step" }, h("h3", {}, `${n + 1}. `, h("bdi", {}, `${writerName(nodes[n])} — ${writerName(node)}`)),
      ...edges.map((edge) => h("div", {}, statementBlock((shown.statements.get(edge) || [])[0]), h("button", { class: "link", onclick: () => actions.edge(edge) }, say("ui.more")))));
  });
  fill(byId("panel"), panelHead(h("span", { class: "kind" }, say("node.path.of", { n: path.length - 1 })), `${nodes[0].name} … ${nodes[nodes.length - 1].name}`, actions),
    h("p", { class: "ends" }, ...nodes.map((node) => nodeButton(node, actions))), ...steps);
}

/**
 * What a reader can put right about a node.
 * @param {GraphNode} node
 * @param {Actions} actions
 * @returns {HTMLElement}
 */
function corrections(node, actions) {
  const kinds = ["Concept", "Policy", "Sector", "Technology", "Organization", "Person", "Place", "Event", "Indicator", "Issue"];
  const choose = /** @type {HTMLSelectElement} */ (h("select", { "aria-label": say("fix.type"), "data-fix": "type" }, h("option", { value: "" }, say("fix.type")),
    ...kinds.filter((kind) => kind !== node.kind).map((kind) => h("option", { value: kind }, say(`class.${kind}`)))));
  choose.addEventListener("change", () => choose.value && actions.correct({ action: "type", subject: node.id, relation: "", object: "", value: choose.value }));
  return h("details", { class: "correct" }, h("summary", {}, say("fix.title")), choose,
    actions.finder("fix.merge", (target) => target !== node && target.article === undefined && actions.correct({ action: "merge", subject: node.id, relation: "", object: target.id, value: "" })));
}
