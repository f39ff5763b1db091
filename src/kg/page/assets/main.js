// @ts-check
// The graph page: state in, picture and panels out.
import { addCorrection, drawCorrections, dropCorrection } from "./corrections.js";
import { byId, download, fill, h } from "./dom.js";
import { drawFacets } from "./facets.js";
import { FACETS, findNeighbours, findPath, findShown } from "./filters.js";
import { otherEnd, readModel } from "./model.js";
import { canUnpack, unpackText } from "./packing.js";
import { showEdge, showMarked, showNode, showPath, showStory } from "./panels.js";
import { fromHash, toHash } from "./permalinks.js";
import { readPicture } from "./pictures.js";
import { search } from "./search.js";
import { say, sayNumber, startSettings } from "./settings.js";
import { drawTable } from "./tables.js";
import { takePng, toCsv } from "./takeaways.js";
import { toSvg } from "./vectors.js";
import { roomShape, View, viewContainer } from "./view.js";

/**
 * @typedef {import("./filters.js").State} State
 * @typedef {import("./model.js").GraphNode} GraphNode
 * @typedef {import("./model.js").Edge} Edge
 */

const FIRST_VIEW = 110; // as many nodes as a laptop's window shows with most of their names
const FIRST_VIEW_SMALL = 45;
const MOST_IN_FOCUS = 300; // lines; of more, those of the node itself stand out
const LEAST_APART = 110; // pixels between two nodes whose line, with its name, is looked at

// Set once, by start(), before anything else runs.
/** @type {import("./model.js").Model} */
let model;
/** @type {import("./pictures.js").Picture} */
let picture;
/** @type {View} */
let view;
/** @type {import("./filters.js").Shown} */
let shown;
let usualTop = FIRST_VIEW;
/** @type {string | null} */
let ownHash = null; // none written yet; an empty one is a reader's wish for the whole
/** @type {State} */
const state = { node: null, edge: null, group: null, top: FIRST_VIEW, hood: 0, path: null, marked: [], confidence: 0, chosen: Object.fromEntries(FACETS.map((facet) => [facet, new Set()])) };

/** Everything a click in a panel can do. */
const actions = {
  node: (/** @type {GraphNode} */ node) => go({ node: node.number, edge: null, path: null, marked: [], hood: 0, group: null }, [node]),
  edge: (/** @type {Edge} */ edge) => go({ edge: edge.number, node: null, path: null, marked: [], hood: 0, group: null }, [edge.source, edge.target]),
  group: (/** @type {number} */ group) => {
    byId("details").classList.remove("open");
    view.fit(shown.nodes.filter((node) => node.group === group));
  },
  hood: (/** @type {number} */ steps) => {
    go({ hood: steps });
    view.fit(steps ? shown.nodes : [...(view.focus?.nodes || shown.nodes)]);
  },
  path: (/** @type {GraphNode} */ target) => {
    if (state.node === null) return;
    const path = findPath(model.nodes[state.node], target, shown.statements);
    if (path) go({ path, node: null, edge: null, marked: [], hood: 0 }, path.map((number) => model.nodes[number]));
    else notify(say("node.path.none"));
  },
  close: () => go({ node: null, edge: null, path: null, marked: [], hood: 0 }),
  correct: (/** @type {import("./corrections.js").Correction} */ row, undo = false) => {
    if (undo) dropCorrection(row);
    else addCorrection(row);
    drawEdgePanel();
  },
  finder: (/** @type {string} */ label, /** @type {(node: GraphNode) => void} */ chosen) => makeFinder(label, chosen),
};

/**
 * Change what is looked at and show it.
 * @param {Partial<State>} change
 * @param {GraphNode[]} [into] nodes to bring into the window
 */
function go(change, into) {
  const isInside = byId("panel").contains(document.activeElement);
  Object.assign(state, change);
  refresh();
  openDetails();
  if (isInside) byId("panel").querySelector("h2")?.focus(); // the button that was pressed is gone
  if (into) bringIntoView(into);
}

/** On a small screen the panel comes up when something is chosen. */
function openDetails() {
  byId("details").classList.toggle("open", state.node !== null || state.edge !== null || state.path !== null);
  byId("details").scrollTop = 0;
}

/**
 * Move only where the window does not show the nodes already, or too near each other.
 * @param {GraphNode[]} nodes
 */
