// @ts-check
// Which labels are drawn: by importance, as many as fit without touching, more the nearer one looks.
import { shorten, textWidth } from "./shapes.js";

/**
 * @typedef {{x: number, y: number, r: number, text: string, importance: number, strong: boolean}} Candidate places in network units
 * @typedef {{x: number, y: number, text: string, size: number, strong: boolean}} Label places in network units, size in screen pixels
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box screen pixels
 */

const MOST = 320; // more no reader takes in, and each costs drawing time
const FIRST = 8; // the most important are named whatever stands around them
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
    const free = this.isFree(box);
    if (free) this.keep(box);
    return free;
  }

  /**
   * @param {Box} box
   * @returns {boolean}
   */
  isFree(box) {
    if (box.left < this.edges.left || box.right > this.edges.right) return false;
    return cellKeys(box).every((key) => !this.cells.get(key)?.some((other) => touches(box, other)));
  }

  /**
   * Let nothing else stand there.
   * @param {Box} box
   */
  keep(box) {
    for (const key of cellKeys(box)) {
      const cell = this.cells.get(key);
      if (cell) cell.push(box);
      else this.cells.set(key, [box]);
    }
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
 * Where nodes stand, so that no text covers them.
 * @param {Candidate[]} candidates
 * @param {number} scale
 * @returns {Room}
 */
export function findForms(candidates, scale) {
  const forms = new Room();
  for (const { x, y, r } of candidates.slice(0, MOST)) forms.keep(boxAround(x * scale, y * scale, 1.4 * r * scale, 1.4 * r * scale));
  return forms;
}

/**
 * The labels that have room beside their nodes: below, else above, right or left of them, else at a corner. Only the first few may cover a node,
 * where all around them is full. What stands afterwards in the room are the nodes and their labels.
 * @param {Candidate[]} candidates in order of preference
 * @param {number} scale
 * @param {Room} room
 * @param {Room} forms the nodes
 * @returns {Label[]}
 */
export function placeLabels(candidates, scale, room, forms) {
  /** @type {Label[]} */
  const labels = [];
  for (const [n, { x, y, r, text, importance, strong }] of candidates.entries()) {
    const size = Math.round(11.5 + 5 * importance) + (strong ? 1 : 0);
    const shown = shorten(text, strong ? 24 : 12);
    const width = textWidth(shown, size) + 6;
    const boxes = findBoxes(x * scale, y * scale, r * scale, width, size + 3).filter((box) => room.isFree(box));
    const box = boxes.find((one) => forms.isFree(one)) || (n < FIRST && boxes[0]);
    if (!box) continue;
    room.keep(box);
    const place = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    labels.push({ x: place.x / scale, y: place.y / scale, text: shown, size, strong });
    if (labels.length >= MOST) break;
  }
  for (const cell of forms.cells.values()) for (const box of cell) room.keep(box);
  return labels;
}

/**
 * @param {number} x its middle
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @returns {Box}
 */
export function boxAround(x, y, width, height) {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

/**
 * Where the label of a node may stand, the best place first.
 * @param {number} x
 * @param {number} y
 * @param {number} r
 * @param {number} width
 * @param {number} height
 * @returns {Box[]} in screen pixels
 */
function findBoxes(x, y, r, width, height) {
  const [down, side] = [r + 1 + height / 2, r + 2 + width / 2];
  const [slant, lift] = [0.8 * side, 0.8 * down];
  return [[0, down], [0, -down], [side, 0], [-side, 0], [slant, lift], [-slant, lift], [slant, -lift], [-slant, -lift]].map(([dx, dy]) => boxAround(x + dx, y + dy, width, height));
}
