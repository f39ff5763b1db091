// @ts-check
// What is drawn under and over vis-network's nodes and lines: tints and names of groups, labels, what is looked at.
import { say } from "./settings.js";
import { boxAround } from "./labels.js";
import { arrowHead, curvePoint, textWidth, traceShape } from "./shapes.js";

/**
 * @typedef {import("./view.js").View} View
 * @typedef {import("./view.js").Dot} Dot
 * @typedef {import("./view.js").Focus} Focus
 * @typedef {import("./model.js").Edge} Edge
 * @typedef {import("./labels.js").Room} Room
 */

export const FONT = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';

const MOST_NAMES = 24; // of groups; the rest are named by their nodes
const NAME_PLACES = [0.5, 0.38, 0.62, 0.26, 0.74]; // along a line, the best first

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./labels.js").Label[]} labels
 * @param {number} scale
 * @param {import("./palettes.js").Palette} palette
 */
export function drawLabels(context, labels, scale, palette) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const label of labels) {
    context.font = `${label.strong ? "700 " : label.size > 13 ? "600 " : ""}${label.size / scale}px ${FONT}`;
    context.lineWidth = 3.5 / scale;
    context.strokeStyle = palette.background;
    context.strokeText(label.text, label.x, label.y);
    context.fillStyle = palette.text;
    context.fillText(label.text, label.x, label.y);
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
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {number} scale
 * @param {Room} room
 * @param {Room} forms the nodes
 */
export function drawGroupNames(context, view, scale, room, forms) {
  const size = 13;
  context.font = `600 ${size / scale}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const groups = [...view.groups].filter(([, one]) => one.size >= 4).sort((a, b) => b[1].size - a[1].size);
  const short = view.container.clientWidth < 600 || groups.length > MOST_NAMES;
  for (const [group, { x, top, bottom, width: tint }] of groups.slice(0, MOST_NAMES)) {
    const names = (short ? [2] : [3, 2]).map((terms) => view.groupName(group, terms)); // one term is but the name of its node
    const sides = [top - tint / 2 - 4 / scale, bottom + tint / 2 + 6 / scale];
    const places = sides.flatMap((y) => names.map((text) => ({ text, y, box: boxAround(x * scale, y * scale, textWidth(text, size) + 12, 20) }))).filter(({ box }) => room.isFree(box));
    const place = places.find(({ box }) => forms.isFree(box)) || (short ? null : places[0]);
    if (!place) continue;
    const { text, y, box } = place;
    room.keep(box);
    context.lineWidth = 4 / scale;
    context.lineJoin = "round";
    context.strokeStyle = view.palette.background;
    context.strokeText(text, x, y);
    context.fillStyle = view.palette.inks[group % view.palette.inks.length];
    context.fillText(text, x, y);
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

/**
 * The names of lines that have room beside nodes and labels, somewhere along the line.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Focus} focus
 * @param {number} scale
 * @param {Room} room
 */
export function drawLineNames(context, view, focus, scale, room) {
  const size = 11;
  context.font = `${size / scale}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const edge of focus.edges) {
    const { from, to, via } = view.geometry(edge);
    const text = say(`relation.${edge.kind}`);
    const width = textWidth(text, size) + 8;
    const place = NAME_PLACES.map((share) => curvePoint(from, via, to, share)).find((at) => room.take(boxAround(at.x * scale, at.y * scale, width, 16)));
    if (!place) continue;
    const { x, y } = place;
    context.fillStyle = view.palette.background;
    context.fillRect(x - width / 2 / scale, y - 8 / scale, width / scale, 16 / scale);
    context.fillStyle = view.lines[edge.number].opposed ? view.palette.opposed : view.palette.muted;
    context.fillText(text, x, y);
  }
}
