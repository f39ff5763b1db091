// @ts-check
// The picture: vis-network draws nodes and lines at the places computed beforehand; groups, labels and what is looked at
// are drawn here over it, so that no label covers another and a selection costs no redraw of thousands of items.
import { placeCaptions } from "./captions.js";
import { byId } from "./dom.js";
import { drawCaptions, drawFocus, drawGroups, drawSmall } from "./drawings.js";
import { Dust } from "./dust.js";
import { findGroups } from "./groups.js";
import { Room } from "./labels.js";
import { readPalette } from "./palettes.js";
import { bendPoint, shorten } from "./shapes.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Edge} Edge
 * @typedef {import("./model.js").GraphNode} GraphNode
 * @typedef {import("./filters.js").Shown} Shown
 * @typedef {import("./groups.js").Group} Group
 * @typedef {import("./permalinks.js").Camera} Camera
 * @typedef {import("./pictures.js").Dot} Dot
 * @typedef {import("./pictures.js").Line} Line
 * @typedef {import("./pictures.js").Picture} Picture
 * @typedef {{nodes: Set<GraphNode>, edges: Set<Edge>, centre: Set<GraphNode>}} Focus what is looked at; the rest fades
 */

const MANY_LINES = 1500; // above this lines are straight and hidden while the picture moves
const FEW_LINES = 150; // above this lines between groups are faint
const MANY_DOTS = 1200; // above this the less important are dust
const MOST_CANDIDATES = 900; // for labels, of which far fewer find room
const MOST_LINES = 1500; // that vis-network draws beside dust
const FEW_DOTS = 400; // so many or fewer are never drawn smaller than ...
const LEAST = 3.5; // ... this radius, in pixels

