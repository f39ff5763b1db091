// @ts-check
// What is shown: filters combine (any value within one, all of them together), then the most important are taken.
import { otherEnd } from "./model.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Edge} Edge
 * @typedef {import("./model.js").GraphNode} GraphNode
 * @typedef {import("./model.js").Statement} Statement
 * @typedef {{node: number | null, edge: number | null, group: number | null, top: number, hood: number, path: number[] | null, marked: number[],
 *   chosen: Record<string, Set<string>>, confidence: number}} State
 * @typedef {{nodes: GraphNode[], edges: Edge[], statements: Map<Edge, Statement[]>, counts: Record<string, Map<string, number>>,
 *   nCandidates: number}} Shown
 */

/** The filters that look at statements, and the one that looks at nodes. */
export const STATEMENT_FACETS = ["kind", "modality", "publisher", "year", "article", "speaker"];
export const FACETS = ["type", ...STATEMENT_FACETS];
const PLACE_FACETS = ["publisher", "year", "article"];
export const WRITER = "\u0000writer"; // no name holds this character

/**
 * The values a statement has for a filter.
 * @param {Statement} statement
 * @param {string} facet
 * @returns {string[]}
 */
export function valuesOf(statement, facet) {
  const { article } = statement;
  if (facet === "kind") return [statement.edge.kind];
  if (facet === "modality") return [statement.modality];
  if (facet === "article") return [article.id];
  if (facet === "publisher") return [article.publisher];
  if (facet === "year") return [article.date.slice(0, 4)];
  return statement.said.length ? statement.said : [WRITER];
}

/**
 * Tell whether a filter lets any of these values through.
 * @param {State} state
 * @param {string} facet
 * @param {string[]} values
 * @returns {boolean}
 */
function passes(state, facet, values) {
  const chosen = state.chosen[facet];
  return chosen.size === 0 || values.some((value) => chosen.has(value));
}

/**
 * Work out what a state shows, and for every value of every filter how many it would show with it.
 * @param {Model} model
 * @param {State} state
 * @returns {Shown}
 */
export function findShown(model, state) {
  /** @type {Record<string, Map<string, number>>} */
  const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
  /** @type {Map<Edge, Statement[]>} */
  const statements = new Map();
  const touched = new Set(); // nodes of any type at an edge that passes
  for (const edge of model.edges) {
    /** @type {Record<string, Set<string>>} */
    const values = {};
    const kept = edge.statements.filter((statement) => statementPasses(statement, state, values));
    for (const [facet, set] of Object.entries(values)) for (const value of set) counts[facet].set(value, (counts[facet].get(value) || 0) + 1);
    if (kept.length === 0) continue;
    touched.add(edge.source).add(edge.target);
    if (typePasses(state, edge)) statements.set(edge, kept);
  }
  const candidates = findCandidates(model, state, touched, counts.type);
  const nodes = pickNodes(model, state, candidates, statements);
  const inside = new Set(nodes);
  const edges = [...statements.keys()].filter((edge) => inside.has(edge.source) && inside.has(edge.target));
  return { nodes, edges, statements, counts, nCandidates: candidates.length };
}

/**
 * @param {State} state
 * @param {Edge} edge
 * @returns {boolean}
 */
function typePasses(state, edge) {
  return passes(state, "type", [edge.source.kind]) && passes(state, "type", [edge.target.kind]);
}

/**
 * Tell whether a statement passes; where one filter alone stops it, its relation counts for that filter's values too.
 * @param {Statement} statement
 * @param {State} state
 * @param {Record<string, Set<string>>} values filled in: what its relation counts for, by filter
 * @returns {boolean}
 */
function statementPasses(statement, state, values) {
  if (statement.confidence < state.confidence) return false;
  const failed = STATEMENT_FACETS.filter((facet) => !passes(state, facet, valuesOf(statement, facet)));
  if (failed.length <= 1 && typePasses(state, statement.edge)) {
    for (const facet of failed.length ? failed : STATEMENT_FACETS) {
      for (const value of valuesOf(statement, facet)) (values[facet] ||= new Set()).add(value);
    }
  }
  return failed.length === 0;
}

