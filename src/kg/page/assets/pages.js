// @ts-check
// Index, views and article pages: language and colours; the sentence that a link points at opens its relations.
import { startSettings } from "./settings.js";

/** Show what the sentence in the address states. */
function openTarget() {
  const sentence = location.hash.startsWith("#s") ? document.getElementById(location.hash.slice(1)) : null;
  const facts = sentence?.nextElementSibling;
  if (facts instanceof HTMLDetailsElement) facts.open = true;
}

startSettings(() => undefined);
addEventListener("hashchange", openTarget);
openTarget();
document.documentElement.dataset.ready = "1";
