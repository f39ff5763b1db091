// @ts-check
// The view as PNG, the visible relations as CSV.
import { download } from "./dom.js";
import { cueOf } from "./model.js";
import { say } from "./settings.js";

/**
 * @typedef {import("./view.js").View} View
 * @typedef {import("./filters.js").Shown} Shown
 */

/**
 * Save what the window shows as a PNG, on the colour of the page.
 * @param {View} view
 */
export function takePng(view) {
  const canvas = /** @type {HTMLCanvasElement} */ (view.container.querySelector("canvas"));
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = /** @type {CanvasRenderingContext2D} */ (copy.getContext("2d"));
  context.fillStyle = view.palette.background;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  copy.toBlob((blob) => blob && download("graph.png", blob), "image/png");
}

/**
 * The visible relations, one row for each sentence; a cell that a spreadsheet would run as a formula gets a mark before it.
 * @param {Shown} shown
 * @returns {string}
 */
export function toCsv(shown) {
  const head = ["subject", "relation", "object", "cue", "action", "modality", "strength", "negated", "speaker", "confidence", "rule", "sentence", "article", "publisher", "date"];
  const rows = shown.edges.flatMap((edge) => (shown.statements.get(edge) || []).flatMap((s) => s.evidence.map((e) => [
    edge.source.name, say(`relation.${edge.kind}`), edge.target.name, cueOf(e), s.action, say(`modality.${s.modality}`), s.strength && say(`strength.${s.strength}`),
    s.negated ? "1" : "0", s.said.join("、"), e.confidence, e.rule, e.sentence.text, s.article.title, s.article.publisher, s.article.date,
  ])));
  const cell = (/** @type {string | number} */ value) => `"${String(value).replace(/^(?=[=+\-@\t\r])/, "'").replace(/"/g, '""')}"`;
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
