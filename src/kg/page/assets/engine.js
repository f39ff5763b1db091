// @ts-check
// Where the query engine works: requests come in as messages, answers go out. The page runs this script in a Web Worker,
// so that it stays awake; where none can start, it runs the same script itself.
import { unpack, unpackText } from "./packing.js";
import { Fault, Store } from "./questions.js";
import { Result } from "./results.js";

/**
 * @typedef {{postMessage: (message: any) => void, addEventListener: (type: "message", listener: (event: MessageEvent) => void) => void}} Port
 * @typedef {{code: string, graph: string[], mentions: string[], base: string, prefixes: Record<string, string>}} Holdings what the page holds, packed
 * @typedef {{text: string, given: {name: string, variable: string}[]}} Request
 * @typedef {{line: number, column: number, message: string, unknown: string}} Told a fault as a message has it
 */

/** @type {Store} */
let store;
/** @type {string[]} */
let late = []; // parts of the graph that are not loaded yet
/** @type {Result | null} */
let result = null;

const tasks = {
  /**
   * Start the engine and fill it with all but the mentions, part by part, telling after each how far it is.
   * @param {Holdings} holdings
   * @param {(share: number) => void} report
   */
  async load({ code, graph, mentions, base, prefixes }, report) {
    const { oxigraph } = /** @type {any} */ (globalThis);
    oxigraph.initSync({ module: await WebAssembly.compile(await unpack(code)) });
    const engine = new oxigraph.Store();
    await fillEngine(engine, graph, report);
    store = new Store(engine, prefixes, base);
    late = mentions;
  },
  /**
   * Load the mentions; questions that do not need them are answered between their parts.
   * @param {unknown} _content
   * @param {(share: number) => void} report
   */
  async finish(_content, report) {
    await fillEngine(store.store, late, report);
    late = [];
  },
  /** @param {Request} request */
  ask({ text, given }) {
    result = null;
    const began = performance.now();
    result = new Result(store.ask(store.bind(text, given)), store);
    return { ...result.summary(), took: Math.round(performance.now() - began) };
  },
  /** @param {{column: number, down: boolean}} order */
  sort(order) {
    result?.sort(order);
    return result?.cells();
  },
  csv() {
    return result?.toCsv();
  },
};

/**
 * @param {any} engine
 * @param {string[]} parts
 * @param {(share: number) => void} report
 */
async function fillEngine(engine, parts, report) {
  for (const [n, part] of parts.entries()) {
    engine.load(await unpackText(part), { format: "text/turtle", lenient: true });
    report((n + 1) / parts.length);
  }
}

/**
 * @param {unknown} error
 * @returns {Told}
 */
function told(error) {
  const { message, line, column, unknown } = error instanceof Fault ? error : new Fault(String(error));
  return { message, line, column, unknown };
}

/**
 * Answer what comes in at a port, one request after the other.
 * @param {Port} port
 */
function serve(port) {
  port.addEventListener("message", async ({ data: { number, task, content } }) => {
    try {
      const report = (/** @type {number} */ share) => port.postMessage({ number, share });
      port.postMessage({ number, value: await /** @type {any} */ (tasks)[task](content, report) });
    } catch (error) {
      port.postMessage({ number, fault: told(error) });
    }
  });
  port.postMessage({ here: true });
}

if (typeof document === "undefined") serve(/** @type {any} */ (globalThis));
else /** @type {any} */ (globalThis).serveQueries = serve;
