// @ts-check
// An answer stays where the engine is: of a million rows the page gets what it can show, and the rest as a file.

/**
 * @typedef {import("./questions.js").Answer} Answer
 * @typedef {import("./questions.js").Store} Store
 * @typedef {import("./questions.js").Term} Term
 * @typedef {{text: string, ids: string[]}} Cell a value, and the nodes of the graph page that it names
 * @typedef {{columns: string[], count: number, cells: Cell[][], ids: string[], truth: boolean | null}} Summary
 */

const MOST_ROWS = 500; // in the page at once
const MOST_MARKED = 300; // nodes in one link
const collator = new Intl.Collator("zh", { numeric: true });

export class Result {
  /**
   * @param {Answer} answer
   * @param {Store} store
   */
  constructor(answer, store) {
    this.answer = answer;
    this.rows = answer.rows;
    this.store = store;
  }

  /**
   * What the page shows of it.
   * @returns {Summary}
   */
  summary() {
    const { columns, rows, truth } = this.answer;
    return { columns, count: rows.length, cells: this.cells(), ids: this.ids(), truth };
  }

  /**
   * Put the rows in another order; a column of -1 is the query's own.
   * @param {{column: number, down: boolean}} order
   */
  sort({ column, down }) {
    const sign = down ? -1 : 1;
    const { rows } = this.answer;
    this.rows = column < 0 ? rows : [...rows].sort((a, b) => sign * collator.compare(a[column]?.value || "", b[column]?.value || ""));
  }

  /** @returns {Cell[][]} */
  cells() {
    const shown = this.rows.slice(0, MOST_ROWS);
    this.store.learn(shown);
    return shown.map((row) => row.map((term) => ({ text: term ? this.store.textOf(term) : "", ids: this.store.nodesOf(term) })));
  }

  /**
   * The nodes that the answer names, as many as a link can.
   * @returns {string[]}
   */
  ids() {
    const found = new Set();
    const { rows } = this.answer;
    for (let at = 0; at < rows.length && found.size < MOST_MARKED; at += MOST_ROWS) {
      const some = rows.slice(at, at + MOST_ROWS);
      this.store.learn(some);
      for (const term of some.flat()) for (const id of this.store.nodesOf(term)) found.add(id);
    }
    return [...found].slice(0, MOST_MARKED);
  }

  /**
   * All rows; a cell that a spreadsheet would run as a formula gets a mark before it.
   * @returns {Blob}
   */
  toCsv() {
    const field = (/** @type {string} */ value) => `"${value.replace(/^(?=[=+\-@\t\r])/, "'").replace(/"/g, '""')}"`;
    const lines = [this.answer.columns, ...this.answer.rows.map((row) => row.map((term) => term?.value || ""))].map((row) => row.map(field).join(","));
    return new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" });
  }
}