function bringIntoView(nodes) {
  const { clientWidth, clientHeight } = view.container;
  const small = matchMedia("(max-width: 800px)").matches; // there the panel lies over the lower half
  const places = nodes.map((node) => view.network.canvasToDOM({ x: view.dots[node.number].x, y: view.dots[node.number].y }));
  const inside = places.every(({ x, y }) => x > 60 && x < clientWidth - 60 && y > 60 && y < clientHeight * (small ? 0.4 : 1) - 60);
  const apart = places.length !== 2 || Math.hypot(places[0].x - places[1].x, places[0].y - places[1].y) > LEAST_APART;
  const focus = nodes.length === 1 ? [...findNeighbours(nodes[0], 1, shown.statements)].slice(0, 25) : nodes;
  if (!inside || !apart || small) view.fit(focus);
}

/** Work out what is shown and draw everything that depends on it. */
function refresh() {
  shown = findShown(model, state);
  view.show(shown);
  view.lookAt(findFocus());
  drawFacets(model, state, shown, picture.shapes, () => {
    refresh();
    view.fit();
  });
  drawStatus();
  drawPanel();
  if (!byId("table").hidden) drawTable(shown, actions);
  writeHash();
}

/** @returns {import("./view.js").Focus | null} */
function findFocus() {
  if (state.path) {
    const nodes = state.path.map((number) => model.nodes[number]);
    const edges = nodes.slice(1).flatMap((node, n) => nodes[n].edges.filter((edge) => otherEnd(edge, nodes[n]) === node && shown.statements.has(edge)));
    return { nodes: new Set(nodes), edges: new Set(edges), centre: new Set([nodes[0], nodes[nodes.length - 1]]) };
  }
  if (state.edge !== null) {
    const edge = model.edges[state.edge];
    const ends = new Set([edge.source, edge.target]);
    return { nodes: ends, edges: new Set([edge]), centre: ends };
  }
  if (state.node === null) return findMarked();
  const node = model.nodes[state.node];
  const inside = new Set(shown.nodes);
  const edges = shown.edges.filter((edge) => edge.source === node || edge.target === node);
  const nodes = state.hood === 2 ? inside : new Set([node, ...edges.map((edge) => otherEnd(edge, node))].sort((a, b) => a.number - b.number));
  const all = state.hood === 2 && shown.edges.length <= MOST_IN_FOCUS;
  return { nodes, edges: new Set(all ? shown.edges : edges), centre: new Set([node]) };
}

/** @returns {import("./view.js").Focus | null} */
function findMarked() {
  if (!state.marked.length) return null;
  const nodes = new Set(state.marked.map((number) => model.nodes[number]));
  return { nodes, edges: new Set(shown.edges.filter((edge) => nodes.has(edge.source) && nodes.has(edge.target))), centre: nodes };
}

function drawPanel() {
  if (state.path) showPath(model, shown, state.path, actions);
  else if (state.edge !== null) showEdge(model, shown, model.edges[state.edge], actions);
  else if (state.node !== null) showNode(model, shown, state, model.nodes[state.node], actions);
  else if (state.marked.length) showMarked(model, state.marked, actions);
  else showStory(model, shown, actions);
}

/** The panel of an edge says whether it is marked as wrong. */
function drawEdgePanel() {
  if (state.edge !== null) drawPanel();
}

function drawStatus() {
  const all = shown.nCandidates;
  byId("top-number").textContent = sayNumber(Math.min(state.top, all));
  byId("top-all").textContent = sayNumber(all);
  byId("top").value = String(toSlider(state.top));
  byId("top").setAttribute("aria-valuetext", `${Math.min(state.top, all)} ${say("ui.top.of")} ${all}`);
  byId("status").textContent = sayStatus();
  byId("confidence").value = String(state.confidence);
  byId("confidence-value").textContent = state.confidence ? `≥ ${Math.round(state.confidence * 100)}%` : say("ui.none");
  byId("reset").disabled = !FACETS.some((facet) => state.chosen[facet].size) && !state.confidence && state.top === usualTop && !state.hood;
}

function sayStatus() {
  if (!shown.nodes.length) return say("ui.empty");
  const status = `${sayNumber(shown.nodes.length)} ${say("ui.status", { e: shown.edges.length })}`;
  return state.chosen.type.size === 1 && !shown.edges.length ? `${status} · ${say("ui.type.alone")}` : status;
}

