// @ts-check
// The legend that filters: every value with what it would show, drawn anew after each change.
import { byId, fill, h } from "./dom.js";
import { FACETS, WRITER } from "./filters.js";
import { corners } from "./shapes.js";
import { say, sayNumber } from "./settings.js";

/**
 * @typedef {import("./filters.js").State} State
 * @typedef {import("./filters.js").Shown} Shown
 * @typedef {import("./model.js").Model} Model
 */

const OPEN = ["type", "kind", "modality"]; // the rest is folded until wanted
const FEW = 12; // above this a list has a field to find in it
const MOST = 200;

/** What is typed into the fields of long lists, by facet. @type {Record<string, string>} */
const sought = {};

/**
 * @param {Model} model
 * @param {string} facet
 * @param {string} value
 * @returns {string}
 */
export function valueName(model, facet, value) {
  if (facet === "type") return say(`class.${value}`);
  if (facet === "kind") return say(`relation.${value}`);
  if (facet === "modality") return say(`modality.${value}`);
  if (facet === "year") return value || say("ui.undated");
  if (facet === "publisher") return value || say("ui.unnamed");
  if (facet === "article") return model.articles.find((article) => article.id === value)?.title || value;
  return value === WRITER ? say("ui.writer") : value;
}

/**
 * Draw all filters.
 * @param {Model} model
 * @param {State} state
 * @param {Shown} shown
 * @param {Record<string, string>} shapes by kind of node
 * @param {() => void} changed
 */
export function drawFacets(model, state, shown, shapes, changed) {
  const holder = byId("facets");
  const open = new Set(FACETS.filter((facet) => holder.querySelector(`[data-facet="${facet}"]`)?.open ?? (OPEN.includes(facet) || state.chosen[facet].size > 0)));
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const spot = active?.closest("[data-facet]")?.getAttribute("data-facet");
  const value = active?.getAttribute("data-value");
  fill(holder, ...FACETS.map((facet) => drawFacet(model, state, shown, shapes, facet, open.has(facet), changed)));
  if (spot && value !== null && value !== undefined) { // the key that was pressed keeps the focus
    for (const button of holder.querySelectorAll(`[data-facet="${spot}"] [data-value]`)) if (button.getAttribute("data-value") === value) button.focus();
  }
}

/**
 * @param {Model} model
 * @param {State} state
 * @param {Shown} shown
 * @param {Record<string, string>} shapes
 * @param {string} facet
 * @param {boolean} open
 * @param {() => void} changed
 * @returns {HTMLElement}
 */
function drawFacet(model, state, shown, shapes, facet, open, changed) {
  const chosen = state.chosen[facet];
  const counts = shown.counts[facet];
  const values = [...new Set([...counts.keys(), ...chosen])].sort((a, b) => (counts.get(b) || 0) - (counts.get(a) || 0) || (a < b ? -1 : 1));
  if (facet === "year") values.sort().reverse();
  const list = h("div", { class: "values" });
  const draw = () => {
    const text = (sought[facet] || "").toLowerCase();
    const fitting = values.filter((value) => !text || valueName(model, facet, value).toLowerCase().includes(text)).slice(0, MOST);
    fill(list, ...fitting.map((value) => valueButton(model, state, facet, value, counts.get(value) || 0, shapes, changed)));
  };
  draw();
  const finder = values.length > FEW && facet !== "kind" && facet !== "type" && h("input", { type: "search", class: "find", placeholder: say("ui.find"), "aria-label": say("ui.find"), value: sought[facet] || "", oninput: (/** @type {any} */ event) => {
    sought[facet] = event.target.value;
    draw();
  } });
  const box = h("details", { "data-facet": facet, open, hidden: values.length === 0 }, h("summary", {}, say(`ui.facet.${facet}`), chosen.size > 0 && h("span", { class: "active" }, chosen.size)), finder, list);
  return box;
}

/**
 * @param {Model} model
 * @param {State} state
 * @param {string} facet
 * @param {string} value
 * @param {number} count
 * @param {Record<string, string>} shapes
 * @param {() => void} changed
 * @returns {HTMLElement}
 */
function valueButton(model, state, facet, value, count, shapes, changed) {
  const chosen = state.chosen[facet];
  return h("button", { class: "value", "data-value": value, "aria-pressed": String(chosen.has(value)), onclick: () => {
    if (chosen.has(value)) chosen.delete(value);
    else chosen.add(value);
    changed();
  } }, facet === "type" && shapeIcon(shapes[value] || "dot", value), h("bdi", {}, valueName(model, facet, value)), h("span", { class: "count" }, sayNumber(count)));
}

/**
 * The form of a kind of node, as the legend shows it.
 * @param {string} shape
 * @param {string} kind
 * @returns {Element}
 */
function shapeIcon(shape, kind) {
  const ns = "http://www.w3.org/2000/svg"; // a name, never fetched
  const picture = document.createElementNS(ns, "svg");
  picture.setAttribute("viewBox", "0 0 16 16");
  picture.setAttribute("aria-hidden", "true");
  picture.setAttribute("class", `shape kind-${kind}`);
  const points = corners(shape, 8, 8, 5.5);
  const form = document.createElementNS(ns, points ? "polygon" : "circle");
  if (points) form.setAttribute("points", points.map((point) => point.map((v) => v.toFixed(1)).join(",")).join(" "));
  else for (const [name, v] of Object.entries({ cx: 8, cy: 8, r: 5.5 })) form.setAttribute(name, String(v));
  picture.append(form);
  return picture;
}
