// @ts-check
// What is drawn under and over vis-network's nodes and lines: tints of groups, texts, what is looked at.
import { arrowHead, traceShape } from "./shapes.js";

/**
 * @typedef {import("./view.js").View} View
 * @typedef {import("./view.js").Dot} Dot
 * @typedef {import("./view.js").Focus} Focus
 * @typedef {import("./model.js").Edge} Edge
 */

export const FONT = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';

export const HALO = 3.5; // pixels around a text, in the colour of the page

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./captions.js").Caption[]} captions
 * @param {number} scale
 * @param {import("./palettes.js").Palette} palette
 */
export function drawCaptions(context, captions, scale, palette) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = HALO / scale;
  context.strokeStyle = palette.background;
  for (const { text, x, y, size, weight, ink } of captions) {
    context.font = `${weight} ${size / scale}px ${FONT}`;
    context.strokeText(text, x, y);
    context.fillStyle = ink;
    context.fillText(text, x, y);
  }
}

/**
 * The tint behind each group.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 */
export function drawGroups(context, view) {
  const { palette } = view;
  for (const [group, { hull, width }] of view.groups) {
    if (hull.length < 3) continue;
    context.beginPath();
    hull.forEach(([x, y], n) => (n ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.closePath();
    context.fillStyle = context.strokeStyle = palette.groups[group % palette.groups.length];
    context.lineJoin = "round";
    context.lineWidth = width;
    context.stroke();
    context.fill();
  }
}

/**
 * Nodes that would be too small to be seen, where the window shows few.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 */
export function drawSmall(context, view) {
  for (const { number } of view.shown?.nodes || []) {
    const dot = view.dots[number];
    const radius = view.radius(dot);
    if (radius === dot.size) continue;
    traceShape(context, dot.shape, dot.x, dot.y, radius);
    context.fillStyle = view.palette.kinds[dot.group];
    context.fill();
  }
}

/**
 * Draw a veil over the picture and on it again what is looked at.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {number} scale
 * @param {Focus} focus
 */
export function drawFocus(context, view, scale, focus) {
  const { palette } = view;
  const topLeft = view.network.DOMtoCanvas({ x: 0, y: 0 });
  const bottomRight = view.network.DOMtoCanvas({ x: view.container.clientWidth, y: view.container.clientHeight });
  context.fillStyle = palette.veil;
  context.fillRect(topLeft.x, topLeft.y, bottomRight.x - topLeft.x, bottomRight.y - topLeft.y);
  for (const edge of focus.edges) drawLine(context, view, edge, scale);
  for (const node of focus.nodes) {
    const dot = view.dots[node.number];
    traceShape(context, dot.shape, dot.x, dot.y, view.radius(dot));
    context.fillStyle = palette.kinds[dot.group];
    context.fill();
    context.lineWidth = focus.centre.has(node) ? 4 : 1.5;
    context.strokeStyle = focus.centre.has(node) ? palette.text : palette.background;
    context.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Edge} edge
 * @param {number} scale
 */
function drawLine(context, view, edge, scale) {
  const { from, to, via } = view.geometry(edge);
  const line = view.lines[edge.number];
  const color = line.opposed ? view.palette.opposed : view.palette.accent;
  const width = Math.max(line.width, 1.2 / scale);
  context.strokeStyle = context.fillStyle = color;
  context.lineWidth = width;
  context.setLineDash(Array.isArray(line.dashes) ? line.dashes : []);
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.quadraticCurveTo(via.x, via.y, to.x, to.y);
  context.stroke();
  context.setLineDash([]);
  const head = arrowHead(via, to, to.size + 2, 7 + 2.5 * width);
  context.beginPath();
  head.forEach(([x, y], n) => (n ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.fill();
}
