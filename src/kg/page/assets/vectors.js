// @ts-check
// The view as SVG, in network units: the window's part of it, with what is looked at before the rest.
import { placeCaptions } from "./captions.js";
import { FONT, HALO } from "./drawings.js";
import { arrowHead, corners } from "./shapes.js";

/**
 * @typedef {import("./view.js").View} View
 * @typedef {import("./model.js").Edge} Edge
 * @typedef {import("./model.js").GraphNode} GraphNode
 */

const FADED = 0.16; // what the veil of the picture leaves of the rest

const round = (/** @type {number} */ value) => value.toFixed(1);
const points = (/** @type {[number, number][]} */ list) => list.map((point) => point.map(round).join(",")).join(" ");

/**
 * @param {string | number} value
 * @returns {string}
 */
function escapeXml(value) {
  return String(value).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/**
 * @param {View} view
 * @returns {string}
 */
export function toSvg(view) {
  const { palette, focus, shown } = view;
  const scale = view.network.getScale();
  const from = view.network.DOMtoCanvas({ x: 0, y: 0 });
  const [width, height] = [view.container.clientWidth, view.container.clientHeight];
  const [edges, nodes] = [shown?.edges || [], shown?.nodes || []];
  const front = focus ? `<g>${[...focus.edges].map((edge) => drawLine(view, edge, palette.accent, 1, scale)).join("")}</g><g>${[...focus.nodes].map((node) => drawNode(view, node)).join("")}</g>` : "";
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${[from.x, from.y, width / scale, height / scale].map(round).join(" ")}">
<rect x="${round(from.x)}" y="${round(from.y)}" width="100%" height="100%" fill="${palette.background}"/>
<g${focus ? ` opacity="${FADED}"` : ""}><g>${drawTints(view)}</g><g>${edges.map((edge) => drawLine(view, edge, palette.line, view.lineColor(view.lines[edge.number]).opacity, 0)).join("")}</g><g>${nodes.map((node) => drawNode(view, node)).join("")}</g></g>
${front}<g font-family="${escapeXml(FONT)}" text-anchor="middle" dominant-baseline="central" stroke="${palette.background}" stroke-width="${round(HALO / scale)}" paint-order="stroke" stroke-linejoin="round">${drawTexts(view, scale)}</g>
</svg>
`;
}

/**
 * @param {View} view
 * @returns {string}
 */
function drawTints({ groups, palette }) {
  return [...groups].filter(([, { hull }]) => hull.length > 2).map(([group, { hull, width }]) => {
    const colour = palette.groups[group % palette.groups.length];
    return `<polygon points="${points(hull)}" fill="${colour}" stroke="${colour}" stroke-width="${round(width)}" stroke-linejoin="round"/>`;
  }).join("");
}

/**
 * @param {View} view
 * @param {Edge} edge
 * @param {string} colour unless the line is one of opposition
 * @param {number} opacity
 * @param {number} scale above 0 the line is never thinner than can be seen at it
 * @returns {string}
 */
function drawLine(view, edge, colour, opacity, scale) {
  const { from, to, via } = view.geometry(edge);
  const line = view.lines[edge.number];
  const ink = line.opposed ? view.palette.opposed : colour;
  const width = scale > 0 ? Math.max(line.width, 1.2 / scale) : line.width;
  const dashes = Array.isArray(line.dashes) ? ` stroke-dasharray="${line.dashes.join(" ")}"` : "";
  return `<path d="M${round(from.x)} ${round(from.y)}Q${round(via.x)} ${round(via.y)} ${round(to.x)} ${round(to.y)}" fill="none" stroke="${ink}" stroke-opacity="${opacity}" stroke-width="${round(width)}"${dashes}/><polygon points="${points(arrowHead(via, to, view.radius(to) + 1, 7 + 2.5 * width))}" fill="${ink}" fill-opacity="${opacity}"/>`;
}

/**
 * @param {View} view
 * @param {GraphNode} node
 * @returns {string}
 */
function drawNode(view, node) {
  const { palette, focus } = view;
  const dot = view.dots[node.number];
  const rim = focus?.centre.has(node) ? `stroke="${palette.text}" stroke-width="4"` : `stroke="${palette.background}" stroke-width="1.5"`;
  const form = corners(dot.shape, dot.x, dot.y, view.radius(dot));
  const place = form ? `polygon points="${points(form)}"` : `circle cx="${round(dot.x)}" cy="${round(dot.y)}" r="${round(view.radius(dot))}"`;
  return `<${place} fill="${palette.kinds[dot.group]}" ${rim}/>`;
}

/**
 * @param {View} view
 * @param {number} scale
 * @returns {string}
 */
function drawTexts(view, scale) {
  return placeCaptions(view).map(({ text, x, y, size, weight, ink }) => `<text x="${round(x)}" y="${round(y)}" font-size="${round(size / scale)}" font-weight="${weight}" fill="${ink}">${escapeXml(text)}</text>`).join("");
}
