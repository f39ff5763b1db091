// @ts-check
// The view as PNG and SVG, the visible relations as CSV.
import { download } from "./dom.js";
import { FONT } from "./drawings.js";
import { findForms, placeLabels } from "./labels.js";
import { cueOf } from "./model.js";
import { say } from "./settings.js";
import { arrowHead, corners } from "./shapes.js";

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
 * @param {string | number} value
 * @returns {string}
 */
function escapeXml(value) {
  return String(value).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/**
 * What is visible, drawn as SVG in network units, the window's part of it.
 * @param {View} view
 * @returns {string}
 */
export function toSvg(view) {
  const { palette, dots } = view;
  const shown = /** @type {Shown} */ (view.shown);
  const scale = view.network.getScale();
  const from = view.network.DOMtoCanvas({ x: 0, y: 0 });
  const size = { width: view.container.clientWidth, height: view.container.clientHeight };
  const round = (/** @type {number} */ value) => value.toFixed(1);
  const points = (/** @type {[number, number][]} */ list) => list.map((point) => point.map(round).join(",")).join(" ");
  const groups = [...view.groups].filter(([, { hull }]) => hull.length > 2).map(([group, { hull, width }]) => {
    const colour = palette.groups[group % palette.groups.length];
    return `<polygon points="${points(hull)}" fill="${colour}" stroke="${colour}" stroke-width="${round(width)}" stroke-linejoin="round"/>`;
  });
  const lines = shown.edges.map((edge) => {
    const { from: start, to, via } = view.geometry(edge);
    const line = view.lines[edge.number];
    const colour = line.opposed ? palette.opposed : palette.line;
    const dashes = Array.isArray(line.dashes) ? ` stroke-dasharray="${line.dashes.join(" ")}"` : "";
    return `<path d="M${round(start.x)} ${round(start.y)}Q${round(via.x)} ${round(via.y)} ${round(to.x)} ${round(to.y)}" fill="none" stroke="${colour}" stroke-opacity="${view.lineColor(line).opacity}" stroke-width="${line.width}"${dashes}/><polygon points="${points(arrowHead(via, to, to.size + 1, 8))}" fill="${colour}"/>`;
  });
  const nodes = shown.nodes.map((node) => {
    const dot = dots[node.number];
    const style = `fill="${palette.kinds[dot.group]}" stroke="${palette.background}" stroke-width="1.5"`;
    const form = corners(dot.shape, dot.x, dot.y, dot.size);
    return form ? `<polygon points="${points(form)}" ${style}/>` : `<circle cx="${dot.x}" cy="${dot.y}" r="${dot.size}" ${style}/>`;
  });
  const candidates = view.labelCandidates();
  const labels = placeLabels(candidates, scale, view.room(), findForms(candidates, scale)).map((label) => `<text x="${round(label.x)}" y="${round(label.y)}" font-size="${round(label.size / scale)}" stroke-width="${round(3 / scale)}">${escapeXml(label.text)}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="${[from.x, from.y, size.width / scale, size.height / scale].map(round).join(" ")}">
<rect x="${round(from.x)}" y="${round(from.y)}" width="100%" height="100%" fill="${palette.background}"/>
<g>${groups.join("")}</g><g>${lines.join("")}</g><g>${nodes.join("")}</g>
<g font-family="${escapeXml(FONT)}" text-anchor="middle" dominant-baseline="central" fill="${palette.text}" stroke="${palette.background}" paint-order="stroke" stroke-linejoin="round">${labels.join("")}</g>
</svg>
`;
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
