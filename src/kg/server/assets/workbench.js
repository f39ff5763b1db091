// @ts-check
// The query editor: YASGUI with this endpoint alone, our prefixes and our words. It fetches nothing from elsewhere.

const Yasgui = /** @type {any} */ (window).Yasgui;
const START = "SELECT ?concept ?name WHERE {\n  ?concept a kg:Concept ; skos:prefLabel ?name\n}\nLIMIT 20";

/** @type {{base: string, prefixes: Record<string, string>, terms: string[]}} */
const words = await (await fetch("/server/words.json")).json();

// Its own completions of prefixes, classes and properties ask prefix.cc and lov.linkeddata.es.
Yasgui.Yasqe.defaults.autocompleters = ["variables"];
Yasgui.Yasqe.registerAutocompleter({
  name: "words",
  bulk: false,
  isValidCompletionPosition: (/** @type {any} */ editor) => /^[A-Za-z]\w*:?\w*$/.test(editor.getCompleteToken().string),
  get: (/** @type {any} */ _editor, /** @type {any} */ token) => {
    const typed = token.string.toLowerCase();
    return words.terms.filter((term) => term.toLowerCase().startsWith(typed) || term.toLowerCase().includes(`:${typed}`));
  },
});

const yasgui = new Yasgui(document.getElementById("workbench"), {
  persistenceId: "zhengtu",
  tabName: "提问",
  copyEndpointOnNewTab: false,
  endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => {} },
  requestConfig: { endpoint: new URL("/sparql", location.href).href, method: "POST", acceptHeaderGraph: "text/turtle,*/*;q=0.9" },
  yasqe: { value: START },
  yasr: { prefixes: words.prefixes },
});

/**
 * Declare the prefixes that are used and not declared, so that the query is whole wherever it is taken.
 * @param {any} editor
 */
function declarePrefixes(editor) {
  const declared = editor.getPrefixesFromQuery();
  const used = new Set([...editor.getValue().matchAll(/(?<![\w:<?/])([a-z]+):/g)].map((match) => match[1]));
  const missing = Object.entries(words.prefixes).filter(([name]) => used.has(name) && !(name in declared));
  if (missing.length) editor.addPrefixes(Object.fromEntries(missing));
}

/** @param {any} tab */
function watch(tab) {
  const editor = tab?.getYasqe();
  if (!editor || editor.isWatched) return;
  editor.isWatched = true;
  editor.on("change", () => declarePrefixes(editor));
  declarePrefixes(editor);
}
yasgui.on("tabSelect", () => setTimeout(() => watch(yasgui.getTab())));
watch(yasgui.getTab());

/** @param {string} query */
function ask(query) {
  const tab = yasgui.getTab();
  tab.setQuery(query);
  tab.query().catch(() => {}); // the answer says what was wrong
}

async function listQuestions() {
  const list = document.getElementById("questions");
  for (const question of await (await fetch("/server/questions.json")).json()) {
    const button = document.createElement("button");
    button.textContent = question.zh;
    button.title = `${question.name}: ${question.en}`;
    button.addEventListener("click", () => ask(question.text.trim()));
    const item = document.createElement("li");
    item.append(button);
    list?.append(item);
  }
}

// The things of the graph have their pages here, wherever their IRIs point.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    const iri = link?.getAttribute("href") ?? "";
    if (!iri.startsWith(words.base)) return;
    event.preventDefault();
    event.stopPropagation();
    location.assign(`/id/${iri.slice(words.base.length)}`);
  },
  { capture: true },
);
listQuestions();

export {};
