// @ts-check
// What a reader puts right, kept in the browser and taken away as corrections.tsv for `kg build --corrections`.
import { byId, download, fill, h } from "./dom.js";
import { recall, remember, say } from "./settings.js";

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
 * Keep one more; the same twice is once.
 * @param {Correction} row
 */
export function addCorrection(row) {
  const key = (/** @type {Correction} */ r) => [r.action, r.subject, r.relation, r.object].join("\t");
  rows = [...rows.filter((other) => key(other) !== key(row)), { ...row, when: new Date().toISOString().slice(0, 10) }];
  remember("corrections", JSON.stringify(rows));
  drawCorrections();
  byId("corrections").open = true;
}

/** Show the list with its download. */
export function drawCorrections() {
  byId("corrections-count").textContent = rows.length ? String(rows.length) : "";
  byId("corrections").hidden = rows.length === 0;
  const name = (/** @type {string} */ id) => id.replace(/^(entity|article)\//, "");
  const items = rows.map((row, n) => h("li", {}, h("bdi", {}, row.action === "wrong" ? `✗ ${name(row.subject)} ${say(`relation.${row.relation}`)} ${name(row.object)}`
    : row.action === "type" ? `${name(row.subject)} → ${say(`class.${row.value}`)}` : `${name(row.subject)} ⇒ ${name(row.object)}`),
  h("button", { class: "link", onclick: () => {
    rows = rows.filter((_, other) => other !== n);
    remember("corrections", JSON.stringify(rows));
    drawCorrections();
  } }, say("fix.undo"))));
  fill(byId("corrections-list"), h("ul", { class: "rows" }, ...items), h("p", { class: "note" }, say("fix.note")),
    h("button", { class: "chip", id: "corrections-download", onclick: () => download("corrections.tsv", new Blob([toTsv(rows, recall("who"))], { type: "text/tab-separated-values" })) }, say("fix.download")));
}
