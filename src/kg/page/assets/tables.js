// @ts-check
// The picture as a table: the same relations and sentences for a screen reader, or for whoever likes rows.
import { byId, fill, h } from "./dom.js";
import { markSentence, relationName } from "./phrases.js";
import { nodeButton } from "./panels.js";
import { say } from "./settings.js";

const MOST = 300;

/**
 * Draw the visible relations.
 * @param {import("./filters.js").Shown} shown
 * @param {import("./panels.js").Actions} actions
 */
export function drawTable(shown, actions) {
  const head = [say("edge.legend").split(" · ")[0], say("node.relations"), say("edge.legend").split(" · ")[2], say("edge.sentence"), say("index.articles")];
  const edges = [...shown.edges].sort((a, b) => Math.max(a.source.number, a.target.number) - Math.max(b.source.number, b.target.number) || a.number - b.number);
  const rows = edges.slice(0, MOST).map((edge) => {
    const statement = (shown.statements.get(edge) || edge.statements)[0];
    const evidence = statement.evidence[0];
    return h("tr", {}, h("td", {}, nodeButton(edge.source, actions)),
      h("td", {}, h("button", { class: "link", onclick: () => actions.edge(edge) }, relationName(edge.kind, statement.label)), statement.strength && h("span", { class: "tag" }, say(`strength.${statement.strength}`))),
      h("td", {}, nodeButton(edge.target, actions)), h("td", {}, evidence && markSentence(evidence)),
      h("td", {}, h("a", { href: `${statement.article.href}${evidence ? `#s${evidence.sentence.index}` : ""}` }, h("bdi", {}, statement.article.title))));
  });
  fill(byId("table"), edges.length > MOST && h("p", { class: "note" }, say("ui.table.cut", { n: MOST })),
    h("table", {}, h("caption", {}, say("ui.table.caption")), h("thead", {}, h("tr", {}, ...head.map((text) => h("th", { scope: "col" }, text)))), h("tbody", {}, ...rows)));
}
