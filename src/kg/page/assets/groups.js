// @ts-check
// The groups that are shown: how far each reaches on the picture.
import { convexHull } from "./shapes.js";

/**
 * @typedef {import("./pictures.js").Dot} Dot
 * @typedef {{size: number, hull: [number, number][], width: number, x: number, top: number, bottom: number}} Group its tint is
 *   the hull with a rim of this width; its name stands above or below, in the middle
 */

/**
 * @param {import("./model.js").GraphNode[]} nodes
 * @param {Dot[]} dots
 * @returns {Map<number, Group>}
 */
export function findGroups(nodes, dots) {
  /** @type {Map<number, Dot[]>} */
  const members = new Map();
  for (const node of nodes) {
    if (node.group < 0) continue;
    const found = members.get(node.group);
    if (found) found.push(dots[node.number]);
    else members.set(node.group, [dots[node.number]]);
  }
  return new Map([...members].map(([group, found]) => [group, toGroup(found)]));
}

/**
 * @param {Dot[]} dots
 * @returns {Group}
 */
function toGroup(dots) {
  const [left, right] = [Math.min(...dots.map((dot) => dot.x)), Math.max(...dots.map((dot) => dot.x))];
  const size = dots.reduce((sum, dot) => sum + dot.size, 0) / dots.length;
  return {
    size: dots.length, hull: convexHull(dots.map((dot) => [dot.x, dot.y])), width: Math.max(70, 5 * size),
    x: (left + right) / 2, top: Math.min(...dots.map((dot) => dot.y)), bottom: Math.max(...dots.map((dot) => dot.y)),
  };
}