export class View {
  /**
   * @param {HTMLElement} container
   * @param {Model} model
   * @param {Picture} picture
   */
  constructor(container, model, picture) {
    this.container = container;
    this.model = model;
    this.dots = picture.dots;
    this.lines = picture.lines;
    this.stretch = picture.stretch;
    this.largest = Math.max(1, ...this.dots.map((dot) => dot.size));
    /** @type {Shown | null} */
    this.shown = null;
    /** @type {Focus | null} */
    this.focus = null;
    /** @type {GraphNode | null} */
    this.hovered = null;
    this.many = false;
    this.faint = false; // lines between groups, where there are many
    this.waiting = false;
    /** @type {Map<number, Group>} */
    this.groups = new Map();
    this.palette = readPalette(this.kinds());
    const { vis } = /** @type {any} */ (globalThis);
    this.nodeSet = new vis.DataSet();
    this.edgeSet = new vis.DataSet();
    this.network = new vis.Network(container, { nodes: this.nodeSet, edges: this.edgeSet }, { ...picture.options, ...this.styles() });
    this.dust = new Dust(this);
    this.network.on("beforeDrawing", (/** @type {CanvasRenderingContext2D} */ context) => {
      drawGroups(context, this);
      this.dust.draw(context);
    });
    this.network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ context) => this.drawOver(context));
    this.network.on("dragging", (/** @type {{nodes: number[]}} */ event) => this.follow(event.nodes));
    this.network.on("hoverNode", (/** @type {{node: number}} */ event) => this.hover(event.node));
    this.network.on("blurNode", () => this.hover(null));
    container.addEventListener("pointermove", (event) => this.hoverDust(event));
  }

  /** @returns {string[]} */
  kinds() {
    return [...new Set(this.dots.map((dot) => dot.group))];
  }

  /** The options that depend on the theme. */
  styles() {
    const { palette } = this;
    const groups = Object.fromEntries(this.kinds().map((kind) => {
      const color = { background: palette.kinds[kind], border: palette.background, highlight: { background: palette.kinds[kind], border: palette.text }, hover: { background: palette.kinds[kind], border: palette.text } };
      return [kind, { color, font: { size: 0 } }];
    }));
    return { groups, nodes: { borderWidth: 1.5, font: { size: 0 }, chosen: { label: false, node: false } } };
  }

  /** Take the colours of a changed theme. */
  restyle() {
    this.palette = readPalette(this.kinds());
    this.network.setOptions(this.styles());
    this.edgeSet.update(this.edgeSet.map((/** @type {any} */ edge) => ({ id: edge.id, color: this.lineColor(this.lines[Number(edge.id.slice(1))]) })));
    this.nodeSet.update(this.nodeSet.map((/** @type {any} */ node) => ({ id: node.id, group: node.group })));
    this.drawSoon();
  }

  /**
   * @param {Line} line
   * @returns {{color: string, opacity: number, highlight: string, hover: string}}
   */
  lineColor(line) {
    const within = this.model.nodes[line.from].group === this.model.nodes[line.to].group;
    const { color, opacity } = line.opposed ? { color: this.palette.opposed, opacity: 0.7 } : { color: this.palette.line, opacity: within || !this.faint ? 0.6 : 0.3 };
    return { color, opacity, highlight: color, hover: color };
  }

  /**
   * Show these nodes and edges.
   * @param {Shown} shown
   */
  show(shown) {
    this.shown = shown;
    this.groups = findGroups(shown.nodes, this.dots);
    const solid = shown.nodes.slice(0, MANY_DOTS); // they are in order of importance
    const nodes = new Set(solid.map((node) => node.number));
    this.nodeSet.remove(this.nodeSet.getIds().filter((/** @type {number} */ id) => !nodes.has(id)));
    this.nodeSet.add(solid.filter((node) => this.nodeSet.get(node.number) === null).map((node) => ({ ...this.dots[node.number] })));
    const edges = this.solidEdges(shown, nodes);
    const whole = new Set(edges);
    this.dust.set(shown.nodes.slice(MANY_DOTS), whole.size < shown.edges.length ? shown.edges.filter((edge) => !whole.has(edge)) : []);
    this.setMany(edges.length > MANY_LINES || this.dust.nodes.length > 0);
    if (this.faint !== edges.length > FEW_LINES) {
      this.faint = !this.faint;
      this.edgeSet.clear(); // they come back in the other manner
    }
    const ids = new Set(edges.map((edge) => this.lines[edge.number].id));
    this.edgeSet.remove(this.edgeSet.getIds().filter((/** @type {string} */ id) => !ids.has(id)));
    this.edgeSet.add(edges.filter((edge) => this.edgeSet.get(this.lines[edge.number].id) === null).map((edge) => this.visLine(edge)));
  }

  /**
   * With many lines the picture is drawn plainly: no arrows, no dashes, no lines while it moves.
   * @param {boolean} many
   */
  setMany(many) {
    if (many === this.many) return;
    this.many = many;
    this.edgeSet.clear(); // they come back in the other manner
    this.network.setOptions({ interaction: { hideEdgesOnDrag: many, hideEdgesOnZoom: many }, edges: { arrows: { to: { enabled: !many } } }, nodes: { borderWidth: many ? 0 : 1.5 } });
  }

  /**
   * The edges that are vis-network's: all, or beside dust those of the most important nodes.
   * @param {Shown} shown
   * @param {Set<number>} solid
   * @returns {Edge[]}
   */
  solidEdges(shown, solid) {
    if (shown.nodes.length <= MANY_DOTS) return shown.edges;
    const rank = (/** @type {Edge} */ edge) => Math.max(edge.source.number, edge.target.number);
    const edges = shown.edges.filter((edge) => solid.has(edge.source.number) && solid.has(edge.target.number));
    return edges.sort((a, b) => rank(a) - rank(b) || a.number - b.number).slice(0, MOST_LINES);
  }

  /**
   * @param {Edge} edge
   * @returns {any}
   */
  visLine(edge) {
    const { opposed, bend, ...line } = this.lines[edge.number];
    if (this.many) return { ...line, dashes: false, width: Math.min(line.width, 3), smooth: { enabled: false }, color: this.lineColor(this.lines[edge.number]) };
    const smooth = bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : { enabled: false };
    return { ...line, smooth, color: this.lineColor(this.lines[edge.number]) };
  }

  /**
   * Let some nodes and edges stand out, or none.
   * @param {Focus | null} focus
   */
  lookAt(focus) {
    this.focus = focus;
    this.drawSoon();
  }

  /** Draw at the next frame, once however often this is asked: a large picture takes its time. */
  drawSoon() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.network.redraw();
    });
  }

  /**
   * Take over where nodes are dragged to, for labels, groups and what is taken away.
   * @param {number[]} numbers
   */
  follow(numbers) {
    for (const [number, place] of Object.entries(this.network.getPositions(numbers))) Object.assign(this.dots[Number(number)], place);
    if (numbers.length && this.shown) this.groups = findGroups(this.shown.nodes, this.dots);
  }

  /**
   * What a click of vis-network is on, dust included.
   * @param {any} event
   * @returns {{node: GraphNode | null, edge: Edge | null}}
   */
  at(event) {
    const node = event.nodes.length ? this.model.nodes[event.nodes[0]] : this.nodeNear(event.pointer.canvas);
    if (node) return { node, edge: null };
    return { node, edge: event.edges.length ? this.model.edges[Number(event.edges[0].slice(1))] : this.dust.edgeAt(event.pointer.canvas) };
  }

  /**
   * A node that vis-network draws too small to be hit, or not at all.
   * @param {{x: number, y: number}} point in network units
   * @returns {GraphNode | null}
   */
  nodeNear(point) {
    const nodes = this.shown?.nodes || [];
    return this.dust.nodeAt(point, nodes.length <= FEW_DOTS ? nodes : this.dust.nodes);
  }

  /**
   * How large a node is drawn, in network units.
   * @param {Dot} dot
   * @returns {number}
   */
  radius(dot) {
    const few = (this.shown?.nodes.length || 0) <= FEW_DOTS;
    return few ? Math.max(dot.size, LEAST / this.network.getScale()) : dot.size;
  }

  /** @param {PointerEvent} event */
  hoverDust(event) {
    if (event.buttons) return;
    if (this.hovered && this.nodeSet.get(this.hovered.number)) return; // vis-network knows of that one
    const { left, top } = this.container.getBoundingClientRect();
    const found = this.nodeNear(this.network.DOMtoCanvas({ x: event.clientX - left, y: event.clientY - top }));
    if (found !== this.hovered) this.hover(found && found.number);
  }

  /** @param {number | null} number */
  hover(number) {
    this.hovered = number === null ? null : this.model.nodes[number];
    this.container.style.cursor = number === null ? "default" : "pointer";
    this.drawSoon();
  }

  /**
   * Move so that these nodes, or all, fill what the window leaves free between its controls.
   * @param {GraphNode[]} [nodes]
   * @param {boolean} [gently]
   */
  fit(nodes = this.shown?.nodes || [], gently = true) {
    if (!nodes.length) return;
    const dots = nodes.map((node) => this.dots[node.number]);
    const left = Math.min(...dots.map((dot) => dot.x - dot.size));
    const right = Math.max(...dots.map((dot) => dot.x + dot.size));
    const top = Math.min(...dots.map((dot) => dot.y - dot.size));
    const bottom = Math.max(...dots.map((dot) => dot.y + dot.size));
    const { clientWidth, clientHeight } = this.container;
    const { side, above, below } = freeSpace(clientHeight);
    const [width, height] = [Math.max(80, clientWidth - 2 * side), Math.max(80, clientHeight - above - below)];
    const scale = Math.min(width / Math.max(1, right - left), height / Math.max(1, bottom - top), 1.5);
    this.moveTo({ x: (left + right) / 2, y: (top + bottom) / 2 + (below - above) / 2 / scale, scale }, gently);
  }

  /**
   * Look at a place of the build's picture.
   * @param {Camera} camera
   * @param {boolean} gently
   */
  move(camera, gently) {
    this.moveTo({ x: camera.x * this.stretch.x, y: camera.y * this.stretch.y, scale: camera.scale }, gently);
  }

  /**
   * @param {Camera} camera in this window's picture
   * @param {boolean} gently
   */
  moveTo(camera, gently) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || this.dust.nodes.length > 0;
    this.network.moveTo({ position: { x: camera.x, y: camera.y }, scale: camera.scale, animation: gently && !calm ? { duration: 350, easingFunction: "easeInOutQuad" } : false });
  }

  /** @returns {Camera} in the build's picture, so that a link holds on every screen */
  camera() {
    const { x, y } = this.network.getViewPosition();
    return { x: x / this.stretch.x, y: y / this.stretch.y, scale: this.network.getScale() };
  }

  /**
   * The part of the picture that is in the window, and a little around it.
   * @returns {import("./dust.js").Window}
   */
  window() {
    const { x: left, y: top } = this.network.DOMtoCanvas({ x: -40, y: -40 });
    const { x: right, y: bottom } = this.network.DOMtoCanvas({ x: this.container.clientWidth + 40, y: this.container.clientHeight + 40 });
    return { left, top, right, bottom };
  }

  /** @param {CanvasRenderingContext2D} context */
  drawOver(context) {
    if (!this.shown) return;
    const scale = this.network.getScale();
    context.save();
    if (this.focus) drawFocus(context, this, scale, this.focus);
    else drawSmall(context, this);
    drawCaptions(context, placeCaptions(this), scale, this.palette);
    context.restore();
  }

  /** Where labels may stand: inside the window. */
  room() {
    const scale = this.network.getScale();
    const [left, right] = [0, this.container.clientWidth].map((x) => this.network.DOMtoCanvas({ x, y: 0 }).x * scale);
    return new Room({ left, right });
  }

  /** @returns {import("./labels.js").Candidate[]} */
  labelCandidates() {
    const { focus, hovered } = this;
    const list = focus ? [...focus.centre, ...[...focus.nodes].filter((node) => !focus.centre.has(node))] : [...(this.shown?.nodes || [])];
    if (hovered) list.unshift(hovered);
    const { left, top, right, bottom } = this.window();
    const found = [];
    for (const node of list) {
      const dot = this.dots[node.number];
      if (dot.x < left || dot.x > right || dot.y < top || dot.y > bottom) continue;
      found.push({ x: dot.x, y: dot.y, r: this.radius(dot), text: node.name, importance: dot.size / this.largest, strong: node === hovered || Boolean(focus?.centre.has(node)) });
      if (found.length >= MOST_CANDIDATES) break; // the rest is smaller than what already fills the window
    }
    return found;
  }

  /**
   * @param {number} group
   * @param {number} terms how many
   * @returns {string}
   */
  groupName(group, terms) {
    return this.model.groups[group].slice(0, terms).map((number) => shorten(this.model.nodes[number].name, 9)).join(" · ");
  }

  /**
   * Where a line runs.
   * @param {Edge} edge
   * @returns {{from: Dot, to: Dot, via: {x: number, y: number}}}
   */
  geometry(edge) {
    const from = this.dots[edge.source.number];
    const to = this.dots[edge.target.number];
    const line = this.lines[edge.number];
    const drawn = this.network.body.edges[line.id]?.edgeType?.getViaNode?.(); // vis knows best where its curve runs
    return { from, to, via: drawn && Number.isFinite(drawn.x) ? drawn : bendPoint(from, to, (line.bend || 0) / 2) };
  }
}

/**
 * What to keep free around the nodes: labels at the sides, controls below, on a small screen the panel.
 * @param {number} height of the window
 * @returns {{side: number, above: number, below: number}}
 */
function freeSpace(height) {
  const small = matchMedia("(max-width: 800px)").matches;
  const panel = byId("details");
  if (small && panel.classList.contains("open")) return { side: 60, above: 30, below: Math.min(panel.offsetHeight, height * 0.6) + 40 }; // the last label hangs below its node
  return small ? { side: 50, above: 40, below: 150 } : { side: 58, above: 40, below: 108 };
}

/**
 * The shape of the room that the controls leave: its width over its height.
 * @param {HTMLElement} container
 * @returns {number}
 */
export function roomShape({ clientWidth, clientHeight }) {
  const { side, above, below } = freeSpace(clientHeight);
  return Math.max(1, clientWidth - 2 * side) / Math.max(1, clientHeight - above - below);
}

/** The container of the picture, as the template names it. */
export function viewContainer() {
  return byId("picture");
}
