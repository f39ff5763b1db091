// @ts-check
// Blocks of the page that are packed: base64 of gzip.

/** What a browser must have to unpack; those since 2023 do. */
export const canUnpack = () => "DecompressionStream" in globalThis;

/**
 * The bytes behind packed text.
 * @param {string} packed
 * @returns {Promise<ArrayBuffer>}
 */
export async function unpack(packed) {
  const letters = atob(packed);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at); // ten times as fast as Uint8Array.from
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/**
 * The text behind packed text.
 * @param {string} packed
 * @returns {Promise<string>}
 */
export async function unpackText(packed) {
  return new TextDecoder().decode(await unpack(packed));
}