/** The slider runs by ratio: half its way from 10 to 10,000 is 316. */
const LOW = 10;
const span = () => Math.max(1.0001, model.nodes.length / LOW);
const toSlider = (/** @type {number} */ top) => Math.round((1000 * Math.log(Math.max(1, top / LOW))) / Math.log(span()));
const fromSlider = (/** @type {number} */ value) => (value >= 1000 ? model.nodes.length : Math.round(LOW * span() ** (value / 1000)));

/** @param {number} top */
function setTop(top) {
  state.top = Math.min(model.nodes.length, Math.max(LOW, top));
  refresh();
  view.fit();
}

let hashTimer = 0;
function writeHash() {
  clearTimeout(hashTimer);
  hashTimer = setTimeout(() => {
    ownHash = `#${toHash(model, state, view.camera(), usualTop)}`;
    history.replaceState(null, "", ownHash);
  }, 120);
}

/** @param {string} hash */
function readHash(hash) {
  const camera = fromHash(model, state, hash, usualTop);
  if (/^#(?:.*&)?(?:node|edge|path)=/.test(hash) && state.node === null && state.edge === null && !state.path) notify(say("ui.unknown"));
  refresh();
  openDetails();
  if (camera) view.move(camera, false);
  else if (view.focus && state.hood !== 2) view.fit([...view.focus.nodes], false);
  else view.fit(shown.nodes, false);
}

let noteTimer = 0;
/** @param {string} text */
function notify(text) {
  byId("note").textContent = text;
  clearTimeout(noteTimer);
  noteTimer = setTimeout(() => byId("note").replaceChildren(), 4000);
}

/**
 * A field with a list of nodes that fit.
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 * @param {(node: GraphNode) => void} chosen
 */
function wireFinder(input, list, chosen) {
  /** @type {GraphNode[]} */
  let found = [];
  let at = 0;
  const draw = () => {
    const results = search(model.nodes, input.value);
    found = results.map((result) => result.node);
    at = Math.min(at, Math.max(0, found.length - 1));
    list.hidden = input.value.trim() === "";
    input.setAttribute("aria-expanded", String(!list.hidden));
    fill(list, ...results.map(({ node, alias }, n) => h("li", { role: "option", id: `${list.id}-${n}`, "aria-selected": String(n === at), onmousedown: (/** @type {Event} */ event) => event.preventDefault(), onclick: () => choose(node) },
      h("i", { class: `dot kind-${node.kind}`, "aria-hidden": "true" }), h("bdi", {}, node.name), alias && h("span", { class: "note" }, h("bdi", {}, alias)), h("span", { class: "count" }, say(`class.${node.kind}`)))),
    results.length === 0 && h("li", { class: "note", role: "option", "aria-selected": "false", "aria-disabled": "true" }, say("ui.search.none")));
    if (found.length) input.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const choose = (/** @type {GraphNode} */ node) => {
    input.value = "";
    at = 0;
    draw();
    input.blur();
    chosen(node);
  };
  input.addEventListener("input", () => {
    at = 0;
    draw();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      at = found.length ? (at + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length : 0;
      draw();
    } else if (event.key === "Enter" && found[at]) choose(found[at]);
    else if (event.key === "Escape") {
      event.stopPropagation();
      input.value = "";
      draw();
      input.blur();
    }
  });
  input.addEventListener("blur", () => setTimeout(() => { list.hidden ||= document.activeElement !== input; }, 150));
  input.addEventListener("focus", draw);
}

let finders = 0;
/**
 * @param {string} label wording key
 * @param {(node: GraphNode) => void} chosen
 * @returns {HTMLElement}
 */
function makeFinder(label, chosen) {
  finders += 1;
  const list = h("ul", { role: "listbox", id: `finder-${finders}`, class: "results", hidden: true, "aria-label": say(label) });
  const input = /** @type {HTMLInputElement} */ (h("input", { type: "search", role: "combobox", autocomplete: "off", "aria-expanded": "false", "aria-controls": list.id, "aria-label": say(label), placeholder: `${say(label)}…`, "data-finder": label }));
  wireFinder(input, list, chosen);
  return h("div", { class: "finder" }, input, list);
}

function wireButtons() {
  wireFinder(byId("search"), byId("results"), actions.node);
  byId("top").addEventListener("input", () => setTop(fromSlider(Number(byId("top").value))));
  byId("top-more").addEventListener("click", () => setTop(state.top * 2));
  byId("top-whole").addEventListener("click", () => setTop(model.nodes.length));
  byId("confidence").addEventListener("input", () => {
    state.confidence = Number(byId("confidence").value);
    refresh();
  });
  byId("reset").addEventListener("click", () => {
    Object.assign(state, { confidence: 0, top: usualTop, hood: 0 });
    for (const facet of FACETS) state.chosen[facet].clear();
    refresh();
    view.fit();
  });
  byId("fit").addEventListener("click", () => view.fit());
  byId("zoom-in").addEventListener("click", () => zoom(1.35));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.35));
  byId("take-png").addEventListener("click", () => takePng(view));
  byId("take-svg").addEventListener("click", () => download("graph.svg", new Blob([toSvg(view)], { type: "image/svg+xml" })));
  byId("take-csv").addEventListener("click", () => download("relations.csv", new Blob([toCsv(shown)], { type: "text/csv;charset=utf-8" })));
  byId("take-link").addEventListener("click", copyLink);
  byId("show-table").addEventListener("click", () => showTable(byId("table").hidden));
  byId("show-filters").addEventListener("click", () => byId("filters").classList.toggle("open"));
  byId("show-details").addEventListener("click", () => byId("details").classList.toggle("open"));
  byId("hide-filters").addEventListener("click", () => byId("filters").classList.remove("open"));
  for (const button of document.querySelectorAll("#take button")) button.addEventListener("click", () => { byId("take").open = false; });
}

