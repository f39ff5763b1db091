// @ts-check
// An answer as a table that sorts, with links into the graph.
import { fill, h } from "./dom.js";
import { say } from "./settings.js";

/**
 * @typedef {import("./results.js").Cell} Cell
 * @typedef {import("./results.js").Summary} Summary
 */

/**
 * @param {HTMLElement} place
 * @param {Summary} answer
 * @param {{column: number, down: boolean}} order column is -1 for the query's own order
 * @param {(column: number) => void} sort
 */
export function drawAnswer(place, answer, order, sort) {
  const head = answer.columns.map((name, n) => h("th", { scope: "col", "aria-sort": order.column === n ? (order.down ? "descending" : "ascending") : "none" },
    h("button", { type: "button", onclick: () => sort(n) }, name, order.column === n && (order.down ? " ↓" : " ↑"))));
  const body = answer.cells.map((row) => h("tr", {}, ...row.map((one) => h("td", {}, cell(one)))));
  fill(place, answer.count > answer.cells.length && h("p", { class: "note" }, say("ui.table.cut", { n: answer.cells.length })),
    h("table", {}, h("caption", { class: "unseen" }, say("ask.answer")), h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...body)));
}

/**
 * @param {Cell} cell
 * @returns {Node | string}
 */
function cell({ text, ids }) {
  if (!text) return "";
  return ids.length ? h("a", { href: graphLink(ids) }, h("bdi", {}, text)) : h("bdi", {}, text);
}

/**
 * Where the graph page shows these nodes.
 * @param {string[]} ids
 * @returns {string}
 */
export function graphLink(ids) {
  return ids.length === 1 ? `graph.html#node=${encodeURIComponent(ids[0])}` : `graph.html#highlight=${encodeURIComponent(ids.join("|"))}`;
}
