// @ts-check
// Which labels are drawn: by importance, as many as fit without touching, more the nearer one looks.
import { shorten, textWidth } from "./shapes.js";

/**
 * @typedef {{x: number, y: number, r: number, text: string, importance: number, strong: boolean}} Candidate places in network units
 * @typedef {{x: number, y: number, text: string, size: number, strong: boolean}} Label places in network units, size in screen pixels
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box screen pixels
 */

const MOST = 320; // more no reader takes in, and each costs drawing time
const CELL = 64;

/** Boxes on a grid, to ask quickly whether a place is free. */
export class Room {
  constructor() {
    /** @type {Map<string, Box[]>} */
    this.cells = new Map();
  }

  /**
   * Take a place if it is free.
   * @param {Box} box
   * @returns {boolean}
   */
  take(box) {
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
 * The labels that have room below their nodes.
 * @param {Candidate[]} candidates in order of preference
 * @param {number} scale
 * @param {Room} room
 * @returns {Label[]}
 */
export function placeLabels(candidates, scale, room) {
  /** @type {Label[]} */
  const labels = [];
  for (const { x, y, r, text, importance, strong } of candidates) {
    const size = Math.round(11 + 5 * importance) + (strong ? 1 : 0);
    const shown = shorten(text, strong ? 24 : 12);
    const width = textWidth(shown, size) + 6;
    const left = x * scale - width / 2;
    const top = (y + r) * scale + 2;
    if (!room.take({ left, top, right: left + width, bottom: top + size + 3 })) continue;
    labels.push({ x, y: (top + size / 2 + 1) / scale, text: shown, size, strong });
    if (labels.length >= MOST) break;
  }
  return labels;
}
