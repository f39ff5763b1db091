// @ts-check
// Places, forms and lines as the build worked them out: pyvis's network, whose columns kg/page/networks.py writes.
import { readRows } from "./model.js";

/**
 * @typedef {{id: number, x: number, y: number, size: number, shape: string, group: string}} Dot
 * @typedef {{id: string, from: number, to: number, width: number, dashes: boolean | number[], opposed?: boolean, bend?: number}} Line
 * @typedef {{dots: Dot[], lines: Line[], shapes: Record<string, string>, options: any, stretch: {x: number, y: number}}} Picture
 */

const BUILT = 1.25; // the build's picture is so much wider than high
const NARROWEST = 0.45; // nodes side by side would touch

/**
 * @param {any} network
 * @param {import("./model.js").Model} model
 * @param {number} shape of the room for the picture: its width over its height
 * @returns {Picture}
 */
export function readPicture(network, model, shape) {
  const { shapes, patterns, options } = network;
  const opposed = new Set(network.lines.opposed);
  const narrow = shape > 0.8 * BUILT ? 1 : Math.sqrt(Math.max(NARROWEST, shape / BUILT)); // an upright room, an upright picture
  const stretch = { x: narrow, y: 1 / narrow };
  const dots = readRows(network.nodes, (row, id) => ({ id, x: row.x * stretch.x, y: row.y * stretch.y, size: row.size, shape: shapes[model.nodes[id].kind], group: model.nodes[id].kind }));
  const lines = readRows({ width: network.lines.width, dashes: network.lines.dashes }, (row, number) => {
    const { source, target } = model.edges[number];
    const dashes = patterns[row.dashes];
    return { id: `e${number}`, from: source.number, to: target.number, width: row.width, dashes: dashes.length ? dashes : false, opposed: opposed.has(number) };
  });
  bendParallels(lines);
  return { dots, lines, shapes, options, stretch };
}

/**
 * Lines between the same two nodes bend apart, so that each can be seen and clicked.
 * @param {Line[]} lines changed
 */
function bendParallels(lines) {
  /** @type {Map<string, Line[]>} */
  const pairs = new Map();
  for (const line of lines) {
    const key = line.from < line.to ? `${line.from},${line.to}` : `${line.to},${line.from}`;
    const pair = pairs.get(key);
    if (pair) pair.push(line);
    else pairs.set(key, [line]);
  }
  for (const pair of pairs.values()) {
    if (pair.length < 2) continue;
    pair.forEach((line, n) => {
      const side = (n - (pair.length - 1) / 2) * 0.3; // seen from the lower number
      line.bend = (line.from < line.to ? side : -side) || undefined;
    });
  }
}
