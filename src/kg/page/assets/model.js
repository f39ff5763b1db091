// @ts-check
// The reader of the tables that kg/page/tables.py writes: rows become objects that refer to each other.

/**
 * @typedef {{number: number, id: string, title: string, href: string, publisher: string, date: string}} Article
 * @typedef {{number: number, article: Article, index: number, text: string}} Sentence
 * @typedef {{sentence: Sentence, cue: number[], subject: number[], object: number[], cueText: string | 0, rule: string, confidence: number}} Evidence
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

const LONGEST = 40; // characters of a name that are spelled

/**
 * Turn the tables of the page into records.
 * @param {any} data
 * @returns {Model}
 */
export function readModel(data) {
  const word = (/** @type {number} */ number) => data.words[number];
  const articles = readRows(data.articles, (row, number) => ({ ...row, number, publisher: word(row.publisher) }));
  const sentences = readRows(data.sentences, (row, number) => ({ number, article: articles[row.article], index: row.index, text: row.text }));
  const nodes = readNodes(data);
  const edges = readEdges(data, nodes, articles, sentences);
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
 * The rows of a table, whose columns are lists of one length.
 * @template Row
 * @param {Record<string, any[]>} table
 * @param {(row: any, number: number) => Row} make
 * @returns {Row[]}
 */
export function readRows(table, make) {
  const columns = Object.entries(table);
  return columns[0][1].map((_, number) => make(Object.fromEntries(columns.map(([name, values]) => [name, values[number]])), number));
}

/**
 * @param {any} data
 * @returns {GraphNode[]}
 */
function readNodes(data) {
  const { article, aliases, codes, broader, ...full } = data.nodes;
  /** @type {Map<string, string>} */
  const syllables = new Map(Object.entries(data.syllables));
  const spell = (/** @type {string} */ name, /** @type {string | 0} */ spelled) => spelled === 0 ? Array.from(name, (character) => syllables.get(character)).slice(0, LONGEST).join(" ") : spelled;
  return readRows(full, (row, number) => ({
    number, id: row.id === 0 ? `entity/${row.name}` : row.id, name: row.name, kind: data.words[row.kind], group: row.group,
    mentions: row.mentions, pinyin: spell(row.name, row.pinyin), in: pairs(row.in), article: article[number],
    aliases: (aliases[number] || []).map((/** @type {[string, string | 0]} */ [alias, spelled]) => [alias, spell(alias, spelled)]),
    codes: codes[number] || [], broader: broader[number] || [], edges: [], observations: [],
  }));
}

/**
 * @param {number[]} list
 * @returns {number[][]}
 */
function pairs(list) {
  return Array.from({ length: list.length / 2 }, (_, n) => [list[2 * n], list[2 * n + 1]]);
}

/**
 * @param {any} data
 * @param {GraphNode[]} nodes
 * @param {Article[]} articles
 * @param {Sentence[]} sentences
 * @returns {Edge[]}
 */
function readEdges(data, nodes, articles, sentences) {
  const { words, modalities, strengths } = data;
  const evidence = readRows(data.evidence, (row) => readEvidence(row, sentences[row.sentence], words)).values();
  const statements = readRows(data.statements, (row) => ({
    article: articles[row.article], modality: modalities[row.modality], strength: row.strength < 0 ? "" : strengths[row.strength],
    negated: row.negated === 1, confidence: row.confidence, action: words[row.action], label: words[row.label], speakers: row.speakers,
    said: row.speakers.map((/** @type {number | string} */ speaker) => (typeof speaker === "number" ? nodes[speaker].name : speaker)),
    evidence: take(evidence, row.n),
  })).values();
  return readRows(data.edges, (row, number) => {
    /** @type {Edge} */
    const edge = { number, source: nodes[row.source], kind: words[row.kind], target: nodes[row.target], statements: [] };
    edge.statements = take(statements, row.n).map((statement) => Object.assign(statement, { edge }));
    return edge;
  });
}

/**
 * @param {any} row
 * @param {Sentence} sentence
 * @param {string[]} words
 * @returns {Evidence}
 */
function readEvidence(row, sentence, words) {
  return {
    sentence, cue: [row.cue, row.cue + row.cueLength], subject: [row.subject, row.subject + row.subjectLength],
    object: [row.object, row.object + row.objectLength], cueText: row.text, rule: words[row.rule], confidence: row.confidence,
  };
}

/**
 * The next so many.
 * @template Item
 * @param {Iterator<Item>} items
 * @param {number} count
 * @returns {Item[]}
 */
function take(items, count) {
  return Array.from({ length: count }, () => items.next().value);
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

/**
 * The cue of a sentence: where it stands there, the text is not kept twice.
 * @param {Evidence} evidence
 * @returns {string}
 */
export function cueOf({ sentence, cue, cueText }) {
  return cueText === 0 ? Array.from(sentence.text).slice(...cue).join("") : cueText;
}
