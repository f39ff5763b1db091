// @ts-check
// What the page asks of the engine, which works in a Web Worker made from the page's own scripts: a file may load no other.

/**
 * @typedef {import("./engine.js").Port} Port
 * @typedef {import("./engine.js").Holdings} Holdings
 * @typedef {import("./engine.js").Told} Told
 * @typedef {{answer: (value: any) => void, fail: (fault: Told) => void, report: (share: number) => void}} Waiting
 */

export class Engine {
  /**
   * @param {string} script of the engine and of what serves it
   * @param {Holdings} holdings
   */
  constructor(script, holdings) {
    this.script = script;
    this.holdings = holdings;
    /** @type {Worker | null} */
    this.worker = null; // none where the page itself must do the work
    /** @type {Port | null} */
    this.port = null;
    this.last = 0;
    /** @type {Map<number, Waiting>} */
    this.waiting = new Map();
  }

  /**
   * Start the engine and fill it with all of the graph but the mentions.
   * @param {(share: number) => void} report how far it is
   * @returns {Promise<void>}
   */
  async start(report) {
    this.port = (await this.openWorker()) || openHere();
    this.port.addEventListener("message", ({ data }) => this.take(data));
    await this.request("load", this.holdings, report);
  }

  /**
   * A worker that has said a word, or null where none can start.
   * @returns {Promise<Worker | null>}
   */
  openWorker() {
    return new Promise((done) => {
      const address = URL.createObjectURL(new Blob([this.script], { type: "text/javascript" }));
      const end = (/** @type {Worker | null} */ worker) => {
        URL.revokeObjectURL(address);
        this.worker = worker;
        done(worker);
      };
      try {
        const worker = new Worker(address);
        worker.addEventListener("message", () => end(worker), { once: true });
        worker.addEventListener("error", () => end(null), { once: true });
      } catch {
        end(null);
      }
    });
  }

  /**
   * @param {"load" | "finish" | "ask" | "sort" | "csv"} task
   * @param {any} [content]
   * @param {(share: number) => void} [report]
   * @returns {Promise<any>} rejected with what is wrong, or null where it was stopped
   */
  request(task, content = {}, report = () => undefined) {
    this.last += 1;
    return new Promise((answer, fail) => {
      this.waiting.set(this.last, { answer, fail, report });
      this.port?.postMessage({ number: this.last, task, content });
    });
  }

  /** @param {{number: number, share?: number, fault?: Told, value?: any}} message */
  take({ number, share, fault, value }) {
    const waiting = this.waiting.get(number);
    if (!waiting) return;
    if (share !== undefined) return void waiting.report(share);
    this.waiting.delete(number);
    if (fault) waiting.fail(fault);
    else waiting.answer(value);
  }

  /** Give up whatever runs; the engine must be started anew. */
  stop() {
    this.worker?.terminate();
    const given = [...this.waiting.values()];
    this.waiting.clear();
    for (const { fail } of given) fail(/** @type {any} */ (null));
  }
}

/**
 * The engine in the page itself, behind the same messages.
 * @returns {Port}
 */
function openHere() {
  const { port1, port2 } = new MessageChannel();
  port1.start();
  port2.start();
  /** @type {any} */ (globalThis).serveQueries(port2);
  return port1;
}
