// @ts-check
// The forms of nodes and lines, for canvas and SVG alike.

/**
 * The corners of a shape around a point, or null for a circle.
 * @param {string} shape
 * @param {number} x
 * @param {number} y
 * @param {number} r
 * @returns {[number, number][] | null}
 */
export function corners(shape, x, y, r) {
  if (shape === "square") return [[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]];
  if (shape === "diamond") return [[x, y - r], [x + r, y], [x, y + r], [x - r, y]];
  if (shape === "triangle" || shape === "triangleDown") {
    const up = shape === "triangle" ? 1 : -1;
    return [[x, y - 1.15 * r * up], [x + 1.15 * r, y + 0.85 * r * up], [x - 1.15 * r, y + 0.85 * r * up]];
  }
  if (shape === "hexagon") return ring(6, () => r, x, y);
  if (shape === "star") return ring(10, (n) => (n % 2 ? 0.55 : 1.25) * r, x, y);
  return null;
}

/**
 * @param {number} count
 * @param {(n: number) => number} radius
 * @param {number} x
 * @param {number} y
 * @returns {[number, number][]}
 */
function ring(count, radius, x, y) {
  return Array.from({ length: count }, (_, n) => {
    const angle = (n / count) * 2 * Math.PI - Math.PI / 2;
    return [x + radius(n) * Math.cos(angle), y + radius(n) * Math.sin(angle)];
  });
}

/**
 * Trace a shape as the canvas's path.
 * @param {CanvasRenderingContext2D} context
 * @param {string} shape
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export function traceShape(context, shape, x, y, r) {
  const points = corners(shape, x, y, r);
  context.beginPath();
  if (points === null) context.arc(x, y, r, 0, 2 * Math.PI);
  else points.forEach(([px, py], n) => (n ? context.lineTo(px, py) : context.moveTo(px, py)));
  context.closePath();
}

/**
 * The control point of a curve that leaves the straight line by a share of its length.
 * @param {{x: number, y: number}} from
 * @param {{x: number, y: number}} to
 * @param {number} bend
 * @returns {{x: number, y: number}}
 */
export function bendPoint(from, to, bend) {
  return { x: (from.x + to.x) / 2 - (to.y - from.y) * bend, y: (from.y + to.y) / 2 + (to.x - from.x) * bend };
}

/**
 * A point of a quadratic curve.
 * @param {{x: number, y: number}} from
 * @param {{x: number, y: number}} via
 * @param {{x: number, y: number}} to
 * @param {number} share of the way
 * @returns {{x: number, y: number}}
 */
export function curvePoint(from, via, to, share) {
  const mix = (/** @type {"x" | "y"} */ axis) => (1 - share) ** 2 * from[axis] + 2 * share * (1 - share) * via[axis] + share ** 2 * to[axis];
  return { x: mix("x"), y: mix("y") };
}

/**
 * The three corners of an arrow head whose tip touches the rim of a node.
 * @param {{x: number, y: number}} via the point the line comes from
 * @param {{x: number, y: number}} to the node's middle
 * @param {number} rim
 * @param {number} length
 * @returns {[number, number][]}
 */
export function arrowHead(via, to, rim, length) {
  const angle = Math.atan2(to.y - via.y, to.x - via.x);
  const tip = [to.x - rim * Math.cos(angle), to.y - rim * Math.sin(angle)];
  const wing = (/** @type {number} */ spread) => [tip[0] - length * Math.cos(angle + spread), tip[1] - length * Math.sin(angle + spread)];
  return /** @type {[number, number][]} */ ([tip, wing(0.42), wing(-0.42)]);
}

/**
 * The convex hull of points, counter-clockwise (Andrew's monotone chain).
 * @param {[number, number][]} points
 * @returns {[number, number][]}
 */
export function convexHull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (/** @type {[number, number][]} */ row) => {
    /** @type {[number, number][]} */
    const chain = [];
    for (const point of row) {
      while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/**
 * @param {[number, number]} a
 * @param {[number, number]} b
 * @param {[number, number]} c
 * @returns {number}
 */
function turn(a, b, c) {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/**
 * A text's width without measuring: Han characters fill the square, others about half of it.
 * @param {string} text
 * @param {number} size
 * @returns {number}
 */
export function textWidth(text, size) {
  let width = 0;
  for (const character of text) width += character.charCodeAt(0) > 0x2e7f ? size : size * 0.58;
  return width;
}

/**
 * A label that does not sprawl.
 * @param {string} text
 * @param {number} longest characters
 * @returns {string}
 */
export function shorten(text, longest) {
  // marks of direction would turn what stands beside the label on the canvas
  const characters = Array.from(text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").replace(/\s+/g, " "));
  return characters.length <= longest ? characters.join("") : characters.slice(0, longest - 1).join("") + "…";
}
