// @ts-check
// Numbers over time as a small line.
import { sayNumber } from "./settings.js";

/** @typedef {import("./model.js").Observation} Observation */

const NS = "http://www.w3.org/2000/svg"; // a name, never fetched

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {string} [text]
 * @returns {SVGElement}
 */
function svg(tag, attributes, text = "") {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text) element.textContent = text;
  return element;
}

/**
 * A time as a number of years; a span counts by its end.
 * @param {string} time
 * @returns {number}
 */
export function toYears(time) {
  const [year, month, day] = (time.split("/").pop() || "").split("-").map(Number);
  return year + ((month || 1) - 1) / 12 + ((day || 1) - 1) / 365;
}

/**
 * A plot of the numbers of one unit that have a time, or null where fewer than two do.
 * @param {Observation[]} observations
 * @param {string} label
 * @returns {SVGElement | null}
 */
export function plot(observations, label) {
  const points = observations.filter((o) => o.time && Number.isFinite(toYears(o.time))).map((o) => ({ at: toYears(o.time || ""), value: o.base ?? Number(o.value), o }));
  points.sort((a, b) => a.at - b.at);
  if (new Set(points.map((point) => point.at)).size < 2) return null;
  const width = 320;
  const height = 96;
  const [first, last] = [points[0].at, points[points.length - 1].at];
  const low = Math.min(...points.map((point) => point.value), 0);
  const high = Math.max(...points.map((point) => point.value), low + 1e-9);
  const x = (/** @type {number} */ at) => 14 + ((at - first) / (last - first)) * (width - 28);
  const y = (/** @type {number} */ value) => height - 22 - ((value - low) / (high - low)) * (height - 44);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "plot", role: "img", "aria-label": label });
  picture.append(svg("line", { x1: 8, x2: width - 8, y1: y(low), y2: y(low), class: "axis" }));
  picture.append(svg("polyline", { points: points.map((point) => `${x(point.at).toFixed(1)},${y(point.value).toFixed(1)}`).join(" "), class: "trend" }));
  points.forEach((point, n) => {
    const anchor = n === 0 ? "start" : n === points.length - 1 ? "end" : "middle";
    picture.append(svg("circle", { cx: x(point.at), cy: y(point.value), r: 3.5, class: `point ${point.o.kind}` }));
    if (points.length <= 6 || n === 0 || n === points.length - 1) {
      picture.append(svg("text", { x: x(point.at), y: y(point.value) - 8, "text-anchor": anchor }, sayNumber(point.o.value)));
      picture.append(svg("text", { x: x(point.at), y: height - 6, "text-anchor": anchor, class: "time" }, point.o.time));
    }
  });
  return picture;
}
