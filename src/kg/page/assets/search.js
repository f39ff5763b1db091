// @ts-check
// Search by characters, by pinyin in any abbreviation, by alias.

/** @typedef {import("./model.js").GraphNode} GraphNode */

/**
 * Tell whether letters spell syllables, each by at least its first letter: `xinzhi`, `xzscl`, `xzsheng` all spell
 * `xin zhi sheng chan li`.
 * @param {string} letters
 * @param {string[]} syllables
 * @param {number} from first syllable
 * @returns {boolean}
 */
export function spells(letters, syllables, from) {
  if (letters === "") return true;
  if (from >= syllables.length) return false;
  const syllable = syllables[from];
  let common = 0;
  while (common < letters.length && common < syllable.length && letters[common] === syllable[common]) common += 1;
  for (; common > 0; common -= 1) if (spells(letters.slice(common), syllables, from + 1)) return true;
  return false;
}

/**
 * Tell whether two words differ by at most one letter put in, left out or changed.
 * @param {string} one
 * @param {string} two
 * @returns {boolean}
 */
export function isNear(one, two) {
  if (Math.abs(one.length - two.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === two[start]) start += 1;
  let end = 0;
  while (end < one.length - start && end < two.length - start && one[one.length - 1 - end] === two[two.length - 1 - end]) end += 1;
  return Math.max(one.length, two.length) - start - end <= 1;
}

/**
 * How well a name fits, 0 for not at all.
 * @param {string} query lower case
 * @param {string} name
 * @param {string} pinyin syllables with spaces
 * @returns {number}
 */
export function fit(query, name, pinyin) {
  const lower = name.toLowerCase();
  if (lower === query) return 100;
  if (lower.startsWith(query)) return 80;
  if (lower.includes(query)) return 60;
  if (!pinyin || !/^[a-z' ]+$/.test(query)) return 0;
  const letters = query.replace(/[' ]/g, "");
  const syllables = pinyin.split(" ");
  if (spells(letters, syllables, 0)) return letters.length >= syllables.length ? 70 : 50;
  for (let from = 1; from < syllables.length; from += 1) if (spells(letters, syllables, from)) return 30;
  const initials = syllables.map((syllable) => syllable[0]).join("");
  return letters.length >= 4 && isNear(letters, initials) ? 20 : 0; // a slip of the finger is forgiven
}

/**
 * The nodes that fit a query, best first, among equals the most important.
 * @param {GraphNode[]} nodes by importance
 * @param {string} text
 * @param {number} [limit]
 * @returns {{node: GraphNode, alias: string}[]}
 */
export function search(nodes, text, limit = 12) {
  const query = text.trim().toLowerCase();
  if (!query) return [];
  /** @type {{node: GraphNode, alias: string, score: number}[]} */
  const found = [];
  for (const node of nodes) {
    let best = { node, alias: "", score: fit(query, node.name, node.pinyin) };
    for (const [alias, pinyin] of node.aliases) {
      const score = fit(query, alias, pinyin) - 5;
      if (score > best.score) best = { node, alias, score };
    }
    if (best.score > 0) found.push(best);
  }
  found.sort((a, b) => b.score - a.score || a.node.number - b.node.number);
  return found.slice(0, limit);
}
