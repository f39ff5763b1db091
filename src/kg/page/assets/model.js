// @ts-check
// The reader of the data block that kg/page/models.py writes: rows become objects that refer to each other.
import { readJson } from "./dom.js";

/**
 * @typedef {{number: number, id: string, title: string, href: string, publisher: string, date: string}} Article
 * @typedef {{number: number, article: Article, index: number, text: string}} Sentence
 * @typedef {{sentence: Sentence, cue: number[], subject: number[], object: number[], cueText: string, rule: string, confidence: number}} Evidence
 * @typedef {{edge: Edge, article: Article, modality: string, strength: string, negated: boolean, confidence: number,
 *   action: string, label: string, speakers: (number | string)[], said: string[], evidence: Evidence[]}} Statement
 * @typedef {{number: number, source: GraphNode, kind: string, target: GraphNode, statements: Statement[]}} Edge
 * @typedef {{of: number, value: string, unit: string, kind: string, sentence: Sentence, base?: number, baseUnit?: string,
 *   time?: string, approximate?: boolean, comparison?: string, place?: number | string, source?: number | string}} Observation
 * @typedef {{number: number, id: string, name: string, kind: string, group: number, mentions: number, pinyin: string,
 *   in: number[][], aliases: string[][], codes: string[], broader: (number | string)[], article?: number,
 *   edges: Edge[], observations: Observation[]}} GraphNode
 * @typedef {{nodes: GraphNode[], edges: Edge[], articles: Article[], sentences: Sentence[], groups: number[][], leftOut: number,
 *   byId: Map<string, GraphNode>, byKey: Map<string, Edge>}} Model
 */

/**
 * Read the page's data.
 * @returns {Model}
 */
export function loadModel() {
  const data = readJson("kg-data");
  const articles = data.articles.map((/** @type {any} */ row, /** @type {number} */ number) => ({ ...row, number }));
  const sentences = data.sentences.map((/** @type {any[]} */ row, /** @type {number} */ number) => ({ number, article: articles[row[0]], index: row[1], text: row[2] }));
  /** @type {GraphNode[]} */
  const nodes = data.nodes.map((/** @type {any} */ row, /** @type {number} */ number) => ({ in: [], aliases: [], codes: [], broader: [], ...row, number, edges: [], observations: [] }));
  const edges = data.edges.map((/** @type {any[]} */ row, /** @type {number} */ number) => readEdge(row, number, data, nodes, articles, sentences));
  for (const edge of edges) {
    edge.source.edges.push(edge);
    if (edge.target !== edge.source) edge.target.edges.push(edge);
  }
  for (const row of data.observations) nodes[row.of].observations.push({ ...row, sentence: sentences[row.sentence] });
  return {
    nodes, edges, articles, sentences, groups: data.groups, leftOut: data.leftOut,
    byId: new Map(nodes.map((node) => [node.id, node])),
    byKey: new Map(edges.map((/** @type {Edge} */ edge) => [edgeKey(edge), edge])),
  };
}

/**
 * @param {any[]} row
 * @param {number} number
 * @param {any} data
 * @param {GraphNode[]} nodes
 * @param {Article[]} articles
 * @param {Sentence[]} sentences
 * @returns {Edge}
 */
function readEdge(row, number, data, nodes, articles, sentences) {
  const [source, kind, target, statements] = row;
  /** @type {Edge} */
  const edge = { number, source: nodes[source], kind, target: nodes[target], statements: [] };
  edge.statements = statements.map((/** @type {any[]} */ s) => ({
    edge, article: articles[s[0]], modality: data.modalities[s[1]], strength: s[2] < 0 ? "" : data.strengths[s[2]],
    negated: s[3] === 1, confidence: s[4], action: s[5], label: s[6], speakers: s[7],
    said: s[7].map((/** @type {number | string} */ speaker) => (typeof speaker === "number" ? nodes[speaker].name : speaker)),
    evidence: s[8].map((/** @type {any[]} */ e) => ({
      sentence: sentences[e[0]], cue: [e[1], e[2]], subject: [e[3], e[4]], object: [e[5], e[6]], cueText: e[7], rule: e[8], confidence: e[9],
    })),
  }));
  return edge;
}

/**
 * A name for an edge that a later build of the same articles still knows.
 * @param {Edge} edge
 * @returns {string}
 */
export function edgeKey(edge) {
  return `${edge.source.id}|${edge.kind}|${edge.target.id}`;
}

/**
 * The other end of an edge.
 * @param {Edge} edge
 * @param {GraphNode} node
 * @returns {GraphNode}
 */
export function otherEnd(edge, node) {
  return edge.source === node ? edge.target : edge.source;
}

/**
 * The name behind a reference, which is a node's number or a bare name.
 * @param {Model} model
 * @param {number | string} reference
 * @returns {string}
 */
export function nameOf(model, reference) {
  return typeof reference === "number" ? model.nodes[reference].name : reference;
}
