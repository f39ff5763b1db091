// @ts-check
// Language and colours: chosen once, kept for every page of the site where the browser allows it.
import { byId, readJson } from "./dom.js";

/** @type {Record<string, [string, string]>} */
const wordings = readJson("kg-texts");

/** @type {{language: "zh" | "en", theme: string}} */
export const settings = { language: "zh", theme: "" };

/**
 * The wording of a key in the language chosen; `{n}` and the like are replaced.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function say(key, values = {}) {
  const pair = wordings[key];
  let text = pair ? pair[settings.language === "en" ? 1 : 0] : key;
  for (const [name, value] of Object.entries(values)) text = text.replace(`{${name}}`, typeof value === "number" ? sayNumber(value) : value);
  return text;
}

/**
 * A number that is easily read: 12,345. One that was written out keeps all its digits.
 * @param {number | string} value
 * @returns {string}
 */
export function sayNumber(value) {
  return typeof value === "number" ? value.toLocaleString("en") : value.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, ","));
}

/**
 * A setting kept by the browser; some forbid that for files.
 * @param {string} name
 * @returns {string}
 */
export function recall(name) {
  try {
    return localStorage.getItem(`zhengtu:${name}`) || "";
  } catch {
    return "";
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
  try {
    localStorage.setItem(`zhengtu:${name}`, value);
  } catch {
    // the choice holds for this page only
  }
}

/** Put every fixed wording of the page into the language chosen. */
export function applyLanguage() {
  const root = document.documentElement;
  root.lang = settings.language === "en" ? "en" : "zh-Hans";
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.getAttribute("data-say") || "", { n: element.getAttribute("data-n") || "" });
  for (const element of document.querySelectorAll("[data-say-label]")) {
    const text = say(element.getAttribute("data-say-label") || "");
    element.setAttribute("aria-label", text);
    element.setAttribute("title", text);
  }
  for (const element of document.querySelectorAll("[data-say-hint]")) element.setAttribute("placeholder", say(element.getAttribute("data-say-hint") || ""));
}

/** Tell whether the page is dark now. */
export function isDark() {
  if (settings.theme) return settings.theme === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Show the theme chosen; without a choice the page follows the system. */
export function applyTheme() {
  if (settings.theme) document.documentElement.dataset.theme = settings.theme;
}

/**
 * Read what was chosen before and wire the two buttons of the page head.
 * @param {() => void} changed called after a change of language or theme
 */
export function startSettings(changed) {
  settings.language = recall("language") === "en" ? "en" : "zh";
  settings.theme = recall("theme");
  applyTheme();
  applyLanguage();
  byId("language").addEventListener("click", () => {
    settings.language = settings.language === "en" ? "zh" : "en";
    remember("language", settings.language);
    applyLanguage();
    changed();
  });
  byId("theme").addEventListener("click", () => {
    settings.theme = isDark() ? "light" : "dark";
    remember("theme", settings.theme);
    applyTheme();
    changed();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
}
