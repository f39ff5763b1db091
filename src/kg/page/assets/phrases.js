// @ts-check
// A statement in words, and its sentence with what it names marked.
import { h } from "./dom.js";
import { say, settings } from "./settings.js";
import { shorten } from "./shapes.js";

/**
 * @typedef {import("./model.js").Statement} Statement
 * @typedef {import("./model.js").Evidence} Evidence
 * @typedef {import("./model.js").GraphNode} GraphNode
 */

const LONGEST = 80; // characters of a name inside a statement; the node's own panel has all of it

/**
 * The name of a relation; a free one has the verb of its sentence.
 * @param {string} kind
 * @param {string} label
 * @returns {string}
 */
export function relationName(kind, label) {
  return label && kind === "relatedTo" && settings.language === "zh" ? label : say(`relation.${kind}`);
}

/**
 * Who says it, how strongly, what: “政府工作报告 要求（必须）加快发展 新质生产力”.
 * @param {Statement} statement
 * @returns {HTMLElement}
 */
export function sayStatement(statement) {
  const { source, target, kind } = statement.edge;
  const calls = kind === "advocates" || kind === "opposes";
  const speakers = statement.said.filter((name) => name !== source.name || !calls);
  const verb = calls ? say(`${kind === "opposes" ? "rejects" : "calls"}.${statement.strength || "none"}`) : relationName(kind, statement.label);
  const manner = !calls && statement.modality !== "Asserted" ? `（${say(`modality.${statement.modality}`)}）` : "";
  return h("p", { class: "says" },
    speakers.length > 0 && h("span", { class: "speaker" }, `${say("edge.according")} ${shorten(speakers.join("、"), LONGEST)}：`),
    h("b", { class: "subject" }, shorten(writerName(source), LONGEST)), " ",
    statement.negated && h("span", { class: "negated" }, `${say("edge.negated")} `),
    h("span", { class: "verb" }, verb + manner), " ",
    calls && statement.action && `${statement.action} `,
    h("b", { class: "object" }, shorten(target.name, LONGEST)));
}

/**
 * A node's name; an article as one who speaks stands in book-title marks.
 * @param {GraphNode} node
 * @returns {string}
 */
export function writerName(node) {
  return node.article === undefined ? node.name : `《${node.name}》`;
}

/**
 * A sentence, verbatim, with subject, cue and object marked; its spans count characters, not UTF-16 units.
 * @param {Evidence} evidence
 * @returns {HTMLElement}
 */
export function markSentence(evidence) {
  const characters = Array.from(evidence.sentence.text);
  /** @type {string[]} */
  const roles = Array.from(characters, () => "");
  for (const [role, [start, end]] of /** @type {[string, number[]][]} */ ([["subject", evidence.subject], ["object", evidence.object], ["cue", evidence.cue]])) {
    for (let at = Math.max(0, start); at < Math.min(end, characters.length); at += 1) roles[at] = role;
  }
  const quote = h("blockquote", {});
  for (let start = 0; start < characters.length;) {
    let end = start;
    while (end < characters.length && roles[end] === roles[start]) end += 1;
    const text = characters.slice(start, end).join("");
    quote.append(roles[start] ? h("mark", { class: roles[start] }, text) : text);
    start = end;
  }
  return quote;
}
