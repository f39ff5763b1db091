// @ts-check
// An answer as a table that sorts, with links into the graph, and as CSV.
import { fill, h } from "./dom.js";
import { say } from "./settings.js";

/**
 * @typedef {import("./questions.js").Answer} Answer
 * @typedef {import("./questions.js").Term} Term
 * @typedef {{ids: (term: Term | undefined) => string[], shorten: (iri: string) => string}} Names what a value stands for in the graph
 */

const MOST = 500;
const collator = new Intl.Collator("zh", { numeric: true });

/**
 * @param {HTMLElement} place
 * @param {Answer} answer
 * @param {Names} names
 * @param {{column: number, down: boolean}} order column is -1 for the query's own order
 * @param {(column: number) => void} sort
 */
export function drawAnswer(place, answer, names, order, sort) {
  const rows = order.column < 0 ? answer.rows : sorted(answer.rows, order);
  const head = answer.columns.map((name, n) => h("th", { scope: "col", "aria-sort": order.column === n ? (order.down ? "descending" : "ascending") : "none" },
    h("button", { type: "button", onclick: () => sort(n) }, name, order.column === n && (order.down ? " ↓" : " ↑"))));
  const body = rows.slice(0, MOST).map((row) => h("tr", {}, ...row.map((term) => h("td", {}, cell(term, names)))));
  fill(place, rows.length > MOST && h("p", { class: "note" }, say("ui.table.cut", { n: MOST })),
    h("table", {}, h("caption", { class: "unseen" }, say("ask.answer")), h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...body)));
}

/**
 * @param {Term | undefined} term
 * @param {Names} names
 * @returns {Node | string}
 */
function cell(term, names) {
  if (!term) return "";
  const text = h("bdi", {}, term.type === "uri" ? names.shorten(term.value) : term.value);
  const ids = names.ids(term);
  return ids.length ? h("a", { href: graphLink(ids) }, text) : text;
}

/**
 * Where the graph page shows these nodes.
 * @param {string[]} ids
 * @returns {string}
 */
export function graphLink(ids) {
  return ids.length === 1 ? `graph.html#node=${encodeURIComponent(ids[0])}` : `graph.html#highlight=${encodeURIComponent(ids.join("|"))}`;
}

/**
 * @param {(Term | undefined)[][]} rows
 * @param {{column: number, down: boolean}} order
 * @returns {(Term | undefined)[][]}
 */
function sorted(rows, { column, down }) {
  const sign = down ? -1 : 1;
  return [...rows].sort((a, b) => sign * collator.compare(a[column]?.value || "", b[column]?.value || ""));
}

/**
 * All rows; a cell that a spreadsheet would run as a formula gets a mark before it.
 * @param {Answer} answer
 * @returns {string}
 */
export function toCsv(answer) {
  const field = (/** @type {string} */ value) => `"${value.replace(/^(?=[=+\-@\t\r])/, "'").replace(/"/g, '""')}"`;
  const rows = answer.rows.map((row) => row.map((term) => term?.value || ""));
  return `\ufeff${[answer.columns, ...rows].map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;
}
