// @ts-check
// What a reader puts right, kept in the browser and taken away as corrections.tsv for `kg build --corrections`.
import { byId, download, fill, h } from "./dom.js";
import { recall, remember, say, sayNumber } from "./settings.js";

/** @typedef {{action: "wrong" | "merge" | "type", subject: string, relation: string, object: string, value: string, when?: string}} Correction */

const COLUMNS = ["action", "subject", "relation", "object", "value", "who", "when"];

/** @returns {Correction[]} */
function readCorrections() {
  try {
    const rows = JSON.parse(recall("corrections") || "[]");
    return Array.isArray(rows) ? rows : [];
  } catch {
    return [];
  }
}

/** @type {Correction[]} */
let rows = readCorrections();

/**
 * The corrections as the file that a build reads.
 * @param {Correction[]} list
 * @param {string} who
 * @returns {string}
 */
export function toTsv(list, who) {
  const cell = (/** @type {string} */ value) => value.replace(/[\t\r\n]+/g, " ");
  const lines = list.map((row) => [row.action, row.subject, row.relation, row.object, row.value, who, row.when || ""].map(cell).join("\t"));
  return `${[COLUMNS.join("\t"), ...lines].join("\n")}\n`;
}

/**
 * What is put right by a correction, whatever it becomes.
 * @param {Correction} row
 * @returns {string}
 */
function keyOf(row) {
  return [row.action, row.subject, row.relation, row.object].join("\t");
}

/**
 * Tell whether this is put right already.
 * @param {Correction} row
 * @returns {boolean}
 */
export function isCorrected(row) {
  return rows.some((other) => keyOf(other) === keyOf(row));
}

/** @param {Correction[]} list */
function keep(list) {
  rows = list;
  remember("corrections", JSON.stringify(rows));
  drawCorrections();
}

/**
 * Keep one more; the same twice is once.
 * @param {Correction} row
 */
export function addCorrection(row) {
  keep([...rows.filter((other) => keyOf(other) !== keyOf(row)), { ...row, when: new Date().toISOString().slice(0, 10) }]);
  byId("corrections").open = true;
}

/** @param {Correction} row */
export function dropCorrection(row) {
  keep(rows.filter((other) => keyOf(other) !== keyOf(row)));
}

let undone = () => {};

/**
 * Show the list with its download.
 * @param {() => void} [redraw] called, from now on, where something in the list is undone
 */
export function drawCorrections(redraw = undone) {
  undone = redraw;
  byId("corrections-count").textContent = rows.length ? sayNumber(rows.length) : "";
  byId("corrections").hidden = rows.length === 0;
  const name = (/** @type {string} */ id) => id.replace(/^(entity|article)\//, "");
  const items = rows.map((row) => h("li", {}, h("bdi", {}, row.action === "wrong" ? `✗ ${name(row.subject)} ${say(`relation.${row.relation}`)} ${name(row.object)}`
    : row.action === "type" ? `${name(row.subject)} → ${say(`class.${row.value}`)}` : `${name(row.subject)} ⇒ ${name(row.object)}`),
  h("button", { class: "link", onclick: () => {
    dropCorrection(row);
    undone();
  } }, say("fix.undo"))));
  const who = h("input", { class: "find", id: "corrections-who", autocomplete: "name", placeholder: say("fix.who"), "aria-label": say("fix.who"), value: recall("who"), oninput: (/** @type {any} */ event) => remember("who", event.target.value.trim()) });
  fill(byId("corrections-list"), h("ul", { class: "rows" }, ...items), h("p", { class: "note" }, say("fix.note")), who,
    h("button", { class: "chip", id: "corrections-download", onclick: () => download("corrections.tsv", new Blob([toTsv(rows, recall("who"))], { type: "text/tab-separated-values" })) }, say("fix.download")));
}
