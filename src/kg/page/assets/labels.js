// @ts-check
// Which labels are drawn: by importance, as many as fit without touching, more the nearer one looks.
import { shorten, textWidth } from "./shapes.js";

/**
 * @typedef {{x: number, y: number, r: number, text: string, importance: number, strong: boolean}} Candidate places in network units
 * @typedef {{x: number, y: number, text: string, size: number, strong: boolean}} Label places in network units, size in screen pixels
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box screen pixels
 */

const MOST = 320; // more no reader takes in, and each costs drawing time
const FIRST = 14; // the most important are named whatever stands around them
const CELL = 64;

/** Boxes on a grid, to ask quickly whether a place is free. */
export class Room {
  /** @param {{left: number, right: number}} [edges] nothing has room across them: half a name misleads */
  constructor(edges = { left: -Infinity, right: Infinity }) {
    this.edges = edges;
    /** @type {Map<string, Box[]>} */
    this.cells = new Map();
  }

  /**
   * Take a place if it is free.
   * @param {Box} box
   * @returns {boolean}
   */
  take(box) {
    if (box.left < this.edges.left || box.right > this.edges.right) return false;
    const keys = cellKeys(box);
    for (const key of keys) for (const other of this.cells.get(key) || []) if (touches(box, other)) return false;
    for (const key of keys) {
      const cell = this.cells.get(key);
      if (cell) cell.push(box);
      else this.cells.set(key, [box]);
    }
    return true;
  }
}

/**
 * @param {Box} box
 * @returns {string[]}
 */
function cellKeys(box) {
  const keys = [];
  for (let column = Math.floor(box.left / CELL); column <= Math.floor(box.right / CELL); column += 1) {
    for (let row = Math.floor(box.top / CELL); row <= Math.floor(box.bottom / CELL); row += 1) keys.push(`${column},${row}`);
  }
  return keys;
}

/**
 * @param {Box} one
 * @param {Box} two
 * @returns {boolean}
 */
function touches(one, two) {
  return one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom;
}

/**
 * The labels that have room beside their nodes: below, else above, right or left of them. Only the first few may cover a node.
 * @param {Candidate[]} candidates in order of preference
 * @param {number} scale
 * @param {Room} room
 * @returns {Label[]}
 */
export function placeLabels(candidates, scale, room) {
  /** @type {Label[]} */
  const labels = [];
  for (const [n, { x, y, r, text, importance, strong }] of candidates.entries()) {
    if (n === FIRST) keepNodesFree(candidates, scale, room);
    const size = Math.round(11.5 + 5 * importance) + (strong ? 1 : 0);
    const shown = shorten(text, strong ? 24 : 12);
    const width = textWidth(shown, size) + 6;
    const place = findPlace(x * scale, y * scale, r * scale, width, size + 3, room);
    if (!place) continue;
    labels.push({ x: place.x / scale, y: place.y / scale, text: shown, size, strong });
    if (labels.length >= MOST) break;
  }
  return labels;
}

/**
 * Let no further label cover a node.
 * @param {Candidate[]} candidates
 * @param {number} scale
 * @param {Room} room
 */
function keepNodesFree(candidates, scale, room) {
  for (const { x, y, r } of candidates.slice(0, MOST)) room.take({ left: (x - r * 0.7) * scale, right: (x + r * 0.7) * scale, top: (y - r * 0.7) * scale, bottom: (y + r * 0.7) * scale });
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} r
 * @param {number} width
 * @param {number} height
 * @param {Room} room
 * @returns {{x: number, y: number} | null} the middle of the label, in screen pixels
 */
function findPlace(x, y, r, width, height, room) {
  const [down, side] = [r + 1 + height / 2, r + 2 + width / 2];
  for (const [dx, dy] of [[0, down], [0, -down], [side, 0], [-side, 0]]) {
    const [left, top] = [x + dx - width / 2, y + dy - height / 2];
    if (room.take({ left, top, right: left + width, bottom: top + height })) return { x: x + dx, y: y + dy };
  }
  return null;
}
