// @ts-check
// The colours of the page's style sheet, for canvas and SVG.

/** @typedef {{background: string, text: string, muted: string, line: string, opposed: string, accent: string, veil: string, groups: string[], inks: string[], kinds: Record<string, string>}} Palette */

/**
 * Read the colours of the theme that holds now.
 * @param {string[]} kinds
 * @returns {Palette}
 */
export function readPalette(kinds) {
  const style = getComputedStyle(document.documentElement);
  const value = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    background: value("canvas"), text: value("text"), muted: value("muted"), line: value("line"), opposed: value("opposed"),
    accent: value("accent"), veil: value("veil"), groups: [1, 2, 3, 4, 5, 6].map((n) => value(`group-${n}`)), inks: [1, 2, 3, 4, 5, 6].map((n) => value(`ink-${n}`)),
    kinds: Object.fromEntries(kinds.map((kind) => [kind, value(`kind-${kind}`)])),
  };
}