/**
 * The nodes that pass, by importance: with a filter on statements those that one of them touches.
 * @param {Model} model
 * @param {State} state
 * @param {Set<GraphNode>} touched
 * @param {Map<string, number>} typeCounts filled in
 * @returns {GraphNode[]}
 */
function findCandidates(model, state, touched, typeCounts) {
  const active = STATEMENT_FACETS.filter((facet) => state.chosen[facet].size > 0);
  const free = active.length === 0 && state.confidence === 0;
  const byPlace = state.confidence === 0 && active.every((facet) => PLACE_FACETS.includes(facet));
  const articles = new Set(model.articles.filter((article) => articlePasses(state, article)).map((article) => article.number));
  const found = model.nodes.filter((node) => free || touched.has(node) || (byPlace && node.in.some(([article]) => articles.has(article))));
  for (const node of found) typeCounts.set(node.kind, (typeCounts.get(node.kind) || 0) + 1);
  return found.filter((node) => passes(state, "type", [node.kind]));
}

/**
 * @param {State} state
 * @param {import("./model.js").Article} article
 * @returns {boolean}
 */
function articlePasses(state, article) {
  return passes(state, "publisher", [article.publisher]) && passes(state, "year", [article.date.slice(0, 4)]) && passes(state, "article", [article.id]);
}

/**
 * The most important candidates; the node, edge or path looked at and what it touches is always among them.
 * @param {Model} model
 * @param {State} state
 * @param {GraphNode[]} candidates
 * @param {Map<Edge, Statement[]>} statements
 * @returns {GraphNode[]}
 */
function pickNodes(model, state, candidates, statements) {
  const looked = state.node === null ? null : model.nodes[state.node];
  if (looked && state.hood > 0) return [...findNeighbours(looked, state.hood, statements)].sort((a, b) => a.number - b.number);
  const picked = new Set(candidates.slice(0, state.top));
  if (looked) for (const node of [looked, ...[...findNeighbours(looked, 1, statements)].slice(0, 60)]) picked.add(node);
  if (state.edge !== null) picked.add(model.edges[state.edge].source).add(model.edges[state.edge].target);
  for (const number of [...(state.path || []), ...state.marked]) picked.add(model.nodes[number]);
  return [...picked].sort((a, b) => a.number - b.number);
}

/**
 * A node and those up to so many steps away, over edges that pass.
 * @param {GraphNode} node
 * @param {number} steps
 * @param {Map<Edge, Statement[]>} statements
 * @returns {Set<GraphNode>}
 */
export function findNeighbours(node, steps, statements) {
  const found = new Set([node]);
  let rim = [node];
  for (let step = 0; step < steps; step += 1) {
    const next = [];
    for (const at of rim) {
      for (const edge of at.edges) {
        const other = otherEnd(edge, at);
        if (statements.has(edge) && !found.has(other)) {
          found.add(other);
          next.push(other);
        }
      }
    }
    rim = next;
  }
  return found;
}

/**
 * A shortest path over edges that pass, whatever their direction: the nodes on it, or null.
 * @param {GraphNode} from
 * @param {GraphNode} to
 * @param {Map<Edge, Statement[]>} statements
 * @returns {number[] | null}
 */
export function findPath(from, to, statements) {
  /** @type {Map<GraphNode, GraphNode | null>} */
  const before = new Map([[from, null]]);
  const queue = [from];
  for (let at = queue.shift(); at; at = queue.shift()) {
    if (at === to) {
      const path = [];
      for (let node = /** @type {GraphNode | null} */ (to); node; node = before.get(node) || null) path.unshift(node.number);
      return path;
    }
    const next = at.edges.filter((edge) => statements.has(edge)).map((edge) => otherEnd(edge, /** @type {GraphNode} */ (at)));
    for (const node of next.sort((a, b) => a.number - b.number)) {
      if (!before.has(node)) {
        before.set(node, at);
        queue.push(node);
      }
    }
  }
  return null;
}
