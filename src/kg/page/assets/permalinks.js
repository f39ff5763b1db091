// @ts-check
// The hash of the address keeps selection, filters and view, so that a link can be sent.
import { FACETS } from "./filters.js";
import { edgeKey } from "./model.js";

/**
 * @typedef {import("./filters.js").State} State
 * @typedef {import("./model.js").Model} Model
 * @typedef {{x: number, y: number, scale: number}} Camera
 */

/**
 * The hash for a state.
 * @param {Model} model
 * @param {State} state
 * @param {Camera | null} camera
 * @param {number} usualTop
 * @returns {string}
 */
export function toHash(model, state, camera, usualTop) {
  const parts = new URLSearchParams();
  if (state.node !== null) parts.set("node", model.nodes[state.node].id);
  if (state.edge !== null) parts.set("edge", edgeKey(model.edges[state.edge]));
  if (state.hood) parts.set("steps", String(state.hood));
  if (state.path) parts.set("path", state.path.map((number) => model.nodes[number].id).join("|"));
  if (state.marked.length) parts.set("highlight", state.marked.map((number) => model.nodes[number].id).join("|"));
  if (state.top !== usualTop) parts.set("top", String(state.top));
  for (const facet of FACETS) for (const value of state.chosen[facet]) parts.append(facet, value);
  if (state.confidence) parts.set("confidence", String(state.confidence));
  if (camera) parts.set("view", [Math.round(camera.x), Math.round(camera.y), camera.scale.toFixed(3)].join(","));
  return parts.toString();
}

/**
 * Put what a hash says into a state; what this graph does not know is passed over.
 * @param {Model} model
 * @param {State} state changed
 * @param {string} hash
 * @param {number} usualTop
 * @returns {Camera | null}
 */
export function fromHash(model, state, hash, usualTop) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  state.node = model.byId.get(parts.get("node") || "")?.number ?? null;
  state.edge = model.byKey.get(parts.get("edge") || "")?.number ?? null;
  state.hood = state.node === null ? 0 : Math.min(2, Math.max(0, Number(parts.get("steps")) || 0));
  const path = (parts.get("path") || "").split("|").map((id) => model.byId.get(id)?.number);
  state.path = path.length > 1 && path.every((number) => number !== undefined) ? /** @type {number[]} */ (path) : null;
  state.marked = (parts.get("highlight") || "").split("|").flatMap((id) => model.byId.get(id)?.number ?? []);
  state.top = Math.min(model.nodes.length, Math.max(1, Number(parts.get("top")) || usualTop));
  for (const facet of FACETS) state.chosen[facet] = new Set(parts.getAll(facet));
  state.confidence = Math.min(1, Math.max(0, Number(parts.get("confidence")) || 0));
  const [x, y, scale] = (parts.get("view") || "").split(",").map(Number);
  return scale > 0 && Number.isFinite(x) && Number.isFinite(y) ? { x, y, scale } : null;
}