async function copyLink() {
  const link = `${location.href.split("#")[0]}#${toHash(model, state, view.camera(), usualTop)}`;
  history.replaceState(null, "", link);
  try {
    await navigator.clipboard.writeText(link);
    notify(say("ui.copied"));
  } catch {
    notify(link); // a browser that keeps its clipboard still shows the link
  }
}

/** @param {boolean} wanted */
function showTable(wanted) {
  byId("table").hidden = !wanted;
  byId("show-table").setAttribute("aria-pressed", String(wanted));
  if (wanted) drawTable(shown, actions);
}

/** @param {number} factor */
function zoom(factor) {
  view.move({ ...view.camera(), scale: Math.min(6, Math.max(0.02, view.camera().scale * factor)) }, false);
  writeHash();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || target.matches("input, select, textarea")) return;
  const pan = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (event.key === "/") byId("search").focus();
  else if (event.key === "Escape") closeTop();
  else if (event.key === "+" || event.key === "=") zoom(1.35);
  else if (event.key === "-") zoom(1 / 1.35);
  else if (event.key === "0") view.fit();
  else if (pan && (target === view.container || target === document.body)) {
    const { x, y, scale } = view.camera();
    view.move({ x: x + (pan[0] * 80) / scale, y: y + (pan[1] * 80) / scale, scale }, false);
  } else return;
  event.preventDefault();
}

function closeTop() {
  if (!byId("table").hidden) showTable(false);
  else if (byId("filters").classList.contains("open")) byId("filters").classList.remove("open");
  else actions.close();
}

async function start() {
  startSettings(() => {
    if (!view) return;
    view.restyle();
    drawCorrections();
    refresh();
  });
  if (!canUnpack()) throw new Error(say("ui.old"));
  const data = JSON.parse(await unpackText(byId("kg-data").textContent));
  model = readModel(data);
  picture = readPicture(data.network, model, roomShape(viewContainer()));
  const firstView = matchMedia("(max-width: 800px)").matches ? FIRST_VIEW_SMALL : FIRST_VIEW;
  usualTop = state.top = model.nodes.length <= firstView * 1.4 ? model.nodes.length : firstView;
  shown = findShown(model, state);
  view = new View(viewContainer(), model, picture);
  view.network.on("click", (/** @type {any} */ event) => {
    const { node, edge } = view.at(event);
    if (node) actions.node(node);
    else if (edge) actions.edge(edge);
    else if (state.node !== null || state.edge !== null || state.path || state.marked.length) actions.close();
  });
  for (const name of ["zoom", "dragEnd", "animationFinished"]) view.network.on(name, writeHash);
  wireButtons();
  drawCorrections(drawEdgePanel);
  document.addEventListener("keydown", onKey);
  addEventListener("hashchange", (event) => {
    const { hash } = new URL(event.newURL); // by now our own hash may stand in the address again
    if (hash !== ownHash) readHash(hash);
  });
  readHash(location.hash);
}

start().catch((error) => {
  byId("panel").textContent = say("ui.broken", { why: error.message || String(error) });
}).finally(() => { document.documentElement.dataset.ready = String(Math.round(performance.now())); });
