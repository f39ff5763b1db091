// @ts-check
// The graph inside the engine: text goes in, rows come out. Nothing is changed, nothing is fetched.

/**
 * @typedef {{name: string, variable: string, example: string}} Parameter
 * @typedef {{name: string, zh: string, en: string, text: string, params: Parameter[], early: boolean}} Question
 * @typedef {{type: string, value: string, datatype?: string, "xml:lang"?: string}} Term as SPARQL's JSON has it
 * @typedef {{columns: string[], rows: (Term | undefined)[][], truth: boolean | null}} Answer
 */

const FIND = "SELECT DISTINCT ?node { VALUES ?name { LITERALS } ?node skos:prefLabel|skos:altLabel|dcterms:title ?name } ORDER BY ?node";
const NAMES = "SELECT ?node ?name { VALUES ?name { LITERALS } ?node skos:prefLabel|dcterms:title ?name }";
const PLACE = /error at (\d+):(\d+): ([\s\S]*)/;
const MOST_DRAWN = 60000;

/** What is wrong with a query; `line` and `column` count from 1 and are 0 where not known, `unknown` is a name that nothing bears. */
export class Fault extends Error {
  /**
   * @param {string} message
   * @param {{line?: number, column?: number, unknown?: string}} [where]
   */
  constructor(message, { line = 0, column = 0, unknown = "" } = {}) {
    super(message);
    this.line = line;
    this.column = column;
    this.unknown = unknown;
  }
}

export class Store {
  /**
   * @param {any} store Oxigraph's
   * @param {Record<string, string>} prefixes
   * @param {string} base what the IRIs of the graph's own things begin with
   */
  constructor(store, prefixes, base) {
    this.store = store;
    this.prefixes = prefixes;
    this.base = base;
    this.prologue = Object.entries(prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}>`).join(" ");
    /** @type {Map<string, string[]>} */
    this.nodesByName = new Map();
  }

  /**
   * Find out which nodes the texts of some rows name, so that `nodesOf` knows; of all names it would take a second.
   * @param {(Term | undefined)[][]} rows
   */
  learn(rows) {
    const texts = rows.flat().flatMap((term) => (term?.type === "literal" && !term.datatype ? [term.value] : []));
    const unknown = [...new Set(texts)].filter((text) => !this.nodesByName.has(text));
    if (unknown.length === 0) return;
    for (const text of unknown) this.nodesByName.set(text, []);
    const literals = unknown.map((text) => JSON.stringify(text)).flatMap((quoted) => [quoted, `${quoted}@zh`, `${quoted}@en`]);
    for (const [node, name] of this.ask(NAMES.replace("LITERALS", () => literals.join(" "))).rows) {
      if (node?.type === "uri" && name) this.nodesByName.get(name.value)?.push(node.value);
    }
    for (const text of unknown) this.nodesByName.get(text)?.sort();
  }

  /**
   * @param {string} text SPARQL
   * @returns {Answer}
   */
  ask(text) {
    const query = `${this.prologue}\n${text}`;
    try {
      return /^(?:CONSTRUCT|DESCRIBE)/i.test(bare(text)) ? this.describe(query) : this.select(query);
    } catch (error) {
      const message = String(/** @type {any} */ (error)?.message || error);
      const [, line, column, rest] = PLACE.exec(message) || [];
      throw line ? new Fault(rest, { line: Number(line) - 1, column: Number(column) }) : new Fault(message);
    }
  }

  /**
   * @param {string} query
   * @returns {Answer}
   */
  select(query) {
    const found = JSON.parse(this.store.query(query, { results_format: "application/sparql-results+json" }));
    if ("boolean" in found) return { columns: [], rows: [], truth: found.boolean };
    const columns = found.head.vars || [];
    return { columns, rows: found.results.bindings.map((/** @type {Record<string, Term>} */ row) => columns.map((/** @type {string} */ name) => row[name])), truth: null };
  }

  /**
   * @param {string} query
   * @returns {Answer}
   */
  describe(query) {
    const term = (/** @type {any} */ node) => ({ type: node.termType === "NamedNode" ? "uri" : "literal", value: node.value });
    const rows = this.store.query(query).slice(0, MOST_DRAWN).map((/** @type {any} */ quad) => [term(quad.subject), term(quad.predicate), term(quad.object)]);
    return { columns: ["subject", "predicate", "object"], rows, truth: null };
  }

  /**
   * A question with its variables bound to what bears the names given.
   * @param {string} text
   * @param {{name: string, variable: string}[]} given
   * @returns {string}
   */
  bind(text, given) {
    const bound = given.map(({ name, variable }) => {
      const nodes = this.find(name);
      if (nodes.length === 0) throw new Fault(name, { unknown: name });
      return ` VALUES ${variable} { ${nodes.join(" ")} }`;
    }).join("");
    return bound ? text.replace(/\bWHERE\s*\{/i, (start) => start + bound) : text;
  }

  /**
   * The nodes of the graph page that a value names, once `learn` has seen it.
   * @param {Term | undefined} term
   * @returns {string[]}
   */
  nodesOf(term) {
    if (!term) return [];
    const iris = term.type === "uri" ? [term.value] : this.nodesByName.get(term.value) || [];
    const local = iris.filter((iri) => iri.startsWith(this.base)).map((iri) => iri.slice(this.base.length));
    return local.filter((id) => /^(?:entity|person|organization|article)\//.test(id));
  }

  /**
   * A value as a reader sees it: an IRI with its prefix.
   * @param {Term} term
   * @returns {string}
   */
  textOf({ type, value }) {
    if (type !== "uri") return value;
    for (const [name, iri] of Object.entries(this.prefixes)) if (name !== "id" && value.startsWith(iri)) return `${name}:${readable(value.slice(iri.length))}`;
    return value;
  }

  /**
   * What bears a name, as SPARQL writes it; none where nothing does.
   * @param {string} name
   * @returns {string[]}
   */
  find(name) {
    if (/^kg:[A-Za-z]+$/.test(name)) return [name];
    const literal = `"${name.replace(/[\\"]/g, "\\$&").replace(/[\n\r]/g, " ")}"`;
    return this.ask(FIND.replace("LITERALS", () => `${literal} ${literal}@zh ${literal}@en`)).rows.map(([node]) => `<${node?.value}>`);
  }
}

/**
 * @param {string} text
 * @returns {string}
 */
function readable(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * A query without its comments and prologue.
 * @param {string} text
 * @returns {string}
 */
function bare(text) {
  return text.replace(/^\s*#.*$/gm, "").replace(/^(?:\s*(?:PREFIX\s+[^\s:]*:\s*|BASE\s*)<[^>]*>)*/i, "").trim();
}
