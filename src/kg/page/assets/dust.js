// @ts-check
// Level of detail: of thousands of nodes only the most important are vis-network's; the rest is dust, drawn here in a few
// strokes each frame, as forms where the window shows few of them. It can be pointed at and clicked like the others.
import { traceShape } from "./shapes.js";

/**
 * @typedef {import("./view.js").View} View
 * @typedef {import("./pictures.js").Dot} Dot
 * @typedef {import("./model.js").Edge} Edge
 * @typedef {import("./model.js").GraphNode} GraphNode
 * @typedef {{left: number, right: number, top: number, bottom: number}} Window in network units
 */

const MOST_LINES = 1500; // at once, those of the most important nodes first
const SPECK = 2.5; // pixels: below this radius a form cannot be told from a square
const REACH = 6; // pixels around a node or a line that still count as on it

export class Dust {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    /** @type {GraphNode[]} */
    this.nodes = [];
    /** @type {Edge[]} */
    this.edges = [];
    /** @type {Edge[]} */
    this.drawn = []; // of the lines, what the last frame showed
    this.moving = false; // lines wait until the picture rests
    this.timer = 0;
    view.network.on("dragging", () => this.pause());
    view.network.on("zoom", () => this.pause());
  }

  /** Leave lines out until the picture has been at rest for a moment. */
  pause() {
    if (this.edges.length === 0) return;
    this.moving = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.moving = false;
      this.view.drawSoon();
    }, 120);
  }

  /**
   * @param {GraphNode[]} nodes
   * @param {Edge[]} edges
   */
  set(nodes, edges) {
    const rank = (/** @type {Edge} */ edge) => Math.max(edge.source.number, edge.target.number);
    this.nodes = nodes;
    this.edges = edges.sort((a, b) => rank(a) - rank(b) || a.number - b.number);
    this.drawn = [];
  }

  /** @param {CanvasRenderingContext2D} context */
  draw(context) {
    if (this.nodes.length === 0 && this.edges.length === 0) return;
    const window = this.view.window();
    const scale = this.view.network.getScale();
    if (!this.moving) this.drawLines(context, window, scale);
    this.drawDots(context, window, scale);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Window} window
   * @param {number} scale
   */
  drawLines(context, window, scale) {
    const { dots, lines, palette } = this.view;
    this.drawn = [];
    for (const edge of this.edges) {
      if (isInside(dots[edge.source.number], window) || isInside(dots[edge.target.number], window)) this.drawn.push(edge);
      if (this.drawn.length === MOST_LINES) break;
    }
    context.lineWidth = 0.7 / scale;
    context.globalAlpha = 0.4;
    for (const opposed of [false, true]) {
      context.beginPath();
      for (const edge of this.drawn) {
        if (Boolean(lines[edge.number].opposed) !== opposed) continue;
        context.moveTo(dots[edge.source.number].x, dots[edge.source.number].y);
        context.lineTo(dots[edge.target.number].x, dots[edge.target.number].y);
      }
      context.strokeStyle = opposed ? palette.opposed : palette.line;
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Window} window
   * @param {number} scale
   */
  drawDots(context, window, scale) {
    /** @type {Map<string, Dot[]>} */
    const kinds = new Map();
    for (const node of this.nodes) {
      const dot = this.view.dots[node.number];
      if (!isInside(dot, window)) continue;
      const kind = kinds.get(dot.group);
      if (kind) kind.push(dot);
      else kinds.set(dot.group, [dot]);
    }
    for (const [kind, dots] of kinds) {
      context.fillStyle = this.view.palette.kinds[kind];
      context.beginPath();
      for (const dot of dots) if (dot.size * scale < SPECK) speck(context, dot, scale);
      context.fill();
      for (const dot of dots) {
        if (dot.size * scale < SPECK) continue;
        traceShape(context, dot.shape, dot.x, dot.y, dot.size);
        context.fill();
      }
    }
  }

  /**
   * The nearest of some nodes that is under a point, or almost.
   * @param {{x: number, y: number}} point in network units
   * @param {GraphNode[]} nodes
   * @returns {GraphNode | null}
   */
  nodeAt({ x, y }, nodes) {
    const reach = REACH / this.view.network.getScale();
    let [found, nearest] = [/** @type {GraphNode | null} */ (null), Infinity];
    for (const node of nodes) {
      const dot = this.view.dots[node.number];
      const distance = Math.hypot(dot.x - x, dot.y - y);
      if (distance < nearest && distance < Math.max(dot.size, reach)) [found, nearest] = [node, distance];
    }
    return found;
  }

  /**
   * The line of the dust under a point.
   * @param {{x: number, y: number}} point in network units
   * @returns {Edge | null}
   */
  edgeAt(point) {
    const reach = REACH / 2 / this.view.network.getScale();
    const { dots } = this.view;
    return this.drawn.find((edge) => distanceToLine(point, dots[edge.source.number], dots[edge.target.number]) < reach) || null;
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Dot} dot
 * @param {number} scale
 */
function speck(context, dot, scale) {
  const half = Math.max(dot.size, 0.6 / scale); // never thinner than the eye can see
  context.rect(dot.x - half, dot.y - half, 2 * half, 2 * half);
}

/**
 * @param {Dot} dot
 * @param {Window} window
 * @returns {boolean}
 */
function isInside({ x, y }, { left, right, top, bottom }) {
  return x >= left && x <= right && y >= top && y <= bottom;
}

/**
 * @param {{x: number, y: number}} point
 * @param {Dot} from
 * @param {Dot} to
 * @returns {number}
 */
function distanceToLine(point, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const share = Math.min(1, Math.max(0, ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(from.x + share * dx - point.x, from.y + share * dy - point.y);
}
